"""The list of sealed columns is complete, and holds nothing that is not sealed."""

import asyncpg
import pytest
from sqlalchemy import LargeBinary

from api.cluster.roles import Addresses
from api.models import Base
from tests.alerts.rows import DAY, put_addition, put_alert, put_guards
from tests.sealing.test_boxes import pair

# Every column of bytes is a box or a hash under a key. A new one is added to one of these lists by
# somebody who has thought about it.
SEALED = {
    ("alerts", "box"), ("attachments", "box"), ("attachments", "original"), ("additions", "box"),
    ("addition_files", "box"), ("addition_files", "original"), ("outbox", "box"),
}  # fmt: skip
HASHED = {
    ("alerts", "receipt"), ("additions", "receipt"), ("outbox", "confirm"), ("outbox", "address"),
    ("confirmations", "confirm"), ("idempotency", "key"), ("idempotency", "body"),
    # Encrypted under the client's own key, which nobody stores.
    ("idempotency", "answer"), ("spent", "token"),
}  # fmt: skip
# What is left in clear: codes, days, ids and counts, no word of anybody's.
CLEAR = {
    "alerts": {"id", "received_on", "lane", "lang", "state", "changed_on", "decided_on", "reason",
               "case_id", "assignee", "flagged", "confirmed"},
    "attachments": {"id", "alert_id", "position", "kind"},
    "additions": {"id", "received_on", "kind"},
    "addition_files": {"id", "addition_id", "position", "kind"},
    "outbox": {"id", "alert_id", "made_on", "state", "tried", "not_before", "sent_at"},
    "confirmations": {"received_on"},
    "idempotency": {"made_at"},
    "spent": {"made_on"},
}  # fmt: skip


def test_every_column_is_sealed_hashed_or_known_to_be_clear() -> None:
    tables = [table for table in Base.metadata.tables.values() if table.schema == "intake"]
    binary = {
        (table.name, column.name)
        for table in tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert binary == SEALED | HASHED
    clear = {
        table.name: {column.name for column in table.columns}
        - {name for of, name in binary if of == table.name}
        for table in tables
    }
    assert clear == CLEAR


async def test_sealed_columns_hold_boxes_only(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    (lock, ring), (mail, _) = pair(), pair()
    public = await asyncpg.connect(archive.public)
    for _ in range(3):
        put = await put_alert(public, lock, mail, files=2)
        await put_addition(public, lock, put.receipt, "kanarienvogel", files=1)
    await put_guards(public, DAY)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await public.fetch("SELECT box FROM intake.alerts")
    await public.close()
    purposes = {"alerts": "alert", "additions": "addition", "outbox": "outbox"}
    for table, column in sorted(SEALED):
        rows = await owner.fetch(f"SELECT id, {column} AS box FROM intake.{table}")
        boxes = [(row["id"], row["box"]) for row in rows if row["box"] is not None]
        assert boxes or (table, column) == ("addition_files", "original")
        for name, box in boxes:
            assert box[:3] == b"QZ1"
            assert (len(box) - 3 - 8 - 48) % 512 == 0
            assert b"kanarienvogel" not in box
            if table != "outbox":
                what = "original" if column == "original" else purposes.get(table, "file")
                assert b"kanarienvogel" in ring.open(box, f"{what}/{name}")
    # The whole schema as text, as a thief would search it.
    for table in CLEAR:
        text = await owner.fetchval(f"SELECT string_agg(t::text, '') FROM intake.{table} t") or ""
        for canary in ("kanarienvogel", "19900001234", b"kanarienvogel".hex()):
            assert canary not in text
