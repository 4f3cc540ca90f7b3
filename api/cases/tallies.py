"""Counting cases by a dimension: the one statement behind statistics and the counts of options.

Places and industries are counted as they stand; rolling them up is the caller's, in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    TableClause,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    null,
    select,
    table,
    true,
    union_all,
)

from api.cases.query import KEPT
from api.cases.view import View
from api.db import AnySelect
from api.models import PublicCase

Counts = dict[str | None, int]
# Upper bounds, in days, of the bands in which the time to a reply is counted.
REPLY_BANDS = ((7, "0-7"), (15, "8-15"), (30, "16-30"), (60, "31-60"), (90, "61-90"))
REPLY_LAST = "91+"
_HITS = "hits"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Columns it needs, and its key; `many` where a case can have several values or none."""

    columns: tuple[str, ...]
    key: Callable[[TableClause], ColumnElement[Any]]
    many: bool = False


def _column(name: str) -> Callable[[TableClause], ColumnElement[Any]]:
    return lambda hits: hits.c[name]


def _month(hits: TableClause) -> ColumnElement[Any]:
    year, month = func.extract("year", hits.c.date), func.extract("month", hits.c.date)
    number = cast(year * 100 + month, Integer)
    return case((hits.c.date_precision == "year", null()), else_=cast(number, Text))


def _year(hits: TableClause) -> ColumnElement[Any]:
    return cast(cast(func.extract("year", hits.c.date), Integer), Text)


def _reply_band(hits: TableClause) -> ColumnElement[Any]:
    days = hits.c.reply_days
    bands = [(days <= bound, literal(name)) for bound, name in REPLY_BANDS]
    return case((days.is_(None), null()), *bands, else_=literal(REPLY_LAST))


def _flag(name: str) -> Callable[[TableClause], ColumnElement[Any]]:
    return lambda hits: case((hits.c[name], literal("true")), else_=literal("false"))


def _has_source(hits: TableClause) -> ColumnElement[Any]:
    return case((hits.c.source_count > 0, literal("true")), else_=literal("false"))


def _placed(hits: TableClause) -> ColumnElement[Any]:
    return case((hits.c.place.is_(None), literal("false")), else_=literal("true"))


DIMENSIONS: dict[str, Dimension] = {
    "map": Dimension(("map",), _column("map")),
    "month": Dimension(("date", "date_precision"), _month),
    "year": Dimension(("date",), _year),
    "region": Dimension(("place",), _column("place")),
    "industry": Dimension(("industry",), _column("industry")),
    "issue": Dimension(("issues",), _column("issues"), many=True),
    "action": Dimension(("actions",), _column("actions"), many=True),
    "response": Dimension(("responses",), _column("responses"), many=True),
    "platform": Dimension(("platforms",), _column("platforms"), many=True),
    "ownership": Dimension(("ownership",), _column("ownership")),
    "accident_type": Dimension(("accident_type",), _column("accident_type")),
    "reply_days": Dimension(("reply_days",), _reply_band),
    "replied": Dimension(("replied",), _flag("replied")),
    "has_source": Dimension(("source_count",), _has_source),
    "has_contact": Dimension(("has_contact",), _flag("has_contact")),
    "placed": Dimension(("place",), _placed),
}


@lru_cache(maxsize=KEPT)
def statement(view: View, names: tuple[str, ...], without: str | None = None) -> AnySelect:
    """Rows (dimension, key, count) and one row (total, null, count); the cases are read once."""
    hits = (
        select(*(getattr(PublicCase, name) for name in _columns(names)))
        .where(*view.where(PublicCase, without))
        .cte(_HITS)
        .prefix_with("MATERIALIZED")
    )
    return _counts(names).add_cte(hits)


def _columns(names: Iterable[str]) -> list[str]:
    return sorted({column for name in names for column in DIMENSIONS[name].columns} or {"id"})


@lru_cache(maxsize=256)
def _counts(names: tuple[str, ...]) -> AnySelect:
    """Everything but the filters, over a table `hits`: built once, as building costs more than
    PostgreSQL takes to answer."""
    types = PublicCase.__table__.columns
    hits = table(_HITS, *(column(name, types[name].type) for name in _columns(names)))
    parts = [select(literal("total"), cast(null(), Text), func.count()).select_from(hits)]
    parts += [_counted(name, hits) for name in names]
    return select(union_all(*parts).subquery())


def _counted(name: str, hits: TableClause) -> AnySelect:
    dimension = DIMENSIONS[name]
    if not dimension.many:
        key = dimension.key(hits).label("key")
        # By name: the expression again would have other parameters, and so be another expression.
        return select(literal(name), key, func.count()).select_from(hits).group_by("key")
    values = func.unnest(dimension.key(hits)).table_valued("value", name="listed").render_derived()
    # An outer join, so that a case without any value counts under null.
    joined = hits.outerjoin(values, true())
    value = values.c.value
    return select(literal(name), value, func.count()).select_from(joined).group_by(value)


def rolled(counts: Counts, parent: Callable[[str], Iterable[str]]) -> Counts:
    """Counts under every code that `parent` names for a code (itself among them, or not)."""
    sums: defaultdict[str | None, int] = defaultdict(int)
    for code, number in counts.items():
        for above in (None,) if code is None else parent(code):
            sums[above] += number
    return dict(sums)
