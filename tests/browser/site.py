"""The site that the browser tests look at: demonstration set and hostile cases, really served.

Prints one line of JSON when it answers; ends when its stdin does. A line there (checking,
rejected, published or nothing) is what staff decide of all alerts, answered by how much is stored.
`--empty`: no case at all. `--boundaries DIR`: polygons too. `--today DAY`: another day.
"""

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import asyncpg

from api.cli.serving import ServingProcess
from api.cluster import running
from api.cluster.roles import Addresses
from api.db import writing
from api.demo.loading import load_demo
from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.places.loading import load_boundaries
from api.preparing import prepare
from api.reference import read_vocabulary
from api.settings import Settings
from api.staff.drafts import Draft, DraftReply, DraftSource
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.archives import TODAY, Silent
from tests.bench.processes import free_port
from tests.folders import open_folder
from tests.pages.alerting import desk
from tests.staff.drafts import call

# What each payload would do shows in the page: `window.pwned`, a dialog, or a request elsewhere.
PAYLOADS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x>",
    "\"'><a href=javascript:window.pwned=1>x</a>",
    "javascript:window.pwned=1//",
    "{{7*7}} {% raw %} ${7*7} <%= 7*7 %>",
    "\u202edlrow\u202c \u2066isolate\u2069 \u200bzero\u200b",
    "</script><!--<script>window.pwned=1</script>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--><img src=x "
    "onerror=window.pwned=1>'>",
)


def hostile() -> list[Draft]:
    """One case a payload, with it in every text a case has."""
    return [_hostile(payload) for payload in PAYLOADS]


def _hostile(payload: str) -> Draft:
    both = Pair(f"敌意 {payload}", f"hostile {payload}")
    office = DraftReply(both, both, "已办理", date(2026, 11, 1), date(2026, 11, 9))
    sources = [
        DraftSource("weibo", "https://example.org/?" + payload, date(2026, 11, 1), False),
        DraftSource("weibo", payload, None, None),
    ]
    return call(
        date=date(2026, 11, 20),
        title=both,
        text=both,
        company=both,
        stated={"issue": [payload], "industry": [payload]},
        sources=sources,
        replies=[replace(office, outcome=both)],
    )


async def fill(addresses: Addresses, arguments: argparse.Namespace) -> list[str]:
    """Loads the archive; answers the ids of the hostile cases."""
    await prepare(addresses, lambda line: None)
    if arguments.boundaries:
        owner = await asyncpg.connect(addresses.owner)
        await load_boundaries(owner, arguments.boundaries, lambda done, total: None)
        await owner.close()
    if arguments.empty:
        return []
    await load_demo(addresses.desk, arguments.today, Silent())
    drafts = hostile()
    async with writing(addresses.desk) as session:
        await write_drafts(session, load_gazetteer(), drafts)
        renderer = Renderer(await read_vocabulary(session))
        ids = [draft.id for draft in drafts]
        await publish(session, renderer, ids, actor="console", day=arguments.today)
    return ids


async def decide(addresses: Addresses, state: str, case: str | None) -> dict[str, int]:
    """Gives every alert a state, unless it is empty; answers how much is stored."""
    owner = await asyncpg.connect(addresses.owner)
    if state:
        await owner.execute(
            "UPDATE intake.alerts SET state = $1, changed_on = $2, case_id = $3, reason = $4",
            state, TODAY, case if state == "published" else None,
            "duplicate" if state == "rejected" else None,
        )  # fmt: skip
    counts = {
        "alerts": "SELECT count(box) FROM intake.alerts",
        "files": "SELECT count(*) FROM intake.attachments",
        "additions": "SELECT count(*) FROM intake.additions WHERE kind = 'addition'",
    }
    found = {name: await owner.fetchval(question) for name, question in counts.items()}
    await owner.close()
    return found


def main() -> None:
    """Serves until stdin ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--boundaries", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    arguments = parser.parse_args()
    port = free_port()
    keys = desk().settings
    settings = Settings(
        QIUZHU_PORT=port,
        QIUZHU_TODAY=arguments.today,
        QIUZHU_DESK_KEY=keys["desk_key"],
        QIUZHU_MAIL_KEY=keys["mail_key"],
        QIUZHU_RECEIPT_KEY=keys["receipt_key"],
    )
    with (
        open_folder() as folder,
        running(folder / "data", lambda line: None) as cluster,
        ServingProcess(settings) as process,
    ):
        ids = asyncio.run(fill(cluster.addresses, arguments))
        process.serve(cluster.addresses.public)
        address = f"http://127.0.0.1:{port}"
        sys.stdout.write(json.dumps({"address": address, "hostile": ids}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            held = asyncio.run(decide(cluster.addresses, line.strip(), ids[0] if ids else None))
            sys.stdout.write(json.dumps(held) + "\n")
            sys.stdout.flush()
        process.stop()


if __name__ == "__main__":
    main()
