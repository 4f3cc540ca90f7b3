"""Who sends alerts in tests: a site that takes them, and the keys that open what it sealed."""

import base64
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
from altcha.v1 import Challenge, solve_challenge
from nacl.public import PrivateKey

from api.alerts.intake import Intake
from api.cluster.roles import Addresses
from api.sealing.boxes import Ring, key_id
from api.sealing.keys import public_line
from tests.archives import application
from tests.asking import API

_STAFF, _MAIL = PrivateKey.generate(), PrivateKey.generate()
RING = Ring({key_id(key.public_key): key for key in (_STAFF, _MAIL)})
KEYS: dict[str, Any] = {
    "desk_key": public_line("desk", _STAFF.public_key),
    "mail_key": public_line("mail", _MAIL.public_key),
    "receipt_key": base64.b64encode(bytes(range(32))).decode(),
}
# The same, as a process is told.
VARIABLES: dict[str, str] = {f"QIUZHU_{name.upper()}": value for name, value in KEYS.items()}
ALERT: dict[str, Any] = {"kind": ["wage_arrears"], "story": "工地三个月没发工资"}
TABLES = ("alerts", "attachments", "additions", "addition_files", "outbox", "confirmations",
          "idempotency", "spent")  # fmt: skip


@asynccontextmanager
async def taking(addresses: Addresses, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """The real application over ASGI with keys to seal alerts with."""
    app = application(addresses.public, **{**KEYS, **settings})
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


def intake_of(client: httpx.AsyncClient) -> Intake:
    """The intake of the application behind a client."""
    transport: Any = client._transport
    intake: Intake = transport.app.state.intake
    return intake


def new_key() -> str:
    return uuid4().hex


async def send(
    client: httpx.AsyncClient,
    alert: Mapping[str, Any] = ALERT,
    *,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    named = {"Idempotency-Key": key or new_key(), **(headers or {})}
    return await client.post(f"{API}/alerts", json=dict(alert), headers=named)


async def sent(client: httpx.AsyncClient, alert: Mapping[str, Any] = ALERT) -> str:
    """The receipt of an alert that was taken."""
    answer = await send(client, alert)
    assert answer.status_code == 201, answer.text
    receipt: str = answer.json()["receipt"]
    return receipt


async def proof(client: httpx.AsyncClient) -> str:
    """A challenge, solved."""
    asked = (await client.get(f"{API}/alerts/challenge")).json()
    return solved(asked)


def solved(asked: Mapping[str, Any]) -> str:
    challenge = Challenge(
        asked["algorithm"], asked["challenge"], asked["maxnumber"], asked["salt"], ""
    )
    found = solve_challenge(challenge, max_number=asked["maxnumber"])
    assert found is not None
    kept = {name: value for name, value in asked.items() if name != "maxnumber"}
    return base64.b64encode(json.dumps({**kept, "number": found.number}).encode()).decode()


async def ask(client: httpx.AsyncClient, what: str, receipt: str, **more: Any) -> httpx.Response:
    return await client.post(f"{API}/alerts/{what}", json={"receipt": receipt, **more})


async def counts(owner: asyncpg.Connection) -> dict[str, int]:
    """How many rows the intake's tables hold; those without are left out."""
    found = {
        table: await owner.fetchval(f"SELECT count(*) FROM intake.{table}") for table in TABLES
    }
    return {table: count for table, count in found.items() if count}


def opened(row: Mapping[str, Any], purpose: str) -> Any:
    """What is in a row's box."""
    return json.loads(RING.open(row["box"], f"{purpose}/{row['id']}"))
