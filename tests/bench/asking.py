"""What readers ask: any number of different filter sets, the same ones for the same seed."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote, urlencode

from api.cases.parameters import CaseFilters
from api.cases.view import View, resolve
from api.clock import months_before
from api.reference import Vocabulary
from tests.bench import words
from tests.bench.cases import TODAY, YEARS

Filters = Mapping[str, str]
EVERYTHING: Filters = {"map": "all", "since": "all"}
DAYS = (TODAY - TODAY.replace(year=TODAY.year - YEARS)).days
_KINDS = ("issue", "action", "platform", "ownership")


def asked(filters: Filters) -> str:
    """As a query string."""
    return urlencode(filters, safe=",", quote_via=quote)


def view_of(filters: Filters, vocabulary: Vocabulary) -> View:
    return resolve(CaseFilters.model_validate(filters), vocabulary, TODAY)


def windows(vocabulary: Vocabulary) -> list[Filters]:
    """Every province and every six months of all years, in no order: over 100,000."""
    provinces = sorted({vocabulary.places.province(code) for code in vocabulary.places.places})
    made: list[Filters] = []
    for back in range(DAYS - 183):
        until = TODAY - timedelta(days=back)
        since = months_before(until, 6)
        dates = {"since": since.isoformat(), "until": until.isoformat()}
        made += [{"map": "all", "region": code, **dates} for code in provinces]
    random.Random(6).shuffle(made)
    return made


def long_windows() -> Iterator[Filters]:
    """Nearly all years, each time another day less."""
    for back in range(1, DAYS):
        yield {**EVERYTHING, "until": (TODAY - timedelta(days=back)).isoformat()}


class Combinations:
    """Draws filter sets of one to five filters of every kind."""

    def __init__(self, vocabulary: Vocabulary, seed: int = 500) -> None:
        self._random = random.Random(seed)
        self._places = sorted(vocabulary.places.places)
        self._terms = vocabulary.terms

    def draw(self) -> Filters:
        drawn = self._random
        chosen: dict[str, str] = {"map": drawn.choice(("all", "calls", "strikes", "accidents"))}
        chosen |= self._dates()
        for name in drawn.sample(_FURTHER, drawn.choice((1, 1, 2, 2, 3, 4))):
            chosen |= {name: self._value(name)}
        return chosen

    def _dates(self) -> dict[str, str]:
        drawn = self._random
        if drawn.random() < 0.4:
            return {"since": "all"}
        first, last = sorted(drawn.sample(range(DAYS), 2))
        return {
            "since": (TODAY - timedelta(days=last)).isoformat(),
            "until": (TODAY - timedelta(days=first)).isoformat(),
        }

    def _value(self, name: str) -> str:
        drawn = self._random
        if name == "region":
            return ",".join(drawn.sample(self._places, drawn.randrange(1, 4)))
        if name in ("industry", *_KINDS):
            codes = [term.code for term in self._terms.of(name, None)]  # type: ignore[arg-type]
            return ",".join(drawn.sample(codes, min(len(codes), drawn.randrange(1, 4))))
        if name == "bbox":
            west, south = drawn.uniform(98, 120), drawn.uniform(20, 42)
            east, north = west + drawn.uniform(0.5, 12), south + drawn.uniform(0.5, 8)
            return f"{west:.3f},{south:.3f},{east:.3f},{north:.3f}"
        if name in ("q", "company"):
            return drawn.choice(_words(company=name == "company"))
        if name in _COUNTS:
            return str(drawn.choice(_COUNTS[name]))
        return drawn.choice(("true", "false"))


_COUNTS: Mapping[str, Sequence[int]] = {
    "participants_min": (1, 100, 1000),
    "participants_max": (100, 1000),
    "deaths_min": (1, 2),
    "injuries_min": (1, 3, 6),
}
_FURTHER = (
    "region", "industry", *_KINDS, "q", "company", *_COUNTS, "replied", "has_source", "placed",
    "bbox",
)  # fmt: skip


def _words(company: bool) -> list[str]:
    """One to four characters, and English words: common ones, and ones that few cases have."""
    syllables = [zh for zh, _ in words.SYLLABLES]
    if company:
        pairs = zip(syllables, reversed(syllables), strict=True)
        return [*syllables, *(a + b for a, b in pairs), *(en for _, en in words.BUSINESSES)]
    rare = [zh for zh, _ in words.RARE]
    return [
        "薪", "讨薪", "加班费", "社会保险", "arbitration", "police", *syllables, *rare,
        *(a + b for a, b in pairwise(rare)), *(zh for zh, _ in words.GOODS),
        *(en for _, en in words.GOODS), *(en for _, en in words.JOBS),
    ]  # fmt: skip
