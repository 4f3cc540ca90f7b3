"""The gazetteer: every province, prefecture and county with its parents, points and both names.

Owns the hierarchy and its exceptions; finding names in text is the geocoder's, storing loading's.

Columns of data/regions.csv: `code` and `parent_code` (GB/T 2260, always text), `level`, the names,
`lon, lat` (a point inside), `marker_lon, marker_lat` (where a map puts the number: a province's is
its capital), `coord_source` and `name_source` (provenance, not read here) and `kind`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

Level = Literal["province", "prefecture", "county"]
# municipality: the one prefecture row of Beijing and its like; pseudo: a row that only gathers the
# counties a province runs itself. Neither is a place to a reader: both are skipped where paths,
# choosers and counts are made.
Kind = Literal["regular", "municipality", "pseudo"]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer; points in degrees, WGS 84."""

    code: str
    parent: str | None
    level: Level
    kind: Kind
    zh: str
    en: str
    short_zh: str
    lon: float
    lat: float
    marker_lon: float
    marker_lat: float


class Gazetteer:
    """All places in file order. Methods raise KeyError for a code that is not in the gazetteer."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Mapping[str, Place] = MappingProxyType({place.code: place for place in places})
        below: defaultdict[str | None, list[str]] = defaultdict(list)
        for place in self.places.values():
            # A parent is a column of its own: it cannot be cut from the code.
            if place.parent is not None and place.parent not in self.places:
                raise ValueError(f"{place.code}: its parent {place.parent} is missing")
            below[place.parent].append(place.code)
        self._below: Mapping[str | None, tuple[str, ...]] = {
            code: tuple(codes) for code, codes in below.items()
        }
        self._paths = {code: self._climb(code) for code in self.places}

    def _climb(self, code: str) -> tuple[Place, ...]:
        steps: list[Place] = []
        step: str | None = code
        while step is not None:
            place = self.places[step]
            if place.kind == "regular":
                steps.append(place)
            step = place.parent
        return tuple(reversed(steps))

    def get(self, code: str) -> Place | None:
        return self.places.get(code)

    def path(self, code: str) -> tuple[Place, ...]:
        """From the province down to the place; rows of kind municipality and pseudo are left out,
        so the path of such a row ends at its province."""
        return self._paths[code]

    def covers(self, code: str) -> frozenset[str]:
        """The code and every code below it, rows of every kind included."""
        found = [self.places[code].code]
        for step in found:  # grows while it is walked
            found.extend(self._below.get(step, ()))
        return frozenset(found)

    def province(self, code: str) -> str:
        return self._paths[code][0].code

    def unit(self, code: str) -> str:
        """What a map of prefectures counts the place under: its prefecture, the county itself where
        no regular prefecture stands above it, or the province where no more is known."""
        path = self._paths[code]
        return path[min(1, len(path) - 1)].code

    def child_of(self, code: str, asked: str) -> str:
        """The child of `asked` that contains the place, or `asked` itself where no more is known.

        Raises ValueError where the place does not lie in `asked`.
        """
        codes = [place.code for place in self._paths[code]]
        asked = self._paths[asked][-1].code
        if asked not in codes:
            raise ValueError(f"{code} does not lie in {asked}")
        return codes[min(codes.index(asked) + 1, len(codes) - 1)]

    def children(self, code: str | None) -> tuple[Place, ...]:
        """What a chooser offers below `code` (None: the provinces), in file order; counties below
        rows of kind municipality and pseudo stand in for those rows."""
        if code is not None and code not in self.places:
            raise KeyError(code)
        found: list[Place] = []
        for step in self._below.get(code, ()):
            place = self.places[step]
            found.extend((place,) if place.kind == "regular" else self.children(step))
        return tuple(found)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of data/regions.csv."""
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return Gazetteer(
            Place(
                code=row["code"],
                parent=row["parent_code"] or None,
                level=cast(Level, row["level"]),
                kind=cast(Kind, row["kind"]),
                zh=row["name_zh"],
                en=row["name_en"],
                short_zh=row["short_zh"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                marker_lon=float(row["marker_lon"]),
                marker_lat=float(row["marker_lat"]),
            )
            for row in csv.DictReader(file)
        )
