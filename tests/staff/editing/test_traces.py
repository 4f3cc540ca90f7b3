"""S9: what is not public leaves no trace on any public route; what was taken back, a tombstone."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from api.cluster.roles import Addresses
from api.sealing.keys import read_lock
from tests.alerts.rows import put_alert
from tests.alerts.senders import KEYS, taking
from tests.archives import TODAY
from tests.asking import API
from tests.staff.editing.cases import WHY, act, made, published, saved
from tests.staff.people import MakePerson, Person, desk_lock

UNKNOWN = "0000000000000"
CANARY = "kanarienvogel"
# In every text of a case that is not to be seen, with a place and terms that no other case has.
SECRET: dict[str, Any] = {
    "date": {"value": "2026-11-02", "precision": "day"},
    "title": {"zh": f"标题{CANARY}", "en": CANARY},
    "text": {"zh": f"正文{CANARY}", "en": CANARY},
    "company": {"zh": f"工厂{CANARY}", "en": CANARY},
    "place": "650102",
    "industry": "coal",
    "notes": CANARY,
    "stated": {"issue": [CANARY]},
    "sources": [{"platform": "zhihu", "url": f"https://example.org/{CANARY}"}],
    "replies": [{"office": {"zh": CANARY}, "text": {"zh": CANARY}, "outcome": {"zh": CANARY}}],
}
FILTERS = ("", "map=all&since=all", f"q={CANARY}&since=all", "region=650000&since=all",
           f"company={CANARY}&since=all", "platform=zhihu&since=all", "sort=-updated")  # fmt: skip
EVERY = "map=all&since=all"
BY = "month,year,region,industry,issue,action,response,platform,ownership,reply_days"
TILES = ("0/0/0", "6/46/23", "8/188/93", "12/3019/1499")
# How each public address is asked; a new route fails the test until it is here.
ASKED: dict[str, Sequence[str]] = {
    "/api/v1/openapi.json": (),
    "/api/v1/docs": (),
    "/api/v1/cases": FILTERS,
    "/api/v1/cases/stats": tuple(f"by={BY}&{query}" for query in FILTERS[:-1]),
    **{
        f"/api/v1/cases/export.{form}": (EVERY,)
        for form in ("xls", "xlsx", "csv", "geojson", "ndjson")
    },
    "/api/v1/cases/feed.atom": FILTERS[:-1],
    "/api/v1/cases/feed.json": FILTERS[:-1],
    "/api/v1/cases/tiles/{z}/{x}/{y}.mvt": (EVERY,),
    "/api/v1/cases/changes": ("since=0",),
    "/api/v1/cases/{id}": ("",),
    "/api/v1/cases/{id}/revisions": ("",),
    "/api/v1/filters": tuple(f"counts=true&{query}" for query in FILTERS[:-1]),
    "/api/v1/vocabulary": ("",),
    "/api/v1/places/tiles/{z}/{x}/{y}.mvt": ("",),
    "/api/v1/alerts/challenge": (),
    "/livez": ("",),
    "/readyz": ("",),
    "/": (*FILTERS, f"lang=en&{EVERY}"),
    "/graphs": FILTERS[:-1],
    "/cases/{id}": ("", "lang=en"),
    "/alert": (),
    "/alert/receipt": (),
    "/alert/confirm": (),
    "/alert/check": (),
    "/about": ("",),
    "/privacy": ("",),
    "/robots.txt": ("",),
    "/sitemap.xml": ("",),
    "/sitemap-pages.xml": ("",),
    "/sitemap-{number}.xml": ("",),
    "/assets/{name}": (),
    "/favicon.svg": (),
}


def routes_of(client: httpx.AsyncClient) -> set[str]:
    transport: Any = client._transport
    found: set[str] = set()
    for route in transport.app.routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for each in contexts() if contexts else (route,):
            if "GET" in each.methods:
                found.add(each.path)
    return found


def addresses(*ids: str) -> list[str]:
    """Every public address that could say something of a case; those of `ids` among them."""
    found = []
    for path, queries in ASKED.items():
        for query in queries:
            asked = f"{path}?{query}"
            if "{z}" in path:
                found += [asked.replace("{z}/{x}/{y}", tile) for tile in TILES]
            elif "{id}" in path:
                found += [asked.replace("{id}", case_id) for case_id in ids]
            else:
                found.append(asked.replace("{number}", "1"))
    return found


async def look(client: httpx.AsyncClient, paths: Sequence[str]) -> dict[str, httpx.Response]:
    return {path: await client.get(path) for path in paths}


def told(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    return answer.status_code, answer.content, answer.headers.multi_items()


def differing(
    before: dict[str, httpx.Response], after: dict[str, httpx.Response]
) -> dict[str, bytes]:
    return {p: after[p].content for p in before if told(before[p]) != told(after[p])}


async def hidden(client: Person, owner: asyncpg.Connection) -> list[str]:
    """Every state that was never public: cases drafted, put aside, waiting; alerts."""
    draft, aside, waiting = [await made(client, **SECRET) for _ in range(3)]
    await act(client, aside["id"], "discard")
    await owner.execute("UPDATE desk.cases SET from_alert = true WHERE id = $1", waiting["id"])
    answer = await act(client, waiting["id"], "publish", edit=0)
    assert answer.json()["state"] == "waiting"
    merged = await made(client, **{**SECRET, "sources": [], "replies": []})
    await act(client, merged["id"], "merge", into=draft["id"], edit=0)
    mail = read_lock("mail", KEYS["mail_key"])
    alerts = []
    for state in ("received", "checking", "rejected", "spam", "withdrawn"):
        alert = await put_alert(owner, desk_lock(), mail, story=CANARY, company=CANARY)
        await owner.execute("UPDATE intake.alerts SET state = $2 WHERE id = $1", alert.id, state)
        alerts.append(alert.id)
    return [*(case["id"] for case in (draft, aside, waiting, merged)), *alerts]


@pytest.fixture
async def two_public(person: MakePerson, staff_app: FastAPI) -> tuple[Person, list[str]]:
    wu = await person("publisher")
    return wu, [(await published(wu))["id"] for _ in range(2)]


async def test_what_never_was_public_is_nowhere(
    archive: Addresses, two_public: tuple[Person, list[str]], owner: asyncpg.Connection
) -> None:
    wu, ids = two_public
    async with taking(archive) as reader:
        assert routes_of(reader) == set(ASKED), "say how a new route is asked"
        before = await look(reader, addresses(*ids))
        names = await hidden(wu, owner)
        # An edit of a public case that nobody has published.
        case = (await wu.get(f"{API}/staff/cases/{ids[0]}")).json()
        await saved(wu, case, **{name: SECRET[name] for name in SECRET if name != "date"})
        after = await look(reader, addresses(*ids))
        assert differing(before, after) == {}
        assert len(after) > 70
        for path, answer in after.items():
            if CANARY not in path:
                assert CANARY.encode() not in answer.content, path
        unknown = await look(reader, addresses(UNKNOWN))
        for name in names:
            seen = await look(reader, addresses(name))
            for path, answer in seen.items():
                as_unknown = unknown[path.replace(name, UNKNOWN)]
                assert told(answer) == told(as_unknown), path
                assert name.encode() not in answer.content


@pytest.mark.parametrize("merging", [False, True])
async def test_what_was_taken_back_leaves_its_tombstone_at_once(
    archive: Addresses, two_public: tuple[Person, list[str]], merging: bool
) -> None:
    wu, ids = two_public
    async with taking(archive) as reader:
        before = await look(reader, addresses(*ids))
        case = await published(wu, **SECRET)
        case = await saved(wu, case, text={"zh": f"{CANARY}再", "en": None})
        reason = {"zh": f"更正{CANARY}", "en": CANARY}
        await act(wu, case["id"], "publish", edit=case["edit"], reason=reason)
        shown = await look(reader, addresses(*ids))
        assert len(differing(before, shown)) > 25, "else the addresses look at the wrong things"
        # Nothing to carry over, so that the other one stays as it was.
        case = await saved(wu, case, sources=[], replies=[]) if merging else case
        if merging:
            answer = await act(wu, case["id"], "merge", into=ids[0], edit=case["edit"])
        else:
            answer = await act(wu, case["id"], "withdraw", reason="privacy")
        assert answer.status_code == 200, answer.text
        # At once: no process keeps an answer, so nothing is waited for.
        after = await look(reader, addresses(*ids))
        own = await look(reader, addresses(case["id"]))
        changes = f"{API}/cases/changes?since=0"
        assert set(differing(before, after)) == {changes}
        for path, answer in {**after, **own}.items():
            if CANARY not in path:
                assert CANARY.encode() not in answer.content, path
        entries = [each for each in after[changes].json()["changes"] if each["id"] == case["id"]]
        assert [each["kind"] for each in entries] == [
            "published",
            "changed",
            "merged" if merging else "withdrawn",
        ]
        gone = own[f"{API}/cases/{case['id']}?"]
        if merging:
            assert (gone.status_code, gone.content) == (301, b"")
            assert gone.headers["location"] == f"{API}/cases/{ids[0]}"
        else:
            tomb = {"id", "day", "reason", "merged_into"}
            problem = {"type", "title", "status", "titles", "parameter", "errors"}
            assert gone.status_code == 410
            assert gone.json().keys() == tomb | problem
            assert gone.json()["day"] == TODAY.isoformat()
            assert gone.json()["reason"]["code"] == "privacy"
        history = own[f"{API}/cases/{case['id']}/revisions?"].json()["revisions"]
        assert [(each["document"], each["fields"]) for each in history] == [(None, [])] * 3
        assert [each["reason"] for each in history[:2]] == [None, None]
        assert WHY["zh"] not in str(history)
