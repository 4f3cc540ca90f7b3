"""The list and the single case, and the routers of their siblings in one table of contents."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.cases import changes, export, feed, query, stats, tiles
from api.cases.cite import cite, with_cite
from api.cases.cursors import Cursor, Position, decode
from api.cases.dependencies import NOT_MODIFIED, Id, Reading, problems
from api.cases.parameters import Asked, CaseListQuery
from api.cases.reasons import REASONS
from api.cases.schemas import CaseList, Document
from api.db import AnyRow
from api.errors import Problem
from api.http import PUBLIC, REVALIDATE, cached
from api.ids import is_id
from api.lang import Pair

router = APIRouter(tags=["cases"])


@router.get(
    "/cases",
    response_model=CaseList,
    responses=problems() | NOT_MODIFIED,
    summary="List cases",
)
async def list_cases(
    request: Request, asked: Annotated[CaseListQuery, Query()], reading: Reading
) -> Response:
    """A page of summaries with the exact total, newest first; `next` is the cursor of the next."""
    cursor = decode(asked.cursor, reading.today) if asked.cursor else None
    made_on = cursor.made_on if cursor else reading.today
    view = await reading.view(asked, day=made_on)
    made_for = f"{view.digest}{asked.sort}"
    if cursor is not None and cursor.made_for != made_for:
        raise Problem(
            "invalid-cursor",
            "cursor",
            Pair("此标记属于另一组筛选条件", "this cursor belongs to other filters"),
        )
    start = cursor.position if cursor else None
    async with reading.database.read() as session:
        row = await session.first(query.page(view, asked.sort, asked.limit, start))
    assert row is not None
    total, summaries, days, ids = row[0], row[1] or [], row[2] or [], row[3] or []
    following: str | None = None
    if len(ids) > asked.limit:
        last = asked.limit - 1
        following = Cursor(made_on, Position(days[last], ids[last]), made_for).encode()
    # The summaries are finished JSON: they are joined, never parsed and written again.
    body = (
        f'{{"filters":{orjson.dumps(view.as_dict()).decode()},"total":{total},'
        f'"items":[{",".join(summaries[: asked.limit])}],'
        f'"next":{orjson.dumps(following).decode()}}}'
    )
    return cached(request, body.encode())


router.include_router(stats.router)
router.include_router(export.router)
router.include_router(feed.router)
router.include_router(tiles.router)
router.include_router(changes.router)


@router.get(
    "/cases/{id}",
    response_model=Document,
    responses=problems(404, 410)
    | NOT_MODIFIED
    | {301: {"description": "Merged: the case it became part of"}},
    summary="One case",
)
async def read_case(
    request: Request, id: Id, _: Annotated[Asked, Query()], reading: Reading
) -> Response:
    """The whole document. A withdrawn case answers 410 with its tombstone, a merged one 301."""
    if not is_id(id):
        raise Problem("not-found")
    async with reading.database.read() as session:
        case = await session.first(query.document(id))
        if case is None:
            return _gone(request, id, await session.first(query.tombstone(id)))
    citation = cite(
        reading.address,
        id,
        Pair(case.title_zh, case.title_en),
        case.revision,
        case.published_on,
        demo=case.demo,
    )
    body = with_cite(case.document, citation)
    return cached(request, body, policy=REVALIDATE if case.has_contact else PUBLIC)


def _gone(request: Request, case_id: str, tombstone: AnyRow | None) -> Response:
    # A draft, a rejected case and an id that never was give one and the same answer.
    if tombstone is None:
        raise Problem("not-found")
    if tombstone.merged_into is not None:
        target = f"{request.url.path.rsplit('/', 1)[0]}/{tombstone.merged_into}"
        return RedirectResponse(target, 301, headers={"Cache-Control": REVALIDATE})
    code = tombstone.reason
    raise Problem(
        "withdrawn",
        extra={
            "id": case_id,
            "day": tombstone.day.isoformat(),
            "reason": {"code": code, **REASONS[code].as_dict()},
            "merged_into": None,
        },
    )
