"""Alerts: one against a bare INSERT of its size, among readers, and what a receipt's time tells."""

import asyncio
import base64
from collections.abc import Sequence
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg
import orjson
from nacl.public import PrivateKey

from api.ids import new_id
from api.sealing.keys import public_line
from tests.bench.cases import TODAY
from tests.bench.client import Answer, Client
from tests.bench.lists import PATH as LIST
from tests.bench.load import CONNECTIONS
from tests.bench.results import Floor, Row
from tests.bench.stage import Side, Stage, connected, median_ratio, repeated

PATH = "/api/v1/alerts"
# What the API process is given, so that it takes alerts; nobody ever opens them.
KEYS: dict[str, Any] = {
    "desk_key": public_line("desk", PrivateKey.generate().public_key),
    "mail_key": public_line("mail", PrivateKey.generate().public_key),
    "receipt_key": base64.b64encode(bytes(32)).decode(),
}
_FORM = {
    "kind": ["wage_arrears"],
    "story": "工地三个月没有发工资，项目部说等甲方付款。" * 10,
    "company": "某某建筑劳务有限公司",
    "place": "广东省深圳市",
    "contact_phone": "19900000000",
    "email": "somebody@example.org",
}
_INSERT = (
    "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
    " VALUES ($1, $2, 'plain', 'zh', $3, $4)"
)
# As many people at once, and as many readers: four times what saturates the reading side.
TRUE, READERS, STRETCH = 20, 4 * CONNECTIONS, 10


async def submit(stage: Stage) -> Sequence[Row]:
    """Without files, one after another; the mail is not waited for, which the figure shows."""
    connection = await connected(stage.cluster.addresses.public)
    size = await _size(stage)
    try:
        async with stage.client() as client:
            figures = await stage.alternate(_sending(client), _inserting(connection, size))
    finally:
        await connection.close()
    return [
        Row(
            "alerts.submit",
            "one alert without files, answered",
            "ms",
            median(figures[0]),
            median(figures[1]),
            f"bare INSERT of {size:,} bytes, committed",
            median_ratio(*figures),
            Floor("ratio", "<=", 30),
        )
    ]


async def receipts(stage: Stage) -> Sequence[Row]:
    """A wrong code takes as long as a right one."""
    async with stage.client() as client:
        right = orjson.loads((await _send(client)).body)["receipt"]
        wrong = right[:-4] + ("0000" if right[-4:] != "0000" else "1111")
        figures = await stage.alternate(_asking(client, wrong), _asking(client, right))
    ratio = median_ratio(*figures)
    return [
        Row(
            "alerts.receipts",
            "state of a wrong receipt, farther from a right one's time",
            "ms",
            median(figures[0]),
            median(figures[1]),
            "a right receipt",
            max(ratio, 1 / ratio),
            Floor("ratio", "<=", 1.1),
        )
    ]


async def among_readers(stage: Stage) -> Sequence[Row]:
    """Twenty people send while everybody reads."""
    reading = asyncio.create_task(stage.press(stage.url(LIST), STRETCH, READERS))
    took = []
    async with stage.client() as client:
        for _ in range(TRUE):
            took.append(await _timed(client))
            await asyncio.sleep(STRETCH / TRUE / 3)
        during = not reading.done()
    sample = await reading
    assert during, "the readers had gone before the last alert was sent"
    return [
        Row(
            "alerts.among_readers",
            f"slowest of {TRUE} alerts while {READERS} connections read the list",
            "s",
            max(took),
            floor=Floor("ours", "<=", 3),
            detail={"seconds": took, "reads_per_second": sample.per_second},
        )
    ]


async def _size(stage: Stage) -> int:
    """Of the sealed form, as it lies in the table."""
    async with stage.client() as client:
        await _send(client)
    owner = await connected(stage.cluster.addresses.owner)
    size: int = await owner.fetchval("SELECT max(length(box)) FROM intake.alerts")
    await owner.close()
    return size


async def _send(client: Client) -> Answer:
    headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
    answer = await client.post(PATH, headers, orjson.dumps(_FORM))
    assert answer.status == 201, answer.body
    return answer


async def _timed(client: Client) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await _send(client)
    return loop.time() - began


def _sending(client: Client) -> Side:
    return repeated(lambda: _send(client))


def _asking(client: Client, receipt: str) -> Side:
    body = orjson.dumps({"receipt": receipt})

    async def ask() -> None:
        answer = await client.post(f"{PATH}/state", {"Content-Type": "application/json"}, body)
        assert answer.status == 200

    return repeated(ask)


def _inserting(connection: asyncpg.Connection, size: int) -> Side:
    async def insert() -> None:
        row = (new_id(), TODAY, uuid4().bytes * 2, bytes(size))
        await connection.execute(_INSERT, *row)

    return repeated(insert)
