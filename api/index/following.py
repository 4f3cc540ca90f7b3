"""Keeps a process's index in step with the archive: asks for its change number, reads what is new.

What was published lately stands in a small newest segment that is made again with each change; what
was replaced or withdrawn leaves the segments that hold it. When there is much of that, and when the
process starts, the whole is made anew by a process of its own (`building.py`), and until then
PostgreSQL answers.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager, suppress

import numpy as np
from sqlalchemy.exc import DBAPIError

from api.cases import query
from api.db import Database, ReadSession
from api.errors import Problem
from api.index.archive import Index, Part, State
from api.index.building import build
from api.index.making import Maker, Row, change_of
from api.index.segment import Segment
from api.reference import Reference
from api.search.words import Search

log = logging.getLogger("qiuzhu")

# Seconds between two looks of a process that nobody asks.
_PAUSE = 0.5
# Cases that are read while readers wait; more are read by a process of its own.
_FEW = 5_000
# Cases in the newest segment, and segments beside the large one, before they are made into one.
_NEWEST, _MOST_PARTS = 500, 12


class Follower:
    """One for each process. `fresh`: seconds for which an answer of a moment ago is good enough;
    with 0 the archive is asked each time."""

    def __init__(self, database: Database, reference: Reference, *, fresh: float) -> None:
        self.search = Search()
        self._database = database
        self._reference = reference
        self._fresh = fresh
        self._index: Index | None = None
        # Closed segments, and the rows of the newest by their changes.
        self._parts: list[Part] = []
        self._newest: dict[int, Row] = {}
        self._looked = float("-inf")
        self._looking = asyncio.Lock()
        self._building: asyncio.Task[None] | None = None

    async def index(self) -> Index | None:
        """The index as of a moment ago; None where there is none yet, or it is far behind."""
        if time.monotonic() - self._looked < self._fresh:
            return self._index
        return await self.catch_up()

    async def mark(self) -> Hashable | None:
        """What an answer was made of: it may be given again while this is the same. None: never."""
        index = await self.index()
        return None if index is None else index.state

    async def catch_up(self) -> Index | None:
        """The index as of now."""
        asked = time.monotonic()
        async with self._looking:
            # Whoever waited for another's look has it already.
            if self._looked < asked:
                await self._look()
        return self._index

    async def built(self) -> None:
        """Waits until an index that is being made is there."""
        if self._building is not None:
            await self._building

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Looks again and again as long as the block runs."""
        looking = asyncio.create_task(self._run()) if self._fresh else None
        try:
            yield
        finally:
            tasks = [task for task in (looking, self._building) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            # Without a database nobody is answered from here either: `_looked` grows old.
            with suppress(DBAPIError, OSError, Problem):
                await self.catch_up()
            await asyncio.sleep(_PAUSE)

    async def _look(self) -> None:
        looked = time.monotonic()
        async with self._database.read() as session:
            state = await _state(session)
        index = self._index
        if index is None or index.state.vocabulary != state.vocabulary:
            await self._begin(state)
        elif state.change - index.state.change > _FEW:
            self._index = None
            self._rebuild()
        elif state != index.state:
            await self._follow(index)
        self._looked = looked

    async def _begin(self, state: State) -> None:
        """Without an index, or with one by which places were read as they are no more."""
        self._index = None
        if state.change > _FEW:
            self._rebuild()
            return
        vocabulary = await self._reference.vocabulary()
        maker = Maker(vocabulary.places)
        async with self._database.snapshot() as session:
            state = await _state(session)
            await session.copied(query.indexed(0), maker.add)
        if state.vocabulary == vocabulary.digest:
            self._take(maker.segment(), state)

    async def _follow(self, index: Index) -> None:
        vocabulary = await self._reference.vocabulary()
        async with self._database.snapshot() as session:
            state = await _state(session)
            gone = await session.all(query.replaced(index.state.change))
            rows: list[Row] = []
            await session.copied(query.indexed(index.state.change), rows.extend)
            told = await session.value(query.told(index.state.change))
        if {state.vocabulary, vocabulary.digest} != {index.state.vocabulary}:
            # Its words are not yet the archive's: it cannot follow, so it must not answer.
            self._index = None
            return
        if told != state.change - index.state.change:
            await self._begin(state)
            return
        for row in gone:
            self._newest.pop(row.change, None)
        dead = np.array([row.change for row in gone], np.int64)
        self._parts = [Part(s, live - s.ranks_of(dead)) for s, live in self._parts]
        self._newest |= {change_of(row): row for row in rows}
        maker = Maker(vocabulary.places)
        maker.add(list(self._newest.values()))
        newest = maker.segment()
        parts = [*self._parts, Part(newest, newest.all())]
        self._index = Index(state, parts)
        if len(self._newest) > _NEWEST:
            self._parts, self._newest = parts, {}
        if len(self._parts) > _MOST_PARTS:
            self._rebuild()

    def _take(self, segment: Segment, state: State) -> None:
        self._parts, self._newest = [Part(segment, segment.all())], {}
        self._index = Index(state, self._parts)

    def _rebuild(self) -> None:
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build())

    async def _build(self) -> None:
        """The whole index anew, while what there is goes on answering."""
        try:
            segment, state = await build(self._database.address)
        except (OSError, RuntimeError) as failure:
            # The next look tries again; until then PostgreSQL answers.
            log.error("index: %s", type(failure).__name__)
            await asyncio.sleep(_PAUSE)
            return
        async with self._looking:
            self._take(segment, state)
            # It is of some seconds ago.
            await self._look()


async def _state(session: ReadSession) -> State:
    row = await session.first(query.state())
    assert row is not None
    return State(*row)
