"""Clients that never rest, to strain the process while something else is measured."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count

from api.terms.vocabulary import KINDS
from tests.bench.asking import EVERYTHING, Filters, asked, windows
from tests.bench.client import Client
from tests.bench.lists import PATH
from tests.bench.stage import Stage
from tests.bench.tiles import TILES

# A second, of all clients together: 20,000 a minute.
_STRANGE = 20_000 / 60
# Seconds: until all are at work; until who was sent away comes again, as he was told.
_BEGUN, _AGAIN = 0.5, 5.0
# What one client does again and again.
Deed = Callable[[], Awaitable[None]]


class Crowd:
    """So many clients who all do the same; what they are told is counted by status."""

    def __init__(self, stage: Stage, size: int) -> None:
        self.told: Counter[int] = Counter()
        self._stage, self._size = stage, size
        # From the end: readers begin at the beginning.
        self._windows = reversed(windows(stage.vocabulary))
        self._numbers = count(1)

    @asynccontextmanager
    async def at_work(self, deed: Deed) -> AsyncIterator[None]:
        """Meanwhile all of them are at it; they hang up where they are when it ends."""
        clients = [asyncio.create_task(_ever(deed)) for _ in range(self._size)]
        try:
            await asyncio.sleep(_BEGUN)
            yield
        finally:
            for client in clients:
                client.cancel()
            for ended in await asyncio.gather(*clients, return_exceptions=True):
                if not isinstance(ended, asyncio.CancelledError):
                    raise RuntimeError("a client of the crowd has failed") from ended

    async def export(self) -> None:
        """Everything as JSON lines. Who is let in reads on to the end; who is not comes again."""
        async with self._stage.client() as client:
            status = await client.poured(f"{PATH}/export.ndjson?{asked(EVERYTHING)}")
        self.told[status] += 1
        if status != 200:
            await asyncio.sleep(_AGAIN)

    async def strange(self) -> None:
        """A list with filters that nobody set before, all clients together 20,000 a minute."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with self._stage.client() as client:
            await self._ask(client, PATH, {**next(self._windows), "participants_min": "2"})
        await asyncio.sleep(began + self._size / _STRANGE - loop.time())

    async def heavy(self) -> None:
        """Every term of every kind at once, listed and counted; the whole world in one tile."""
        terms = self._stage.vocabulary.terms
        every: Filters = {kind: ",".join(term.code for term in terms.of(kind)) for kind in KINDS}
        async with self._stage.client() as client:
            await self._ask(client, PATH, self._new(every))
            await self._ask(client, f"{PATH}/stats", self._new(every))
            await self._ask(client, f"{TILES}/0/0/0.mvt", self._new({}))

    def _new(self, filters: Filters) -> Filters:
        return {**EVERYTHING, **filters, "participants_max": str(100_000 + next(self._numbers))}

    async def _ask(self, client: Client, path: str, filters: Filters) -> None:
        answer = await client.get(f"{path}?{asked(filters)}")
        self.told[answer.status] += 1


async def _ever(deed: Deed) -> None:
    while True:
        await deed()
