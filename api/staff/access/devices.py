"""Browsers in which somebody has logged in before: a cookie that lets nobody in.

It only tells a member of staff from the strangers who guess his password.
"""

import secrets
from datetime import date, timedelta

from sqlalchemy import delete, insert, select

from api.db import ReadSession, WriteSession
from api.models import StaffDevice
from api.staff.access.sessions import hashed

COOKIE = "__Host-qiuzhu-device"
AGE = timedelta(days=400)


async def is_known(session: ReadSession, staff_id: str, cookie: str, today: date) -> bool:
    question = select(StaffDevice.hash).where(
        StaffDevice.hash == hashed(cookie),
        StaffDevice.staff_id == staff_id,
        StaffDevice.made_on > today - AGE,
    )
    return await session.first(question) is not None


async def remember(session: WriteSession, staff_id: str, former: str | None, today: date) -> str:
    """A new cookie for this browser in place of its former one."""
    over = StaffDevice.made_on <= today - AGE
    if former is not None:
        mine = StaffDevice.staff_id == staff_id
        over = over | ((StaffDevice.hash == hashed(former)) & mine)
    await session.execute(delete(StaffDevice).where(over))
    secret = secrets.token_urlsafe(32)
    await session.execute(
        insert(StaffDevice).values(hash=hashed(secret), staff_id=staff_id, made_on=today)
    )
    return secret


async def forget_all(session: WriteSession, staff_id: str) -> None:
    await session.execute(delete(StaffDevice).where(StaffDevice.staff_id == staff_id))
