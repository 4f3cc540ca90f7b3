"""Personal tokens of scripts: 256 random bits, their hash in the table, scopes and a last day."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, insert, select

from api.db import AnyRow, Desk, ReadSession, WriteSession
from api.ids import new_id
from api.models import StaffAccount, StaffToken
from api.staff.access.acting import Acting
from api.staff.access.sessions import hashed

# So that whoever finds one knows what it is, and a scanner for secrets too.
MARK = "qzt_"
_FIND = (
    select(
        StaffAccount.id,
        StaffAccount.name,
        StaffAccount.role,
        StaffAccount.fresh,
        StaffToken.label,
        StaffToken.scopes,
    )
    .join(StaffAccount, StaffAccount.id == StaffToken.staff_id)
    .where(
        StaffToken.hash == bindparam("hash"),
        StaffToken.expires_on >= bindparam("today"),
        ~StaffAccount.disabled,
    )
)


async def find(desk: Desk, token: str, today: date) -> Acting | None:
    """Whose valid token it is."""
    async with desk.read() as session:
        row = await session.first(_FIND, hash=hashed(token), today=today)
    if row is None:
        return None
    return Acting(
        row.id, row.name, row.role, token=row.label, scopes=frozenset(row.scopes), fresh=row.fresh
    )


async def make(
    session: WriteSession, staff_id: str, label: str, scopes: Sequence[str], today: date, days: int
) -> tuple[AnyRow, str]:
    """A new token and its row; nobody can show the token again."""
    token = MARK + secrets.token_urlsafe(32)
    name = new_id()
    await session.execute(
        insert(StaffToken).values(
            hash=hashed(token),
            id=name,
            staff_id=staff_id,
            label=label,
            scopes=sorted(set(scopes)),
            made_on=today,
            expires_on=today + timedelta(days=days),
        )
    )
    rows = await of(session, staff_id)
    return next(row for row in rows if row.id == name), token


async def of(session: ReadSession, staff_id: str) -> Sequence[AnyRow]:
    """Somebody's tokens, the newest first."""
    return await session.all(
        select(
            StaffToken.id,
            StaffToken.label,
            StaffToken.scopes,
            StaffToken.made_on,
            StaffToken.expires_on,
        )
        .where(StaffToken.staff_id == staff_id)
        .order_by(StaffToken.made_on.desc(), StaffToken.id)
    )


async def remove(session: WriteSession, staff_id: str, name: str) -> bool:
    """Whether there was one of his with this id."""
    gone = delete(StaffToken).where(StaffToken.id == name, StaffToken.staff_id == staff_id)
    return await session.execute(gone) == 1


async def remove_all(session: WriteSession, staff_id: str) -> None:
    await session.execute(delete(StaffToken).where(StaffToken.staff_id == staff_id))
