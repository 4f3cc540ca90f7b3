"""Logins in browsers: 256 random bits in a cookie, their hash in the table, and when they end.

The clock is the database's, so that all processes agree.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, update
from starlette.responses import Response

from api.db import Desk, ReadSession, WriteSession
from api.models import StaffAccount, StaffSession
from api.staff.access.acting import Acting

COOKIE = "__Host-qiuzhu"
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=8)
# How exactly it is known when somebody was last there: a write a minute, not a write a request.
_EXACT = timedelta(minutes=1)


def hashed(secret: str) -> bytes:
    """What is stored of 256 random bits; a slow hash would add nothing to those."""
    return sha256(secret.encode()).digest()


async def find(desk: Desk, cookie: str) -> Acting | None:
    """Whose live session it is; that it was used is noted."""
    name = hashed(cookie)
    async with desk.read() as session:
        found = await _live(session, name)
    if found is None:
        return None
    who, stale = found
    if stale:
        async with desk.transaction() as writing:
            # Of a row that is there: a session ended meanwhile stays ended.
            await writing.execute(
                update(StaffSession)
                .where(StaffSession.hash == name, StaffSession.seen_at < func.now() - _EXACT)
                .values(seen_at=func.now())
            )
    return who


async def _live(session: ReadSession, name: bytes) -> tuple[Acting, bool] | None:
    row = await session.first(
        select(
            StaffAccount.id,
            StaffAccount.name,
            StaffAccount.role,
            StaffAccount.fresh,
            (StaffSession.seen_at < func.now() - _EXACT).label("stale"),
        )
        .join(StaffAccount, StaffAccount.id == StaffSession.staff_id)
        .where(
            StaffSession.hash == name,
            StaffSession.made_at > func.now() - ABSOLUTE,
            StaffSession.seen_at > func.now() - IDLE,
            ~StaffAccount.disabled,
        )
    )
    if row is None:
        return None
    return Acting(row.id, row.name, row.role, fresh=row.fresh, session=name), row.stale


async def begin(session: WriteSession, staff_id: str) -> str:
    """A new session; answers what the cookie holds. What is over of anybody's is cleared away."""
    await session.execute(
        delete(StaffSession).where(
            (StaffSession.made_at <= func.now() - ABSOLUTE)
            | (StaffSession.seen_at <= func.now() - IDLE)
        )
    )
    secret = secrets.token_urlsafe(32)
    await session.execute(
        insert(StaffSession).values(
            hash=hashed(secret), staff_id=staff_id, made_at=func.now(), seen_at=func.now()
        )
    )
    return secret


async def end(session: WriteSession, name: bytes) -> None:
    """Ends one session, by its hash."""
    await session.execute(delete(StaffSession).where(StaffSession.hash == name))


async def end_all(session: WriteSession, staff_id: str) -> None:
    await session.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id))


def put_cookie(response: Response, name: str, value: str, age: timedelta | None = None) -> None:
    """A cookie for this host alone, out of scripts' reach; until the browser ends without `age`."""
    response.set_cookie(
        name,
        value,
        max_age=None if age is None else int(age.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )
