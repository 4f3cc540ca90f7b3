"""The index says what SQL says, of every question, while cases come, change and go."""

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from pyroaring import BitMap

from api.cases.by_index import ByIndex
from api.cases.by_sql import BySql
from api.cases.finding import Finder
from api.cases.parameters import CaseFilters
from api.cases.query import Sort
from api.cases.tallies import DIMENSIONS
from api.cases.view import View, resolve
from api.cluster.roles import Addresses
from api.db import Database, writing
from api.index import following
from api.index.following import Follower
from api.reference import Vocabulary, read_vocabulary
from tests.archives import TODAY
from tests.cases.tiles import decoded
from tests.index.walking import Walk
from tests.search.texts import seal, take_back, tell

SORTS: tuple[Sort, ...] = ("-date", "date", "-updated")
# Eastern China, the south, Shenzhen at three zooms.
TILES = ((0, 0, 0), (4, 13, 6), (5, 26, 13), (7, 104, 55), (8, 209, 111), (9, 418, 223))


async def said(finder: Finder, view: View, random: Random) -> dict[str, object]:
    """Every question a finder answers."""
    sort = random.choice(SORTS)
    free = [name for name in DIMENSIONS if name not in view.values]
    own = [name for name in DIMENSIONS if name in view.values]
    return {
        "count": await finder.count(view),
        "pages": [page async for page in pages(finder, view, sort)],
        "tally": await finder.tally(view, free, own),
        "newest": [(r.summary, r.document, r.demo) for r in await finder.newest(view, 7)],
        "tile": decoded(await finder.tile(view, *random.choice(TILES))),
    }


async def pages(finder: Finder, view: View, sort: Sort) -> AsyncIterator[object]:
    """The first pages, one behind the other."""
    start = None
    for _ in range(4):
        page = await finder.page(view, sort, 13, start)
        yield page.total, list(page.summaries), page.end
        if page.end is None:
            return
        start = page.end


async def agree(database: Database, follower: Follower, walk: Walk, views: list[View]) -> None:
    index = await follower.catch_up()
    assert index is not None, "PostgreSQL would judge itself"
    for view in views:
        seed = walk.random.random()
        by_index = ByIndex(index, follower, database)
        found = await said(by_index, view, Random(seed))
        expected = await said(BySql(database), view, Random(seed))
        for question, answer in expected.items():
            assert found[question] == answer, f"{question} of {view.canonical}"


@pytest.mark.parametrize("seed", range(2))
async def test_while_the_archive_moves(
    archive: Addresses,
    database: Database,
    follower: Follower,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    # So that segments are closed and all made into one within these few steps.
    monkeypatch.setattr(following, "_NEWEST", 12)
    monkeypatch.setattr(following, "_MOST_PARTS", 3)
    walk = Walk(archive, seed)
    await walk.start(300)
    vocabulary = await _vocabulary(database)
    # Behind blocks, pairs of characters only suggest where these are; so texts are read, once.
    await seal(archive)
    long = [
        resolve(CaseFilters(map="all", since="all", **{name: words}), vocabulary, TODAY)
        for name, words in (
            ("q", "没有拿到工资"),
            ("q", "未签劳动合同 工资"),
            ("company", "电子厂"),
        )
    ]
    await agree(database, follower, walk, [*walk.views(vocabulary, 25), *long])
    for _ in range(15):
        await walk.step()
        await agree(database, follower, walk, [*walk.views(vocabulary, 4), *long])


async def test_made_by_a_process_of_its_own(
    archive: Addresses,
    database: Database,
    follower: Follower,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "_FEW", 20)
    walk = Walk(archive, 9)
    await walk.start(200)
    assert await follower.catch_up() is None, "until it is made, PostgreSQL answers"
    await follower.built()
    await agree(database, follower, walk, walk.views(await _vocabulary(database), 20))


async def _vocabulary(database: Database) -> Vocabulary:
    async with database.read() as session:
        return await read_vocabulary(session)


async def test_a_text_is_read_once_and_a_withdrawn_one_is_never_found(
    archive: Addresses,
    database: Database,
    follower: Follower,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with writing(archive.desk) as session:
        # The second has both pairs of the word, and not the word; for a phrase it is too mixed.
        ids = await tell(session, "甲乙3", "甲乙丙乙3", "丙", "丁甲乙3")
    await seal(archive)
    vocabulary = await _vocabulary(database)
    asked = CaseFilters(map="all", since="all", q="甲乙3")
    view = resolve(asked, vocabulary, TODAY)
    read: list[int] = []
    reading = ByIndex._read

    async def noted(self: ByIndex, changes: BitMap, conditions: Any) -> BitMap:
        read.append(len(changes))
        return await reading(self, changes, conditions)

    monkeypatch.setattr(ByIndex, "_read", noted)

    async def count() -> int:
        index = await follower.catch_up()
        assert index is not None
        return await ByIndex(index, follower, database).count(view)

    assert await count() == 2
    assert await count() == 2
    assert read == [3]
    async with writing(archive.desk) as session:
        await take_back(session, ids["丁甲乙3"])
    assert await count() == 1
    async with writing(archive.desk) as session:
        await tell(session, "戊甲乙3")
    # Behind the blocks texts are held, and nothing is in doubt.
    assert await count() == 2
    assert read == [3]
    await seal(archive)
    assert await count() == 2
    # Of the new ones only.
    assert read == [3, 1]
