"""Rows of published cases -> a segment: which values each case has, as the tallies name them.

Rows are those of `query.columns`; a dimension's keys are exactly those that its SQL gives.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from pyroaring import BitMap

from api.cases.tallies import REPLY_BANDS, REPLY_LAST
from api.db import AnyRow
from api.ids import decode_id
from api.index.segment import Columns, Key, Segment, Spot, bitmap
from api.places.gazetteer import Gazetteer

_PLAIN = ("map", "industry", "ownership", "accident_type")
_NUMBERS = ("participants_low", "participants_high", "deaths", "injuries")
_LISTS = {"issue": "issues", "action": "actions", "response": "responses", "platform": "platforms"}
_FLAGS = ("replied", "has_contact")

Sets = dict[Any, "array[int]"]


class Maker:
    """Takes rows in any order, one by one; `segment` is called once, at the end."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._days, self._published = array("i"), array("i")
        self._ids, self._changes = array("Q"), array("q")
        self._sets: dict[str, Sets] = {name: _sets() for name in NAMES}
        self._spots: Sets = _sets()

    def __len__(self) -> int:
        return len(self._days)

    def add(self, rows: Iterable[AnyRow]) -> None:
        for row in rows:
            self._add(row, len(self._days))

    def _add(self, row: AnyRow, number: int) -> None:
        sets = self._sets
        day: date = row.date
        self._days.append(day.toordinal())
        self._ids.append(decode_id(row.id))
        self._changes.append(row.change)
        self._published.append(row.published_on.toordinal())
        for name in (*_PLAIN, *_NUMBERS):
            sets[name][getattr(row, name)].append(number)
        for name in _FLAGS:
            sets[name]["true" if getattr(row, name) else "false"].append(number)
        for name, column in _LISTS.items():
            # As often as it is listed: an array takes it, a bitmap keeps it once.
            for code in getattr(row, column) or (None,):
                sets[name][code].append(number)
        sets["region"][row.place].append(number)
        sets["placed"]["false" if row.place is None else "true"].append(number)
        sets["has_source"]["true" if row.source_count > 0 else "false"].append(number)
        known = row.date_precision != "year"
        sets["month"][str(day.year * 100 + day.month) if known else None].append(number)
        sets["year"][str(day.year)].append(number)
        sets["reply_days"][_band(row.reply_days)].append(number)
        if row.lon is not None:
            area = row.place is not None and self._is_area(row.place) and not row.exact
            self._spots[Spot(row.place, area, row.lon, row.lat)].append(number)

    def _is_area(self, place: str) -> bool:
        known = self._gazetteer.get(place)
        return known is not None and known.level != "county"

    def segment(self) -> Segment:
        """In the order of days and ids, whatever order the rows came in."""
        days = np.frombuffer(self._days, np.int32)
        ids = np.frombuffer(self._ids, np.uint64)
        order = np.lexsort((ids, days))
        ranks = np.empty(len(order), np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)

        def ranked(sets: Sets) -> dict[Any, BitMap]:
            return {key: bitmap(ranks[np.frombuffer(n, np.uint32)]) for key, n in sets.items()}

        return Segment(
            Columns(
                days[order],
                ids[order],
                np.frombuffer(self._changes, np.int64)[order],
                np.frombuffer(self._published, np.int32)[order],
            ),
            {name: ranked(sets) for name, sets in self._sets.items()},
            ranked(self._spots),
        )


NAMES = (
    *_PLAIN,
    *_NUMBERS,
    *_FLAGS,
    *_LISTS,
    "region",
    "placed",
    "has_source",
    "month",
    "year",
    "reply_days",
)


def _sets() -> Sets:
    return defaultdict(lambda: array("I"))


def _band(days: int | None) -> Key:
    if days is None:
        return None
    return next((name for bound, name in REPLY_BANDS if days <= bound), REPLY_LAST)
