"""One part of the index: cases in the order of their days, and who has which value.

A rank is a case's number, from 0, in the order (date, id); a set of cases is a roaring bitmap of
ranks. A segment never changes: which of its cases are still public is said beside it. It knows
nothing of filters; `making.py` makes it of rows.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from api.places.squares import all_in_square
from api.roaring import bitmap

Key = str | int | None
Side = Literal["left", "right"]
Numbers = npt.NDArray[np.int64]
# For whoever has a value that nobody has.
NONE = BitMap()
# Unions are kept, of provinces and industries that most questions name: bytes for each case.
_KEPT = 8
# What a small one takes.
_AROUND = 500


class Spot(NamedTuple):
    """Where cases lie on a map: at a point (degrees WGS 84), or somewhere in the area it marks."""

    place: str | None
    area: bool
    lon: float
    lat: float


class Columns(NamedTuple):
    """What is known of each case beside the sets, by rank."""

    # Proleptic ordinals, as `date.toordinal` gives them.
    days: npt.NDArray[np.int32]
    ids: npt.NDArray[np.uint64]
    # The change that published the case as it is: what it is called where PostgreSQL is asked.
    changes: Numbers
    published: npt.NDArray[np.int32]


class Segment:
    """Immutable. `sets` is name of a dimension -> key -> the cases that have it (None: blank)."""

    def __init__(
        self,
        columns: Columns,
        sets: Mapping[str, Mapping[Key, BitMap]],
        spots: Mapping[Spot, BitMap],
    ) -> None:
        self._columns = columns
        self.days, self.ids, self.changes, self.published = columns
        self.sets = sets
        self.spots = spots
        # Which rank each change published, from the first of them on; -1: none of this segment.
        self._first = int(self.changes.min()) if len(self) else 0
        behind = int(self.changes.max()) + 1 if len(self) else 0
        self._ranks = np.full(behind - self._first, -1, np.int32)
        self._ranks[self.changes - self._first] = np.arange(len(self), dtype=np.int32)
        self._spots = list(spots)
        self._east = np.array([spot.lon for spot in self._spots])
        self._north = np.array([spot.lat for spot in self._spots])
        self._squares = all_in_square(self._east, self._north)
        self._unions: dict[tuple[str, tuple[Key, ...]], BitMap] = {}
        self._kept = 0

    def __len__(self) -> int:
        return len(self.days)

    def __reduce__(self) -> tuple[type["Segment"], tuple[object, ...]]:
        # From one process to another without what is made of the rest.
        return Segment, (self._columns, self.sets, self.spots)

    def all(self) -> BitMap:
        return BitMap(range(len(self)))

    def having(self, name: str, keys: Iterable[Key]) -> BitMap:
        """Cases with any of these values."""
        wanted = tuple(keys)
        sets = self.sets[name]
        if len(wanted) == 1:
            return sets.get(wanted[0], NONE)
        union = self._unions.get((name, wanted))
        if union is None:
            found = [sets[key] for key in wanted if key in sets]
            union = BitMap.union(*found) if found else NONE
            self._keep(name, wanted, union)
        return union

    def _keep(self, name: str, keys: tuple[Key, ...], union: BitMap) -> None:
        # Two bytes a case or a bit for each there is, whatever is less; and its place.
        size = min(2 * len(union), len(self) // 8) + _AROUND
        if self._kept + size > _KEPT * len(self):
            self._unions.clear()
            self._kept = 0
        self._unions[name, keys] = union
        self._kept += size

    def at_least(self, name: str, number: int) -> BitMap:
        """Cases whose value is a number and no smaller; a blank is in no such set."""
        keys = self.sets[name]
        return self.having(name, (k for k in keys if isinstance(k, int) and k >= number))

    def at_most(self, name: str, number: int) -> BitMap:
        keys = self.sets[name]
        return self.having(name, (k for k in keys if isinstance(k, int) and k <= number))

    def since(self, day: date) -> BitMap:
        return BitMap(range(self._until(day, "left"), len(self)))

    def until(self, day: date) -> BitMap:
        return BitMap(range(self._until(day, "right")))

    def _until(self, day: date, side: Side) -> int:
        """How many cases come before a day, or up to and with it."""
        # Of the array's own type: for another the whole array would be converted.
        return int(np.searchsorted(self.days, np.int32(day.toordinal()), side))

    def inside(self, box: tuple[float, ...]) -> BitMap:
        """Cases whose point lies in west, south, east, north; its edges are inside."""
        west, south, east, north = box
        within = (
            (self._east >= west)
            & (self._east <= east)
            & (self._north >= south)
            & (self._north <= north)
        )
        found = [self.spots[self._spots[number]] for number in np.flatnonzero(within)]
        return BitMap.union(*found) if found else NONE

    def in_tile(self, z: int, x: int, y: int) -> list[Spot]:
        """Spots in a tile of Web Mercator's square, its north and west edges included."""
        east, south = (np.floor(share * 2**z) for share in self._squares)
        return [self._spots[number] for number in np.flatnonzero((east == x) & (south == y))]

    def ranked_before(self, day: date, id_: int, *, itself: bool = False) -> int:
        """How many cases come before a position in the order (date, id), or up to and with it."""
        first, last = self._until(day, "left"), self._until(day, "right")
        side: Side = "right" if itself else "left"
        return first + int(np.searchsorted(self.ids[first:last], np.uint64(id_), side))

    def ranks_of(self, changes: Numbers) -> BitMap:
        """Those of the changes that published a case of this segment, as its ranks."""
        at = changes - self._first
        ranks = self._ranks[at[(at >= 0) & (at < len(self._ranks))]]
        return bitmap(ranks[ranks >= 0])
