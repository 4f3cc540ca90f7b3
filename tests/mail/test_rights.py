"""What the worker may see: its outbox, with boxes that no other key opens, and nothing else."""

import asyncpg
import pytest
from nacl.public import PrivateKey

from api.mail import outbox
from api.mail.outbox import opened
from api.sealing.boxes import CannotOpen, Lock, Ring, key_id
from api.trouble import Trouble
from tests.mail.conftest import Office
from tests.mail.smtp import Mailbox

TABLES = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname IN ('pub', 'desk', 'intake') AND tablename <> 'outbox'
"""


async def test_the_mail_role_reads_nothing_but_its_outbox(office: Office) -> None:
    names = [row[0] for row in await office.owner.fetch(TABLES)]
    assert len(names) > 15
    mail = await asyncpg.connect(office.addresses.mail)
    try:
        assert await mail.fetch("SELECT * FROM intake.outbox") == []
        for name in names:
            for statement in (
                f"SELECT FROM {name}",
                f"DELETE FROM {name}",
                f"INSERT INTO {name} DEFAULT VALUES",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await mail.execute(statement)
        for statement in (
            "INSERT INTO intake.outbox (id) VALUES ('x')",
            "UPDATE intake.outbox SET box = ''",
            "UPDATE intake.outbox SET confirm = ''",
            "SELECT intake.state_of('')",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await mail.execute(statement)
    finally:
        await mail.close()


async def test_neither_the_desk_nor_another_row_opens_a_box(
    office: Office, mailbox: Mailbox
) -> None:
    mail = await office.queue("someone@example.org")
    box = await office.owner.fetchval("SELECT box FROM intake.outbox")
    desk = PrivateKey.generate()
    for ring in (Ring({key_id(desk.public_key): desk}), Ring({box[3:11]: desk})):
        with pytest.raises(CannotOpen):
            ring.open(box, f"outbox/{mail}")
    assert b"someone" in office.ring.open(box, f"outbox/{mail}")
    # Copied to another row, it is no mail; the one that is sealed to others waits.
    await office.queue_box("0AAAAAAAAAAAA", box)
    await office.queue_box("0BBBBBBBBBBBB", Lock(desk.public_key).seal(b"{}", "outbox/x"))
    await office.send(mailbox)
    assert mailbox.reached == ["someone@example.org"]
    assert await office.states() == {"sent": 1, "queued": 2}
    assert office.said == ["邮件 mail: sent 1, sealed to another key 2"]


@pytest.mark.parametrize("role", ["owner", "desk"])
async def test_a_login_that_may_do_more_is_refused(office: Office, role: str) -> None:
    with pytest.raises(Trouble, match="qiuzhu_mail"):
        async with opened(getattr(office.addresses, role)):
            raise AssertionError


async def test_one_worker_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_PATIENCE", 0.2)
    async with opened(office.addresses.mail):
        with pytest.raises(Trouble, match="Another mail worker"):
            async with opened(office.addresses.mail):
                raise AssertionError
    async with opened(office.addresses.mail):
        pass


async def test_a_database_without_outbox(office: Office) -> None:
    await office.owner.execute("DROP SCHEMA intake CASCADE")
    with pytest.raises(Trouble, match="migrate"):
        async with opened(office.addresses.mail):
            raise AssertionError
