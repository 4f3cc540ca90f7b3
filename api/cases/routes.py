"""The list and the single case, and the routers of their siblings in one table of contents."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.cases import changes, export, feed, stats, tiles
from api.cases.answers import Merged, case_answer, list_answer
from api.cases.asking import AskedRoute
from api.cases.dependencies import NOT_MODIFIED, Id, Reading, problems
from api.cases.parameters import Asked, CaseListQuery
from api.cases.schemas import CaseList, Document
from api.http import PUBLIC, REVALIDATE, cached

router = APIRouter(tags=["cases"])
listing = APIRouter(route_class=AskedRoute)


@listing.get(
    "/cases",
    response_model=CaseList,
    responses=problems() | NOT_MODIFIED,
    summary="List cases",
)
async def list_cases(
    request: Request, asked: Annotated[CaseListQuery, Query()], reading: Reading
) -> Response:
    """A page of summaries with the exact total, newest first; `next` is the cursor of the next."""
    answer = await list_answer(asked, reading)
    return cached(request, answer.body().encode())


router.include_router(listing)
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
    case = await case_answer(id, reading)
    if isinstance(case, Merged):
        target = f"{request.url.path.rsplit('/', 1)[0]}/{case.into}"
        return RedirectResponse(target, 301, headers={"Cache-Control": REVALIDATE})
    return cached(request, case.body, policy=REVALIDATE if case.has_contact else PUBLIC)
