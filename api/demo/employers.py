"""Invented employers: their trade, their obviously invented names, and how they are spoken of."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any
from zlib import crc32

from api.demo.phrases import MAPS_IN_DATA, said, table
from api.demo.weights import Weighted, one_of
from api.demo.words import Said, Slots, article
from api.terms.vocabulary import MapName, Terms

# Small words keep their small letter in an English name.
_SMALL = frozenset({"and", "of", "for"})
_NUMBERS = 180


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry of the data with what its group says where it is silent itself."""

    code: str
    path: tuple[str, ...]
    kinds: tuple[Said, ...]
    sites: tuple[Said, ...]
    workers: tuple[Said, ...]
    people: Said
    slots: Slots
    owners: Weighted[str]
    stated: str | None


@dataclass(frozen=True, slots=True)
class Employer:
    """`name` is None where the case does not say it; `company` and `firm` are for sentences."""

    name: Said | None
    company: Said
    firm: Said
    ownership: str


class Industries:
    """All industries of the data, and which of them a map takes."""

    def __init__(self, terms: Terms) -> None:
        data = table("industries")
        self._industries = {
            code: _industry(code, tuple(term.code for term in terms.path("industry", code)), entry)
            for code, entry in data["industries"].items()
        }
        self._on = {
            name: Weighted(
                (code, entry["weights"][column]) for code, entry in data["industries"].items()
            )
            for column, name in enumerate(MAPS_IN_DATA)
        }

    def pick(self, random: Random, map_name: MapName) -> Industry:
        return self.get(self._on[map_name].pick(random))

    def get(self, code: str) -> Industry:
        return self._industries[code]


def _industry(code: str, path: tuple[str, ...], entry: dict[str, Any]) -> Industry:
    both = {**table("industries")["groups"][path[0]], **entry}
    kinds = both["kinds"]
    slots = Slots()
    for name in ("employer", "gate"):
        slots.put(name, *said(both[name]))
    return Industry(
        code=code,
        path=path,
        kinds=kinds,
        sites=both.get("sites", kinds),
        workers=both["workers"],
        people=said(both["people"]),
        slots=slots,
        owners=Weighted(both["owners"].items()),
        stated=both.get("stated"),
    )


def employ(
    random: Random, industry: Industry, place: str | None, *, named: float, on_site: bool
) -> Employer:
    """An employer; `named` is the share of cases that tell its name, `on_site` prefers sites."""
    if random.random() < named:
        kind = one_of(random, industry.kinds)
        # A place has few employers of a kind, so that names come back.
        at = crc32(f"{place}{industry.code}".encode()) + one_of(random, (0, 0, 0, 1, 2))
        name = _name(kind, at % _NUMBERS + 1)
        # An employer keeps its owner in all its cases.
        share = crc32(f"{name.zh}{place}".encode()) / 2**32
        return Employer(name, name, name, industry.owners.at(share))
    kind = one_of(random, industry.sites if on_site else industry.kinds)
    company = Said(f"一{_measure(kind.zh)}{kind.zh}", article(kind.en))
    return Employer(None, company, Said(kind.zh, article(kind.en)), industry.owners.pick(random))


def _name(kind: Said, at: int) -> Said:
    words = (word if word in _SMALL else word[0].upper() + word[1:] for word in kind.en.split())
    return Said(f"示例第{at}{kind.zh}", f"Example {' '.join(words)} No. {at}")


@lru_cache
def _measure(noun: str) -> str:
    measures: dict[str, str] = table("industries")["measures"]
    return next((word for ending, word in measures.items() if noun.endswith(ending)), "家")
