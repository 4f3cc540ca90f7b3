"""Who I am, and logging out."""

from fastapi import APIRouter
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from api.models import StaffAccount
from api.staff.access import sessions
from api.staff.access.matrix import Way
from api.staff.access.schemas import Me
from api.staff.work import Work, Working

router = APIRouter(tags=["staff"])


@router.get("/staff/me")
async def read_me(request: Request, work: Working) -> Me:
    """Who is logged in, and what he may do."""
    ways: tuple[Way, ...] = request.app.state.ways
    who = work.acting
    return Me(
        name=who.name,
        role=who.role,
        fresh=who.fresh,
        operations=[way.operation for way in ways if way.rule.allows(who)],
        token=who.token,
        alarms=await _locked(work) if who.role == "admin" else [],
    )


async def _locked(work: Work) -> list[str]:
    question = select(StaffAccount.name).where(StaffAccount.locked).order_by(StaffAccount.name)
    async with work.desk.read() as session:
        return [row.name for row in await session.all(question)]


@router.post("/staff/logout", status_code=204)
async def log_out(work: Working) -> Response:
    """Ends this session; the browser forgets what it has of the console."""
    async with work.desk.transaction() as session:
        await sessions.end(session, work.acting.session)
    # Not "cookies": it would take the one that tells a known browser from a stranger's.
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    response.delete_cookie(sessions.COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response
