"""S5, S6: what a person sends is in no answer, log, stream or server log, whatever goes wrong."""

import asyncio
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest

import api.db
from api.cluster import Cluster
from api.cluster.roles import Addresses
from tests.alerts.senders import (
    ALERT,
    VARIABLES,
    ask,
    counts,
    new_key,
    proof,
    send,
    sent,
    taking,
)
from tests.asking import API, refused
from tests.doors import door
from tests.processes import served

CANARY = "kanarienvogel"
SAID = {
    **ALERT,
    "story": CANARY,
    "company": CANARY,
    "contact_phone": CANARY,
    "email": f"{CANARY}@example.org",
}
# What breaks the taking of an alert, and what puts it right again.
FAULTS = (
    (
        "ALTER TABLE intake.alerts ADD CONSTRAINT odd CHECK (lane = '') NOT VALID",
        "ALTER TABLE intake.alerts DROP CONSTRAINT odd",
    ),
    (
        "ALTER TABLE intake.alerts RENAME COLUMN box TO other",
        "ALTER TABLE intake.alerts RENAME COLUMN other TO box",
    ),
    (
        "ALTER TABLE intake.outbox ADD CONSTRAINT odd CHECK (confirm = '') NOT VALID",
        "ALTER TABLE intake.outbox DROP CONSTRAINT odd",
    ),
    (
        "REVOKE INSERT (box) ON intake.outbox FROM qiuzhu_public",
        "GRANT INSERT (box) ON intake.outbox TO qiuzhu_public",
    ),
    ("ALTER TABLE intake.outbox RENAME TO other", "ALTER TABLE intake.other RENAME TO outbox"),
    (
        "ALTER TABLE intake.idempotency RENAME TO other",
        "ALTER TABLE intake.other RENAME TO idempotency",
    ),
    (
        "ALTER FUNCTION intake.answer_to RENAME TO other",
        "ALTER FUNCTION intake.other RENAME TO answer_to",
    ),
)


@pytest.fixture(autouse=True)
def nothing_is_said(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Whatever a test does: no logger at any level and no stream has the canary."""
    with caplog.at_level(logging.DEBUG):
        yield
    ours = [record for record in caplog.records if record.name.split(".")[0] != "httpx"]
    formatter = logging.Formatter("%(name)s %(message)s")
    assert not [line for line in map(formatter.format, ours) if CANARY in line.lower()]
    out, err = capfd.readouterr()
    assert CANARY not in (out + err).lower()


async def test_faults_say_nothing_and_leave_nothing(
    cluster: Cluster, site: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    for fault, remedy in FAULTS:
        key, before = new_key(), await counts(owner)
        await owner.execute(fault)
        for _ in range(3):
            refused(await send(site, SAID, key=key), 500, sent=CANARY)
        await owner.execute(remedy)
        assert await counts(owner) == before, fault
        assert (await send(site, SAID, key=key)).status_code == 201
    assert CANARY not in (cluster.home / "postgres.log").read_text().lower()


async def test_what_takes_too_long(
    archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.db, "STATEMENT_TIMEOUT", 50)
    async with taking(archive) as client:
        receipt, before = await sent(client, SAID), await counts(owner)
        async with owner.transaction():
            await owner.execute("LOCK TABLE intake.alerts IN ACCESS EXCLUSIVE MODE")
            refused(await send(client, SAID), 503, sent=CANARY)
            for what in ("state", "withdrawal"):
                refused(await ask(client, what, receipt), 503, sent=receipt)
            refused(await ask(client, "additions", receipt, text=CANARY), 503, sent=CANARY)
        assert await counts(owner) == before


async def test_the_database_is_away(
    cluster: Cluster, archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with door(cluster.socket) as way:
        await way.open()
        through = replace(archive, public=way.address(archive.public))
        async with taking(through) as client:
            receipt, key = await sent(client, SAID), new_key()
            before = await counts(owner)
            await way.shut()
            for _ in range(3):
                answer = await send(client, {**SAID, "people": 2}, key=key)
                refused(answer, 503, sent=CANARY)
                assert int(answer.headers["retry-after"]) > 0
                refused(await ask(client, "state", receipt), 503, sent=receipt)
            assert await counts(owner) == before
            await way.open()
            assert (await send(client, {**SAID, "people": 2}, key=key)).status_code == 201
            assert (await ask(client, "state", receipt)).json()["state"] == "received"


async def test_a_process_writes_nothing_of_it(archive: Addresses, tmp_path: Path) -> None:
    traced = {
        "User-Agent": f"{CANARY}/1.0",
        "Referer": f"https://{CANARY}.example.org/",
        "Cookie": f"session={CANARY}",
        "X-Forwarded-For": f"203.0.113.77, {CANARY}",
        "Accept-Language": CANARY,
    }
    async with served(tmp_path, DATABASE_URL=archive.public, **VARIABLES) as process:
        client = process.client
        receipt = await sent(client, SAID)
        keys = [f"{CANARY}-{number:016}" for number in range(40)]
        proofs = [await proof(client) for _ in range(2)]
        for number, key in enumerate(keys):
            headers = {**traced, "Altcha": proofs[number % 2]}
            answers = await asyncio.gather(
                send(client, SAID, key=key, headers=headers),
                send(client, {**SAID, CANARY: CANARY}, key=key, headers=headers),
                client.post(f"{API}/alerts/state", json={"receipt": receipt}, headers=traced),
                client.post(f"{API}/alerts/state?r={receipt}", json={}, headers=traced),
                client.post(f"{API}/alerts/{CANARY}", json={"receipt": receipt}, headers=traced),
            )
            assert [answer.status_code for answer in answers] == [201, 422, 200, 422, 404]
            assert not any("set-cookie" in answer.headers for answer in answers)
        await ask(client, "additions", receipt, text=CANARY)
        await ask(client, "withdrawal", receipt)
    said = process.log.read_text().lower()
    for trace in (CANARY, "203.0.113.77", receipt.lower(), receipt.replace("-", "").lower()):
        assert trace not in said
    assert os.listdir(tmp_path) == ["output.txt"]
