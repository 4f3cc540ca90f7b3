"""S29: whatever is sent twice is taken once, by one process or two, and answered the same."""

import asyncio
from collections import Counter
from pathlib import Path

import asyncpg
import httpx
import orjson
import pytest

import api.alerts.idempotency
from api.alerts.idempotency import Keys
from api.alerts.receipts import Hashes
from api.alerts.told import Left, Submitted
from api.cluster.roles import Addresses
from api.errors import Problem
from tests.alerts.senders import ALERT, VARIABLES, counts, intake_of, new_key, send, taking
from tests.asking import API, refused
from tests.processes import Served, served

MAILED = {**ALERT, "email": "somebody@example.org"}
ONCE = {"alerts": 1, "outbox": 1, "idempotency": 1}


@pytest.mark.parametrize("times", [2, 3, 10, 50])
async def test_sent_in_parallel(
    site: httpx.AsyncClient, owner: asyncpg.Connection, times: int
) -> None:
    key = new_key()
    answers = await asyncio.gather(*(send(site, MAILED, key=key) for _ in range(times)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert await counts(owner) == ONCE
    assert not intake_of(site).keys._turns, "nothing is left behind"


async def test_sent_to_two_processes(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    told = {"DATABASE_URL": archive.public, **VARIABLES}
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    async with served(folders[0], **told) as one, served(folders[1], **told) as two:
        for number in range(3):
            key, body = new_key(), {**MAILED, "people": number}
            sends = [send(at.client, body, key=key) for at in (one, two) for _ in range(12)]
            answers = await asyncio.gather(*sends)
            assert {answer.status_code for answer in answers} == {201}
            assert len({answer.text for answer in answers}) == 1
        assert await counts(owner) == dict.fromkeys(ONCE, 3)
        await _dropped(one, owner)


async def _dropped(at: Served, owner: asyncpg.Connection) -> None:
    """Connections that break in the body, before the answer, and in the answer."""
    body = orjson.dumps(MAILED)
    before = (await counts(owner))["alerts"]
    for at_byte in (1, len(body) // 2, len(body) - 1, len(body)):
        key = new_key()
        head = (
            f"POST {API}/alerts HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        for _ in range(4):
            _, writer = await asyncio.open_connection("127.0.0.1", at.port)
            writer.write(head.encode() + body[:at_byte])
            await writer.drain()
            writer.transport.abort()
        answers = [await send(at.client, MAILED, key=key) for _ in range(2)]
        assert {answer.status_code for answer in answers} == {201}
        assert answers[0].text == answers[1].text
    assert (await counts(owner))["alerts"] == before + 4


async def test_answered_again_by_another_process(archive: Addresses) -> None:
    key = new_key()
    async with taking(archive) as client:
        first = await send(client, key=key)
    async with taking(archive) as client:
        assert (await send(client, key=key)).text == first.text


async def test_another_body(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    key = new_key()
    await send(site, key=key)
    for other in ({**ALERT, "people": 3}, {**ALERT, "story": "别的"}, MAILED):
        body = refused(await send(site, other, key=key), 422)
        assert body["type"].endswith("#idempotency-conflict")
    files = [("files", ("a.pdf", b"%PDF-1.4\n%%EOF"))]
    answer = await site.post(
        f"{API}/alerts", data=ALERT, files=files, headers={"Idempotency-Key": key}
    )
    refused(answer, 422)
    assert (await counts(owner))["alerts"] == 1


async def test_the_same_in_another_form(any_site: httpx.AsyncClient) -> None:
    key = new_key()
    first = await send(any_site, key=key)
    # A browser chooses a new boundary for each attempt; what is said is the same.
    for files in (None, [("files", ("", b""))]):
        again = await any_site.post(
            f"{API}/alerts", data=ALERT, files=files, headers={"Idempotency-Key": key}
        )
        assert again.text == first.text


@pytest.mark.parametrize("key", [None, "", "short", "x" * 15, "x" * 201, "钥匙" * 10, "\x7f" * 20])
async def test_no_key(any_site: httpx.AsyncClient, key: str | None) -> None:
    headers = {} if key is None else {b"Idempotency-Key": key.encode()}
    answer = await any_site.post(f"{API}/alerts", json=ALERT, headers=headers)
    body = refused(answer, 422 if key else 400)
    assert body["type"].endswith("#invalid-parameter" if key else "#idempotency-key-missing")


async def test_still_running_here(
    any_site: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.alerts.idempotency, "PATIENCE", 0.05)
    key = new_key()
    async with intake_of(any_site).keys.turn(key):
        answers = await asyncio.gather(*(send(any_site, key=key) for _ in range(5)))
    for answer in answers:
        assert refused(answer, 409)["type"].endswith("#still-running")
        assert int(answer.headers["retry-after"]) > 0
    assert (await send(any_site, key=key)).status_code == 201


async def test_still_running_elsewhere(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    key = new_key()
    hashed = Hashes(bytes(range(32))).idempotency_key(key)
    running = owner.transaction()
    await running.start()
    await owner.execute("INSERT INTO intake.idempotency VALUES ($1, '', '')", hashed)
    answer = await send(site, key=key)
    assert refused(answer, 409)["type"].endswith("#still-running")
    assert "retry-after" in answer.headers
    await running.rollback()
    assert (await send(site, key=key)).status_code == 201
    assert await counts(owner) == {"alerts": 1, "idempotency": 1}


async def test_the_table_alone_gives_nothing(
    site: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    keys = [new_key(), new_key()]
    receipts = [(await send(site, key=key)).json()["receipt"] for key in keys]
    rows = await owner.fetch("SELECT * FROM intake.idempotency")
    for row in rows:
        stored = b"".join(bytes(row[name]) for name in ("key", "body", "answer"))
        for text in (*keys, *receipts, *(receipt.replace("-", "") for receipt in receipts)):
            assert text.encode() not in stored
    # The same words under two keys are two bodies, so nobody can look for what he guesses.
    assert len({bytes(row["body"]) for row in rows}) == 2
    own = Keys(Hashes(bytes(range(32))))
    opened: Counter[str] = Counter()
    for key in keys:
        for row in rows:
            try:
                opened[own.opened(key, bytes(row["answer"])).receipt] += 1
            except Problem:
                opened["closed"] += 1
    assert opened == {receipts[0]: 1, receipts[1]: 1, "closed": 2}


def test_what_is_kept_is_what_was_told() -> None:
    keys, told = Keys(Hashes(bytes(32))), Submitted("A", 1, (Left(2, "type"),))
    assert keys.opened("k" * 16, keys.locked("k" * 16, told)) == told
