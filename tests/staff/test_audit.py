"""The audit chain: append-only, broken by any change, silent about values."""

from datetime import date

import asyncpg
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.staff.audit import Act, append
from api.staff.verifying import check

DAY = date(2026, 11, 20)


async def _filled(archive: Addresses, count: int = 50) -> None:
    async with writing(archive.desk) as session:
        acts = [Act("publish", f"case {number}", ["title"]) for number in range(count)]
        await append(session, "console", DAY, acts[:20])
        await append(session, "console", DAY, acts[20:])


async def test_an_untouched_chain_holds(archive: Addresses) -> None:
    await _filled(archive)
    async with writing(archive.desk) as session:
        checked = await check(session)
    assert (checked.entries, checked.broken) == (50, None)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE desk.audit SET subject = 'another' WHERE number = 31",
        "UPDATE desk.audit SET fields = '{}' WHERE number = 31",
        "UPDATE desk.audit SET day = day - 1 WHERE number = 31",
        "DELETE FROM desk.audit WHERE number = 31",
    ],
)
async def test_a_changed_entry_is_found(
    archive: Addresses, owner: asyncpg.Connection, tampering: str
) -> None:
    await _filled(archive)
    await owner.execute(tampering)
    async with writing(archive.desk) as session:
        checked = await check(session)
    assert (checked.entries, checked.broken) == (30, 31)


@pytest.mark.parametrize("statement", ["UPDATE desk.audit SET act = ''", "DELETE FROM desk.audit"])
async def test_no_process_may_change_an_entry(archive: Addresses, statement: str) -> None:
    desk = await asyncpg.connect(archive.desk)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await desk.execute(statement)
    await desk.close()
