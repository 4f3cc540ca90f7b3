"""PostgreSQL's answers: what serves until the index is there, and what judges it in tests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from api.cases import query, tile_sql
from api.cases.cursors import Position
from api.cases.finding import Page
from api.cases.query import Sort
from api.cases.streaming import Slots
from api.cases.tallies import Counts, statement
from api.cases.tile_features import (
    NOTHING,
    PREFECTURES_BELOW,
    Features,
    Lying,
    at_markers,
    lying_in,
    marks,
)
from api.cases.view import View
from api.db import AnyRow, Database, ReadSession
from api.index.segment import Spot

# No SQL index knows words, so that each text is read for them. Meanwhile others must be answered.
_scans = Slots(running=2, waiting=8)


class BySql:
    """Finder by statements over `pub.cases`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def _reading(self, view: View) -> AsyncIterator[ReadSession]:
        async with self._lane(view), self._database.read() as session:
            yield session

    def _lane(self, view: View) -> AbstractAsyncContextManager[None]:
        return _scans.one() if view.words else nullcontext()

    async def count(self, view: View) -> int:
        async with self._reading(view) as session:
            number: int = await session.value(query.count(view))
        return number

    async def page(self, view: View, sort: Sort, limit: int, start: Position | None) -> Page:
        async with self._reading(view) as session:
            # One more than is shown: where it is there, more follow.
            row = await session.first(query.page(view, sort, limit + 1, start))
        assert row is not None
        total, summaries, days, ids = row[0], row[1] or [], row[2] or [], row[3] or []
        end = Position(days[limit - 1], ids[limit - 1]) if len(ids) > limit else None
        return Page(total, summaries[:limit], end)

    async def newest(self, view: View, limit: int) -> Sequence[AnyRow]:
        async with self._reading(view) as session:
            return await session.all(query.newest(view, limit))

    async def tally(
        self, view: View, names: Sequence[str], apart: Sequence[str] = ()
    ) -> tuple[int, dict[str, Counts]]:
        if not apart:
            async with self._reading(view) as session:
                return await _tally(session, view, tuple(names))
        async with self._lane(view), self._database.snapshot() as session:
            total, counts = await _tally(session, view, tuple(names))
            for name in apart:
                counts |= (await _tally(session, view, (name,), name))[1]
        return total, counts

    async def tile(self, view: View, z: int, x: int, y: int) -> bytes:
        vocabulary = view.vocabulary
        async with self._reading(view) as session:
            if z < PREFECTURES_BELOW:
                _, counts = await _tally(session, view, ("region",))
                places = at_markers(
                    vocabulary,
                    {
                        code: sum(counts["region"].get(each, 0) for each in covered)
                        for code, covered in marks(vocabulary, z, x, y).items()
                    },
                )
                return await encode(self._database, z, x, y, places, NOTHING)
            rows = await session.all(tile_sql.lying(view, z, x, y))
            found = (Lying(Spot(r.place, r.area, r.lon, r.lat), r.number, r.id) for r in rows)
            shown = lying_in(vocabulary, z, x, y, found)
        return await encode(self._database, z, x, y, *shown)


async def encode(
    database: Database, z: int, x: int, y: int, places: Features, points: Features
) -> bytes:
    """The tile with these features; where there are none, PostgreSQL is not asked."""
    if not places and not points:
        return b""
    tile = {"z": z, "x": x, "y": y}
    given = {**tile_sql.given("places", places), **tile_sql.given("points", points)}
    row = await database.row(tile_sql.ENCODED, **tile, **given)
    return bytes(row[0])


async def _tally(
    session: ReadSession, view: View, names: tuple[str, ...], without: str | None = None
) -> tuple[int, dict[str, Counts]]:
    counts: dict[str, Counts] = {name: {} for name in names}
    total = 0
    for name, key, number in await session.all(statement(view, names, without)):
        if name == "total":
            total = number
        else:
            counts[name][key] = number
    return total, counts
