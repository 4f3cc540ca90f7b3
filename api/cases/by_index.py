"""The index's answers: bitmaps say which cases, PostgreSQL hands over their finished texts."""

from asyncio import gather
from collections.abc import Iterable, Sequence

import numpy as np
from pyroaring import BitMap
from sqlalchemy import ColumnElement

from api.cases import query
from api.cases.by_sql import BySql, encode
from api.cases.cursors import Position
from api.cases.finding import Page
from api.cases.query import Sort
from api.cases.streaming import Slots
from api.cases.tallies import Counts
from api.cases.tile_features import (
    NOTHING,
    PREFECTURES_BELOW,
    Lying,
    at_markers,
    lying_in,
    marks,
)
from api.cases.view import View
from api.db import AnyRow, Database
from api.ids import encode_id
from api.index.archive import Found, Index, Place, by_date, by_publication, tally, total
from api.index.following import Follower
from api.index.segment import Segment
from api.models import PublicCase
from api.search.readings import Reading
from api.search.words import Field, Hits

# How often a page is made again because the archive moved on meanwhile; then SQL makes it.
_PATIENCE = 4
# Texts are read for words of several characters, which pairs only suggest. Others go on meanwhile.
_checks = Slots(running=2, waiting=8)
_MANY = 2_000
_FIELDS: dict[str, Field] = {"q": "search", "company": "employer"}


class ByIndex:
    """Finder by an index of the archive as it stands, or stood a moment ago.

    What is read of a case is read together with the archive's change number: where that is not the
    index's, the question is put anew, so that no answer is of two states of the archive.
    """

    def __init__(self, index: Index, follower: Follower, database: Database) -> None:
        self._index = index
        self._follower = follower
        self._database = database
        self._sql = BySql(database)

    async def count(self, view: View) -> int:
        return total(await self._found(view))

    async def page(self, view: View, sort: Sort, limit: int, start: Position | None) -> Page:
        for _ in range(_PATIENCE):
            found = await self._found(view)
            places = _places(found, sort, limit + 1, start)
            # One more than is shown: where it is there, more follow.
            shown = places[:limit]
            changes = [place.change for place in shown]
            change, summaries = await self._database.row(query.SUMMARIES, changes=changes)
            if change == self._change:
                last = shown[-1] if len(places) > limit else None
                end = None if last is None else Position(last.date, last.text)
                return Page(total(found), summaries or [], end)
            if not await self._moved_on():
                break
        return await self._sql.page(view, sort, limit, start)

    async def newest(self, view: View, limit: int) -> Sequence[AnyRow]:
        for _ in range(_PATIENCE):
            places = by_publication(await self._found(view), limit, None)
            changes = [place.change for place in places]
            async with self._database.read() as session:
                rows = await session.all(query.published(changes))
            by_change = {row.change: row for row in rows}
            # One that is gone was followed by another, and a new one may belong before these.
            if len(rows) == len(changes) and {row.latest for row in rows} <= {self._change}:
                return [by_change[change] for change in changes]
            if not await self._moved_on():
                break
        return await self._sql.newest(view, limit)

    async def tally(
        self, view: View, names: Sequence[str], apart: Sequence[str] = ()
    ) -> tuple[int, dict[str, Counts]]:
        found = await self._found(view)
        counts = {name: tally(found, name) for name in names}
        for name in apart:
            counts[name] = tally(await self._found(view, name), name)
        return total(found), counts

    async def tile(self, view: View, z: int, x: int, y: int) -> bytes:
        vocabulary = view.vocabulary
        if z < PREFECTURES_BELOW:
            wanted = marks(vocabulary, z, x, y)
            found = await self._found(view) if wanted else ()
            counts = {
                code: sum(
                    cases.intersection_cardinality(segment.having("region", covered))
                    for segment, cases in found
                )
                for code, covered in wanted.items()
            }
            places, points = at_markers(vocabulary, counts), NOTHING
        else:
            found = await self._found(view)
            places, points = lying_in(vocabulary, z, x, y, _lying(found, z, x, y))
        return await encode(self._database, z, x, y, places, points)

    @property
    def _change(self) -> int:
        return self._index.state.change

    async def _moved_on(self) -> bool:
        index = await self._follower.catch_up()
        if index is None:
            return False
        self._index = index
        return True

    async def _found(self, view: View, without: str | None = None) -> Found:
        """Which cases of each segment match; `without` sets one filter aside."""
        words = {name: words for name, words in view.words.items() if name != without}
        index = self._index
        if not words:
            return [
                (part.segment, _all_of(part.live, view.matches(part.segment, without)))
                for part in index.parts
            ]
        search = self._follower.search
        hits: dict[str, Hits] = {}
        for name, each in words.items():
            hits[name] = await search.hits(self._database, _FIELDS[name], each)
        matching = []
        for segment, live in index.parts:
            sets = view.matches(segment, without)
            sets += [segment.ranks_of(hit.changes) for hit in hits.values()]
            matching.append((segment, _all_of(live, sets)))
        found: Found = matching
        for name, hit in hits.items():
            if hit.doubtful:
                found = await self._checked(view, name, hit.doubtful, found)
        return found

    async def _checked(self, view: View, name: str, doubtful: BitMap, found: Found) -> Found:
        """Without those of the doubtful ones whose texts do not say it after all."""
        checked = []
        for segment, cases in found:
            changes = BitMap(segment.changes[np.frombuffer(cases.to_array(), np.uint32)])
            doubted = changes & doubtful
            lacking = doubted - await self._saying(view, name, doubted)
            numbers = np.frombuffer(lacking.to_array(), np.uint32).astype(np.int64)
            checked.append((segment, cases - segment.ranks_of(numbers)))
        return checked

    async def _saying(self, view: View, name: str, changes: BitMap) -> BitMap:
        """Those of the changes whose texts say it; what was not read before is read now."""
        words = (name, *view.words[name])
        readings = self._follower.search.readings
        known = readings.of(words)
        if changes - known.read:
            async with _checks.one():
                # Whoever waited may find that another read for him.
                known = readings.of(words)
                unread = changes - known.read
                said = await self._read(unread, view.where(PublicCase, only=[name]))
                known = Reading(known.read | unread, known.saying | said)
                readings.add(words, known)
        return changes & known.saying

    async def _read(self, changes: BitMap, conditions: Sequence[ColumnElement[bool]]) -> BitMap:
        # Of many both halves at once, on whatever cores there are.
        parts = np.array_split(changes.to_array(), 2 if len(changes) > _MANY else 1)
        return BitMap.union(
            *await gather(*(self._said(part.tolist(), conditions) for part in parts))
        )

    async def _said(
        self, changes: Sequence[int], conditions: Sequence[ColumnElement[bool]]
    ) -> BitMap:
        async with self._database.read() as session:
            return BitMap(await session.value(query.saying(changes, conditions)) or ())


def _all_of(live: BitMap, sets: Iterable[BitMap]) -> BitMap:
    """What is in all of them; the smallest first, for then the rest is little work."""
    first, *rest = sorted((live, *sets), key=len)
    for each in rest:
        first = first & each
    return first


def _places(found: Found, sort: Sort, limit: int, start: Position | None) -> list[Place]:
    behind = None if start is None else (start.day, start.id)
    if sort == "-updated":
        return by_publication(found, limit, behind)
    return by_date(found, limit, behind, newest_first=sort == "-date")


def _lying(found: Found, z: int, x: int, y: int) -> Iterable[Lying]:
    for segment, cases in found:
        for spot in segment.in_tile(z, x, y):
            there = cases & segment.spots[spot]
            if there:
                yield Lying(spot, len(there), _one_of(segment, there))


def _one_of(segment: Segment, cases: BitMap) -> str:
    return encode_id(int(segment.ids[cases.min()]))
