"""Which published cases have the words that a reader asks for.

What is in blocks is looked up in their postings, what lies behind them in the texts themselves.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap
from sqlalchemy import ARRAY, BigInteger, Text, any_, func, literal, select

from api.cases.streaming import Slots
from api.db import AnyRow, Database, ReadSession, one_of
from api.folding import fold
from api.models import Posting, PublicCase
from api.search.held import Field, Held, HeldBlock, HeldText, Known
from api.search.readings import Readings
from api.search.saying import says
from api.search.tokens import EMPLOYER, asked

__all__ = ["Field", "Hits", "Search"]

# Bytes of answers that are remembered, and postings that are read at a time.
REMEMBERED = 8_000_000
_READ = 5_000
# Changes behind the last block whose texts are held; where there are more, since nobody makes
# blocks, PostgreSQL looks through them.
HELD = 32_768
_MARKS: dict[Field, str] = {"search": "", "employer": EMPLOYER}


class Hits(NamedTuple):
    """Changes, ascending; the texts of those that are `doubtful` may lack a word after all.

    Some may be of cases that were replaced or withdrawn since.
    """

    changes: npt.NDArray[np.int64]
    doubtful: BitMap


class _Cases(NamedTuple):
    """The same of what is in blocks."""

    changes: BitMap
    doubtful: BitMap


_NONE = _Cases(BitMap(), BitMap())


class Search:
    """One per process; in `readings` is noted what was read where hits were doubtful."""

    def __init__(self, held: int = HELD) -> None:
        self.readings = Readings()
        self._held = Held(held)
        self._answers = _Answers()
        # Fewer than a process has connections: who does not search finds one free.
        self._slots = Slots(running=2, waiting=4)

    async def hits(self, database: Database, field: Field, words: Sequence[str]) -> Hits:
        """The changes of all cases in whose `field` every one of the words occurs.

        Words are as the reader wrote them. Raises Problem "busy" where too many are looked up.
        """
        wanted = [fold(word) for word in words]
        known = await self._held.now(database)
        # Before anything is awaited: these blocks and this tail belong together.
        tail = None if known.tail is None else _looked_through(known.tail.values(), field, wanted)
        sealed = await self._sealed(database, known.blocks, field, wanted)
        if tail is None:
            async with self._slots.one(), database.read() as session:
                tail = await _behind(session, known, field, wanted)
        changes = np.frombuffer(sealed.changes.to_array(), np.uint32).astype(np.int64)
        tailed = np.array(sorted(tail), np.int64)
        return Hits(np.concatenate((changes, tailed)), sealed.doubtful)

    async def _sealed(
        self,
        database: Database,
        blocks: tuple[HeldBlock, ...],
        field: Field,
        words: Iterable[str],
    ) -> _Cases:
        found = None
        for word in words:
            cases = self._answers.get(blocks, field, word)
            if cases is None:
                async with self._slots.one():
                    # Whoever waited may find that somebody has asked the same meanwhile.
                    cases = self._answers.get(blocks, field, word)
                    if cases is None:
                        async with database.read() as session:
                            cases = await _looked_up(session, blocks, field, word)
                        self._answers.put(blocks, field, word, cases)
            found = cases if found is None else _both(found, cases)
            if not found.changes:
                break
        return found or _NONE


class _Answers:
    """The least recently used go first; all go where the blocks are no longer the same."""

    def __init__(self) -> None:
        self._blocks: tuple[HeldBlock, ...] = ()
        self._cases: OrderedDict[tuple[Field, str], tuple[_Cases, int]] = OrderedDict()
        self._size = 0

    def get(self, blocks: tuple[HeldBlock, ...], field: Field, word: str) -> _Cases | None:
        answer = self._cases.get((field, word)) if blocks is self._blocks else None
        if answer is None:
            return None
        self._cases.move_to_end((field, word))
        return answer[0]

    def put(self, blocks: tuple[HeldBlock, ...], field: Field, word: str, cases: _Cases) -> None:
        if blocks is not self._blocks:
            self._blocks, self._size = blocks, 0
            self._cases.clear()
        size = sum(len(changes.serialize()) for changes in cases) + len(word)
        self._cases[field, word] = cases, size
        self._size += size
        while self._size > REMEMBERED:
            self._size -= self._cases.popitem(last=False)[1][1]


def _looked_through(texts: Iterable[HeldText], field: Field, words: Sequence[str]) -> list[int]:
    read = attrgetter(field)
    return [each.change for each in texts if all(word in read(each) for word in words)]


async def _behind(
    session: ReadSession, known: Known, field: Field, words: Sequence[str]
) -> list[int]:
    column = getattr(PublicCase, field)
    having = [says(column, word) for word in words]
    rows = await session.all(
        select(PublicCase.change).where(PublicCase.change > known.last, *having)
    )
    return [row.change for row in rows]


async def _looked_up(
    session: ReadSession, blocks: Sequence[HeldBlock], field: Field, word: str
) -> _Cases:
    """The changes in blocks whose texts have all that the word needs."""
    mark, needs = _MARKS[field], asked(word)
    left = {block.mark.first: block for block in blocks}
    found: dict[int, BitMap] = {}
    said: dict[int, BitMap] = {}
    if needs.grams:
        tokens = [mark + token for token in (*needs.grams, *needs.phrases)]
        rows = await session.all(
            select(Posting.block, Posting.token, Posting.cases).where(
                Posting.block == any_(literal(list(left), ARRAY(BigInteger))),
                one_of(Posting.token, tokens),
            )
        )
        having = _by_block(rows)
        said = {n: sets[mark + word] for n, sets in having.items() if mark + word in sets}
        grams = {mark + gram for gram in needs.grams}
        left = {n: left[n] for n, sets in having.items() if n not in said and grams <= sets.keys()}
        found = {n: BitMap.intersection(*having[n].values()) for n in left}
    for part in needs.parts:
        pairs = ((n, mark + w) for n, block in left.items() for w in block.having(field, part))
        unions: dict[int, BitMap] = {}
        while some := list(islice(pairs, _READ)):
            for n, sets in _by_block(await _postings(session, some)).items():
                unions[n] = BitMap.union(unions.get(n, BitMap()), *sets.values())
        found = {n: found[n] & union if found else union for n, union in unions.items()}
        left = {n: left[n] for n, cases in found.items() if cases}
    sure = _changes(said)
    likely = _changes({n: found[n] for n in left})
    return _Cases(sure | likely, BitMap() if needs.exact else likely)


def _changes(cases: Mapping[int, BitMap]) -> BitMap:
    """First change of a block -> cases in it."""
    return BitMap.union(BitMap(), *(each.shift(first) for first, each in cases.items()))


def _by_block(rows: Iterable[AnyRow]) -> dict[int, dict[str, BitMap]]:
    """First change of a block -> token -> its cases."""
    sets: defaultdict[int, dict[str, BitMap]] = defaultdict(dict)
    for row in rows:
        sets[row.block][row.token] = BitMap.deserialize(row.cases)
    return sets


def _both(one: _Cases, other: _Cases) -> _Cases:
    changes = one.changes & other.changes
    return _Cases(changes, changes & (one.doubtful | other.doubtful))


async def _postings(session: ReadSession, pairs: Sequence[tuple[int, str]]) -> Sequence[AnyRow]:
    wanted = (
        func.unnest(
            literal([number for number, _ in pairs], ARRAY(BigInteger)),
            literal([token for _, token in pairs], ARRAY(Text)),
        )
        .table_valued("block", "token", name="wanted")
        .render_derived()
    )
    return await session.all(
        select(Posting.block, Posting.token, Posting.cases).join(
            wanted, (Posting.block == wanted.c.block) & (Posting.token == wanted.c.token)
        )
    )
