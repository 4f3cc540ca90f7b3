"""The worker's life in one process: polling, a database that goes away, and signals."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from api.cluster import Cluster
from api.mail import running
from api.mail.running import keep_sending, send_once
from api.trouble import Trouble
from tests.mail.conftest import Office
from tests.mail.smtp import HANG, Mailbox


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_POLL", "_LOST", "_GRACE"):
        monkeypatch.setattr(running, name, 0.2)


@asynccontextmanager
async def kept_up(office: Office, mailbox: Mailbox) -> AsyncIterator[asyncio.Task[None]]:
    """A worker that runs until it is told to end."""
    handlers = [signal.getsignal(number) for number in running._ENDING]
    task = asyncio.create_task(keep_sending(office.addresses.mail, office.worker(mailbox)))
    try:
        yield task
    finally:
        if not task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(10):
            await task
    assert [signal.getsignal(number) for number in running._ENDING] == handlers


async def becomes(office: Office, states: dict[str, int]) -> None:
    seen = await office.states()
    for _ in range(500):
        if seen == states:
            return
        await asyncio.sleep(0.02)
        seen = await office.states()
    raise AssertionError(seen)


async def test_what_comes_later_is_sent_too(office: Office, mailbox: Mailbox) -> None:
    async with kept_up(office, mailbox):
        for number in range(1, 3):
            await office.queue(f"someone{number}@example.org")
            await becomes(office, {"sent": number})


async def test_a_database_that_goes_away(
    office: Office, mailbox: Mailbox, cluster: Cluster
) -> None:
    await office.queue("first@example.org")
    async with kept_up(office, mailbox):
        await becomes(office, {"sent": 1})
        superuser = await asyncpg.connect(cluster.superuser, database="postgres")
        ended = await superuser.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'qiuzhu mail'"
        )
        await superuser.close()
        assert len(ended) == 1
        await office.queue("second@example.org")
        await becomes(office, {"sent": 2})
    assert any("the database is away" in line for line in office.said)


async def test_told_to_end_while_the_server_is_silent(office: Office, mailbox: Mailbox) -> None:
    mailbox.stages["BODY"] = HANG
    mail = await office.queue("someone@example.org")
    async with kept_up(office, mailbox) as task:
        await becomes(office, {"sending": 1})
        assert not task.done()
    mailbox.stages = {}
    assert await send_once(office.addresses.mail, office.worker(mailbox))
    assert await office.state(mail) == "failed"
    assert mailbox.reached in ([], ["someone@example.org"])
    assert mailbox.taken == []


async def test_a_database_that_is_not_there(office: Office, mailbox: Mailbox) -> None:
    nowhere = "postgresql://qiuzhu_mail:x@127.0.0.1:1/qiuzhu"
    with pytest.raises(Trouble, match="cannot be reached"):
        await keep_sending(nowhere, office.worker(mailbox))
