"""How much is sent: once per mail, once a day per address, so many an hour, and not too late."""

import asyncio
from datetime import datetime, timedelta

from api.clock import SHANGHAI
from tests.mail.conftest import Office
from tests.mail.smtp import Mailbox


async def test_without_the_click_no_second_mail(office: Office, mailbox: Mailbox) -> None:
    mail = await office.queue("someone@example.org")
    for _ in range(4):
        assert await office.send(mailbox)
        assert await office.state(mail) == "sent"
        await office.pass_time(25)
    assert len(mailbox.taken) == 1


async def test_one_mail_a_day_for_an_address(office: Office, mailbox: Mailbox) -> None:
    ways = ("someone@example.org", "SomeOne@example.org", "someone+1@EXAMPLE.org")
    for way in ways:
        await office.queue(way)
    await office.queue("other@example.org")
    await office.send(mailbox)
    assert len(mailbox.taken) == 2
    assert await office.states() == {"sent": 2, "queued": 2}
    await office.pass_time(23.9)
    await office.send(mailbox)
    assert len(mailbox.taken) == 2
    await office.pass_time(0.2)
    await office.send(mailbox)
    assert len(mailbox.taken) == 3
    assert await office.states() == {"sent": 3, "queued": 1}


async def test_the_address_is_kept_as_a_keyed_hash(office: Office, mailbox: Mailbox) -> None:
    await office.queue("someone@example.org")
    await office.send(mailbox)
    row = await office.owner.fetchrow("SELECT * FROM intake.outbox")
    assert len(row["address"]) == 32
    assert b"someone" not in repr(tuple(row)).encode()


async def test_sixty_an_hour_and_none_dropped(office: Office, mailbox: Mailbox) -> None:
    for number in range(70):
        await office.queue(f"someone{number}@example.org")
    assert await office.send(mailbox)
    assert len(mailbox.taken) == 60
    # A restart begins no new hour.
    await office.send(mailbox)
    assert len(mailbox.taken) == 60
    assert await office.states() == {"sent": 60, "queued": 10}
    await office.pass_time(1.01)
    await office.send(mailbox)
    assert await office.states() == {"sent": 70}
    assert len({envelope.rcpt_tos[0] for envelope in mailbox.taken}) == 70


async def test_a_withdrawal_gives_no_mail_back(office: Office, mailbox: Mailbox) -> None:
    """It takes the row away, but the worker that sent it remembers."""
    worker = office.worker(mailbox, hourly=2)
    await office.queue("someone@example.org")
    await office.send(mailbox, worker)
    await office.owner.execute("DELETE FROM intake.outbox")
    again = await office.queue("someone@example.org")
    for number in range(3):
        await office.queue(f"other{number}@example.org")
    await office.send(mailbox, worker)
    assert [envelope.rcpt_tos[0] for envelope in mailbox.taken].count("someone@example.org") == 1
    assert len(mailbox.taken) == 2
    assert await office.state(again) == "queued"


async def test_what_was_withdrawn_while_it_was_in_hand(office: Office, mailbox: Mailbox) -> None:
    await office.queue("someone@example.org")
    mailbox.waits["RCPT"] = 0.3

    async def withdraw() -> None:
        assert await asyncio.to_thread(mailbox.greeted.wait, 10)
        await office.owner.execute("DELETE FROM intake.outbox")

    await asyncio.gather(office.send(mailbox), withdraw())
    assert mailbox.bodies == []


async def test_what_waited_too_long_expires(office: Office, mailbox: Mailbox) -> None:
    today = datetime.now(SHANGHAI).date()
    old = await office.queue("old@example.org", made_on=today - timedelta(days=4))
    young = await office.queue("young@example.org", made_on=today - timedelta(days=2))
    await office.send(mailbox)
    assert await office.state(old) == "expired"
    assert await office.state(young) == "sent"
    assert mailbox.reached == ["young@example.org"]
