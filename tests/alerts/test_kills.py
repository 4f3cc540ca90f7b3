"""Killed at random moments: what was acknowledged is there, once, and mailed at most once."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from pathlib import Path

import asyncpg
import httpx
import pytest

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.preparing import prepare
from api.sealing.keys import MAIL, write_pair
from tests.alerts.senders import VARIABLES, new_key
from tests.asking import API
from tests.mail.smtp import Mailbox, listening
from tests.processes import ROOT, environment

PASSPHRASE = b"five invented words for tests"
SENDERS = 4
# Seconds between two kills (a process needs some to begin at all), and between one's own alerts.
PEACE, PAUSE = (0.5, 3.0), (0.0, 2.5)


class Kept:
    """A process that is started again whenever it ends; killed without a word."""

    def __init__(self, folder: Path, name: str, *command: str, **variables: str) -> None:
        self._folder, self._name, self._command = folder, name, command
        self._environment = environment(**variables)
        self._process: asyncio.subprocess.Process | None = None
        self.starts = 0

    async def keep(self) -> None:
        while True:
            with (self._folder / f"{self._name}.txt").open("ab") as said:
                self._process = await asyncio.create_subprocess_exec(
                    *self._command,
                    cwd=self._folder,
                    env=self._environment,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                )
            self.starts += 1
            await self._process.wait()

    def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    @property
    def said(self) -> str:
        return (self._folder / f"{self._name}.txt").read_text()


async def send(client: httpx.AsyncClient, number: int) -> str:
    """Sends one alert, as often as it takes, and answers its receipt."""
    form = {
        "kind": ["wage_arrears"],
        "story": f"工资拖欠 {number}",
        "email": f"somebody{number}@example.org",
    }
    headers = {"Idempotency-Key": new_key()}
    while True:
        with suppress(httpx.TransportError):
            answer = await client.post(f"{API}/alerts", json=form, headers=headers)
            if answer.status_code == 201:
                receipt: str = answer.json()["receipt"]
                return receipt
            assert answer.status_code in (409, 500, 503), answer.text
        await asyncio.sleep(0.1)


async def crash(addresses: Addresses) -> None:
    """Kills one of PostgreSQL's processes, so that it throws everybody out and recovers."""
    with suppress(OSError, asyncpg.PostgresError):
        connection = await asyncpg.connect(addresses.owner, timeout=5)
        os.kill(await connection.fetchval("SELECT pg_backend_pid()"), signal.SIGKILL)
        connection.terminate()


async def harm(addresses: Addresses, api: Kept, mail: Kept) -> None:
    for victim in cycle(("api", "database", "mail")):
        await asyncio.sleep(random.uniform(*PEACE))
        if victim == "database":
            await crash(addresses)
        else:
            (api if victim == "api" else mail).kill()


@asynccontextmanager
async def running(*work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.long)])
async def test_nothing_acknowledged_is_lost(
    own_cluster: tuple[Cluster, Path], tmp_path: Path, count: int
) -> None:
    archive = own_cluster[0].addresses
    await prepare(archive, lambda line: None)
    with socket.socket() as chooser:
        chooser.bind(("127.0.0.1", 0))
        port = chooser.getsockname()[1]
    mail_key = write_pair(tmp_path / "keys", MAIL, PASSPHRASE)
    (tmp_path / "passphrase").write_bytes(PASSPHRASE + b"\n")
    with listening(Mailbox()) as box:
        variables = {**VARIABLES, "QIUZHU_MAIL_KEY": mail_key, "QIUZHU_PORT": str(port)}
        serve = (sys.executable, "-m", "api", "serve")
        api = Kept(tmp_path, "api", *serve, DATABASE_URL=archive.public, **variables)
        mailing = (str(ROOT / "qiuzhu"), "mail", "--passphrase-file", str(tmp_path / "passphrase"))
        told = {
            "DATABASE_MAIL_URL": archive.mail,
            "QIUZHU_SMTP_URL": f"smtp://127.0.0.1:{box.port}",
            "QIUZHU_MAIL_FROM": "post@mail.example.org",
            "QIUZHU_PUBLIC_URL": "https://qiuzhu.example.org",
            "QIUZHU_MAIL_HOURLY": "100000",
            "QIUZHU_PRIVATE_KEYS": str(tmp_path / "keys"),
        }
        mail = Kept(tmp_path, "mail", *mailing, **told)
        numbers = iter(range(count))
        receipts: dict[int, str] = {}

        async def sender() -> None:
            site = f"http://127.0.0.1:{port}"
            async with httpx.AsyncClient(base_url=site, timeout=20, verify=False) as client:
                for number in numbers:
                    receipts[number] = await send(client, number)
                    await asyncio.sleep(random.uniform(*PAUSE))

        async with running(api.keep(), mail.keep()):
            async with running(harm(archive, api, mail)):
                await asyncio.gather(*(sender() for _ in range(SENDERS)))
            api.kill()
            mail.kill()
        owner = await connected(archive)
        # As if the time until the next try were over.
        await owner.execute("UPDATE intake.outbox SET not_before = NULL")
        last = Kept(tmp_path, "last", *mailing, "--once", **told)
        async with running(last.keep()):
            await emptied(owner)
    assert api.starts > 1, "nothing was killed"
    assert mail.starts > 1, "nothing was killed"
    assert len(set(receipts.values())) == count
    assert await owner.fetchval("SELECT count(*) FROM intake.alerts") == count
    assert await owner.fetchval("SELECT count(*) FROM intake.outbox") == count
    known = await owner.fetchval("SELECT count(*) FROM intake.idempotency")
    assert known == count
    await owner.close()
    reached = Counter(box.reached)
    assert max(reached.values()) == 1, "a mail went out twice"
    said = api.said + mail.said
    assert "example.org" not in said.replace("mail.example.org", "")
    assert "工资" not in said


async def emptied(owner: asyncpg.Connection) -> None:
    """Returns when every mail has gone one way or the other."""
    waiting = "SELECT count(*) FROM intake.outbox WHERE state IN ('queued', 'sending')"
    while await owner.fetchval(waiting):  # noqa: ASYNC110 (no event tells)
        await asyncio.sleep(0.2)


async def connected(addresses: Addresses) -> asyncpg.Connection:
    """A connection as soon as the database has recovered."""
    while True:
        with suppress(OSError, asyncpg.PostgresError):
            return await asyncpg.connect(addresses.owner, timeout=5)
        await asyncio.sleep(0.1)
