"""How long what people send is kept: one table for the deleting and for the privacy page.

The settings say it until two people of the desk decide otherwise; then `pub.periods` does.
"""

import time
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from api.db import Database, ReadSession
from api.models import DecidedPeriod
from api.settings import Settings

# A mail that could not be sent in this time is not sent any more.
OUTBOX_DAYS = 30
# A challenge is younger than that, so its solution cannot be used again.
SPENT_DAYS = 2
# What the desk may decide, and within which bounds. The other periods follow from how things work.
DECIDABLE = {
    "rejected_days": range(1, 366),
    "contact_days": range(1, 731),
    "mail_hours": range(1, 24 * OUTBOX_DAYS + 1),
    "receipt_days": range(1, 3_651),
}
# Seconds for which a process may still say what was in force before a decision.
FRESH = 5.0


@dataclass(frozen=True, slots=True)
class Periods:
    """The numbers, named as the privacy page names them."""

    rejected_days: int
    contact_days: int
    mail_hours: int
    outbox_days: int
    idempotency_hours: int
    spent_days: int
    receipt_days: int


def periods(settings: Settings) -> Periods:
    """As the settings say, where nobody has decided otherwise."""
    return Periods(
        settings.rejected_days,
        settings.contact_days,
        settings.mail_hours,
        OUTBOX_DAYS,
        settings.idempotency_hours,
        SPENT_DAYS,
        settings.receipt_days,
    )


async def periods_in_force(session: ReadSession, settings: Settings) -> Periods:
    """The settings, with what two people decided over them."""
    rows = await session.all(select(DecidedPeriod.name, DecidedPeriod.length))
    decided = {row.name: row.length for row in rows if row.name in DECIDABLE}
    return replace(periods(settings), **decided)


class Keeping:
    """The periods in force as a serving process knows them, so that pages need no database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._held: Periods | None = None
        self._looked = 0.0

    async def read(self) -> Periods:
        async with self._database.read() as session:
            self._held = await periods_in_force(session, self._settings)
        self._looked = time.monotonic()
        return self._held

    async def periods(self) -> Periods:
        """At most FRESH seconds old; while the database is away, the last that was read."""
        held = self._held
        if held is None:
            return await self.read()
        if time.monotonic() - self._looked < FRESH:
            return held
        try:
            return await self.read()
        except (SQLAlchemyError, OSError, TimeoutError):
            self._looked = time.monotonic()
            return held


async def open_keeping(database: Database, settings: Settings) -> Keeping:
    """Reads them once, so that a page can say them from then on."""
    keeping = Keeping(database, settings)
    await keeping.read()
    return keeping


async def periods_of(app: Starlette) -> Periods:
    """What a page of the public process may promise."""
    keeping: Keeping = app.state.keeping
    return await keeping.periods()
