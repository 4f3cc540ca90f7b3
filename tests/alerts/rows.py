"""Invented alerts put into the intake as the public process puts them: sealed, and never read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import asyncpg
import orjson
from nacl.utils import random

from api.ids import new_id
from api.sealing.boxes import Lock

PICTURE = b"\x89PNG\r\n\x1a\n" + b"kanarienvogel" * 100
DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Put:
    """What was put, so that a test can ask what is left of it."""

    id: str
    receipt: bytes
    form: dict[str, Any]
    files: list[str] = field(default_factory=list)


def form(**fields: Any) -> dict[str, Any]:
    return {
        "kind": ["wage_arrears"],
        "story": "示例电子厂拖欠三个月工资。\nkanarienvogel",
        "company": "示例电子厂",
        "amount_owed": "12500.50",
        "contact_phone": "19900001234",
        "consent_phone": "staff",
        "contact_email": "kanarienvogel@example.org",
        "reply_lang": "zh",
        **fields,
    }


async def put_alert(
    connection: asyncpg.Connection,
    desk: Lock,
    mail: Lock,
    *,
    on: date = DAY,
    files: int = 1,
    mails: bool = True,
    **fields: Any,
) -> Put:
    """An alert with attachments (a sealed original each) and a mail to be sent."""
    made = Put(new_id(), random(32), form(**fields))
    body = orjson.dumps({"v": 1, "form": made.form, "email": mails})
    await connection.execute(
        "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
        " VALUES ($1, $2, 'proven', 'zh', $3, $4)",
        made.id, on, made.receipt, desk.seal(body, f"alert/{made.id}"),
    )  # fmt: skip
    for position in range(files):
        made.files.append(name := new_id())
        await connection.execute(
            "INSERT INTO intake.attachments (id, alert_id, position, kind, box, original)"
            " VALUES ($1, $2, $3, 'png', $4, $5)",
            name, made.id, position,
            desk.seal(PICTURE, f"file/{name}"), desk.seal(PICTURE + b"!", f"original/{name}"),
        )  # fmt: skip
    if mails:
        await put_mail(connection, mail, made.id, on)
    return made


async def put_mail(connection: asyncpg.Connection, mail: Lock, alert: str, on: date) -> str:
    name = new_id()
    body = orjson.dumps({"v": 1, "to": "kanarienvogel@example.org", "lang": "zh", "token": "x"})
    await connection.execute(
        "INSERT INTO intake.outbox (id, alert_id, made_on, box, confirm)"
        " VALUES ($1, $2, $3, $4, $5)",
        name, alert, on, mail.seal(body, f"outbox/{name}"), random(32),
    )  # fmt: skip
    return name


async def put_addition(
    connection: asyncpg.Connection,
    desk: Lock,
    receipt: bytes,
    text: str,
    *,
    on: date = DAY,
    files: int = 0,
) -> str:
    name = new_id()
    body = desk.seal(orjson.dumps({"v": 1, "text": text}), f"addition/{name}")
    await connection.execute(
        "INSERT INTO intake.additions (id, receipt, received_on, kind, box)"
        " VALUES ($1, $2, $3, 'addition', $4)",
        name, receipt, on, body,
    )  # fmt: skip
    for position in range(files):
        file = new_id()
        await connection.execute(
            "INSERT INTO intake.addition_files (id, addition_id, position, kind, box)"
            " VALUES ($1, $2, $3, 'jpeg', $4)",
            file, name, position, desk.seal(PICTURE, f"file/{file}"),
        )  # fmt: skip
    return name


async def put_guards(connection: asyncpg.Connection, on: date, at: datetime | None = None) -> None:
    """A spent proof, a followed link and a repeated key; `at` is for a connection of the owner."""
    await connection.execute("INSERT INTO intake.spent VALUES ($1, $2)", random(32), on)
    key, body, answer = random(32), random(32), random(80)
    if at is None:
        await connection.execute(
            "INSERT INTO intake.idempotency (key, body, answer) VALUES ($1, $2, $3)",
            key, body, answer,
        )  # fmt: skip
    else:
        await connection.execute(
            "INSERT INTO intake.idempotency VALUES ($1, $2, $3, $4)", key, body, answer, at
        )
