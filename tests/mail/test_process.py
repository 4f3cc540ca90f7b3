"""The real process: killed at any moment, told to end, and what it says meanwhile."""

import asyncio
import random
import signal
from collections import Counter
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest
from nacl.public import PrivateKey

from api.sealing.keys import MAIL, read_ring, write_pair
from tests.mail.conftest import SENDER, SITE, Office, new_token
from tests.mail.smtp import PASSWORD, Mailbox, listening
from tests.processes import ROOT, environment

PASSPHRASE = b"four words and a blank"
MAILS, KILLS = 50, 6


class Post:
    """Starts `./qiuzhu mail`; all that it says ends up in one file."""

    def __init__(self, folder: Path, office: Office, box: Mailbox) -> None:
        write_pair(folder / "keys", MAIL, PASSPHRASE)
        self.key: PrivateKey = next(
            iter(read_ring(folder / "keys", MAIL, PASSPHRASE).keys.values())
        )
        (folder / "passphrase").write_bytes(PASSPHRASE + b"\n")
        self._folder = folder
        self._environment = environment(
            DATABASE_MAIL_URL=office.addresses.mail,
            QIUZHU_SMTP_URL=f"smtp://post:{quote(PASSWORD)}@127.0.0.1:{box.port}",
            QIUZHU_MAIL_FROM=SENDER,
            QIUZHU_PUBLIC_URL=SITE,
            QIUZHU_MAIL_HOURLY="1000",
            QIUZHU_PRIVATE_KEYS=str(folder / "keys"),
        )

    @property
    def said(self) -> str:
        return (self._folder / "said").read_text()

    async def start(self, *options: str) -> asyncio.subprocess.Process:
        passphrase = ("--passphrase-file", str(self._folder / "passphrase"))
        with (self._folder / "said").open("ab") as said:
            return await asyncio.create_subprocess_exec(
                *(str(ROOT / "qiuzhu"), "mail", *passphrase, *options),
                cwd=self._folder,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )


async def until(process: asyncio.subprocess.Process, event: Event) -> None:
    """Waits until the process has brought something about at the mail server."""
    event.clear()
    for _ in range(12_000):
        assert process.returncode is None, "see what it said"
        if event.is_set():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came")


@pytest.fixture
def box() -> Mailbox:
    return Mailbox(waits={"MAIL": 0.01, "RCPT": 0.02, "DATA": 0.02, "BODY": 0.05})


async def test_killed_at_any_moment(office: Office, box: Mailbox, tmp_path: Path) -> None:
    with listening(box, login=True):
        post = Post(tmp_path, office, box)
        office.key = post.key
        tokens = [new_token() for _ in range(MAILS)]
        for number, token in enumerate(tokens):
            await office.queue(f"someone{number}@example.org", token=token)
        for number in range(KILLS):
            process = await post.start()
            await until(process, box.greeted)
            await asyncio.sleep(random.uniform(0, 0.7))
            if number % 2:
                # The worst of moments: all was said, and no answer has come.
                await until(process, box.answering)
            process.kill()
            await process.wait()
            # As if the minute until the next try were over.
            await office.owner.execute("UPDATE intake.outbox SET not_before = NULL")
        process = await post.start("--once")
        assert await process.wait() == 0, post.said
    states = await office.states()
    assert states.keys() <= {"sent", "failed"}
    assert sum(states.values()) == MAILS, "nothing is lost before DATA"
    assert states.get("failed", 0) <= KILLS
    assert max(Counter(box.reached).values()) == 1, "nothing is sent twice"
    assert states["sent"] <= len(box.taken) <= MAILS
    said = post.said
    for secret in (PASSWORD, quote(PASSWORD), PASSPHRASE.decode(), "someone", *tokens):
        assert secret not in said
    assert "Traceback" not in said


async def test_told_to_end_it_finishes_what_it_has(
    office: Office, box: Mailbox, tmp_path: Path
) -> None:
    box.waits["BODY"] = 1.5
    with listening(box, login=True):
        post = Post(tmp_path, office, box)
        office.key = post.key
        for number in range(3):
            await office.queue(f"someone{number}@example.org")
        process = await post.start()
        await until(process, box.answering)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
    assert await office.states() == {"sent": 1, "queued": 2}
    assert len(box.taken) == 1


async def test_a_wrong_passphrase(office: Office, box: Mailbox, tmp_path: Path) -> None:
    box.port = 1
    post = Post(tmp_path, office, box)
    (tmp_path / "passphrase").write_text("another")
    process = await post.start("--once")
    assert await process.wait() == 2
    assert "passphrase" in post.said
    assert "another" not in post.said
