"""GET /staff/places: places by their names, by a code, or by what a text says of where it was."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.cases.schemas import Coded
from api.folding import fold
from api.places.gazetteer import Gazetteer, Place
from api.places.geocoder import load_geocoder
from api.staff.work import Working

router = APIRouter(tags=["staff"])
_LEVELS = ("province", "prefecture", "county")


class FoundPlace(BaseModel):
    code: str
    zh: str
    en: str
    path: list[Coded]
    kind: Literal["regular", "municipality", "pseudo"]


class FoundPlaces(BaseModel):
    items: list[FoundPlace]


@router.get("/staff/places", summary="Places by name")
async def find_places(
    work: Working,
    q: Annotated[str, Query(max_length=200)],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> FoundPlaces:
    """The place that a text surely names first, then those whose name begins with the words, then
    those whose name has them; larger places before smaller ones."""
    places = (await work.reference.vocabulary()).places
    return FoundPlaces(items=[_found(places, place) for place in _search(places, q)[:limit]])


def _search(places: Gazetteer, words: str) -> list[Place]:
    wanted = " ".join(fold(words).split())
    if not wanted:
        return []
    ranked: list[tuple[int, int, str]] = []
    named = load_geocoder().place(words).code
    for place in places.places.values():
        # The others are no places to a reader: their counties stand for themselves.
        if place.kind == "regular" and (rank := _rank(place, wanted, named)) is not None:
            ranked.append((rank, _LEVELS.index(place.level), place.code))
    return [places.places[code] for _, _, code in sorted(ranked)]


def _rank(place: Place, wanted: str, named: str | None) -> int | None:
    if place.code in (named, wanted):
        return 0
    names = [fold(name) for name in (place.zh, place.short_zh, place.en)]
    if wanted in names:
        return 1
    if any(name.startswith(wanted) for name in names):
        return 2
    return 3 if any(wanted in name for name in names) else None


def _found(places: Gazetteer, place: Place) -> FoundPlace:
    path = [Coded(code=step.code, zh=step.zh, en=step.en) for step in places.path(place.code)]
    return FoundPlace(code=place.code, zh=place.zh, en=place.en, path=path, kind=place.kind)
