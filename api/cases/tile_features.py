"""What a tile shows: counts at the markers of places, or cases where they lie.

Counts come from the index or from SQL; bytes are made by `tile_sql.encoded`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from api.index.segment import Spot
from api.places.squares import in_square
from api.reference import Vocabulary

PROVINCES_BELOW = 5
PREFECTURES_BELOW = 8
# Points in one tile; of more, those near each other become one. A point takes some 30 bytes and
# names its case, and no tile is to be over 60 kB.
MOST_POINTS = 1_200
_GRID = 32


class Feature(NamedTuple):
    """A number on the map, at degrees WGS 84; `id` where it stands for a single case."""

    place: str
    level: str
    cases: int
    id: str | None
    lon: float
    lat: float


class Lying(NamedTuple):
    """How many of the cases lie at a spot, and the id of one of them."""

    spot: Spot
    cases: int
    id: str


Features = Sequence[Feature]
NOTHING: Features = ()


def marks(vocabulary: Vocabulary, z: int, x: int, y: int) -> Mapping[str, tuple[str, ...]]:
    """Place whose marker lies in a tile of this zoom -> the places that are counted under it."""
    return {
        code: covered
        for code, east, south, covered in vocabulary.marks(z < PROVINCES_BELOW)
        if (int(east * 2**z), int(south * 2**z)) == (x, y)
    }


def at_markers(vocabulary: Vocabulary, counts: Mapping[str, int]) -> Features:
    """Numbers at the markers of places, in the order of their codes."""
    made = []
    for code, count in sorted(counts.items()):
        place = vocabulary.places.places[code]
        at = (place.marker_lon, place.marker_lat)
        if count:
            made.append(Feature(code, place.level, count, None, *at))
    return made


def lying_in(
    vocabulary: Vocabulary, z: int, x: int, y: int, found: Iterable[Lying]
) -> tuple[Features, Features]:
    """Areas (what is known no finer than a prefecture) and points, both from west to east."""
    areas: dict[tuple[str, float, float], int] = defaultdict(int)
    points: dict[tuple[float, float], list[Lying]] = defaultdict(list)
    for each in found:
        spot = each.spot
        # A case that lies somewhere is in a place, or cannot be drawn by one.
        if spot.place is None or vocabulary.places.get(spot.place) is None:
            continue
        if spot.area:
            areas[spot.place, spot.lon, spot.lat] += each.cases
        else:
            points[spot.lon, spot.lat].append(each)
    if len(points) > MOST_POINTS:
        points = _thinned(points, z, x, y)
    level = {code: place.level for code, place in vocabulary.places.places.items()}
    marked = [
        Feature(code, level[code], count, None, lon, lat)
        for (code, lon, lat), count in sorted(areas.items(), key=lambda area: area[0])
    ]
    return marked, [_point(at, there, level) for at, there in sorted(points.items())]


def _point(at: tuple[float, float], there: Sequence[Lying], level: Mapping[str, str]) -> Feature:
    place = min(each.spot.place or "" for each in there)
    count = sum(each.cases for each in there)
    return Feature(place, level[place], count, there[0].id if count == 1 else None, *at)


def _thinned(
    points: Mapping[tuple[float, float], list[Lying]], z: int, x: int, y: int
) -> dict[tuple[float, float], list[Lying]]:
    """Points of one cell of a grid over the tile as one, where the first of them lies."""
    cells: dict[tuple[int, int], tuple[float, float]] = {}
    thinned: dict[tuple[float, float], list[Lying]] = defaultdict(list)
    for lon, lat in sorted(points):
        east, south = in_square(lon, lat)
        cell = int((east * 2**z - x) * _GRID), int((south * 2**z - y) * _GRID)
        thinned[cells.setdefault(cell, (lon, lat))] += points[lon, lat]
    return thinned
