"""The worker's life: rounds every few seconds until SIGTERM, which lets it finish what it has."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from api.mail.outbox import Outbox, opened
from api.mail.worker import Worker
from api.trouble import Trouble

# Seconds between looks at the outbox, after which a lost database is sought again, and for which a
# mail in hand may delay the end.
_POLL, _LOST, _GRACE = 3.0, 5.0, 7.0
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    # Shut down, or just starting.
    asyncpg.OperatorInterventionError,
    OSError,
)


async def send_once(address: str, worker: Worker) -> bool:
    """Sends what is due. False: the mail server takes nothing at present."""
    with _told_to_end() as ending:
        async with opened(address) as outbox:
            await outbox.give_up_unfinished()
            return await _round(worker, outbox, ending)


async def keep_sending(address: str, worker: Worker) -> None:
    """Sends whatever becomes due, until told to end."""
    with _told_to_end() as ending:
        first = True
        while not ending.is_set():
            try:
                async with opened(address) as outbox:
                    first = False
                    await outbox.give_up_unfinished()
                    while not ending.is_set():
                        await _round(worker, outbox, ending)
                        await _pause(ending, _POLL)
            except (*_GONE, Trouble):
                # Once it was found in order, whatever is wrong may pass: the server may think for
                # a while that a lost connection of ours still has the outbox.
                if first:
                    raise
                worker.say("数据库暂不可用 the database is away")
                await _pause(ending, _LOST)


async def _round(worker: Worker, outbox: Outbox, ending: asyncio.Event) -> bool:
    """A round that ends with the mail in hand once told to, and is cut off after that."""
    task = asyncio.create_task(worker.round(outbox, ending))
    told = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            await asyncio.wait({task}, timeout=_GRACE)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        return False if task.cancelled() else task.result()
    finally:
        told.cancel()


async def _pause(ending: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await ending.wait()
    except TimeoutError:
        return


@contextmanager
def _told_to_end() -> Iterator[asyncio.Event]:
    """An event for signals; the handlers that were there are put back."""
    ending, loop = asyncio.Event(), asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number in _ENDING:
        loop.add_signal_handler(number, ending.set)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
