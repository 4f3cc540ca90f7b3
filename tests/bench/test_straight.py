"""An archive made without the door is the one that the door would have made."""

from itertools import groupby

import asyncpg

from api.cli.terminal import progress_bar
from api.cluster.roles import Addresses
from api.db import writing
from api.ids import is_id
from api.places.gazetteer import load_gazetteer
from api.reference import read_vocabulary
from api.staff import audit
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.archives import serving
from tests.bench import straight

INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'pub' ORDER BY 1"


async def test_rows_are_those_of_the_door(archive: Addresses, owner: asyncpg.Connection) -> None:
    made = list(straight.drafts(0, 400, 40_000))
    assert any(draft.replies for draft in made)
    async with writing(archive.desk) as session:
        renderer = Renderer(await read_vocabulary(session))
        for month, group in groupby(made, lambda draft: draft.date.replace(day=1)):
            drafts = list(group)
            await write_drafts(session, load_gazetteer(), drafts)
            ids = [draft.id for draft in drafts]
            day = straight.day_of(month)
            await publish(session, renderer, ids, actor=audit.CONSOLE, day=day)
    listed = ", ".join("ST_AsEWKB(point) AS point" if n == "point" else n for n in straight.PUBLIC)
    door = {row["id"]: dict(row) for row in await owner.fetch(f"SELECT {listed} FROM pub.cases")}
    history = await owner.fetch("SELECT * FROM pub.revisions")
    for draft in made:
        # In which order cases of one day came is nobody's to ask.
        row, first = straight.published(draft, door[draft.id]["change"])
        assert dict(zip(straight.PUBLIC, row, strict=True)) == door.pop(draft.id)
        stored = next(dict(known) for known in history if known["case_id"] == draft.id)
        told = dict(zip(straight.HISTORY, first, strict=True))
        assert {name: stored[name] for name in told} == told
    assert door == {}


async def test_a_straight_archive_is_whole(archive: Addresses, owner: asyncpg.Connection) -> None:
    indexes = await owner.fetch(INDEXES)
    with progress_bar("", 300) as bar:
        await straight.load(archive, 300, bar)
    assert await owner.fetch(INDEXES) == indexes
    numbers = await owner.fetch("SELECT change FROM pub.cases ORDER BY change")
    assert [row["change"] for row in numbers] == list(range(1, 301))
    assert await owner.fetchval("SELECT change FROM pub.archive") == 300
    async with serving(archive) as reader:
        listed = (await reader.get("/api/v1/cases?map=all&since=all")).json()
        assert listed["total"] == 300
        case = (await reader.get(f"/api/v1/cases/{listed['items'][0]['id']}/revisions")).json()
        assert case["revisions"][0]["document"]


async def test_cases_again_are_cases_of_their_own(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    with progress_bar("", 300) as bar:
        await straight.load(archive, 100, bar)
        await straight.repeat(archive.owner, 100, 250, bar)
    await owner.execute("UPDATE pub.archive SET change = 250")
    numbers = await owner.fetch("SELECT change FROM pub.cases ORDER BY change")
    assert [row["change"] for row in numbers] == list(range(1, 251))
    async with serving(archive) as reader:
        listed = (await reader.get("/api/v1/cases?map=all&since=all&limit=100")).json()
        assert listed["total"] == 250
        for case in listed["items"]:
            assert is_id(case["id"])
            assert (await reader.get(f"/api/v1/cases/{case['id']}")).json()["id"] == case["id"]
