"""Accounts, for admins: who there is, new ones, and stopping, resetting and changing them."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.staff.access import accounts, totp
from api.staff.access.accounts import By, Given
from api.staff.access.proving import Prover
from api.staff.access.schemas import Account, Accounts, Handed, NewAccount, NewRole
from api.staff.work import Work, Working

router = APIRouter(prefix="/staff/accounts", tags=["staff"])


def _by(work: Work) -> By:
    return By(work.acting.name, work.today)


def _handed(given: Given, name: str, role: str) -> Handed:
    return Handed.model_validate(
        {
            "name": name,
            "role": role,
            "password": given.password,
            "secret": given.secret,
            "uri": totp.address(given.secret, name),
        }
    )


async def _given(request: Request) -> Given:
    prover: Prover = request.app.state.prover
    return await accounts.new_secrets(prover.kitchen)


@router.get("")
async def read_accounts(work: Working) -> Accounts:
    """Everybody who has or had an account."""
    async with work.desk.read() as session:
        rows = await accounts.shown(session)
    return Accounts(items=[Account.model_validate(row._asdict()) for row in rows])


@router.post("", status_code=201)
async def add_account(request: Request, asked: NewAccount, work: Working) -> Handed:
    """A new account; its password and secret are said once, and the password must be changed."""
    given = await _given(request)
    async with work.desk.transaction() as session:
        await accounts.add(session, work.lock, given, asked.name, asked.role, _by(work))
    return _handed(given, asked.name, asked.role)


@router.post("/{name}/reset")
async def reset_account(request: Request, name: str, work: Working) -> Handed:
    """New password and secret; sessions, known browsers and tokens of the person end."""
    given = await _given(request)
    async with work.desk.transaction() as session:
        role = await accounts.reset(session, work.lock, given, name, _by(work))
    return _handed(given, name, role)


@router.post("/{name}/disable", status_code=204)
async def disable_account(name: str, work: Working) -> Response:
    """Stops an account; whoever uses it is out with the next request. Never the last admin."""
    async with work.desk.transaction() as session:
        await accounts.disable(session, name, _by(work))
    return Response(status_code=204)


@router.post("/{name}/enable", status_code=204)
async def enable_account(name: str, work: Working) -> Response:
    """Lets a stopped account log in again, with its former password and secret."""
    async with work.desk.transaction() as session:
        await accounts.enable(session, name, _by(work))
    return Response(status_code=204)


@router.post("/{name}/unlock", status_code=204)
async def unlock_account(name: str, work: Working) -> Response:
    """Lets an account look at contact details again, after its budget was spent."""
    async with work.desk.transaction() as session:
        await accounts.unlock(session, name, _by(work))
    return Response(status_code=204)


@router.post("/{name}/role", status_code=204)
async def change_role(name: str, asked: NewRole, work: Working) -> Response:
    """Another role, from the next request on. Never for the last admin."""
    async with work.desk.transaction() as session:
        await accounts.change_role(session, name, asked.role, _by(work))
    return Response(status_code=204)
