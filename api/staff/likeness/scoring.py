"""How alike two cases are: what agrees and what contradicts is weighed, as in record linkage.

Each of text, employer, place, date and amount adds or takes from the odds that both tell of the
same thing; what one of the two does not say adds nothing. No database here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import exp, log
from typing import Literal

from rapidfuzz import fuzz

from api.lang import Pair
from api.staff.importing.quantities import read_money
from api.staff.likeness.sketch import employer_name, pieces, squeezed

Sign = Literal["company", "place", "date", "amount", "text"]
# Logarithms of odds: what speaks against any two cases, and the least with which staff are asked.
_PRIOR = -3.5
LEAST = 0.5
# Weight of shared pieces of text from which on a common turn of phrase is no explanation.
_ENOUGH = 28
# A small archive tells little of what is usual: as if so many further cases said something else.
_UNSEEN = 50
_MONEY = re.compile(
    r"(?:\d[\d,.]*|[零一二两三四五六七八九十百千]+)\s?(?:[千百万亿]|thousand|million)*\s?[余多]?\s?"
    r"(?:[元块圆]|yuan|RMB)"
)
_LONGEST = 8_000
_REACH = {"day": 0, "month": 31, "year": 366}


@dataclass(frozen=True)
class Facts:
    """What is compared of a case; `path` are place codes from the province down."""

    title: Pair
    text: Pair
    companies: Sequence[str] = ()
    path: tuple[str, ...] = ()
    day: date = date.min
    precision: str = "day"
    amount: Decimal | None = None
    # The industry's top level.
    industry: str | None = None
    sketch: frozenset[int] = frozenset()

    @cached_property
    def grams(self) -> tuple[set[bytes], set[bytes]]:
        """The pieces of the Chinese and of the English text."""
        both = zip(self.title, self.text, strict=True)
        zh, en = (pieces(squeezed("\n".join(part for part in parts if part))) for parts in both)
        return zh, en

    @cached_property
    def amounts(self) -> set[Decimal]:
        """What is owed, or where only the text says it, every sum in it."""
        if self.amount:
            return {self.amount}
        words = " ".join(part for part in (*self.title, *self.text) if part)[:_LONGEST]
        read = (read_money(found.group())[0] for found in _MONEY.finditer(words))
        return {amount for amount in read if amount}

    @cached_property
    def names(self) -> list[str]:
        return [employer_name(name) for name in self.companies if name]


class Usual:
    """How much a piece of text says: one that every third case has, little. From 0 to 1."""

    def __init__(self, cases: Iterable[Facts] = ()) -> None:
        found: Counter[bytes] = Counter()
        count = 0
        for case in cases:
            found.update(case.grams[0] | case.grams[1])
            count += 1
        most = log(count + _UNSEEN)
        # What one case of the sample has is as rare as what none has, and most of it all.
        self._less = {piece: log(times) / most for piece, times in found.items() if times > 1}

    def weight(self, shared: set[bytes]) -> float:
        """Of several pieces together; one that is not usual weighs 1."""
        return len(shared) - sum(map(self._less.__getitem__, shared & self._less.keys()))


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 1, and what agrees."""

    score: float
    same: list[Sign]


def compare(one: Facts, other: Facts, usual: Usual) -> Likeness:
    """How likely it is that both tell of the same thing; the same in either direction."""
    weights: dict[Sign, float] = {
        "company": _company(one, other),
        "place": _place(one.path, other.path),
        "date": _date(one, other),
        "amount": _amount(one, other),
    }
    odds = _PRIOR + sum(weights.values())
    if one.industry and other.industry and one.industry != other.industry:
        odds -= 1
    if odds + _most(one, other) < 0:
        # Comparing texts is what costs time, and no text makes these two alike.
        return Likeness(0, [])
    weights["text"] = _text(one, other, usual)
    odds += weights["text"]
    return Likeness(1 / (1 + exp(-odds)), [sign for sign, w in weights.items() if w >= 1])


def _most(one: Facts, other: Facts) -> float:
    """What texts can add. Two that share a third of their pieces have no number of their sketches
    in common once in a thousand times."""
    if one.sketch and other.sketch and one.sketch.isdisjoint(other.sketch):
        return _shared(_ENOUGH, _ENOUGH / 0.36)
    return _shared(_ENOUGH, _ENOUGH)


def _text(one: Facts, other: Facts, usual: Usual) -> float:
    """In the languages that both have; a repost is not always translated."""
    common = least = 0.0
    for a, b in zip(one.grams, other.grams, strict=True):
        if a and b:
            common += usual.weight(a & b)
            least += min(usual.weight(a), usual.weight(b))
    return _shared(common, least) if least else 0


def _shared(common: float, least: float) -> float:
    """By the share of the shorter text's pieces, for a repost may be cut or have more around it."""
    share = common / least
    if share < 0.25:
        return -2 * (1 - share / 0.25)
    return 8 * (share - 0.25) / 0.75 * min(common / _ENOUGH, 1)


def _company(one: Facts, other: Facts) -> float:
    if not one.names or not other.names:
        return 0
    best = max(_alike(a, b) for a in one.names for b in other.names)
    if best >= 90:
        return 3
    # Two names in two languages may be one employer's; names of one language that differ are two.
    if best >= 70 or one.names[0].isascii() != other.names[0].isascii():
        return 0
    return -3


def _alike(a: str, b: str) -> float:
    # One name is often the beginning or the end of the other: a brand, a place before it.
    short = min(len(a), len(b))
    partial = fuzz.partial_ratio(a, b) if short >= (6 if a.isascii() else 4) else 0
    return max(fuzz.ratio(a, b), partial)


def _place(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0
    shared = sum(a == b for a, b in zip(one, other, strict=False))
    if shared == 0:
        return -4
    if shared < min(len(one), len(other)):
        # Two counties of one city are confused more easily than two cities.
        return -3 if shared == 1 else -1
    return (0.3, 1.2, 1.6)[min(shared, 3) - 1]


def _date(one: Facts, other: Facts) -> float:
    apart = abs((one.day - other.day).days)
    apart -= max(_REACH[one.precision], _REACH[other.precision])
    if one.precision == other.precision == "day" and apart <= 1:
        return 1.5
    for days, weight in ((3, 0.8), (7, 0.0), (31, -1.5), (92, -3.0)):
        if apart <= days:
            return weight
    # A year later the same words are a new case, unless they are many.
    return -5


def _amount(one: Facts, other: Facts) -> float:
    if not one.amounts or not other.amounts:
        return 0
    share = max(float(min(a, b) / max(a, b)) for a in one.amounts for b in other.amounts)
    if share >= 0.99:
        return 2.0
    if share >= 0.9:
        return 0.5
    # A text may name several sums, of which the other gives another one; and debts grow.
    return -1.5 if len(one.amounts) == len(other.amounts) == 1 else -0.5
