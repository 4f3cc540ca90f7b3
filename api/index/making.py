"""Rows of published cases -> a segment: which values each case has, as the tallies name them.

Rows are those of `query.indexed`, as COPY writes them; a dimension has exactly the keys that its
SQL gives. What a value means is asked once for each value, not for each case.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from api.cases import query
from api.cases.tallies import REPLY_BANDS, REPLY_LAST
from api.db import NULL
from api.ids import ALPHABET
from api.index.segment import Columns, Key, Numbers, Segment, Spot
from api.places.gazetteer import Gazetteer
from api.roaring import bitmap

Row = Sequence[str]
_ID, _CHANGE = query.INDEXED.index(("id",)), query.INDEXED.index(("change",))
# The digits of ids by their codes, and by how many bits each stands to the left.
_DIGITS = np.zeros(128, np.uint64)
_DIGITS[list(ALPHABET.encode())] = range(len(ALPHABET))
_LEFT = np.arange(60, -1, -5, dtype=np.uint64)


def change_of(row: Row) -> int:
    """The change that published a case as it is."""
    return int(row[_CHANGE])


class _Numbering(dict[str, int]):
    """Value -> its number, in the order in which they were first met."""

    def __missing__(self, value: str) -> int:
        number = self[value] = len(self)
        return number


class Maker:
    """Takes rows in any order; `segment` is called once, at the end."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ids, self._changes = bytearray(), array("q")
        shared = [at for at in range(len(query.INDEXED)) if at not in (_ID, _CHANGE)]
        self._shared = {at: (_Numbering(), array("I")) for at in shared}
        # By the names of single columns, when all rows are there.
        self._values: dict[str, Sequence[str]] = {}
        self._numbers: dict[str, npt.NDArray[np.uint32]] = {}

    def add(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        self._ids += "".join(columns[_ID]).encode()
        self._changes.extend(map(int, columns[_CHANGE]))
        for at, (values, numbers) in self._shared.items():
            numbers.extend(map(values.__getitem__, columns[at]))

    def segment(self) -> Segment:
        """In the order of days and ids, whatever order the rows came in."""
        for at, (values, numbers) in self._shared.items():
            self._part(query.INDEXED[at], list(values), np.frombuffer(numbers, np.uint32))
        digits = _DIGITS[np.frombuffer(self._ids, np.uint8)].reshape(-1, len(_LEFT))
        days, ids = self._days("date"), (digits << _LEFT).sum(axis=1, dtype=np.uint64)
        order = np.lexsort((ids, days))
        columns = Columns(
            days[order],
            ids[order],
            np.frombuffer(self._changes, np.int64)[order],
            self._days("published_on")[order],
        )
        sets = {name: self._sets(order, *told) for name, told in DIMENSIONS.items()}
        return Segment(columns, sets, self._sets(order, SPOT, partial(_spots, self._is_area)))

    def _part(
        self, names: Sequence[str], values: Sequence[str], numbers: npt.NDArray[np.uint32]
    ) -> None:
        """Takes values that stand together apart."""
        if len(names) == 1:
            self._values[names[0]], self._numbers[names[0]] = values, numbers
            return
        together = [value[1:-1].split(",") for value in values]
        for at, name in enumerate(names):
            own = _Numbering()
            # Within brackets nothing stands for NULL.
            of_value = np.array([own[parts[at] or NULL] for parts in together], np.uint32)
            self._values[name], self._numbers[name] = list(own), of_value[numbers]

    def _is_area(self, place: str) -> bool:
        known = self._gazetteer.get(place)
        return known is not None and known.level != "county"

    def _days(self, column: str) -> npt.NDArray[np.int32]:
        known = [date.fromisoformat(text).toordinal() for text in self._values[column]]
        return np.array(known, np.int32)[self._numbers[column]]

    def _sets(
        self,
        order: npt.NDArray[np.int64],
        names: Sequence[str],
        keys: Callable[..., Iterable[Any]],
    ) -> dict[Any, BitMap]:
        """Key -> the ranks of those that have it."""
        values, numbers = self._together(names)
        counts = np.bincount(numbers, minlength=len(values))
        # The ranks of each value's cases, one value after the other. Small numbers are sorted in a
        # tenth of the time.
        small = numbers[order].astype(np.min_scalar_type(len(values)))
        ranks = np.split(np.argsort(small, kind="stable"), np.cumsum(counts))
        found = defaultdict(list)
        for value, having in zip(values, ranks[:-1], strict=True):
            # As often as it is listed: a bitmap keeps it once.
            for key in keys(*value):
                found[key].append(having)
        return {key: bitmap(np.concatenate(having)) for key, having in found.items()}

    def _together(self, names: Sequence[str]) -> tuple[list[tuple[str, ...]], Numbers]:
        """The values that these columns have together, and for each case the number of its own."""
        first, *others = names
        values: list[tuple[str, ...]] = [(value,) for value in self._values[first]]
        numbers: Numbers = self._numbers[first].astype(np.int64)
        for name in others:
            more = self._values[name]
            pairs, numbers = np.unique(
                numbers * len(more) + self._numbers[name], return_inverse=True
            )
            known, new = np.divmod(pairs, max(len(more), 1))
            values = [(*values[k], more[n]) for k, n in zip(known, new, strict=True)]
        return values, numbers


def _code(value: str) -> tuple[Key]:
    return (None if value == NULL else value,)


def _number(value: str) -> tuple[Key]:
    return (None if value == NULL else int(value),)


def _codes(value: str) -> Iterable[Key]:
    # PostgreSQL writes an array of codes as {one,other}.
    return (None,) if value in (NULL, "{}") else value[1:-1].split(",")


def _flag(value: str) -> tuple[Key]:
    return ("true" if value == "t" else "false",)


def _known(value: str) -> tuple[Key]:
    return ("false" if value == NULL else "true",)


def _some(value: str) -> tuple[Key]:
    return ("true" if int(value) > 0 else "false",)


def _year(day: str) -> tuple[Key]:
    return (day[:4],)


def _month(day: str, precision: str) -> tuple[Key]:
    return (None if precision == "year" else day[:4] + day[5:7],)


def _band(value: str) -> tuple[Key]:
    if value == NULL:
        return (None,)
    days = int(value)
    return (next((name for bound, name in REPLY_BANDS if days <= bound), REPLY_LAST),)


def _spots(
    is_area: Callable[[str], bool], place: str, exact: str, lon: str, lat: str
) -> Iterable[Spot]:
    if lon == NULL:
        return ()
    known = None if place == NULL else place
    area = known is not None and is_area(known) and exact == "f"
    return (Spot(known, area, float(lon), float(lat)),)


SPOT = ("place", "exact", "lon", "lat")
# Name of a dimension -> the columns it is read from, and what they say.
DIMENSIONS: dict[str, tuple[Sequence[str], Callable[..., Iterable[Key]]]] = {
    "map": (("map",), _code),
    "industry": (("industry",), _code),
    "ownership": (("ownership",), _code),
    "accident_type": (("accident_type",), _code),
    "region": (("place",), _code),
    "placed": (("place",), _known),
    "participants_low": (("participants_low",), _number),
    "participants_high": (("participants_high",), _number),
    "deaths": (("deaths",), _number),
    "injuries": (("injuries",), _number),
    "issue": (("issues",), _codes),
    "action": (("actions",), _codes),
    "response": (("responses",), _codes),
    "platform": (("platforms",), _codes),
    "replied": (("replied",), _flag),
    "has_contact": (("has_contact",), _flag),
    "has_source": (("source_count",), _some),
    "reply_days": (("reply_days",), _band),
    "year": (("date",), _year),
    "month": (("date", "date_precision"), _month),
}
