"""Logging in and out, who I am, my password; accounts and tokens have rooms of their own."""

from fastapi import APIRouter
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from api.db import Desk
from api.models import StaffAccount
from api.staff.access import account_routes, entering, sessions, token_routes
from api.staff.access.acting import Acting
from api.staff.access.matrix import Way
from api.staff.access.schemas import Login, Me, PasswordChange
from api.staff.work import Working

router = APIRouter(tags=["staff"])


@router.post("/staff/login")
async def log_in(request: Request, asked: Login, response: Response) -> Me:
    """Name, password and the code of the authenticator: a session in a cookie."""
    who, cookies = await entering.log_in(request, asked)
    cookies.put(response)
    return await _me(request, who)


@router.post("/staff/logout", status_code=204)
async def log_out(work: Working) -> Response:
    """Ends this session; the browser forgets what it has of the console."""
    async with work.desk.transaction() as session:
        await sessions.end(session, work.acting.session)
    # Not "cookies": it would take the one that tells a known browser from a stranger's.
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    response.delete_cookie(sessions.COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


@router.get("/staff/me")
async def read_me(request: Request, work: Working) -> Me:
    """Who is logged in, and what he may do."""
    return await _me(request, work.acting)


@router.post("/staff/password", status_code=204)
async def change_password(request: Request, asked: PasswordChange, work: Working) -> Response:
    """A new password, for the old one and a code; every other session of the person ends."""
    cookies = await entering.change_password(request, work.acting, asked)
    response = Response(status_code=204)
    cookies.put(response)
    return response


async def _me(request: Request, who: Acting) -> Me:
    ways: tuple[Way, ...] = request.app.state.ways
    return Me(
        name=who.name,
        role=who.role,
        fresh=who.fresh,
        operations=[way.operation for way in ways if way.rule.allows(who)],
        token=who.token,
        alarms=await _locked(request.app.state.database) if who.role == "admin" else [],
    )


async def _locked(desk: Desk) -> list[str]:
    question = select(StaffAccount.name).where(StaffAccount.locked).order_by(StaffAccount.name)
    async with desk.read() as session:
        return [row.name for row in await session.all(question)]


router.include_router(account_routes.router)
router.include_router(token_routes.router)
