"""Asking, approving and refusing what takes two people."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from api.errors import Problem
from api.staff import audit
from api.staff.two import deciding, requests
from api.staff.two.exporting import conditions_of, lines
from api.staff.two.schemas import ExportRequest, NewRequest, RequestList, RequestShown
from api.staff.work import Working

router = APIRouter(tags=["staff"])
Shown = dict[str, Any]


@router.get("/staff/requests", response_model=RequestList, summary="What waits for two people")
async def list_requests(
    work: Working,
    state: Annotated[requests.State | None, Query(description="Only this state.")] = None,
) -> dict[str, list[Shown]]:
    """The newest 200, with who asked and who decided; never a contact's value."""
    async with work.desk.read() as session:
        return {"items": await requests.listed(session, state)}


@router.post(
    "/staff/requests", status_code=201, response_model=RequestShown, summary="Ask a second person"
)
async def ask(body: NewRequest, work: Working) -> Shown:
    """A bulk export, or another period of retention (admins only)."""
    if isinstance(body, ExportRequest):
        asked = await deciding.export_asked(work, body.asked.query)
        async with work.desk.transaction() as session:
            name = await requests.ask(session, "export", asked, work.acting, work.today)
            return await requests.one(session, name)
    if work.acting.role != "admin":
        raise Problem("forbidden")
    async with work.desk.transaction() as session:
        name = await deciding.ask_retention(session, work, body.asked.name, body.asked.length)
        return await requests.one(session, name)


@router.post(
    "/staff/contacts/{id}/publication",
    status_code=201,
    response_model=RequestShown,
    summary="Ask that a contact become public",
)
async def ask_publication(id: str, work: Working) -> Shown:
    """With its owner's consent to that, and once at a time."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        return await requests.one(session, await deciding.ask_publication(session, work, id))


@router.post("/staff/requests/{id}/approval", response_model=RequestShown, summary="Approve")
async def approve(id: str, work: Working) -> Shown:
    """Never by whoever asked. What was asked happens in the same transaction."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        await deciding.approve(session, work, id)
        return await requests.one(session, id)


@router.post("/staff/requests/{id}/refusal", response_model=RequestShown, summary="Refuse")
async def refuse(id: str, work: Working) -> Shown:
    """Never by whoever asked; it can be asked again."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        await requests.settle(session, id, "refused", work.acting, work.today)
        return await requests.one(session, id)


@router.get("/staff/requests/{id}/export", summary="What a second person approved")
async def export(id: str, work: Working) -> StreamingResponse:
    """Working copies as JSON lines, without contacts' values; for whoever asked, on that day."""
    async with work.desk.transaction() as session:
        query = await requests.allowed_export(session, id, work.acting, work.today)
    which = conditions_of(query, await work.reference.vocabulary(), work.today)
    return StreamingResponse(
        lines(work.desk, which),
        headers={"Content-Disposition": 'attachment; filename="cases.ndjson"'},
        media_type="application/x-ndjson",
    )
