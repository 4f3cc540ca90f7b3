"""Whether the audit trail is whole: each entry hashed again from the one before it."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from api.db import ReadSession
from api.models import AuditEntry
from api.staff.audit import chained

# Entries between two words about progress.
_STEP = 1_000


@dataclass(frozen=True, slots=True)
class Checked:
    """How many entries follow one another, the last one's hash, and the first that does not."""

    entries: int
    head: str
    broken: int | None


async def check(session: ReadSession, progress: Callable[[int], None] = lambda _: None) -> Checked:
    """Reads the whole trail once, in flat memory; it stops at the first break."""
    before, count = b"", 0
    async for entry in session.stream(select(AuditEntry).order_by(AuditEntry.number), _STEP):
        number = count + 1
        right = chained(
            before, number, entry.day, entry.actor, entry.act, entry.subject, entry.fields
        )
        if entry.number != number or bytes(entry.hash) != right:
            return Checked(count, before.hex(), number)
        before, count = right, number
        if count % _STEP == 0:
            progress(count)
    progress(count)
    return Checked(count, before.hex(), None)
