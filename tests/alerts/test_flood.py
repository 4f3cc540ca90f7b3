"""Thousands of fakes with true alerts among them (S32): none of these is lost or hidden."""

import asyncio
import random

import asyncpg
import httpx
import pytest

import api.alerts.work
from api.alerts.reading import list_alerts
from api.cluster.roles import Addresses
from api.db import writing
from tests.alerts.senders import ALERT, new_key, proof, send, taking
from tests.asking import API

TRUE, PARALLEL, PLAIN = 20, 8, 60
# An hour's bytes of files without proof, and what a fake carries.
QUOTA_MB = 1
PDF = b"%PDF-1.4\n" + b"x" * 20_000 + b"\n%%EOF\n"


async def fake(client: httpx.AsyncClient, number: int, token: str) -> None:
    """Alerts as a script makes them: with files, worn proofs, forged ones, or nothing at all."""
    headers = {"Idempotency-Key": new_key(), "X-Forwarded-For": f"203.0.113.{number % 150}"}
    if number % 50 == 0:
        headers["Altcha"] = token
    elif number % 7 == 0:
        headers["Altcha"] = token[:-8] + "AAAAAAA="
    if number % 10 == 0:
        files = [("files", ("a.pdf", PDF, "application/pdf"))]
        data = {"kind": "other", "story": f"假的 {number}"}
        answer = await client.post(f"{API}/alerts", data=data, files=files, headers=headers)
    else:
        alert = {**ALERT, "story": f"假的 {number}"}
        answer = await client.post(f"{API}/alerts", json=alert, headers=headers)
    # Never sent away; a fake takes room in the last lane only.
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("fakes", [400, pytest.param(10_000, marks=pytest.mark.long)])
async def test_true_alerts_among_fakes(
    archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, fakes: int
) -> None:
    # A phone's minute is not this machine's: what counts here is that the work was done.
    monkeypatch.setattr(api.alerts.work, "EASY", 200)
    monkeypatch.setattr(api.alerts.work, "HARD", 2_000)
    order: list[int | None] = [*range(fakes), *[None] * TRUE]
    random.Random(32).shuffle(order)
    waiting = iter(order)
    receipts: list[str] = []
    async with taking(archive, plain_hourly=PLAIN, file_budget_mb=QUOTA_MB) as client:
        worn = await proof(client)

        async def sender() -> None:
            for number in waiting:
                if number is not None:
                    await fake(client, number, worn)
                    continue
                done = {"Altcha": await proof(client)}
                answer = await send(client, {**ALERT, "story": "真的"}, headers=done)
                assert answer.status_code == 201
                receipts.append(answer.json()["receipt"])

        await asyncio.gather(*(sender() for _ in range(PARALLEL)))
    assert len(set(receipts)) == TRUE
    lanes = dict(await owner.fetch("SELECT lane, count(*) FROM intake.alerts GROUP BY lane"))
    # The worn proof was good once.
    assert lanes == {"proven": TRUE + 1, "plain": PLAIN, "unproven": fakes - PLAIN - 1}
    kept = await owner.fetchval(
        "SELECT coalesce(sum(length(a.box)), 0) FROM intake.attachments a"
        " JOIN intake.alerts l ON l.id = a.alert_id WHERE l.lane = 'unproven'"
    )
    assert kept <= QUOTA_MB * 2**20 * 1.1
    size = await owner.fetchval("SELECT max(length(box)) FROM intake.alerts")
    assert size < 4_096, "a fake takes little room"
    async with writing(archive.desk) as session:
        queue = await list_alerts(session)
    assert {row.lane for row in queue[: TRUE + 1]} == {"proven"}
    assert {row.lane for row in queue[TRUE + 1 + PLAIN :]} == {"unproven"}
