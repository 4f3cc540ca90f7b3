"""What every measurement is handed, and how two sides are compared on a noisy machine."""

from asyncio import get_running_loop, sleep
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import asyncpg
from sqlalchemy import Dialect, event
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import create_async_engine

from api.cases.parameters import CaseFilters
from api.cases.view import View, resolve
from api.cluster import Cluster
from api.cluster.home import Say
from api.db import AnySelect, driver_address, plain_address
from api.reference import Vocabulary
from api.settings import Settings
from tests.bench.archive import Loaded
from tests.bench.cases import TODAY
from tests.bench.client import Client
from tests.bench.load import CONNECTIONS, Load, Sample
from tests.bench.results import Floor, Row

TINY, LARGE = 5_000, 1_000_000
# A ratio of fewer rounds would be of chance.
FEWEST_ROUNDS = 3
_DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
BUSY = (
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
# One side of a comparison: works for so many seconds, answers how fast that went.
Side = Callable[[float], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Stage:
    """The archive, the API process over it (where one runs) and the load generator."""

    cluster: Cluster
    loaded: Loaded
    settings: Settings
    vocabulary: Vocabulary
    load: Load
    seconds: float
    # Of the API process; 0 while none runs.
    pid: int
    say: Say

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.settings.port}{path}"

    def client(self, port: int = 0) -> Client:
        """A connection of one's own to the API, or to what listens on another port."""
        return Client("127.0.0.1", port or self.settings.port)

    def view(self, **filters: str) -> View:
        """The view that a reader with these filters has."""
        return resolve(CaseFilters.model_validate(filters), self.vocabulary, TODAY)

    def now(self) -> float:
        """Seconds, of the loop's own clock."""
        return get_running_loop().time()

    def fewer(self, requests: int) -> int:
        """So many requests one after another, or a fifth of them for a tiny trial."""
        return requests if self.loaded.cases >= TINY else requests // 5

    def large(self, floor: Floor, otherwise: Floor | None = None) -> Floor | None:
        """A floor that says something of a million cases, and less or nothing of fewer."""
        return floor if self.loaded.cases >= LARGE else otherwise

    async def press(
        self,
        url: str,
        seconds: float,
        connections: int = CONNECTIONS,
        headers: Mapping[str, str] | None = None,
        paths: Sequence[str] = (),
    ) -> Sample:
        """Load on one address, or on each of `paths` once; returns when the database has done with
        it too."""
        try:
            return await self.load.run(url, seconds, connections, headers, paths)
        finally:
            await self._quiet()

    async def _quiet(self) -> None:
        """What was asked last is still being worked on when the load has hung up."""
        database = await connected(self.cluster.superuser)
        try:
            while await database.fetchval(BUSY):  # noqa: ASYNC110 (no event tells)
                await sleep(0.05)
        finally:
            await database.close()

    async def alternate(self, *sides: Side, rounds: int = 0) -> list[list[float]]:
        """Runs the sides in turn, A B, B A, A B …, after a warm-up that is not counted.

        Other work on the machine slows neighbouring rounds alike, so only figures of the same
        round are compared. Answers one list of figures per side.
        """
        rounds = rounds or max(FEWEST_ROUNDS, round(self.seconds))
        stretch = max(self.seconds / rounds, self.load.shortest)
        figures: list[list[float]] = [[] for _ in sides]
        for side in sides:
            await side(stretch)
        for number in range(rounds):
            for index in sorted(range(len(sides)), reverse=number % 2 == 1):
                figures[index].append(await sides[index](stretch))
        return figures


Measure = Callable[[Stage], Awaitable[Sequence[Row]]]


def median_ratio(ours: Sequence[float], baseline: Sequence[float]) -> float:
    return median(our / their for our, their in zip(ours, baseline, strict=True))


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement exactly as the API sends it to PostgreSQL."""

    sql: str
    parameters: tuple[Any, ...]


async def sent(address: str, statement: AnySelect) -> Sent:
    """What SQLAlchemy makes of `statement`, overheard while it runs once."""
    engine = create_async_engine(driver_address(address))
    heard: list[Sent] = []

    def note(_c: Any, _cursor: Any, sql: str, parameters: Any, _x: Any, _many: bool) -> None:
        heard.append(Sent(sql, tuple(parameters)))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        async with engine.connect() as connection:
            await connection.execute(statement)
    finally:
        await engine.dispose()
    return heard[-1]


def compiled(statement: AnySelect) -> Sent:
    """The same without running it."""
    made = statement.compile(dialect=_DIALECT)
    names: Sequence[str] = made.positiontup or ()
    return Sent(str(made), tuple(made.params[name] for name in names))


def repeated(once: Callable[[], Awaitable[object]]) -> Side:
    """A side that does it again and again; answers milliseconds for one time."""

    async def side(seconds: float) -> float:
        loop = get_running_loop()
        began, runs = loop.time(), 0
        while runs == 0 or loop.time() < began + seconds:
            await once()
            runs += 1
        return (loop.time() - began) * 1000 / runs

    return side


def timed(connection: asyncpg.Connection, statements: Sequence[Sent]) -> Side:
    """A side that runs the statements one after another; answers milliseconds for all of them."""

    async def side(seconds: float) -> float:
        loop = get_running_loop()
        began, runs = loop.time(), 0
        while runs == 0 or loop.time() < began + seconds:
            for statement in statements:
                await connection.fetch(statement.sql, *statement.parameters)
            runs += 1
        return (loop.time() - began) * 1000 / runs

    return side


async def connected(address: str) -> asyncpg.Connection:
    return await asyncpg.connect(plain_address(address))
