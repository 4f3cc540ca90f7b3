"""Which place, point and words about a place the public gets to see: never finer than allowed.

Pure: the door asks it for every case it publishes, whoever wrote the case.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from api.db import AnyRow
from api.places.gazetteer import Gazetteer
from api.staff.writing import search_text

# What a source called the place is as exact as the place itself.
_STATED_PLACES = ("place", "region")


# From coarse to fine.
_SHOWN = ("prefecture", "county", "exact")


class Placed(NamedTuple):
    """A public place; longitude and latitude in degrees, WGS 84."""

    place: str | None
    lon: float | None
    lat: float | None
    exact: bool


NOWHERE = Placed(None, None, None, exact=False)


def is_finer(shown: str, allowed: str) -> bool:
    return _SHOWN.index(shown) > _SHOWN.index(allowed)


def placed(places: Gazetteer, case: AnyRow) -> Placed:
    """Where a desk.cases row (with `lon` and `lat`) is shown.

    Without an exact point that may be shown, the point is the place's own: whatever point the row
    has tells nothing more.
    """
    place = shown_place(places, case.place, case.shown)
    if case.shown == "exact" and case.exact and case.lon is not None:
        return Placed(place, case.lon, case.lat, exact=True)
    found = places.get(place) if place is not None else None
    if found is None:
        return NOWHERE
    return Placed(found.code, found.marker_lon, found.marker_lat, exact=False)


def shown_place(places: Gazetteer, place: str | None, shown: str) -> str | None:
    """The place itself, or for "prefecture" the prefecture it lies in.

    Where no prefecture stands between a county and its province, as in Beijing, that is the
    province. A code that is not in the gazetteer is no place.
    """
    if place is None or places.get(place) is None:
        return None
    if shown != "prefecture":
        return place
    # The path leaves out the rows of kind municipality and pseudo.
    return next(step.code for step in reversed(places.path(place)) if step.level != "county")


def words(places: Gazetteer, case: AnyRow, place: str | None) -> str:
    """What a keyword is looked for in, with the names of the public place and of none below it."""
    if place == case.place:
        searched: str = case.search
        return searched
    texts: Iterable[str | None] = (
        case.title_zh,
        case.title_en,
        case.text_zh,
        case.text_en,
        case.company_zh,
        case.company_en,
    )
    return search_text(places, place, texts)


def stated(case: AnyRow, place: str | None) -> Mapping[str, list[str]]:
    """What the source said, without its words for a place that is shown coarser."""
    said: Mapping[str, list[str]] = case.stated
    if place == case.place:
        return said
    return {kind: strings for kind, strings in said.items() if kind not in _STATED_PLACES}
