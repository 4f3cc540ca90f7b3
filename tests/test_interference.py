"""What is not public changes no byte of any public answer; what was taken back leaves no trace."""

from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import httpx
import pytest
from sqlalchemy import update

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import writing
from api.ids import encode_id
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.reference import read_vocabulary
from api.staff.drafts import Draft
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.archives import copied, serving
from tests.asking import API
from tests.staff.drafts import call

DAY = date(2026, 11, 20)
PUBLISHED = [call(id=encode_id(number), date=date(2026, 10, 1 + number)) for number in range(6)]
GONE = call(id=encode_id(100))
HIDDEN = [call(id=encode_id(200 + number)) for number in range(6)]
QUERIES = ("", "map=all&since=all", "q=讨薪", "region=440000&issue=wage_arrears", "platform=weibo")
ROUTES = (
    *(f"/cases?limit=2&{query}" for query in QUERIES),
    *("/cases?sort=-updated", "/cases?sort=date", "/filters?counts=true", "/vocabulary"),
    *(f"/cases/stats?by=month,region,industry,issue,platform,reply_days&{q}" for q in QUERIES),
    *(f"/cases/export.{form}?since=all" for form in ("csv", "ndjson", "geojson", "xls", "xlsx")),
    *(f"/cases/feed.{form}?{query}" for form in ("atom", "json") for query in QUERIES),
    *(f"/cases/tiles/{tile}.mvt" for tile in ("0/0/0", "6/52/27", "8/208/111", "12/3343/1784")),
    *(f"/cases/{draft.id}" for draft in PUBLISHED),
    *(f"/cases/{draft.id}" for draft in HIDDEN),
    *(f"/cases/{draft.id}/revisions" for draft in HIDDEN),
)
# These number what happened in the archive.
COUNTING = ("/cases/changes", *(f"/cases/{draft.id}/revisions" for draft in PUBLISHED))


async def fill(
    archive: Addresses, drafts: list[Draft], *, actor: str, notes: str, gone: bool
) -> None:
    """Publishes the same cases; all else may differ: order, drafts, notes, flags, who did it."""
    async with writing(archive.desk) as session:
        renderer = Renderer(await read_vocabulary(session))
        await write_drafts(session, load_gazetteer(), [*drafts, *([GONE] if gone else [])])
        await session.execute(update(DeskCase).values(notes=notes, flags=[notes]))
        if gone:
            await publish(session, renderer, [GONE.id], actor=actor, day=DAY)
            await withdraw(session, GONE.id, reason="privacy", actor=actor, day=DAY)
        ids = [draft.id for draft in PUBLISHED]
        await publish(session, renderer, ids, actor=actor, day=DAY)


async def everything(archive: Addresses, paths: tuple[str, ...]) -> dict[str, httpx.Response]:
    async with serving(archive) as client:
        return {path: await client.get(f"{API}{path}") for path in paths}


@pytest.fixture
async def other(cluster: Cluster, empty_template: str) -> AsyncIterator[Addresses]:
    async with copied(cluster, empty_template) as addresses:
        yield addresses


@pytest.mark.parametrize("gone", [False, True])
async def test_bytes_and_headers_are_equal(
    archive: Addresses, other: Addresses, owner: asyncpg.Connection, gone: bool
) -> None:
    await fill(archive, PUBLISHED, actor="console", notes="", gone=False)
    hidden = [*HIDDEN[::-1], *PUBLISHED[::-1]]
    await fill(other, hidden, actor="somebody", notes="CANARY", gone=gone)
    # Numbers of changes are public: where something was withdrawn, they move on.
    paths = ROUTES if gone else (*ROUTES, *COUNTING)
    here, there = await everything(archive, paths), await everything(other, paths)
    for path in paths:
        assert here[path].status_code == there[path].status_code, path
        assert here[path].content == there[path].content, path
        assert here[path].headers.multi_items() == there[path].headers.multi_items(), path
        assert b"CANARY" not in there[path].content
    assert here["/cases?sort=date"].json()["total"] == len(PUBLISHED)
    assert {here[f"/cases/{draft.id}"].status_code for draft in HIDDEN} == {404}
