"""The outbox as the mail role sees it: which mail is next, and what has become of each.

A row is 'sending' from before DATA until the server's answer is known, and never sent from there.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import asyncpg

from api.db import STATEMENT_TIMEOUT, plain_address
from api.trouble import Trouble

# Any number of our own: one worker at a time holds it.
_LOCK = 5_179_204_411
_PATIENCE = 5.0

# Taking a mail sets the time of its next try, so that one that ends the process is not taken again
# at once. It grows from a minute to an hour.
_TAKE = """
UPDATE intake.outbox SET tried = least(tried + 1, 30000),
    not_before = now() + least(3600, 60 * 2 ^ least(tried, 6)) * interval '1 second'
WHERE id = (
    SELECT id FROM intake.outbox
    WHERE state = 'queued' AND (not_before IS NULL OR not_before <= now())
    ORDER BY made_on, tried, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, box, tried
"""
# A withdrawal may have taken the row meanwhile; then there is nothing to send.
_BEGIN = """
UPDATE intake.outbox SET state = 'sending', sent_at = now(), address = $3
WHERE id = $1 AND state = 'queued' AND tried = $2
"""
_LAST = """
SELECT max(sent_at) FROM intake.outbox
WHERE address = ANY($1) AND sent_at > now() - interval '24 hours'
"""
# made_on is a day in Shanghai.
_EXPIRE = """
UPDATE intake.outbox SET state = 'expired' WHERE state = 'queued'
AND (made_on::timestamp AT TIME ZONE 'Asia/Shanghai') + $1 * interval '1 hour' < now()
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail in hand."""

    id: str
    box: bytes
    tried: int


class Outbox:
    """The table over one connection; every call is a transaction of its own."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def give_up_unfinished(self) -> int:
        """Mails that were in hand when a worker ended: nobody knows, so they are not repeated."""
        return await self._changed(
            "UPDATE intake.outbox SET state = 'failed' WHERE state = 'sending'"
        )

    async def expire(self, hours: int) -> int:
        """Gives up what has waited for longer than `hours`."""
        return await self._changed(_EXPIRE, hours)

    async def take(self) -> Taken | None:
        """The next mail that is due."""
        row = await self._connection.fetchrow(_TAKE)
        return Taken(row["id"], row["box"], row["tried"]) if row else None

    async def sent_lately(self) -> set[str]:
        """The ids of an hour's mails."""
        rows = await self._connection.fetch(
            "SELECT id FROM intake.outbox WHERE sent_at > now() - interval '1 hour'"
        )
        return {row["id"] for row in rows}

    async def last_to(self, hashes: Sequence[bytes]) -> datetime | None:
        """When an address had a mail within a day."""
        moment: datetime | None = await self._connection.fetchval(_LAST, list(hashes))
        return moment

    async def put_off(self, mail: Taken, until: datetime) -> None:
        """Leaves a mail for later, as if it had not been tried."""
        await self._changed(
            "UPDATE intake.outbox SET tried = tried - 1, not_before = $3"
            " WHERE id = $1 AND state = 'queued' AND tried = $2",
            *(mail.id, mail.tried, until),
        )

    async def begin(self, mail: Taken, address: bytes) -> bool:
        """From here on the mail is never sent again, whatever happens. False: it is gone."""
        return await self._changed(_BEGIN, mail.id, mail.tried, address) == 1

    async def finish(self, mail: Taken, state: Literal["sent", "failed"]) -> None:
        await self._changed(
            "UPDATE intake.outbox SET state = $2 WHERE id = $1 AND state IN ('queued', 'sending')",
            *(mail.id, state),
        )

    async def _changed(self, statement: str, *values: object) -> int:
        status: str = await self._connection.execute(statement, *values)
        return int(status.split()[-1])


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Outbox]:
    """The outbox for one worker at a time, as the mail role and nobody else.

    Raises Trouble where it cannot be had, or where the login may read more than its mails.
    """
    try:
        connection = await asyncpg.connect(
            plain_address(address),
            timeout=5,
            command_timeout=STATEMENT_TIMEOUT / 1000,
            server_settings={"application_name": "qiuzhu mail"},
        )
    except OSError:
        raise Trouble("无法连接数据库。", "The database cannot be reached.") from None
    try:
        await _refuse_others(connection)
        await _turn(connection)
        yield Outbox(connection)
    finally:
        connection.terminate()


async def _refuse_others(connection: Any) -> None:
    try:
        reads = await connection.fetchval("SELECT has_table_privilege('intake.alerts', 'SELECT')")
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        raise Trouble(
            "数据库还没有发件箱：请先运行 ./qiuzhu migrate。",
            "The database has no outbox yet: run ./qiuzhu migrate first.",
        ) from None
    if reads:
        raise Trouble(
            "DATABASE_MAIL_URL 的账号权限过大：应属于 qiuzhu_mail 角色。",
            "The login of DATABASE_MAIL_URL may do too much: it should be one of qiuzhu_mail.",
        )


async def _turn(connection: Any) -> None:
    """Waits a moment for a worker that is just ending."""
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK, timeout=_PATIENCE)
    except TimeoutError:
        raise Trouble(
            "已有一个邮件进程在运行。", "Another mail worker is running already."
        ) from None
