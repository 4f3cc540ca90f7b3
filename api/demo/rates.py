"""How many invented cases are recorded on a day: rates, their growth and their seasons."""

from datetime import date
from math import exp

from api.demo.weights import bits
from api.terms.vocabulary import MapName

START = date(2020, 1, 1)
# Calls were collected in earnest from here on.
_CALLS_SINCE = date(2020, 9, 1)
_CALLS_BEFORE = 48.0
# A year: at the start and added with each year, up to ten years.
_YEARLY: dict[MapName, tuple[float, float]] = {
    "calls": (470.0, 35.0),
    "strikes": (170.0, 10.0),
    "accidents": (90.0, 6.0),
}
_GROWING_YEARS = 10.0
# January to December; a year's mean is 1. Arrears come to light before the Spring Festival.
_SEASONS: dict[MapName, tuple[float, ...]] = {
    "calls": (1.65, 1.25, 0.8, 0.8, 0.85, 0.9, 0.85, 0.85, 0.85, 0.85, 0.95, 1.4),
    "strikes": (1.6, 0.8, 0.9, 0.9, 0.9, 0.95, 0.9, 0.9, 0.9, 0.85, 1.0, 1.4),
    "accidents": (0.85, 0.65, 0.95, 1.0, 1.05, 1.15, 1.15, 1.15, 1.05, 1.0, 1.0, 1.0),
}


def count(seed: int, map_name: MapName, day: date) -> int:
    """The number of cases recorded on the day; the same for the same seed, map and day."""
    return _poisson(_expected(map_name, day), bits(seed, map_name, day, "count") / 2**64)


def _expected(map_name: MapName, day: date) -> float:
    first, more = _YEARLY[map_name]
    yearly = first + more * min((day - START).days / 365.25, _GROWING_YEARS)
    if map_name == "calls" and day < _CALLS_SINCE:
        yearly = _CALLS_BEFORE
    return yearly / 365.25 * _SEASONS[map_name][day.month - 1]


def _poisson(mean: float, share: float) -> int:
    """The Poisson number that a share from 0 to below 1 falls on."""
    n, term = 0, exp(-mean)
    below = term
    while share >= below and n < 50:
        n += 1
        term *= mean / n
        below += term
    return n
