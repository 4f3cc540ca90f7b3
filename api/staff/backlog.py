"""What the staff process does beside answering: mappings to all rows, sketches for old ones, and
blocks of what was published for keyword search."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from api.clock import Clock
from api.db import Desk
from api.reference import Reference
from api.staff.likeness.filling import fill_sketches
from api.staff.mapping.working import work_off
from api.staff.posting import post_all

log = logging.getLogger("qiuzhu")
# Seconds between two looks where nobody has told of a new mapping.
_EVERY = 60


@asynccontextmanager
async def in_background(
    desk: Desk, reference: Reference, clock: Clock
) -> AsyncIterator[asyncio.Event]:
    """Works while the block runs, first at what an earlier process left; whoever sets the event
    has more to do."""
    told = asyncio.Event()
    task = asyncio.create_task(_always(desk, reference, clock, told))
    try:
        yield told
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _always(desk: Desk, reference: Reference, clock: Clock, told: asyncio.Event) -> None:
    filled = False
    while True:
        told.clear()
        try:
            if not filled:
                await fill_sketches(desk)
                filled = True
            await work_off(desk, reference, clock())
            await post_all(desk.transaction)
        except Exception as error:  # tried again; its class tells no value
            log.error("%s in the backlog", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), _EVERY)
