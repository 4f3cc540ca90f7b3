"""GET /staff/cases: working copies by the same filters as the public list, and by desk states."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, literal, select, tuple_
from starlette.requests import Request
from starlette.responses import Response

from api.cases.cursors import Cursor, Position, decode
from api.cases.parameters import GIVEN_ONCE
from api.cases.view import View, resolve
from api.errors import DETAILS, Problem
from api.models import DeskCase
from api.staff.editing.schemas import Items, ListQuery
from api.staff.editing.short import IS_WAITING, PENDING, SHORT, short
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter()


@router.get("/staff/cases", response_model=Items, summary="Cases at the desk")
async def list_cases(
    request: Request, asked: Annotated[ListQuery, Query()], work: Working
) -> Response:
    """Drafts, published and withdrawn cases; without dates there is no window."""
    for name in GIVEN_ONCE & request.query_params.keys():
        if len(request.query_params.getlist(name)) > 1:
            raise Problem("invalid-parameter", name, DETAILS["given_twice"])
    vocabulary = await work.reference.vocabulary()
    cursor = decode(asked.cursor, work.today) if asked.cursor else None
    view = resolve(asked, vocabulary, work.today, window=False)
    made_for = _made_for(view, asked)
    if cursor is not None and cursor.made_for != made_for:
        raise Problem("invalid-cursor", "cursor")
    conditions = [*view.where(DeskCase), *own(asked)]
    behind = [] if cursor is None else [_after(asked.sort, cursor.position)]
    order = (DeskCase.date, DeskCase.id)
    if asked.sort == "-date":
        page = select(*SHORT).order_by(*(column.desc() for column in order))
    else:
        page = select(*SHORT).order_by(*order)
    async with work.desk.read() as session:
        total = await session.value(select(func.count()).select_from(DeskCase).where(*conditions))
        rows = await session.all(page.where(*conditions, *behind).limit(asked.limit + 1))
    following = None
    if len(rows) > asked.limit:
        last = rows[asked.limit - 1]
        following = Cursor(work.today, Position(last.date, last.id), made_for).encode()
    renderer = Renderer(vocabulary)
    body = {
        "filters": view.as_dict(),
        "total": total,
        "items": [short(row, renderer) for row in rows[: asked.limit]],
        "next": following,
    }
    return Response(orjson.dumps(body), media_type="application/json")


def _made_for(view: View, asked: ListQuery) -> str:
    own = (asked.state, asked.flag, asked.waiting, asked.pending, asked.sort)
    # A flag is free text, and a cursor is parted by bars.
    return f"{view.digest}{orjson.dumps(own).hex()}"


def own(asked: ListQuery) -> list[ColumnElement[bool]]:
    """The conditions that only working copies know."""
    found: list[Any] = []
    if asked.state is not None:
        found.append(DeskCase.state == asked.state)
    if asked.flag is not None:
        found.append(DeskCase.flags.any_() == asked.flag)
    if asked.waiting is not None:
        found.append(IS_WAITING if asked.waiting else ~IS_WAITING)
    if asked.pending is not None:
        found.append(PENDING if asked.pending else ~PENDING)
    return found


def _after(sort: str, position: Position) -> ColumnElement[bool]:
    here = tuple_(DeskCase.date, DeskCase.id)
    there = tuple_(literal(position.day), literal(position.id))
    return here > there if sort == "date" else here < there
