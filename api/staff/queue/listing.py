"""GET /staff/alerts: the queue by lane, state, day and assignee, without opening anything."""

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Text,
    column,
    func,
    literal,
    select,
    true,
    tuple_,
)
from sqlalchemy.types import TypeEngine
from starlette.requests import Request
from starlette.responses import Response

from api.alerts.bodies import answer
from api.alerts.reading import CLEAR
from api.alerts.states import LANES, STATES
from api.cases.cursors import Cursor, Position, decode
from api.db import AnySelect, one_of
from api.errors import DETAILS, Problem
from api.models import Alert
from api.staff.queue.schemas import GIVEN_ONCE, AlertQuery, Alerts, ListedAlert
from api.staff.work import Working

router = APIRouter()
# Statements that a process keeps: to build one costs more than PostgreSQL takes to answer it.
KEPT = 64
_WAYS: dict[str, type[TypeEngine[Any]]] = {
    "rank": Integer, "lane": Text, "state": Text, "day": Date, "id": Text,
}  # fmt: skip
# What `assignee` asks for where nobody is meant.
NOBODY = "none"


@router.get("/staff/alerts", response_model=Alerts, summary="The alert queue")
async def list_alerts(
    request: Request, asked: Annotated[AlertQuery, Query()], work: Working
) -> Response:
    """By lane, the proven first, so that a flood hides nobody; then by day. Nothing is opened."""
    for name in GIVEN_ONCE & request.query_params.keys():
        if len(request.query_params.getlist(name)) > 1:
            raise Problem("invalid-parameter", name, DETAILS["given_twice"])
    for name, given, known in (("lane", asked.lane, LANES), ("state", asked.state, STATES)):
        if not set(given) <= set(known):
            raise Problem("unknown-code", name, DETAILS["literal_error"])
    if asked.since and asked.until and asked.since > asked.until:
        raise Problem("invalid-parameter", "since", DETAILS["since_after_until"])
    start = _start(asked, work.today)
    async with work.desk.read() as session:
        total = await session.value(count(asked))
        rows = await session.all(page(asked, start))
    following = None
    if len(rows) > asked.limit:
        last = rows[asked.limit - 1]
        position = Position(last.received_on, last.id)
        following = Cursor(work.today, position, f"{_digest(asked)}-{last.lane}").encode()
    items = [ListedAlert.of(row) for row in rows[: asked.limit]]
    return answer(Alerts(total=total, items=items, next=following))


@lru_cache(maxsize=KEPT)
def count(asked: AlertQuery) -> AnySelect:
    """How many alerts match."""
    conditions = _conditions(asked)
    if asked.lane:
        conditions.append(one_of(Alert.lane, asked.lane))
    # Every state named: only so is the index of states enough to count by.
    conditions.append(one_of(Alert.state, asked.state or STATES))
    return select(func.count()).select_from(Alert).where(*conditions)


@lru_cache(maxsize=KEPT)
def page(asked: AlertQuery, start: tuple[str, Position] | None) -> AnySelect:
    """A page and one alert more, behind `start`: the lane, day and id where the last one ended.

    Each pair of lane and state is a stretch of the index that is in order; as few rows as a page
    has are read of each, however many alerts there are.
    """
    # One array for each column: as VALUES it would be compiled anew for every page.
    parts = zip(_WAYS.values(), zip(*_ways(asked, start), strict=True), strict=True)
    arrays = (literal(list(part), ARRAY(kind)) for kind, part in parts)
    named = (column(name, kind) for name, kind in _WAYS.items())
    ways = func.unnest(*arrays).table_valued(*named, name="ways").render_derived()
    behind = tuple_(Alert.received_on, Alert.id) > tuple_(ways.c.day, ways.c.id)
    few = asked.limit + 1
    each = (
        select(Alert.id, Alert.received_on)
        .where(Alert.state == ways.c.state, Alert.lane == ways.c.lane, behind, *_conditions(asked))
        .order_by(Alert.received_on, Alert.id)
        .limit(few)
        .correlate(ways)
        .lateral("each")
    )
    order = (ways.c.rank, each.c.received_on, each.c.id)
    chosen = (
        select(ways.c.rank, each.c.id)
        .select_from(ways.join(each, true()))
        .order_by(*order)
        .limit(few)
        .subquery("chosen")
    )
    return (
        select(*CLEAR)
        .select_from(chosen.join(Alert, Alert.id == chosen.c.id))
        .order_by(chosen.c.rank, Alert.received_on, Alert.id)
    )


def _ways(asked: AlertQuery, start: tuple[str, Position] | None) -> Sequence[tuple[Any, ...]]:
    first = LANES.index(start[0]) if start else 0
    found = []
    for rank, lane in enumerate(LANES):
        if rank < first or (asked.lane and lane not in asked.lane):
            continue
        after = (start[1].day, start[1].id) if start and rank == first else (date.min, "")
        found += [(rank, lane, state, *after) for state in asked.state or STATES]
    return found


def _conditions(asked: AlertQuery) -> list[ColumnElement[bool]]:
    """What is asked beside lane and state."""
    found: list[ColumnElement[bool]] = []
    if asked.since is not None:
        found.append(Alert.received_on >= asked.since)
    if asked.until is not None:
        found.append(Alert.received_on <= asked.until)
    if asked.assignee == NOBODY:
        found.append(Alert.assignee.is_(None))
    elif asked.assignee is not None:
        found.append(Alert.assignee == asked.assignee)
    if asked.flagged is not None:
        found.append(Alert.flagged.is_(asked.flagged))
    return found


def _start(asked: AlertQuery, today: date) -> tuple[str, Position] | None:
    """Where the page before ended. Raises Problem for a cursor of another list."""
    if asked.cursor is None:
        return None
    cursor = decode(asked.cursor, today)
    digest, _, lane = cursor.made_for.partition("-")
    if digest != _digest(asked) or lane not in (asked.lane or LANES):
        raise Problem("invalid-cursor", "cursor")
    return lane, cursor.position


def _digest(asked: AlertQuery) -> str:
    told = asked.model_dump_json(exclude={"limit", "cursor", "lang"})
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
