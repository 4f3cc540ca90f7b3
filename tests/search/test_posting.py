"""Blocks: when they are made, what is taken out of them again, and who waits for whom."""

import asyncio
import zlib
from functools import partial

import asyncpg
import pytest
from pyroaring import BitMap
from sqlalchemy import update

from api.cluster.roles import Addresses
from api.db import Database, WriteSession, writing
from api.lang import Pair
from api.models import DeskCase
from api.search.words import Search
from api.staff import posting
from api.staff.inventory import remove_demo
from api.staff.posting import LEAST, post, post_all
from api.staff.publishing import publish, withdraw
from tests.search.texts import found, seal, tell
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

SECRET = "秘闻quixotry"
TOKENS = {"秘", "闻", "秘闻", "闻q", "quixotry"}


async def tokens(owner: asyncpg.Connection) -> dict[str, set[int]]:
    """Token -> the changes that have it, after a look whether the words are among them."""
    found: dict[str, set[int]] = {}
    for block, token, cases in await owner.fetch("SELECT * FROM pub.postings"):
        bits = BitMap.deserialize(cases)
        assert bits, "an empty posting tells a word too"
        found.setdefault(token, set()).update(block + case for case in bits)
    words = {token for token in found if len(token.lstrip("\x1f")) > 2}
    listed: set[str] = set()
    for (packed,) in await owner.fetch("SELECT words FROM pub.blocks"):
        listed |= set(zlib.decompress(packed).decode().split("\n")) - {""}
    assert listed == words
    return found


async def blocks(owner: asyncpg.Connection) -> list[tuple[int, int]]:
    rows = await owner.fetch("SELECT first, last FROM pub.blocks ORDER BY first")
    return [tuple(row) for row in rows]


async def test_a_block_is_made_when_enough_lies_behind_the_last(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    told: list[int] = []
    opened = partial(writing, archive.desk)
    async with opened() as session:
        await tell(session, *(f"第{n}号" for n in range(20)))
    assert await post_all(opened, least=21) == 0
    assert await post_all(opened, told.append, least=20) == told[-1] == 20
    async with opened() as session:
        await tell(session, "再来")
    assert await post_all(opened, least=2) == 0
    assert await post_all(opened, least=1) == 1
    assert await blocks(owner) == [(1, 20), (21, 21)]
    assert LEAST > 1_000, "nobody makes blocks of a few cases"


async def test_much_is_divided_and_a_stop_leaves_whole_blocks(
    archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "MOST", 8)
    opened = partial(writing, archive.desk)
    async with opened() as session:
        await tell(session, *(f"讨薪{n}" for n in range(20)))

    def stop(done: int) -> None:
        if done > 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await post_all(opened, stop, least=4)
    assert await blocks(owner) == [(1, 8)]
    assert (await tokens(owner))["讨薪"] == set(range(1, 9))
    assert await post_all(opened, least=4) == 12
    assert await blocks(owner) == [(1, 8), (9, 16), (17, 20)]
    assert (await tokens(owner))["讨薪"] == set(range(1, 21))


async def secret(session: WriteSession) -> str:
    """A case between two others, whose text and employer have what no other case has."""
    draft = call(text=Pair(SECRET, None), company=Pair(SECRET, None))
    for each in (call(), draft, call()):
        await put(session, each)
    return draft.id


async def test_a_withdrawn_case_leaves_no_word(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with writing(archive.desk) as session:
        id_ = await secret(session)
    await seal(archive)
    before = await tokens(owner)
    assert set(before) > TOKENS | {"\x1f" + token for token in TOKENS}
    database, search = Database(archive.public), Search()
    assert await found(database, search, "search", "quixot") == [2]
    async with writing(archive.desk) as session:
        await withdraw(session, id_, reason="privacy", actor="console", day=DAY)
    after = await tokens(owner)
    assert after == {token: left for token in before if (left := before[token] - {2})}
    assert not set(after) & (TOKENS | {"\x1f" + token for token in TOKENS})
    # A process that knew the word has forgotten it, and not only what it finds.
    assert len((await search.hits(database, "search", ["quixot"])).changes) == 0
    known = await search._held.now(database)
    assert b"quixot" not in known.blocks[0].words["search"]
    await database.close()


async def test_a_text_behind_the_blocks_goes_with_its_case(archive: Addresses) -> None:
    database, search = Database(archive.public), Search()
    async with writing(archive.desk) as session:
        id_ = await secret(session)
    assert await found(database, search, "search", "quixot") == [2]
    async with writing(archive.desk) as session:
        await withdraw(session, id_, reason="privacy", actor="console", day=DAY)
    known = await search._held.now(database)
    assert len((await search.hits(database, "search", ["quixot"])).changes) == 0
    assert known.tail is not None
    assert sorted(text.change for text in known.tail.values()) == [1, 3]
    await database.close()


async def softened(session: WriteSession, id_: str, *, forget: bool = False) -> None:
    """Another case is published, and then this one with other words."""
    renderer = await put(session, call())
    mild = update(DeskCase).where(DeskCase.id == id_)
    await session.execute(mild.values(search="温和", employer="", text_zh="温和"))
    await publish(session, renderer, [id_], actor="console", day=DAY, forget=forget)


async def test_what_a_case_said_before_goes_with_it(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    """Corrections leave their bits, of which a later withdrawal takes out every one."""
    async with writing(archive.desk) as session:
        id_ = await secret(session)
    await seal(archive)
    async with writing(archive.desk) as session:
        await softened(session, id_)
    assert (await tokens(owner))["秘闻"] == {2}
    await seal(archive)
    async with writing(archive.desk) as session:
        await withdraw(session, id_, reason="privacy", actor="console", day=DAY)
    left = await tokens(owner)
    assert not {"秘闻", "quixotry", "温和"} & set(left)
    assert {2, 5}.isdisjoint(set().union(*left.values()))
    assert await owner.fetchval("SELECT count(*) FROM desk.replaced") == 0


async def test_a_history_that_is_taken_back_leaves_no_word(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with writing(archive.desk) as session:
        id_ = await secret(session)
    await seal(archive)
    async with writing(archive.desk) as session:
        await softened(session, id_, forget=True)
    assert not TOKENS & set(await tokens(owner))
    await seal(archive)
    assert (await tokens(owner))["温和"] == {5}


async def test_what_goes_while_a_block_is_made_is_not_in_it(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with writing(archive.desk) as session:
        id_ = await secret(session)

    async def go() -> None:
        async with writing(archive.desk) as session:
            await withdraw(session, id_, reason="privacy", actor="console", day=DAY)

    async with writing(archive.desk) as session:
        going: list[asyncio.Task[None]] = []
        # The texts are read; from here on the case is withdrawn, and this waits for nobody.
        assert await post(session, lambda _: going.append(asyncio.create_task(go())), least=1)
    await asyncio.gather(*going)
    assert not TOKENS & set(await tokens(owner))


async def test_a_case_withdrawn_right_behind_a_block_is_not_in_it(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    """Who withdraws waits for the block that is about to be there, and then sees it."""
    async with writing(archive.desk) as session:
        id_ = await secret(session)
    async with writing(archive.desk) as session:
        assert await post(session, least=1)
        async with writing(archive.desk) as other:
            going = asyncio.create_task(
                withdraw(other, id_, reason="privacy", actor="console", day=DAY)
            )
            await asyncio.sleep(0.2)
            assert not going.done()
            # What a commit does, early: the archive is free again.
            await session._connection.commit()
            await going
    assert not TOKENS & set(await tokens(owner))


async def test_one_at_a_time_makes_blocks(archive: Addresses) -> None:
    async with writing(archive.desk) as session:
        await tell(session, "甲", "乙")
    async with writing(archive.desk) as one, writing(archive.desk) as other:
        assert await post(one, least=1) == 2
        assert await post(other, least=1) == 0


async def test_invented_cases_leave_no_block(archive: Addresses, owner: asyncpg.Connection) -> None:
    async with writing(archive.desk) as session:
        invented, real = call(demo=True), call()
        await put(session, invented)
        await put(session, real)
    await seal(archive)
    database, search = Database(archive.public), Search()
    assert await found(database, search, "search", "工") == [1, 2]
    assert await remove_demo(archive.owner) == 1
    assert await blocks(owner) == []
    assert await found(database, search, "search", "工") == [2]
    # Two publications, and the change that took one of them away.
    assert await seal(archive) == 3
    assert await found(database, search, "search", "工") == [2]
    await database.close()
