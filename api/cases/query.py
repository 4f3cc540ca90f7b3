"""The statements over published cases: each takes a View and gives a Select.

Statistics, options and tiles have their own statements beside their routes, on the same View.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from api.cases.cursors import Position
from api.cases.view import View
from api.db import AnySelect
from api.fixed import Fixed
from api.models import Archive, PublicCase, Revision, Withdrawn

# Statements that a process keeps: those of the front page and of what readers share.
KEPT = 256
Sort = Literal["-date", "date", "-updated"]


def _key(sort: Sort) -> Any:
    return PublicCase.published_on if sort == "-updated" else PublicCase.date


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    key, id_ = _key(sort), PublicCase.id
    return (key.asc(), id_.asc()) if sort == "date" else (key.desc(), id_.desc())


def after(sort: Sort, position: Position) -> ColumnElement[bool]:
    """What comes behind a position; the id breaks ties, so no case is shown twice or skipped."""
    here = tuple_(_key(sort), PublicCase.id)
    there = tuple_(literal(position.day), literal(position.id))
    return here > there if sort == "date" else here < there


def count(view: View) -> AnySelect:
    return _counted(view.where(PublicCase))


def _counted(conditions: Sequence[ColumnElement[bool]]) -> AnySelect:
    return select(func.count()).select_from(PublicCase).where(*conditions)


@lru_cache(maxsize=KEPT)
def page(view: View, sort: Sort, limit: int, start: Position | None) -> AnySelect:
    """One row: total, and arrays of summaries, days and ids of the next `limit` cases.

    One statement, so that total and page come from the same snapshot.
    """
    conditions = view.where(PublicCase)
    total = _counted(conditions).scalar_subquery()
    if start is not None:
        conditions.append(after(sort, start))
    cases = (
        select(PublicCase.summary, _key(sort).label("day"), PublicCase.id)
        .where(*conditions)
        .order_by(*_order(sort))
        .limit(limit)
        .subquery()
    )
    # array_agg over an ordered subquery keeps its order.
    return select(
        total,
        func.array_agg(cases.c.summary),
        func.array_agg(cases.c.day),
        func.array_agg(cases.c.id),
    )


def newest(view: View, limit: int) -> AnySelect:
    """What a feed shows: by publication day, then id."""
    return (
        select(PublicCase.summary, PublicCase.document, PublicCase.demo)
        .where(*view.where(PublicCase))
        .order_by(*_order("-updated"))
        .limit(limit)
    )


def document(case_id: str) -> AnySelect:
    """One case, with what its citation and cache policy need."""
    return _cited(PublicCase.document, PublicCase.has_contact).where(PublicCase.id == case_id)


def tombstone(case_id: str) -> AnySelect:
    return select(Withdrawn.__table__).where(Withdrawn.id == case_id)


def history(case_id: str) -> AnySelect:
    """Every revision of a case, also of a withdrawn one, from the first on."""
    return select(Revision.__table__).where(Revision.case_id == case_id).order_by(Revision.revision)


def documents(view: View) -> AnySelect:
    """Every match with its finished document, newest first: what exports are made of."""
    stored = _cited(PublicCase.document, PublicCase.date).where(*view.where(PublicCase))
    # An inner statement puts rows in order while they only say where their documents lie. If it
    # were done with what is sent, all documents would be written to disk before the first goes out.
    cases = stored.order_by(*_order("-date")).offset(0).subquery()
    sent = cases.c
    return select(*(column for column in sent if column.name != "date")).order_by(
        sent.date.desc(), sent.id.desc()
    )


def addresses(start: str, limit: int) -> AnySelect:
    """Ids from `start` on and the days of their last publication: a part of the sitemap."""
    return (
        select(PublicCase.id, PublicCase.published_on)
        .where(PublicCase.id >= start)
        .order_by(PublicCase.id)
        .limit(limit)
    )


def id_behind(start: str, number: int) -> AnySelect:
    """The id of the case that `number` others stand before, counted from `start` on."""
    ids = select(PublicCase.id).where(PublicCase.id >= start)
    return ids.order_by(PublicCase.id).offset(number).limit(1)


def state() -> AnySelect:
    """The archive's change number and the digest of its vocabulary."""
    return select(Archive.change, Archive.vocabulary)


# What the index reads of a case; what stands together is read as one value, written (one,other),
# for cases share far fewer of these than they have.
INDEXED = (
    ("id",),
    ("change",),
    ("date",),
    ("published_on",),
    ("place", "exact", "lon", "lat"),
    ("industry", "ownership", "reply_days"),
    ("issues",),
    ("actions",),
    ("responses",),
    ("platforms",),
    (
        *("map", "date_precision", "accident_type", "participants_low", "participants_high"),
        *("deaths", "injuries", "replied", "source_count", "has_contact"),
    ),
)


def indexed(since: int) -> AnySelect:
    """INDEXED of each case that was published after a change."""
    return select(*(_together(names) for names in INDEXED)).where(PublicCase.change > since)


def _together(names: Sequence[str]) -> ColumnElement[Any]:
    point = {"lon": PublicCase.point.ST_X(), "lat": PublicCase.point.ST_Y()}
    columns = [point[name] if name in point else getattr(PublicCase, name) for name in names]
    return columns[0] if len(columns) == 1 else cast(tuple_(*columns), Text)


def replaced(since: int) -> AnySelect:
    """Changes up to `since` that are public no more, or not as they were: their cases have later
    ones."""
    later, earlier = aliased(Revision), aliased(Revision)
    return (
        select(earlier.change)
        .join(later, later.case_id == earlier.case_id)
        .where(later.change > since, earlier.change <= since)
    )


def told(since: int) -> AnySelect:
    """How many changes after one are told of. They have no gaps, so where it is fewer, cases were
    taken away that nobody had withdrawn: invented ones."""
    return select(func.count()).select_from(Revision).where(Revision.change > since)


def _summaries() -> AnySelect:
    wanted = (
        func.unnest(bindparam("changes", type_=ARRAY(BigInteger)))
        .table_valued("change", with_ordinality="place", name="wanted")
        .render_derived()
    )
    found = aggregate_order_by(PublicCase.summary, wanted.c.place)
    return select(
        select(Archive.change).scalar_subquery(),
        select(func.array_agg(found))
        .select_from(wanted.join(PublicCase, PublicCase.change == wanted.c.change))
        .scalar_subquery(),
    )


# One row: the archive's change number, and the summaries that `changes` published, in that order.
SUMMARIES = Fixed(_summaries())


def published(changes: Sequence[int]) -> AnySelect:
    """Rows of change, summary, document, demo and the archive's change number (`latest`), of those
    changes that are still public."""
    return select(
        PublicCase.change,
        PublicCase.summary,
        PublicCase.document,
        PublicCase.demo,
        select(Archive.change).scalar_subquery().label("latest"),
    ).where(_among(changes))


def saying(changes: Sequence[int], conditions: Sequence[ColumnElement[bool]]) -> AnySelect:
    """Those of the changes that are still public and of which the conditions hold, in one array;
    None for none."""
    return select(func.array_agg(PublicCase.change)).where(_among(changes), *conditions)


def _among(changes: Sequence[int]) -> ColumnElement[bool]:
    among: ColumnElement[bool] = PublicCase.change == any_(
        literal(list(changes), ARRAY(BigInteger))
    )
    return among


def _cited(document: Any, *more: Any) -> AnySelect:
    return select(
        document,
        PublicCase.id,
        PublicCase.title_zh,
        PublicCase.title_en,
        PublicCase.revision,
        PublicCase.published_on,
        PublicCase.demo,
        *more,
    )
