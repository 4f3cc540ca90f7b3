"""What keywords are looked up in: makes blocks of what was published, and takes texts out of them.

A block is made behind the publications, never by one. Who looks up is in api/search/.
"""

import asyncio
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from itertools import chain, groupby, islice

import numpy as np
from pyroaring import BitMap
from sqlalchemy import (
    ARRAY,
    BigInteger,
    LargeBinary,
    Text,
    any_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from api.db import AnyRow, WriteSession, one_of
from api.models import Archive, Block, Posting, PublicCase, Replaced
from api.search.gathering import Gathering
from api.search.phrases import Phrases, frequent
from api.search.tokens import EMPLOYER, SHORTEST, is_phrase

# Changes of a block; fewer behind the last one are looked through one by one.
LEAST, MOST = 8_192, 65_536
# Texts taken apart at a time, and rows written at a time.
_TEXTS, _ROWS = 512, 20_000
# Texts that are looked at for phrases, and how many characters of each.
_SAMPLE, _SAMPLED = 2_048, 2_000
# Of the advisory lock: one maker of blocks at a time.
_MAKING = 0x71697A62  # "qizb"

Progress = Callable[[int], None]
Opened = Callable[[], AbstractAsyncContextManager[WriteSession]]


async def post_all(
    opened: Opened, progress: Progress = lambda _: None, *, least: int = LEAST
) -> int:
    """Makes every block that is due, each in a transaction of its own; answers how many changes
    are in them. `progress` is told how many so far. It can be stopped and begun again."""
    posted = 0
    while True:
        async with opened() as session:
            count = await post(session, partial(_told, progress, posted), least=least)
        if count == 0:
            return posted
        posted += count


def _told(progress: Progress, before: int, done: int) -> None:
    progress(before + done)


async def post(
    session: WriteSession, progress: Progress = lambda _: None, *, least: int = LEAST
) -> int:
    """Makes the next block where `least` changes lie behind the last one; answers how many changes
    it has, 0 for none. Publications wait only for its end, some milliseconds."""
    if not await session.value(select(func.pg_try_advisory_xact_lock(_MAKING))):
        return 0
    before = await session.value(select(func.coalesce(func.max(Block.last), 0)))
    change = await session.value(select(Archive.change))
    if change - before < least:
        return 0
    first, last = before + 1, min(change, before + MOST)
    texts = _Texts(first, *await _phrases(session, first, last))
    for begin in range(first, last + 1, _TEXTS):
        end = min(last, begin + _TEXTS - 1)
        await asyncio.to_thread(texts.add, await _published(session, begin, end))
        progress(end - before)
    listed = await _write(session, first, texts)
    # What was withdrawn or replaced while this was made is known from here on, and nobody
    # publishes before the block is there for him to see.
    await session.value(select(Archive.change).with_for_update())
    await session.execute(insert(Block).values(first=first, last=last, words=_packed(listed)))
    if gone := await _gone(session, texts.changes):
        await _take_out(session, first, texts.having(BitMap(c - first for c in gone)))
    return int(last - before)


class _Texts:
    """The texts of one block, as they are taken apart."""

    def __init__(self, first: int, search: Phrases, employer: Phrases) -> None:
        self.changes: list[int] = []
        self._first = first
        self._search, self._employer = Gathering("", search), Gathering(EMPLOYER, employer)

    def add(self, rows: Sequence[AnyRow]) -> None:
        cases = np.array([row.change - self._first for row in rows], np.uint16)
        self._search.add([row.search for row in rows], cases)
        self._employer.add([row.employer for row in rows], cases)
        self.changes += [row.change for row in rows]

    def postings(self) -> Iterator[tuple[str, bytes]]:
        return chain(self._search.postings(), self._employer.postings())

    def having(self, cases: BitMap) -> dict[str, BitMap]:
        """The tokens that any of these cases has, and which of them have it."""
        found = ((token, BitMap.deserialize(bits) & cases) for token, bits in self.postings())
        return {token: having for token, having in found if having}


async def _phrases(session: WriteSession, first: int, last: int) -> tuple[Phrases, Phrases]:
    """What many texts of these changes have, and many employers, going by some of them."""
    some = range(first, last + 1, (last - first) // _SAMPLE + 1)
    rows = await session.all(
        select(
            func.left(PublicCase.search, _SAMPLED).label("search"),
            func.left(PublicCase.employer, _SAMPLED).label("employer"),
        ).where(PublicCase.change == any_(literal(list(some), ARRAY(BigInteger))))
    )
    search = await asyncio.to_thread(frequent, [row.search for row in rows])
    return search, await asyncio.to_thread(frequent, [row.employer for row in rows])


async def _published(session: WriteSession, begin: int, end: int) -> Sequence[AnyRow]:
    return await session.all(
        select(PublicCase.change, PublicCase.search, PublicCase.employer)
        .where(PublicCase.change.between(begin, end))
        .order_by(PublicCase.change)
    )


async def _write(session: WriteSession, block: int, texts: _Texts) -> list[str]:
    """Answers the words and phrases among the tokens."""
    listed: list[str] = []
    postings = texts.postings()
    while rows := await asyncio.to_thread(list, islice(postings, _ROWS)):
        await session.copy(
            "pub.postings",
            ("block", "token", "cases"),
            [(block, token, bits) for token, bits in rows],
        )
        listed += [token for token, _ in rows if _is_listed(token)]
    return listed


async def _gone(session: WriteSession, changes: Sequence[int]) -> list[int]:
    """Those of the changes that no public case has any more."""
    each = func.unnest(literal(changes, ARRAY(BigInteger))).column_valued("each")
    rows = await session.all(select(each).where(~exists().where(PublicCase.change == each)))
    return [row[0] for row in rows]


async def replace(session: WriteSession, ids: Collection[str]) -> None:
    """Keeps what is in blocks of these cases, just before it leaves `pub.cases`: by it `forget`
    finds it. The caller holds the archive, so that no block comes into being meanwhile."""
    posted = select(func.max(Block.last)).scalar_subquery()
    public = select(PublicCase.change, PublicCase.id, PublicCase.search, PublicCase.employer)
    await session.execute(
        insert(Replaced).from_select(
            ["change", "case_id", "search", "employer"],
            public.where(one_of(PublicCase.id, list(ids)), PublicCase.change <= posted),
        )
    )


async def forget(session: WriteSession, ids: Collection[str]) -> None:
    """Takes every text out of the blocks that these cases had before: after `replace`, in the same
    transaction. What nobody else's text has is then in no block."""
    those = one_of(Replaced.case_id, list(ids))
    rows = await session.all(
        select(Replaced.change, Replaced.search, Replaced.employer, Block.first)
        .join(Block, Replaced.change.between(Block.first, Block.last))
        .where(those)
        .order_by(Replaced.change)
    )
    for first, own in groupby(rows, lambda row: int(row.first)):
        listed = await _listed(session, first)
        texts = _Texts(first, _phrases_in(listed, ""), _phrases_in(listed, EMPLOYER))
        texts.add(list(own))
        every = BitMap(change - first for change in texts.changes)
        await _take_out(session, first, texts.having(every))
    await session.execute(delete(Replaced).where(those))


async def _take_out(session: WriteSession, block: int, having: Mapping[str, BitMap]) -> None:
    """Token -> the cases that are taken out of its posting in one block."""
    rows = await session.all(
        select(Posting.token, Posting.cases).where(
            Posting.block == block, one_of(Posting.token, list(having))
        )
    )
    left = {row.token: BitMap.deserialize(row.cases) - having[row.token] for row in rows}
    fresh = (
        func.unnest(
            literal([token for token, cases in left.items() if cases], ARRAY(Text)),
            literal([cases.serialize() for cases in left.values() if cases], ARRAY(LargeBinary)),
        )
        .table_valued("token", "cases", name="fresh")
        .render_derived()
    )
    await session.execute(
        update(Posting)
        .where(Posting.block == block, Posting.token == fresh.c.token)
        .values(cases=fresh.c.cases)
    )
    empty = [token for token, cases in left.items() if not cases]
    await session.execute(
        delete(Posting).where(Posting.block == block, one_of(Posting.token, empty))
    )
    kept = await _listed(session, block) - set(empty)
    await session.execute(
        update(Block)
        .where(Block.first == block)
        .values(edition=Block.edition + 1, words=_packed(kept))
    )


async def _listed(session: WriteSession, block: int) -> set[str]:
    """The block's words and phrases, those of employers marked."""
    packed = await session.value(select(Block.words).where(Block.first == block))
    return set(zlib.decompress(packed).decode().split("\n"))


def _phrases_in(listed: Collection[str], mark: str) -> Phrases:
    marked = (token.removeprefix(mark) for token in listed if token.startswith(mark))
    return Phrases(filter(is_phrase, marked))


def _is_listed(token: str) -> bool:
    return len(token.removeprefix(EMPLOYER)) >= SHORTEST


def _packed(listed: Collection[str]) -> bytes:
    return zlib.compress("\n".join(sorted(listed)).encode())
