"""Batches: what came from alerts becomes public at most four times a day, all of it at once.

When a case appears then says nothing about when its alert came or when somebody was at work.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from api.alerts.states import DISMISSED
from api.clock import SHANGHAI
from api.db import Desk, WriteSession, one_of
from api.lang import Pair
from api.models import Alert, Batch, DeskCase, Waiting
from api.reference import Reference
from api.staff import audit
from api.staff.contacts.showing import BATCH, follow_due, follow_gone
from api.staff.publishing import Wish, publish_waiting
from api.staff.rendering import Renderer

log = logging.getLogger("qiuzhu")

# Hours between two batches; they lie at 0, 6, 12 and 18 o'clock in Shanghai.
APART = 6
# Drafts of which no alert stands any more. What is public already can still be corrected.
_STANDING = Alert.state.not_in(("withdrawn", *DISMISSED))
TAKEN_BACK = and_(
    DeskCase.state == "draft",
    exists().where(Alert.case_id == DeskCase.id),
    ~exists().where(Alert.case_id == DeskCase.id, _STANDING),
)
# Seconds between two looks.
_EVERY = 30


def slot_of(now: datetime) -> tuple[datetime, int]:
    """The beginning of the batch's time that `now` lies in, and its number on that day."""
    here = now.astimezone(SHANGHAI)
    slot = here.hour // APART
    return here.replace(hour=slot * APART, minute=0, second=0, microsecond=0), slot


def next_batch(now: datetime | None = None) -> str:
    """When what is put off now will be public: YYYY-MM-DDTHH:00+08:00."""
    start, _ = slot_of(now or datetime.now(SHANGHAI))
    return (start + timedelta(hours=APART)).isoformat(timespec="minutes")


async def publish_due(desk: Desk, reference: Reference, now: datetime) -> int:
    """Publishes everything that waits, once in each slot; answers how many cases that were.

    The slot is noted also where nothing waits: what is put off later in it waits for the next.
    """
    start, slot = slot_of(now)
    day = start.date()
    async with desk.read() as session:
        done = exists().where(Batch.day == day, Batch.slot == slot)
        if await session.value(select(done)):
            return 0
    renderer = Renderer(await reference.vocabulary())
    async with desk.transaction() as session:
        await audit.hold(session)
        # Two processes: the second finds the row that the first one has committed.
        noted = insert(Batch).values(day=day, slot=slot).on_conflict_do_nothing()
        if not await session.execute(noted):
            return 0
        await _drop_taken_back(session)
        rows = await session.all(
            select(Waiting.__table__).order_by(Waiting.case_id).with_for_update()
        )
        wishes = {row.case_id: Wish(row.actor, Pair(row.reason_zh, row.reason_en)) for row in rows}
        published = await publish_waiting(session, renderer, wishes, day) if wishes else 0
        if wishes:
            told = update(Alert).where(
                one_of(Alert.case_id, list(wishes)), Alert.state.in_(("received", "checking"))
            )
            await session.execute(
                told.values(
                    state="published", changed_on=day, decided_on=day, reason=None, flagged=False
                )
            )
        await audit.append(session, BATCH, day, [audit.Act("batch", f"{day}/{slot}")])
    await follow_due(desk, day)
    return published


async def _drop_taken_back(session: WriteSession) -> None:
    """What its sender has taken back meanwhile, or the desk has dismissed, is not published."""
    taken = select(DeskCase.id).where(TAKEN_BACK)
    await session.execute(delete(Waiting).where(Waiting.case_id.in_(taken)))


@asynccontextmanager
async def in_background(desk: Desk, reference: Reference) -> AsyncIterator[None]:
    """Publishes what is due while the block runs, and once before it begins: what was put off
    before this process started belongs to the slot, what is put off from now on to the next."""
    await _once(desk, reference)
    task = asyncio.create_task(_always(desk, reference))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _always(desk: Desk, reference: Reference) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        await _once(desk, reference)


async def _once(desk: Desk, reference: Reference) -> None:
    now = datetime.now(SHANGHAI)
    try:
        # What a withdrawal by receipt has deleted waits for no batch.
        await follow_gone(desk, now.date())
        await publish_due(desk, reference, now)
    except Exception as error:  # a batch that fails is tried again; its class tells no value
        log.error("%s in a batch", type(error).__name__)
