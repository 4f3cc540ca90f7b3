"""What a lookup finds, in blocks and behind them, against what SQL finds."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import AnyRow, Database, Question, ReadSession, writing
from api.errors import Problem
from api.folding import fold
from api.search.held import Held
from api.search.words import Search
from tests.archives import copied
from tests.search.texts import found, seal, tell

TEXTS = [
    "工人讨薪未果\n欠薪三个月，3,000元没有着落",
    "工人討薪未果，100%拖欠",
    "Miners' protest at O'Neil Co.\nplant_7 C:\\plant\\gate",
    "ＡＢＣ电子 Straße № 5 and ﬁne",
    "cafe\u0301 café 👩‍🏭 \U00020000 ¨x",
    "没有a1b2字母，工资13,000 元 a" + "9" * 300 + "z",
    "\n 换\u3000行\t制表\u0085格 \n",
    "plantX7 plant%7 100percent",
    "x" * 500 + "讨" * 300,
]
WORDS = [
    ["薪"], ["讨薪"], ["討薪"], ["讨薪未"], ["工人", "薪"], ["3,000元"], ["3,000"], ["000"], ["%"],
    ["_"], ["'"], ["\\"], ["plant_7"], ["plantx7"], ["plant"], ["plant", "%"], ["o'neil"], ["a"],
    ["i"], ["in"], ["ant"], ["strasse"], ["FINE"], ["é"], ["\u0301"], ["👩‍🏭"], ["👩"], ["\u200d"],
    ["\U00020000"], ["¨x"], ["¨"], ["a1b2"], ["有a1"], ["9" * 32], ["9" * 33], ["9" * 301], ["99z"],
    ["a99"], ["x" * 64], ["讨" * 300], ["讨" * 301], ["换", "行"], ["无此"],
    ["zzzz"], ["薪", "zzz"],
]  # fmt: skip


@pytest.fixture(scope="module")
async def told(cluster: Cluster, empty_template: str) -> AsyncIterator[Addresses]:
    """The texts three times: in one block, in another, and behind them."""
    async with copied(cluster, empty_template) as archive:
        for part in range(3):
            async with writing(archive.desk) as session:
                await tell(session, *(f"{text}\n{part}" for text in TEXTS))
            if part < 2:
                assert await seal(archive) == len(TEXTS)
        yield archive


@pytest.fixture(scope="module")
async def database(told: Addresses) -> AsyncIterator[Database]:
    opened = Database(told.public)
    yield opened
    await opened.close()


@pytest.mark.parametrize("held", [100, 0])
async def test_a_lookup_finds_what_sql_finds(database: Database, held: int) -> None:
    """Also where the texts behind the blocks are too many to be held."""
    search = Search(held)
    numbers = 0
    for words in WORDS * 2:
        judged = await found(database, search, "search", *words)
        numbers += len(judged)
        assert len(judged) % 3 == 0
        await found(database, search, "employer", *words)
    assert numbers > 200


async def test_any_piece_of_a_text_is_found(database: Database) -> None:
    search, drawn = Search(), random.Random(6)
    for _ in range(300):
        text = fold(drawn.choice(TEXTS))
        begin = drawn.randrange(len(text))
        piece = text[begin : begin + drawn.choice((1, 2, 2, 3, 4, 9, 70))]
        words = re.sub("[\x00\x1f]", "", piece).split()[:3]
        if words:
            assert await found(database, search, "search", *words), words


class Counting(Database):
    """Counts the rows that it hands over."""

    rows = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        database = self

        class Session(ReadSession):
            async def all(self, statement: Question, **values: Any) -> Sequence[AnyRow]:
                rows = await super().all(statement, **values)
                database.rows += len(rows)
                return rows

        async with super().read() as session:
            yield Session(session._connection)


async def test_texts_that_are_in_blocks_are_not_read(told: Addresses) -> None:
    database = Counting(told.public)
    await Held(100).now(database)
    assert database.rows == len(TEXTS)
    await database.close()


async def test_what_was_published_since_is_found_and_what_was_taken_away_is_not(
    archive: Addresses,
) -> None:
    database, search = Database(archive.public), Search()
    async with writing(archive.desk) as session:
        ids = await tell(session, "讨薪甲", "讨薪乙")
    assert await found(database, search, "search", "讨薪") == [1, 2]
    async with writing(archive.desk) as session:
        await tell(session, "讨薪丙")
    assert await found(database, search, "search", "讨薪") == [1, 2, 3]
    assert await seal(archive) == 3
    assert await found(database, search, "search", "讨薪") == [1, 2, 3]
    async with writing(archive.desk) as session:
        await tell(session, "讨薪丁")
    assert await found(database, search, "search", "讨薪") == [1, 2, 3, 4]
    assert len(ids) == 2
    await database.close()


async def test_many_who_look_up_at_once_get_an_answer_or_are_told_to_come_again(
    told: Addresses,
) -> None:
    database, search = Database(told.public, pool=30), Search()

    async def ask(number: int) -> int:
        try:
            # Pairs of characters are looked up in PostgreSQL.
            hits = await search.hits(database, "search", [f"讨{chr(ord('薪') + number)}"])
        except Problem:
            return -1
        return len(hits.changes)

    owner = await asyncpg.connect(told.owner)
    async with owner.transaction(), asyncio.timeout(60):
        # So that nobody has his answer before all have asked.
        await owner.execute("LOCK TABLE pub.postings IN ACCESS EXCLUSIVE MODE")
        asking = [asyncio.ensure_future(ask(number)) for number in range(30)]
        while sum(each.done() for each in asking) < 24:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await owner.close()
    answers = await asyncio.gather(*asking)
    assert answers.count(-1) == 24
    # Nobody's place is lost.
    assert await ask(0) == 6
    # A word that is remembered needs none.
    assert await asyncio.gather(*(ask(0) for _ in range(30))) == [6] * 30
    await database.close()
