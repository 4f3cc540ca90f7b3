"""The audit trail: acts of staff and console on one hash chain; ids and field names only."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakSet

from sqlalchemy import func, select, text

from api.db import WriteSession
from api.models import AuditEntry
from api.staff.putting import put

# Who acts where nobody has logged in: the commands of the launcher.
CONSOLE = "console"
_CHAIN = 0x71697A68  # "qizh"
# A session is one transaction: what it has locked stays locked while it lives.
_holding: WeakSet[WriteSession] = WeakSet()
_PATIENCE = "4min"
_HOLD = select(func.pg_advisory_xact_lock(_CHAIN))
_LAST = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
_COLUMNS = ("number", "day", "actor", "act", "subject", "fields", "hash")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done: to which case (or other subject), touching which fields."""

    act: str
    subject: str
    fields: Sequence[str] = ()


def chained(
    before: bytes, number: int, day: date, actor: str, act: str, subject: str, fields: Sequence[str]
) -> bytes:
    """The hash of an entry: SHA-256 over the hash before it and its own parts, unit-separated."""
    parts = (str(number), day.isoformat(), actor, act, subject, *fields)
    return hashlib.sha256(before + "\x1f".join(parts).encode()).digest()


async def hold(session: WriteSession) -> None:
    """Takes the chain's end to itself until the transaction is over, so that it has no forks.

    Whoever will also lock cases or the archive calls this first: all in one order, and two acts
    never wait for each other.
    """
    if session in _holding:
        return
    # An advisory lock: a table lock of this strength wants the right to UPDATE, which nobody has.
    await session.first(_HOLD)
    _holding.add(session)


async def hold_patiently(session: WriteSession) -> None:
    """For what must not fail because a long import is at work: waits for minutes, not seconds."""
    if session not in _holding:
        await session.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
    await hold(session)


async def append(session: WriteSession, actor: str, day: date, acts: Iterable[Act]) -> None:
    """Appends `acts` within the caller's transaction."""
    await hold(session)
    last = await session.first(_LAST)
    number, before = (last.number, last.hash) if last else (0, b"")
    records = []
    for act in acts:
        number += 1
        before = chained(before, number, day, actor, act.act, act.subject, act.fields)
        records.append((number, day, actor, act.act, act.subject, list(act.fields), before))
    await put(session, AuditEntry.__table__, _COLUMNS, records)
