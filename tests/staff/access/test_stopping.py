"""An account that must be stopped, whatever else is at work."""

import asyncio

from fastapi import FastAPI

from api.db import LOCK_TIMEOUT
from api.staff import audit
from tests.asking import API
from tests.staff.people import MakePerson

ACCOUNTS = f"{API}/staff/accounts"


async def test_an_account_is_stopped_also_while_an_import_holds_the_trail(
    person: MakePerson, staff_app: FastAPI
) -> None:
    admin, li = await person("admin", "root"), await person("publisher", "li.na")
    async with staff_app.state.database.transaction() as importing:
        await audit.hold(importing)
        stopping = asyncio.create_task(admin.post(f"{ACCOUNTS}/li.na/disable"))
        # Longer than any other act would wait.
        await asyncio.sleep(LOCK_TIMEOUT / 1000 + 1)
        assert not stopping.done()
    assert (await stopping).status_code == 204
    assert (await li.get(f"{API}/staff/me")).status_code == 401
