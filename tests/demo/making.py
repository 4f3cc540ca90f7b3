"""Makes the sets that the tests of the demonstration data look at."""

from datetime import date

from api.demo.generator import demonstration
from api.places.gazetteer import load_gazetteer
from api.staff.drafts import Draft
from api.terms.vocabulary import load_terms

SEED = 7
DAY = date(2026, 5, 20)
START = date(2020, 1, 1)


def made(day: date, seed: int = SEED) -> list[Draft]:
    return list(demonstration(seed, day, load_gazetteer(), load_terms()))
