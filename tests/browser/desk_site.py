"""The desk and the public site that the console's tests look at: invented cases, alerts and people.

Prints one line of JSON when both answer; ends when its stdin does. A line there is answered by one
of JSON: `batch` publishes what waits; `alert` has one more sent; `edits CASE` is somebody else's.
`--frontend DIR` takes another bundle than the project's own.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from fastapi import FastAPI

from api.cli.serving import ServingProcess
from api.clock import SHANGHAI, fixed
from api.cluster import running
from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.pages.shell import FRONTEND
from api.places.gazetteer import load_gazetteer
from api.preparing import prepare
from api.reference import read_vocabulary
from api.settings import Settings
from api.staff import batches
from api.staff.app import create_staff_app
from api.staff.drafts import Draft, DraftReply, DraftSource
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.alerts.senders import KEYS, RING
from tests.archives import TODAY
from tests.bench.processes import free_port
from tests.folders import open_folder
from tests.staff.drafts import call
from tests.staff.people import PASSWORD, add_person, desk_lock

PEOPLE = {
    "zhao": "publisher", "qian": "publisher", "sun": "moderator", "zhou": "viewer", "wu": "admin",
}  # fmt: skip
STORY = (
    "示例建筑公司拖欠我们二十人三个月工资，包工头周建国躲着不见。"
    "我的电话是19900001234，微信号 example-worker。"
)
ALERT = {
    "kind": ["wage_arrears"],
    "story": STORY,
    "happened": "2026-10",
    "region": "440000",
    "place": "深圳市宝安区",
    "industry": "construction",
    "company": "示例建筑公司",
    "amount_owed": 120000,
    "months_owed": 3,
    "people": 20,
    "links": "https://example.org/video/1",
    "contact_name": "老周",
    "contact_phone": "19900001234",
    "consent_phone": "public",
    "reply_lang": "zh",
}
_NOTHING = Pair(None, None)
_slots = count(2)


def pair(name: Pair, place: str, happening: Pair) -> tuple[Draft, Draft]:
    """A case, and another one that tells the same from elsewhere."""
    title = Pair(f"{name.zh}拖欠工资", f"{name.en} owes wages")
    first = call(title=title, text=happening, company=name, place=place, actions=["post_or_video"])
    source = DraftSource("douyin", "https://example.org/2", date(2026, 10, 4), True)
    twin = replace(
        call(sources=[source], replies=[], company=name, place=place, actions=["post_or_video"]),
        title=Pair(f"{name.zh}欠薪，工人讨要三个月工资", None),
        text=Pair(f"转发：{happening.zh}", None),
        date=date(2026, 10, 4),
    )
    return first, twin


def drafts() -> list[Draft]:
    """Invented cases: two pairs that tell the same, one with a broken promise, one of a strike."""
    promised = DraftReply(
        Pair("示例区人社局", "Example district labour bureau"),
        Pair("承诺月底前办结。", "Promised by the end of the month."),
        "办理中",
        date(2026, 9, 1),
        date(2026, 9, 5),
        "county",
        date(2026, 9, 30),
    )
    late = call(
        title=Pair("示例快递站点拖欠提成", "Example couriers are owed commissions"),
        text=Pair("站点关闭，提成未付。", "The station closed and owes commissions."),
        company=Pair("示例快递", "Example Express"),
        place="310115",
        date=date(2026, 8, 20),
        stated={"issue": ["伙食太差", "宿舍停水"]},
        replies=[promised],
    )
    strike = replace(
        call(title=Pair("示例鞋厂停工", "Stoppage at Example Shoes"), company=_NOTHING, replies=[]),
        map="strikes", amount_owed=None, months_owed=None, participants_low=100,
        participants_high=1000, participants_stated="100-1000", actions=["strike"],
    )  # fmt: skip
    gathering = Pair(
        "工人聚集在厂门口，要求支付三个月工资和补偿金，当地劳动部门已到场。",
        "Workers gather at the gate and ask for three months of pay.",
    )
    banner = Pair(
        "两百名工人在工业园拉横幅，要求老板出面解决拖欠的加班费和社会保险。",
        "Two hundred workers hold a banner and ask for overtime pay.",
    )
    electronics = pair(Pair("示例电子厂", "Example Electronics"), "440306", gathering)
    toys = pair(Pair("示例玩具厂", "Example Toys"), "350212", banner)
    return [*electronics, *toys, late, strike]


async def fill(addresses: Addresses) -> list[str]:
    """Loads the archive; answers the ids of its cases, all of them published."""
    await prepare(addresses, lambda line: None)
    cases = drafts()
    ids = [case.id for case in cases]
    async with writing(addresses.desk) as session:
        await write_drafts(session, load_gazetteer(), cases)
        renderer = Renderer(await read_vocabulary(session))
        # Long enough ago to be asked after.
        await publish(session, renderer, ids, actor="console", day=TODAY - timedelta(days=40))
    return ids


async def send_alert(address: str) -> dict[str, Any]:
    """One more alert, by the public site's door."""
    async with httpx.AsyncClient(base_url=address) as client:
        answer = await client.post(
            "/api/v1/alerts", json=ALERT, headers={"Idempotency-Key": uuid4().hex}
        )
    answer.raise_for_status()
    return {"status": answer.status_code}


async def publish_batch(app: FastAPI) -> dict[str, Any]:
    """As if the hours of another batch had come."""
    state = app.state
    now = datetime.combine(TODAY + timedelta(days=next(_slots)), time(12), SHANGHAI)
    return {"published": await batches.publish_due(state.database, state.reference, now)}


async def edit_elsewhere(app: FastAPI, case: str) -> dict[str, Any]:
    """Somebody else saves a case that may be open in a browser."""
    path = f"/api/v1/staff/cases/{case}"
    async with await add_person(app, "publisher") as other:
        held = (await other.get(path)).json()
        body = {
            "edit": held["edit"],
            "map": held["map"],
            "date": held["date"],
            "title": {**held["title"], "zh": "别人写的标题"},
            "notes": "别人写的备注",
        }
        return {"status": (await other.put(path, json=body)).status_code}


@asynccontextmanager
async def desk_of(addresses: Addresses, frontend: Path, port: int) -> AsyncIterator[FastAPI]:
    """The staff application, really served."""
    settings = Settings.model_construct(database_desk_url=addresses.desk)
    app = create_staff_app(settings, RING, desk_lock(), clock=fixed(TODAY), frontend=frontend)
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, access_log=False, log_level="warning", server_header=False)
    )
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn tells nobody)
        await asyncio.sleep(0.05)
    yield app
    server.should_exit = True
    await task


async def work(addresses: Addresses, public: str, ids: list[str], frontend: Path) -> None:
    port = free_port()
    async with desk_of(addresses, frontend, port) as app:
        people = {}
        for name, role in PEOPLE.items():
            async with await add_person(app, role, name) as person:
                people[name] = {"password": PASSWORD, "secret": person.secret}
        await send_alert(public)
        told: dict[str, Any] = {"public": public, "cases": ids, "people": people}
        # By its name: a browser keeps a __Host- cookie for localhost without TLS.
        say({**told, "desk": f"http://localhost:{port}"})
        while line := (await asyncio.to_thread(sys.stdin.readline)).split():
            if line[0] == "batch":
                say(await publish_batch(app))
            elif line[0] == "alert":
                say(await send_alert(public))
            else:
                say(await edit_elsewhere(app, line[1]))


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serves until stdin ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frontend", type=Path, default=FRONTEND)
    arguments = parser.parse_args()
    told = {f"QIUZHU_{name.upper()}": value for name, value in KEYS.items()}
    # What the desk does is looked for in public at once.
    settings = Settings(QIUZHU_PORT=free_port(), QIUZHU_TODAY=TODAY, QIUZHU_FRESH_SECONDS=0, **told)
    with (
        open_folder() as folder,
        running(folder / "data", lambda line: None) as cluster,
        ServingProcess(settings) as process,
    ):
        ids = asyncio.run(fill(cluster.addresses))
        process.serve(cluster.addresses.public)
        address = f"http://127.0.0.1:{settings.port}"
        asyncio.run(work(cluster.addresses, address, ids, arguments.frontend))
        process.stop()


if __name__ == "__main__":
    main()
