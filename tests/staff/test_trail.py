"""The audit trail whole (S26): 10,000 entries, nobody changes one, a changed byte is found."""

import json
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy import event

from api.cluster.roles import Addresses
from api.db import Database, writing
from api.staff import audit
from api.staff.verifying import check
from tests.archives import TODAY
from tests.asking import API, refused
from tests.processes import environment
from tests.staff.people import MakePerson

COUNT = 10_000


async def fill(archive: Addresses, count: int = COUNT) -> None:
    acts = [audit.Act("publish", f"{number:013}", ["title", "text"]) for number in range(count)]
    async with writing(archive.desk) as session:
        await audit.append(session, "li.na", TODAY, acts)


def verify(archive: Addresses, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", "audit", "verify"],
        cwd=folder, stdin=subprocess.DEVNULL, timeout=120, check=False, text=True,
        env=environment(DATABASE_DESK_URL=archive.desk),
        capture_output=True,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["public", "desk", "mail"])
async def test_no_role_changes_or_deletes_an_entry(archive: Addresses, role: str) -> None:
    await fill(archive, 3)
    connection = await asyncpg.connect(getattr(archive, role))
    try:
        for statement in (
            "UPDATE desk.audit SET act = ''",
            "UPDATE desk.audit SET hash = hash WHERE number = 2",
            "DELETE FROM desk.audit WHERE number = 3",
            "TRUNCATE desk.audit",
            "DROP TABLE desk.audit",
            "ALTER TABLE desk.audit DISABLE TRIGGER ALL",
            "INSERT INTO desk.audit SELECT * FROM desk.audit ON CONFLICT (number)"
            " DO UPDATE SET act = ''",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_one_changed_byte_of_ten_thousand_entries_is_found(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await fill(archive)
    whole = verify(archive, tmp_path)
    assert whole.returncode == 0, whole.stderr
    entries, head = whole.stdout.split()
    assert int(entries) == COUNT
    last = await owner.fetchval("SELECT encode(hash, 'hex') FROM desk.audit WHERE number = 10000")
    assert head == last
    # Each at another place; put right again, all is whole.
    for number, change, back in (
        (1, "subject = '1000000000000'", "subject = '0000000000000'"),
        (4_711, "actor = 'li.nb'", "actor = 'li.na'"),
        (9_999, "fields = '{title,texts}'", "fields = '{title,text}'"),
        (10_000, "day = day + 1", "day = day - 1"),
        (5_000, "hash = set_byte(hash, 7, get_byte(hash, 7) # 1)",
         "hash = set_byte(hash, 7, get_byte(hash, 7) # 1)"),
    ):  # fmt: skip
        await owner.execute(f"UPDATE desk.audit SET {change} WHERE number = $1", number)
        async with writing(archive.desk) as session:
            assert (await check(session)).broken == number, change
        await owner.execute(f"UPDATE desk.audit SET {back} WHERE number = $1", number)
    async with writing(archive.desk) as session:
        assert (await check(session)).broken is None
    await owner.execute("UPDATE desk.audit SET act = 'Publish' WHERE number = 7777")
    broken = verify(archive, tmp_path)
    assert (broken.returncode, broken.stdout) == (1, "7777\n")
    assert "7777" in broken.stderr


async def test_entries_put_in_taken_out_or_exchanged_are_found(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    await fill(archive, 40)
    exchange = "UPDATE desk.audit SET number = $2 WHERE number = $1"
    for pair in ((20, 99), (21, 20), (99, 21)):
        await owner.execute(exchange, *pair)
    async with writing(archive.desk) as session:
        assert (await check(session)).broken == 20
    for pair in ((20, 99), (21, 20), (99, 21)):
        await owner.execute(exchange, *pair)
    await owner.execute("INSERT INTO desk.audit SELECT 41, day, actor, act, subject, fields, hash"
                        " FROM desk.audit WHERE number = 40")  # fmt: skip
    async with writing(archive.desk) as session:
        assert (await check(session)).broken == 41
    await owner.execute("DELETE FROM desk.audit WHERE number IN (12, 41)")
    async with writing(archive.desk) as session:
        assert (await check(session)).broken == 12


async def test_the_check_reads_the_trail_once(archive: Addresses) -> None:
    """What makes it fast: one statement, whatever its length, and progress on the way."""
    await fill(archive, 2_500)
    statements: list[str] = []
    told: list[int] = []
    database = Database(archive.desk, pool=1)
    event.listen(
        database._engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: statements.append(statement),
    )
    try:
        async with database.snapshot() as session:
            checked = await check(session, told.append)
    finally:
        await database.close()
    assert (checked.entries, checked.broken) == (2_500, None)
    assert told == [1_000, 2_000, 2_500]
    assert len([text for text in statements if "desk.audit" in text]) == 1


async def test_the_trail_is_read_backwards_by_what_it_names(
    staff_app: FastAPI, person: MakePerson, archive: Addresses
) -> None:
    li = await person("publisher")
    await fill(archive, 120)
    seen: list[int] = []
    path = f"{API}/staff/audit"
    query = {"actor": "li.na", "limit": "50"}
    while True:
        body = (await li.get(path, params=query)).json()
        seen += [entry["number"] for entry in body["items"]]
        if body["next"] is None:
            break
        query["before"] = str(body["next"])
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 120
    (entry,) = (await li.get(path, params={"subject": "0000000000007"})).json()["items"]
    assert entry == {
        "number": entry["number"], "day": "2026-11-21", "actor": "li.na", "act": "publish",
        "subject": "0000000000007", "fields": ["title", "text"],
    }  # fmt: skip
    assert (await li.get(path, params={"act": "contact.view"})).json()["items"] == []
    for wrong in ({"limit": "0"}, {"limit": "201"}, {"before": "x"}, {"actor": ""}):
        refused(await li.get(path, params=wrong), 422)


async def test_the_desk_checks_it_too(
    staff_app: FastAPI, person: MakePerson, archive: Addresses, owner: asyncpg.Connection
) -> None:
    admin = await person("admin")
    await fill(archive, 30)
    path = f"{API}/staff/audit/verify"
    whole = (await admin.post(path)).json()
    assert whole["broken"] is None
    assert whole["entries"] >= 30
    await owner.execute("DELETE FROM desk.audit WHERE number = 9")
    assert (await admin.post(path)).json() == {"entries": 8, "broken": 9}
    refused(await (await person("moderator")).get(f"{API}/staff/audit"), 403)
    refused(await (await person("publisher")).post(path), 403)


async def test_what_it_answers_holds_names_of_fields_only(
    staff_app: FastAPI, person: MakePerson, archive: Addresses
) -> None:
    li = await person("publisher")
    await fill(archive, 1)
    (entry,) = (await li.get(f"{API}/staff/audit", params={"act": "publish"})).json()["items"]
    assert set(entry) == {"number", "day", "actor", "act", "subject", "fields"}
    assert "hash" not in json.dumps(entry)
