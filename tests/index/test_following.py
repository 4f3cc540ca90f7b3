"""Processes that follow the archive: what is withdrawn is gone from all that each of them says."""

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from api.cluster.roles import Addresses
from api.db import Database, writing
from api.index import building, following
from api.index.following import Follower
from api.lang import Pair
from api.models import Archive
from api.places.gazetteer import load_gazetteer
from api.staff.inventory import remove_demo
from api.staff.publishing import withdraw
from tests.archives import TODAY
from tests.asking import API
from tests.cases.tiles import tile_of
from tests.index.walking import Walk
from tests.processes import served
from tests.staff.drafts import call
from tests.staff.test_publishing import put

# Seconds in which a withdrawn case has to be gone from every answer of every process.
LAW = 5
WORD = "只此一例"
BAOAN = load_gazetteer().places["440306"]
TILE = tile_of(9, BAOAN.marker_lon, BAOAN.marker_lat)
SURFACES = (
    "/",
    f"{API}/cases",
    f"{API}/cases?q={WORD}",
    f"{API}/cases/feed.json",
    f"{API}/cases/feed.atom?company={WORD}",
    f"{API}/cases/export.ndjson",
)
COUNTS = (f"{API}/cases/stats", f"{API}/filters?counts=true&q={WORD}")


async def test_a_withdrawn_case_is_gone_from_every_process(
    archive: Addresses, tmp_path: Path
) -> None:
    case = call(title=Pair(f"{WORD}的讨薪", None), company=Pair(f"{WORD}公司", None))
    async with writing(archive.desk) as session:
        await put(session, case)
    told = {"DATABASE_URL": archive.public, "QIUZHU_TODAY": TODAY.isoformat()}
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    async with served(folders[0], **told) as one, served(folders[1], **told) as other:
        clients = (one.client, other.client)
        for client in clients:
            # Twice: the second answer may be a kept one.
            assert all([await says(client, case.id) for _ in range(2)])
        async with writing(archive.desk) as session:
            await withdraw(session, case.id, reason="privacy", actor="console", day=TODAY)
        await asyncio.sleep(LAW)
        for client in clients:
            assert not await says(client, case.id), "any of it"


async def says(client: httpx.AsyncClient, case_id: str) -> bool:
    """Whether all surfaces tell of the case; False where none does."""
    tile = (await client.get(f"{API}/cases/tiles/9/{TILE[0]}/{TILE[1]}.mvt")).content
    seen = [case_id.encode() in tile]
    seen += [case_id in (await client.get(path)).text for path in SURFACES]
    seen += [(await client.get(path)).json()["total"] == 1 for path in COUNTS]
    seen.append((await client.get(f"{API}/cases/{case_id}")).status_code == 200)
    assert len(set(seen)) == 1, seen
    return seen[0]


async def test_invented_cases_that_are_removed_are_gone(
    archive: Addresses, database: Database, follower: Follower
) -> None:
    walk = Walk(archive, 3)
    await walk.start(40)
    before = await follower.index()
    assert before is not None
    await remove_demo(archive.owner)
    after = await follower.index()
    assert after is not None
    assert sum(len(part.live) for part in after.parts) == 0


async def test_other_words_for_places_make_another_index(
    archive: Addresses, database: Database, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(archive, 4)
    await walk.start(10)
    assert await follower.index() is not None
    async with writing(archive.owner) as session:
        await session.execute(update(Archive).values(vocabulary="another"))
    # The process's own words are some seconds old; until it has the new ones, SQL answers.
    assert await follower.index() is None
    follower._reference._looked = float("-inf")
    index = await follower.index()
    assert index is not None
    assert index.state.vocabulary == "another"


async def test_a_process_that_fails_is_tried_again(
    archive: Addresses, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_FEW", 5)
    program = building.PROGRAM
    monkeypatch.setattr(building, "PROGRAM", "api.index.nothing")
    await Walk(archive, 5).start(30)
    assert await follower.index() is None
    await follower.built()
    monkeypatch.setattr(building, "PROGRAM", program)
    assert await follower.index() is None, "PostgreSQL answers while the next one is made"
    await follower.built()
    assert await follower.index() is not None
