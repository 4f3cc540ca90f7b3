"""A server that refuses, hangs or goes away at each stage: before DATA nothing is lost, after it
nothing is repeated."""

import asyncio
from datetime import UTC, datetime

import pytest

from api.mail import servers, worker
from api.mail.servers import MailServer
from tests.mail.conftest import Office
from tests.mail.smtp import CLOSE, HANG, OK, PASSWORD, Mailbox, free_port, listening

TO = "someone@example.org"
BEFORE_DATA = [
    *(("EHLO", CLOSE), ("EHLO", HANG), ("MAIL", CLOSE), ("MAIL", HANG)),
    *(("MAIL", "451 later"), ("MAIL", "550 not you"), ("MAIL", "421 closing")),
    *(("RCPT", CLOSE), ("RCPT", HANG), ("RCPT", "451 later"), ("RCPT", "421 closing")),
    *(("RCPT", "452 full"), ("MAIL", "999 what"), ("RCPT", "nonsense")),
]
FROM_DATA_ON = [
    *(("DATA", CLOSE), ("DATA", HANG), ("DATA", "451 later"), ("DATA", "554 no")),
    *(("BODY", CLOSE), ("BODY", HANG), ("BODY", "451 later"), ("BODY", "554 no")),
]


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "STEP", 0.5)
    monkeypatch.setattr(worker, "AFTER", 0.5)


async def test_before_data_nothing_is_lost(office: Office, mailbox: Mailbox) -> None:
    mail = await office.queue(TO)
    for stage, answer in BEFORE_DATA:
        mailbox.stages = {stage: answer}
        await office.send(mailbox)
        assert await office.state(mail) == "queued", (stage, answer)
        assert mailbox.bodies == []
        await office.pass_time(1.1)
    mailbox.stages = {}
    await office.send(mailbox)
    assert await office.state(mail) == "sent"
    assert mailbox.reached == [TO]


async def test_from_data_on_nothing_is_repeated(office: Office, mailbox: Mailbox) -> None:
    mails = {}
    for number, (stage, answer) in enumerate(FROM_DATA_ON):
        mailbox.stages = {stage: answer}
        mails[await office.queue(f"someone{number}@example.org")] = (stage, answer)
        await office.send(mailbox)
    mailbox.stages = {}
    await office.pass_time(25)
    await office.send(mailbox)
    for mail, case in mails.items():
        assert await office.state(mail) == "failed", case
    assert mailbox.taken == []
    assert len(set(mailbox.reached)) == len(mailbox.reached) == 4


async def test_an_address_that_is_refused_for_good(office: Office, mailbox: Mailbox) -> None:
    mailbox.recipients[TO] = "550 no such user"
    mail, after = await office.queue(TO), await office.queue("other@example.org")
    assert await office.send(mailbox)
    assert (await office.state(mail), await office.state(after)) == ("failed", "sent")


async def test_one_that_must_wait_keeps_nobody_waiting(office: Office, mailbox: Mailbox) -> None:
    mailbox.recipients[TO] = "450 greylisted"
    mail, after = await office.queue(TO), await office.queue("other@example.org")
    assert await office.send(mailbox)
    assert (await office.state(mail), await office.state(after)) == ("queued", "sent")


async def test_tries_grow_rarer(office: Office, mailbox: Mailbox) -> None:
    mailbox.recipients[TO] = "450 greylisted"
    await office.queue(TO)
    waits = []
    for _ in range(8):
        await office.send(mailbox)
        # Not before its time.
        await office.send(mailbox)
        later = await office.owner.fetchval("SELECT not_before FROM intake.outbox")
        waits.append(round((later - datetime.now(UTC)).total_seconds() / 60))
        await office.pass_time(1.1)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert await office.owner.fetchval("SELECT tried FROM intake.outbox") == 8


async def test_down_then_up(office: Office) -> None:
    box = Mailbox(port=free_port())
    for number in range(3):
        await office.queue(f"someone{number}@example.org")
    assert not await office.send(box)
    assert await office.states() == {"queued": 3}
    assert "connect" in office.said[0]
    await office.pass_time(0.1)
    with listening(box):
        assert await office.send(box)
    assert await office.states() == {"sent": 3}
    assert len(box.taken) == 3


@pytest.mark.parametrize("greeting", ["554 no", "421 busy", "what?", ""])
async def test_a_greeting_that_is_none(office: Office, greeting: str) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{greeting}\r\n".encode())
        writer.close()

    mail = await office.queue(TO)
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        assert not await office.send(Mailbox(port=server.sockets[0].getsockname()[1]))
    assert await office.state(mail) == "queued"


async def test_a_wrong_password_loses_nothing(office: Office) -> None:
    mail = await office.queue(TO)
    with listening(Mailbox(), login=True) as box:
        wrong = MailServer("127.0.0.1", box.port, "none", "post", "wr0ng")
        assert not await office.send(box, office.worker(box, server=wrong))
        assert await office.state(mail) == "queued"
        assert office.said[0].endswith("AUTH 535")
        await office.pass_time(0.1)
        right = MailServer("127.0.0.1", box.port, "none", "post", PASSWORD)
        assert await office.send(box, office.worker(box, server=right))
    assert await office.state(mail) == "sent"
    told = " ".join([*office.said, repr(wrong), repr(right)])
    assert not any(word in told for word in (TO, "wr0ng", PASSWORD, mail))


async def test_a_mail_found_in_hand_is_never_sent_again(office: Office, mailbox: Mailbox) -> None:
    mail = await office.queue(TO)
    await office.owner.execute("UPDATE intake.outbox SET state = 'sending', sent_at = now()")
    await office.send(mailbox)
    assert await office.state(mail) == "failed"
    assert mailbox.bodies == []


async def test_a_server_of_few_words(office: Office, mailbox: Mailbox) -> None:
    """One that knows HELO only."""
    mailbox.stages = {"EHLO": "502 not known"}
    mail = await office.queue(TO)
    await office.send(mailbox)
    assert (await office.state(mail), OK) == ("sent", "250 OK")
