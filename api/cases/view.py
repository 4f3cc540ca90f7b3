"""A View: one set of filters made definite for a day and a vocabulary, for every surface to read.

List, count, statistics, tiles, exports, feeds and sentences are all made from it.
"""

import calendar
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from pyroaring import BitMap
from sqlalchemy import ColumnElement

from api.cases.filters import FILTERS, Cases, Filter
from api.cases.parameters import TileFilters
from api.cases.sentences import canonical_value, sentence
from api.clock import months_before
from api.errors import DETAILS, Problem
from api.folding import fold
from api.index.segment import Segment
from api.lang import Pair
from api.reference import Vocabulary

DEFAULT_MONTHS = 6


@dataclass(frozen=True, eq=False)
class View:
    """Definite values by filter name, in the order of FILTERS.

    `asked` are the filters a reader gave; the others are the defaults of the day. Two views are
    equal where the same cases match: statements are kept by view, because building one costs more
    than PostgreSQL takes to answer it.
    """

    values: Mapping[str, Any]
    asked: frozenset[str]
    vocabulary: Vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str]:
        return self.canonical, self.vocabulary.digest

    def where(
        self, cases: Cases, without: str | None = None, only: Iterable[str] = FILTERS
    ) -> list[ColumnElement[bool]]:
        """The conditions on `cases`, of some filters `only`; `without` sets one aside."""
        conditions = (
            row.where(cases, self._covered(row, self.values[name]))
            for name, row in FILTERS.items()
            if name in self.values and name != without and name in only
        )
        return [condition for condition in conditions if condition is not None]

    def matches(self, segment: Segment, without: str | None = None) -> list[BitMap]:
        """The same of a part of the index; what its texts must contain is `words`."""
        sets = (
            row.matches(segment, self._covered(row, self.values[name]))
            for name, row in FILTERS.items()
            if name in self.values and name != without and row.matches is not None
        )
        return [cases for cases in sets if cases is not None]

    @property
    def words(self) -> dict[str, list[str]]:
        """Filter -> the words that a folded text must contain."""
        return {
            name: [fold(word) for word in value.split()]
            for name, value in self.values.items()
            if FILTERS[name].kind == "text"
        }

    def _covered(self, row: Filter, value: Any) -> Any:
        if row.kind != "codes":
            return value
        held = self._codes.get(row.name)
        if held is None:
            each = [self.vocabulary.covers(row.vocabulary, code) for code in value]
            held = each[0] if len(each) == 1 else tuple(sorted({c for one in each for c in one}))
            self._codes[row.name] = held
        return held

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        """Filter -> its codes and all below them, once they were asked for."""
        return {}

    @cached_property
    def canonical(self) -> str:
        """The one query string of this view, with its dates stated, so that it can be cited."""
        pairs = [(name, canonical_value(value)) for name, value in self.values.items()]
        return urlencode(pairs, safe=",")

    @property
    def digest(self) -> str:
        return hashlib.blake2b(self.canonical.encode(), digest_size=8).hexdigest()

    def sentences(self) -> dict[str, Pair]:
        """What each filter in force says."""
        return {n: sentence(FILTERS[n], v, self.vocabulary) for n, v in self.values.items()}

    @property
    def sentence(self) -> Pair:
        """All filters in one line a reader can check: 工人求助，自2026年5月21日起，…"""
        return _joined(self.sentences().values())

    def as_dict(self) -> dict[str, Any]:
        """`F` of the public contract."""
        parts = []
        sentences = self.sentences()
        for name, value in self.values.items():
            words = sentences[name]
            values = list(value) if isinstance(value, tuple) else [canonical_value(value)]
            if FILTERS[name].kind == "bbox":
                values = [canonical_value(value)]
            removable = name in self.asked and not (name == "map" and value == "calls")
            parts.append(
                {"name": name, "values": values, **words.as_dict(), "removable": removable}
            )
        whole = _joined(sentences.values())
        return {"canonical": self.canonical, "parts": parts, "sentence": whole.as_dict()}


def _joined(parts: Iterable[Pair]) -> Pair:
    both = list(parts)
    en = ", ".join(part.en or "" for part in both)
    return Pair("，".join(part.zh or "" for part in both), en[:1].upper() + en[1:])


def resolve(
    filters: TileFilters, vocabulary: Vocabulary, today: date, *, window: bool = True
) -> View:
    """The view that `filters` mean on the day `today`.

    Without `window` (feeds, single cases) no dates are supplied where none were given.
    Raises Problem for a code that is in no vocabulary and for a window that ends before it begins.
    """
    given = {name: getattr(filters, name, None) for name in FILTERS}
    asked = {name for name in filters.model_fields_set & FILTERS.keys() if given[name] is not None}
    values: dict[str, Any] = {"map": filters.map}
    values.update(_dates(filters, today, window))
    for name, row in FILTERS.items():
        value = given[name]
        if row.kind in ("choice", "date") or value is None or value == ():
            continue
        if row.kind == "codes":
            for code in value:
                if not vocabulary.knows(row.vocabulary, code):
                    raise Problem("unknown-code", name, Pair("没有此代码", "no such code"))
        if row.kind == "bbox":
            # What the canonical address says is what is asked, to a tenth of a metre.
            value = tuple(round(float(part), 6) + 0.0 for part in value.split(","))
        values[name] = value
    ordered = {name: values[name] for name in FILTERS if name in values}
    return View(ordered, frozenset(asked), vocabulary)


def _dates(filters: TileFilters, today: date, window: bool) -> dict[str, date | None]:
    since = None if filters.since in (None, "all") else _first(filters.since or "")
    until = None if filters.until is None else _last(filters.until)
    dates: dict[str, date | None] = {}
    if filters.since == "all":
        dates["since"] = None
    elif since is not None:
        dates["since"] = since
    elif window:
        last_day = until or today
        # Six months before the first half year of the calendar there is no day.
        early = last_day < date(1, 1 + DEFAULT_MONTHS, 1)
        dates["since"] = date.min if early else months_before(last_day, DEFAULT_MONTHS)
    if until is not None:
        dates["until"] = until
    elif window and filters.since != "all":
        # A window may lie in the future; it then ends with the period that was asked for.
        dates["until"] = max(today, _last(filters.since)) if filters.since else today
    first, last = dates.get("since"), dates.get("until")
    if first is not None and last is not None and first > last:
        raise Problem("invalid-parameter", "since", DETAILS["since_after_until"])
    return dates


def _first(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    return date(*parts, *[1] * (3 - len(parts)))


def _last(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)
