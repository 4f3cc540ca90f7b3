"""What a process holds to look words up: the words of each block, and the texts behind the last.

It is looked at anew for each question, so that nothing is found in it that was withdrawn before.
"""

import asyncio
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import select, text

from api.db import Database, ReadSession
from api.fixed import Fixed
from api.models import Block, PublicCase, Revision
from api.search.tokens import EMPLOYER

Field = Literal["search", "employer"]
# A line of one.
_PHRASE = re.compile(rb"\n" + EMPLOYER.encode() + rb"?[\x80-\xff][^\n]*")
_STATE = Fixed(
    text(
        "SELECT change, ARRAY(SELECT ARRAY[first, last, edition] FROM pub.blocks ORDER BY first)"
        " FROM pub.archive"
    )
)


class Mark(NamedTuple):
    """By which a block is told from others, and from itself before something was taken out."""

    first: int
    last: int
    edition: int


@dataclass(frozen=True, slots=True, eq=False)
class HeldBlock:
    """`words`: those of each field, each between line breaks."""

    mark: Mark
    words: dict[Field, bytes]

    def having(self, field: Field, part: str) -> Iterator[str]:
        """The words in which a part occurs; a line break in it stands for the word's end."""
        words, wanted = self.words[field], part.encode()
        at = words.find(wanted)
        while at >= 0:
            begin = words.rfind(b"\n", 0, at + 1) + 1
            end = words.find(b"\n", begin)
            yield words[begin:end].decode()
            at = words.find(wanted, end)


class HeldText(NamedTuple):
    """What is searched of one case."""

    change: int
    search: str
    employer: str


class Known(NamedTuple):
    """The blocks, and the texts of all cases behind the last one by id; None where it is too many.

    Two of one archive have the same `blocks` object where they have the same blocks.
    """

    change: int
    blocks: tuple[HeldBlock, ...]
    tail: dict[str, HeldText] | None

    @property
    def last(self) -> int:
        """The last change that is in a block."""
        return self.blocks[-1].mark.last if self.blocks else 0


class Held:
    """One per process; it holds the texts behind the last block where they are `most` or fewer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known = Known(0, (), {})
        self._lock = asyncio.Lock()

    async def now(self, database: Database) -> Known:
        """What is public at this moment or later."""
        if not self._is(*await _state(database)):
            async with self._lock:
                # Meanwhile somebody else may have seen more than this.
                change, marks = await _state(database)
                if not self._is(change, marks):
                    async with database.read() as session:
                        self._known = await self._renewed(session, change, marks)
        return self._known

    def _is(self, change: int, marks: Sequence[Mark]) -> bool:
        known = self._known
        return change <= known.change and marks == [block.mark for block in known.blocks]

    async def _renewed(self, session: ReadSession, change: int, marks: Sequence[Mark]) -> Known:
        before = self._known
        blocks = before.blocks
        if marks != [block.mark for block in blocks]:
            held = {block.mark: block for block in blocks}
            # One by one: the packed words of all of them would be a lot at once.
            blocks = tuple([held.get(mark) or await _read(session, mark) for mark in marks])
        tail: dict[str, HeldText] | None = None
        last = marks[-1].last if marks else 0
        if change - last <= self._most:
            # Blocks are only added, but where an archive lost its invented cases. What came since
            # is more than the tail where a block was made of it.
            if before.tail is None or last < before.last or before.change < last:
                tail = await _behind(session, last)
            else:
                tail = await _followed(session, before.tail, before.change, last)
        return Known(change, blocks, tail)


async def _state(database: Database) -> tuple[int, list[Mark]]:
    change, blocks = await database.row(_STATE)
    return change, [Mark(*mark) for mark in blocks]


async def _read(session: ReadSession, mark: Mark) -> HeldBlock:
    row = await session.first(select(Block.words).where(Block.first == mark.first))
    return HeldBlock(mark, _words(b"" if row is None else zlib.decompress(row.words)))


def _words(listed: bytes) -> dict[Field, bytes]:
    """Without the phrases, which nobody looks for in part. Of the words, which are in order, the
    employers' are marked, and so they come first."""
    words = _PHRASE.sub(b"", b"\n" + listed + b"\n")
    mark = EMPLOYER.encode()
    last = words.rfind(b"\n" + mark)
    end = words.index(b"\n", last + 1) if last >= 0 else 0
    return {"employer": words[: end + 1].replace(b"\n" + mark, b"\n"), "search": words[end:]}


async def _behind(session: ReadSession, last: int) -> dict[str, HeldText]:
    rows = await session.all(
        select(PublicCase.id, PublicCase.change, PublicCase.search, PublicCase.employer).where(
            PublicCase.change > last
        )
    )
    return {row.id: HeldText(row.change, row.search, row.employer) for row in rows}


async def _followed(
    session: ReadSession, tail: dict[str, HeldText], change: int, last: int
) -> dict[str, HeldText]:
    """The tail with what was published and withdrawn behind `change`."""
    rows = await session.all(
        select(Revision.case_id, PublicCase.change, PublicCase.search, PublicCase.employer)
        .outerjoin(PublicCase, PublicCase.id == Revision.case_id)
        .where(Revision.change > change)
    )
    tail = dict(tail)
    for row in rows:
        tail.pop(row.case_id, None)
        if row.change is not None:
            tail[row.case_id] = HeldText(row.change, row.search, row.employer)
    return {id_: held for id_, held in tail.items() if held.change > last}
