"""The process that makes an export: it reads the matches itself and writes the file's bytes.

Run as `python -m api.cases.exporting` by `export_process.py`, with a `spool.Task` on standard input
and the file on standard output. A million rows take a minute of CPU under the interpreter lock,
which readers of the serving process would wait for. It imports little, so it starts in a moment.
"""

import asyncio
import fcntl
import gc
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO

import asyncpg
import orjson

from api.cases.spool import AWAY, Task
from api.cases.writers import Csv, Found, GeoJson, Lines, NdJson, Writer

# Behind whoever serves readers.
_NICE = 10
# Rows that are asked for at once, and of which a chunk is made. About as many as the socket holds:
# of more, PostgreSQL would wait with the rest until these are written.
_BATCH = 64
# Bytes that wait for the serving process while the next are made.
_PIPE = 1 << 19
_SETTINGS = {
    "default_transaction_read_only": "on",
    # Milliseconds. What is not yet at its first row ends too when nobody is left to read it.
    "client_connection_check_interval": "1000",
    # Compiling costs more than it gives where rows are only passed on.
    "jit": "off",
    # Cases lie on the disk nearly in the order they are sent in: an index that gives the order is
    # as fast as reading all of them, and the first row goes out at once.
    "random_page_cost": "1.1",
}
# Mistakes of ours in a statement; whatever else PostgreSQL says, it is away.
_OURS = (
    asyncpg.SyntaxOrAccessError,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
)
_AWAY = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
Fetch = Callable[[int], Awaitable[Sequence[Any]]]


def _writer(task: Task) -> Writer:
    match task.form:
        case "csv":
            return Csv(task.lang)
        case "geojson":
            return GeoJson(task.lang, task.name)
        case "ndjson":
            return NdJson(task.address)
        case "lines":
            return Lines()


async def _export(task: Task, out: BinaryIO) -> None:
    # The input stays open for as long as somebody wants the file.
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), os._exit, AWAY)
    settings = {**_SETTINGS, "statement_timeout": str(task.timeout)}
    connection = await asyncpg.connect(
        task.database, timeout=5, statement_cache_size=0, server_settings=settings
    )
    try:
        # One statement is one snapshot; the transaction is for the cursor.
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            statement = await connection.prepare(task.sql)
            types = [kind.name for kind in statement.get_parameters()]
            values = [
                date.fromisoformat(value) if kind == "date" else value
                for kind, value in zip(types, task.parameters, strict=True)
            ]
            cursor = await statement.cursor(*values)
            await _write(cursor.fetch, _writer(task), out)
    finally:
        # Not closed: after a failure the next batch may still be under way.
        connection.terminate()


async def _write(fetch: Fetch, writer: Writer, out: BinaryIO) -> None:
    # The opening goes out with the first rows: once it is sent, no problem can be answered.
    pending = writer.opening()
    coming = asyncio.ensure_future(fetch(_BATCH))
    while rows := await coming:
        # PostgreSQL works on the next rows while these are written; the turn sends the question.
        coming = asyncio.ensure_future(fetch(_BATCH))
        await asyncio.sleep(0)
        out.write(pending + writer.lines([Found(*row) for row in rows]))
        # A whole chunk at once; it waits here for a slow reader.
        out.flush()
        pending = b""
    out.write(pending + writer.closing())
    out.flush()


def main() -> int:
    os.nice(_NICE)
    # Rows come and go by the hundred thousand, and none is in a ring.
    gc.disable()
    task = Task(**orjson.loads(sys.stdin.buffer.readline()))
    # A file has none, and a system may know no such thing.
    with suppress(OSError, AttributeError):
        fcntl.fcntl(sys.stdout, fcntl.F_SETPIPE_SZ, _PIPE)
    try:
        asyncio.run(_export(task, sys.stdout.buffer))
    except _OURS:
        return 1
    except _AWAY:
        return AWAY
    return 0


if __name__ == "__main__":
    sys.exit(main())
