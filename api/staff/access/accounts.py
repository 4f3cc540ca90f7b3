"""Accounts: made, stopped, given new secrets; each with its audit entry. None is ever deleted.

Whoever is stopped or reset is out with the next request: sessions, known browsers and tokens go.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from api.db import AnyRow, ReadSession, WriteSession
from api.errors import DETAILS, Problem
from api.ids import new_id
from api.models import StaffAccount
from api.sealing.boxes import Lock
from api.staff import audit
from api.staff.access import devices, passwords, sessions, tokens, totp
from api.staff.access.passwords import Kitchen
from api.staff.audit import Act
from api.staff.contacts.budget import renew

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}\Z")
# Who acts where no person does: nobody can be mistaken for one of these in the audit trail.
RESERVED = (audit.CONSOLE, "batch", "mapping", "demo")
_SHOWN = ("name", "role", "made_on", "disabled", "locked", "fresh")


@dataclass(frozen=True, slots=True)
class Given:
    """What is handed to somebody once, and cannot be shown again."""

    password: str = field(repr=False)
    secret: str = field(repr=False)
    # What is kept of the password.
    hashed: str = field(repr=False)


async def new_secrets(kitchen: Kitchen) -> Given:
    password = passwords.new_password()
    return Given(password, totp.new_secret(), await kitchen.hash(password))


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and on what day."""

    actor: str
    today: date


async def shown(session: ReadSession) -> Sequence[AnyRow]:
    """All accounts by name, without what they prove themselves with."""
    columns = (getattr(StaffAccount, name) for name in _SHOWN)
    return await session.all(select(*columns).order_by(StaffAccount.name))


async def add(
    session: WriteSession, lock: Lock, given: Given, name: str, role: str, by: By
) -> None:
    """A new account. Raises Problem where the name is unfit or taken."""
    if not NAME.match(name) or name in RESERVED:
        raise Problem("invalid-parameter", "name", DETAILS["account_name"])
    await audit.hold(session)
    staff_id = new_id()
    values = {"id": staff_id, "name": name, "role": role, "made_on": by.today}
    row = insert(StaffAccount).values(**values, **_kept(lock, given, staff_id))
    if await session.execute(row.on_conflict_do_nothing(index_elements=["name"])) != 1:
        raise Problem("invalid-parameter", "name", DETAILS["taken"])
    await _audit(session, by, "account.add", name, ["role"])


async def reset(session: WriteSession, lock: Lock, given: Given, name: str, by: By) -> str:
    """New secrets; the former ones, and whatever was opened with them, are void. The role."""
    row = await _found(session, name)
    await _set(session, row.id, **_kept(lock, given, row.id), totp_step=0)
    await _throw_out(session, row.id)
    await _audit(session, by, "account.reset", name, ["password", "totp"])
    role: str = row.role
    return role


async def disable(session: WriteSession, name: str, by: By, *, even_last: bool = False) -> None:
    """Raises Problem "last-admin" where nobody could enable anybody again."""
    if not even_last:
        await _refuse_last_admin(session, name)
    row = await _found(session, name)
    await _set(session, row.id, disabled=True)
    await _throw_out(session, row.id)
    await _audit(session, by, "account.disable", name, ["disabled"])


async def enable(session: WriteSession, name: str, by: By) -> None:
    row = await _found(session, name)
    await _set(session, row.id, disabled=False)
    await _audit(session, by, "account.enable", name, ["disabled"])


async def unlock(session: WriteSession, name: str, by: By) -> None:
    """After an admin has looked at why the budget of contact views was spent: that day's anew."""
    row = await _found(session, name)
    await _set(session, row.id, locked=False)
    await renew(session, row.id, by.today)
    await _audit(session, by, "account.unlock", name, ["locked"])


async def change_role(session: WriteSession, name: str, role: str, by: By) -> None:
    """Counts from the next request on. Raises Problem "last-admin"."""
    if role != "admin":
        await _refuse_last_admin(session, name)
    row = await _found(session, name)
    await _set(session, row.id, role=role)
    await _audit(session, by, "account.role", name, ["role"])


async def change_password(
    session: WriteSession, staff_id: str, name: str, new: str, by: By
) -> None:
    """`new` is a hash. All sessions end, also those of whoever knew the former password."""
    await _set(session, staff_id, password=new, fresh=False)
    await sessions.end_all(session, staff_id)
    await devices.forget_all(session, staff_id)
    await _audit(session, by, "account.password", name, ["password"])


def _kept(lock: Lock, given: Given, staff_id: str) -> dict[str, Any]:
    box = totp.sealed(lock, given.secret, staff_id)
    return {"password": given.hashed, "totp": box, "fresh": True}


async def _found(session: WriteSession, name: str) -> AnyRow:
    """The row, held: whoever logs in or is changed at the same time waits."""
    await audit.hold_patiently(session)
    question = select(StaffAccount.id, StaffAccount.role).where(StaffAccount.name == name)
    row = await session.first(question.with_for_update())
    if row is None:
        raise Problem("not-found")
    return row


async def _refuse_last_admin(session: WriteSession, name: str) -> None:
    await audit.hold_patiently(session)
    # All of them are held, in one order, so that two cannot stop each other at the same time.
    admins = select(StaffAccount.name).where(StaffAccount.role == "admin", ~StaffAccount.disabled)
    rows = await session.all(admins.order_by(StaffAccount.id).with_for_update())
    if [row.name for row in rows] == [name]:
        raise Problem("last-admin")


async def _set(session: WriteSession, staff_id: str, **values: Any) -> None:
    await session.execute(update(StaffAccount).where(StaffAccount.id == staff_id).values(**values))


async def _throw_out(session: WriteSession, staff_id: str) -> None:
    await sessions.end_all(session, staff_id)
    await devices.forget_all(session, staff_id)
    await tokens.remove_all(session, staff_id)


async def _audit(session: WriteSession, by: By, act: str, name: str, fields: Sequence[str]) -> None:
    await audit.append(session, by.actor, by.today, [Act(act, name, fields)])
