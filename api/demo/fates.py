"""What becomes of a few invented cases besides being published: drafts, withdrawn, merged.

They sit on fixed days, so that every seed has as many of them; the first case of such a day is it.
"""

from datetime import date
from functools import lru_cache
from typing import Literal

from api.demo.weights import bits
from api.ids import encode_id
from api.terms.vocabulary import MapName

Fate = Literal["published", "draft", "withdrawn", "merged"]

_UNTIL = 2100
# Every year from the first on, on the month and day.
_YEARLY: tuple[tuple[Fate, int, int, int, MapName], ...] = (
    ("draft", 2021, 5, 12, "calls"),
    ("withdrawn", 2022, 9, 3, "calls"),
)
_MERGED: tuple[tuple[MapName, date], ...] = (
    ("calls", date(2023, 10, 10)),
    ("strikes", date(2025, 4, 17)),
)


def case_id(seed: int, map_name: MapName, day: date, at: int) -> str:
    """The id of the case that is recorded on the day in this place, counted from 0."""
    return encode_id(bits(seed, map_name, day, at, "id"))


def fate(draft_id: str, seed: int) -> Fate:
    """What becomes of the case of this id in the demonstration of this seed."""
    return _fates(seed).get(draft_id, ("published", ""))[0]


def merged_into(draft_id: str, seed: int) -> str | None:
    """The id of the case that a merged one was the same as; None for any other."""
    return _fates(seed).get(draft_id, ("published", ""))[1] or None


def fated(map_name: MapName, day: date) -> Fate:
    """What becomes of the first case of the map that is recorded on the day."""
    if (map_name, day) in _MERGED:
        return "merged"
    for kind, first, month, at, on in _YEARLY:
        if on == map_name and day.year >= first and (day.month, day.day) == (month, at):
            return kind
    return "published"


@lru_cache(maxsize=4)
def _fates(seed: int) -> dict[str, tuple[Fate, str]]:
    """By id: the fate and, for a merged case, the id of the one that stays."""
    found: dict[str, tuple[Fate, str]] = {
        case_id(seed, on, date(year, month, at), 0): (kind, "")
        for kind, first, month, at, on in _YEARLY
        for year in range(first, _UNTIL)
    }
    for on, day in _MERGED:
        found[case_id(seed, on, day, 0)] = ("merged", case_id(seed, on, day, 1))
    return found
