"""Invented alerts in the intake of the test's own database, sealed to the desk of the tests."""

from datetime import date
from typing import Any

import asyncpg
from nacl.public import PrivateKey
from nacl.utils import random

from api.ids import new_id
from api.sealing.boxes import Lock
from tests.alerts.rows import Put, put_alert
from tests.archives import TODAY
from tests.staff.people import desk_lock

MAIL = Lock(PrivateKey.generate().public_key)
# What a person may say in the form; numbers that cannot exist.
FULL: dict[str, Any] = {
    "kind": ["wage_arrears", "injury", "hours"],
    "story": "我叫王建树，示例电子厂拖欠三个月工资，老板电话19900009999。\n大家都没有拿到。",
    "happened": "2026-10",
    "place": "深圳市宝安区示例路12号3栋502室",
    "region": "440000",
    "industry": "electronics",
    "company": "示例电子厂",
    "amount_owed": 12500.5,
    "months_owed": 3.0,
    "people": 12,
    "links": "https://weibo.com/example\njavascript:alert(1)\nhttps://example.org/2",
    "contact_name": "王建树",
    "contact_phone": "19900001234",
    "contact_wechat": "gongyou_0000",
    "contact_other": None,
    "contact_email": "gongren@example.org",
    "consent_name": "staff",
    "consent_phone": "public",
    "consent_wechat": "helpers",
    "consent_other": "staff",
    "exact_place": False,
    "keep_original": True,
    "reply_lang": "zh",
}


async def put(owner: asyncpg.Connection, *, on: date = TODAY, files: int = 0, **form: Any) -> Put:
    """An alert of the proven lane."""
    return await put_alert(
        owner, desk_lock(), MAIL, on=on, files=files, mails=False, **{**FULL, **form}
    )


async def put_plain(
    owner: asyncpg.Connection,
    lane: str = "proven",
    state: str = "received",
    on: date = TODAY,
    **columns: Any,
) -> str:
    """An alert of which only the clear columns matter."""
    given = {
        "id": new_id(), "received_on": on, "lane": lane, "lang": "zh", "receipt": random(32),
        "box": random(80), "state": state, **columns,
    }  # fmt: skip
    places = ", ".join(f"${n}" for n in range(1, len(given) + 1))
    await owner.execute(
        f"INSERT INTO intake.alerts ({', '.join(given)}) VALUES ({places})", *given.values()
    )
    name: str = given["id"]
    return name


async def acts(owner: asyncpg.Connection, like: str = "%") -> list[tuple[str, str, list[str]]]:
    """What the audit trail says, in order."""
    rows = await owner.fetch(
        "SELECT act, subject, fields FROM desk.audit WHERE act LIKE $1 ORDER BY number", like
    )
    return [tuple(row) for row in rows]
