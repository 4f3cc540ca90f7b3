"""Logging in, and changing a password: what proves a person, and what his browser then holds."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response

from api.db import Desk, WriteSession
from api.errors import DETAILS, Problem
from api.models import StaffAccount
from api.staff import audit
from api.staff.access import accounts, devices, passwords, sessions
from api.staff.access.accounts import By
from api.staff.access.acting import Acting
from api.staff.access.proving import Account, Proof, Prover, spend
from api.staff.access.schemas import Login, PasswordChange
from api.staff.audit import Act

log = logging.getLogger("qiuzhu")


async def log_in(request: Request, asked: Login) -> tuple[Acting, "Cookies"]:
    """Raises Problem: wrong-login, whatever was wrong; too-often; busy."""
    desk, prover, today = _at(request)
    account = await prover.account(desk, asked.name.strip().lower())
    device = request.cookies.get(devices.COOKIE)
    key, known = f"name/{asked.name.strip().lower()}", False
    if device is not None:
        async with desk.read() as session:
            known = await devices.is_known(session, account.id, device, today)
        key = f"device/{sessions.hashed(device).hex()}" if known else key
    async with (
        _proof(prover, key, account, asked.password, asked.code, known) as proof,
        desk.transaction() as session,
    ):
        await spend(session, proof)
        # Whatever this browser was logged in as: a login is never taken over by another.
        former = request.cookies.get(sessions.COOKIE)
        if former is not None:
            await sessions.end(session, sessions.hashed(former))
        who = await _who(session, account.id)
        cookies = await _cookies(session, account.id, device, today)
    await _record(desk, who.name, today)
    return who, cookies


async def change_password(request: Request, who: Acting, asked: PasswordChange) -> "Cookies":
    """Ends all sessions of his but the new one that this browser gets. Raises Problem."""
    desk, prover, today = _at(request)
    passwords.refuse_weak(asked.new, who.name)
    account = await prover.account(desk, who.name)
    async with _proof(
        prover, f"account/{account.id}", account, asked.old, asked.code, True
    ) as proof:
        if passwords.same(asked.old, asked.new):
            raise Problem("invalid-parameter", "new", DETAILS["same_password"])
        hashed = await prover.kitchen.hash(asked.new)
        async with desk.transaction() as session:
            await audit.hold(session)
            await spend(session, proof)
            by = By(who.name, today)
            await accounts.change_password(session, account.id, who.name, hashed, by)
            return await _cookies(session, account.id, None, today)


async def _record(desk: Desk, name: str, today: date) -> None:
    """In a transaction of its own: a long import holds the trail, and shuts nobody out."""
    try:
        async with desk.transaction() as session:
            await audit.append(session, name, today, [Act("login", name)])
    except DBAPIError:
        log.warning("a login is missing in the audit trail, which was held too long")


class Cookies:
    """What a browser is given: its session, and by what it is known later."""

    def __init__(self, session: str, device: str) -> None:
        self._session, self._device = session, device

    def put(self, response: Response) -> None:
        sessions.put_cookie(response, sessions.COOKIE, self._session)
        sessions.put_cookie(response, devices.COOKIE, self._device, devices.AGE)


@asynccontextmanager
async def _proof(
    prover: Prover, key: str, account: Account, password: str, code: str, known: bool
) -> AsyncIterator[Proof]:
    """The proof, if it is one; only what was wrong counts as a wrong try."""
    moment = prover.throttle.take(key)
    wrong = False
    try:
        proof = await prover.prove(account, password, code.replace(" ", ""), known=known)
        if proof is None:
            raise Problem("wrong-login")
        yield proof
    except Problem as problem:
        wrong = problem.kind == "wrong-login"
        raise
    finally:
        if not wrong:
            prover.throttle.forgive(key, moment)


def _at(request: Request) -> tuple[Desk, Prover, date]:
    state = request.app.state
    return state.database, state.prover, state.clock()


async def _who(session: WriteSession, staff_id: str) -> Acting:
    columns = (StaffAccount.name, StaffAccount.role, StaffAccount.fresh)
    row = await session.first(select(*columns).where(StaffAccount.id == staff_id))
    assert row is not None
    return Acting(staff_id, row.name, row.role, fresh=row.fresh)


async def _cookies(
    session: WriteSession, staff_id: str, device: str | None, today: date
) -> Cookies:
    opened = await sessions.begin(session, staff_id)
    return Cookies(opened, await devices.remember(session, staff_id, device, today))
