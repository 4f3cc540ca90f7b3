"""The process that makes an export: it reads the matches itself and writes the file's bytes.

Run as `python -m api.cases.exporting` by `export_process.py`, with a `spool.Task` on standard input
and the file on standard output. A million rows take a minute of CPU under the interpreter lock,
which readers of the serving process would wait for. It imports little, so it starts in a moment.
"""

import asyncio
import fcntl
import gc
import os
import re
import sys
from contextlib import suppress
from datetime import date
from typing import BinaryIO

import asyncpg
import orjson

from api.cases.copied import Fields, day, integer, rows, text, truth
from api.cases.spool import AWAY, Task
from api.cases.writers import Csv, Found, GeoJson, Lines, NdJson, Writer

# Behind whoever serves readers.
_NICE = 10
# Bytes that wait for the serving process while the next are made.
_PIPE = 1 << 19
_SETTINGS = {
    "default_transaction_read_only": "on",
    # Milliseconds. What is not yet at its first row ends too when nobody is left to read it.
    "client_connection_check_interval": "1000",
    # Compiling costs more than it gives where rows are only passed on, and a second process would
    # take the place of readers.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
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
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), os._exit, AWAY)
    connection = await asyncpg.connect(
        task.database, timeout=5, statement_cache_size=0, server_settings=_SETTINGS
    )
    writer = _writer(task)
    # The opening goes out with the first rows: once it is sent, no problem can be answered.
    pending = writer.opening()
    try:
        async with asyncio.timeout(None) as patience:

            async def write(data: bytes) -> None:
                nonlocal pending
                out.write(pending + writer.lines([_found(fields) for fields in rows(data)]))
                # A whole chunk at once; it waits here for a slow reader.
                out.flush()
                pending = b""
                # Only PostgreSQL's time counts, and for each piece anew.
                patience.reschedule(loop.time() + task.timeout / 1000)

            patience.reschedule(loop.time() + task.timeout / 1000)
            sql = await _without_values(connection, task)
            # One statement is one snapshot.
            await connection.copy_from_query(sql, output=write, format="binary")
    finally:
        # Not closed: after a failure rows may still be under way.
        connection.terminate()
    out.write(pending + writer.closing())
    out.flush()


async def _without_values(connection: asyncpg.Connection, task: Task) -> str:
    """The statement as COPY takes it, its values put into settings of this connection.

    Written into the statement, a reader's words would be seen and kept wherever PostgreSQL shows
    statements: with what is running, with those that were slow, in the message of a crash.
    """
    if not task.parameters:
        return task.sql
    kinds = [kind.name for kind in (await connection.prepare(task.sql)).get_parameters()]
    values = [
        date.fromisoformat(value) if kind == "date" else value
        for kind, value in zip(kinds, task.parameters, strict=True)
    ]
    kept = (
        f"set_config('qiuzhu.value_{at}', ${at}::{kind}::text, false)"
        for at, kind in enumerate(kinds, start=1)
    )
    await connection.execute(f"SELECT {', '.join(kept)}", *values)

    def read(place: re.Match[str]) -> str:
        return f"current_setting('qiuzhu.value_{place[1]}')::{kinds[int(place[1]) - 1]}"

    return re.sub(r"\$(\d+)", read, task.sql)


def _found(fields: Fields) -> Found:
    document, id_, title_zh, title_en, revision, published_on, demo = fields
    return Found(
        document,
        id_.decode(),
        text(title_zh),
        text(title_en),
        integer(revision),
        day(published_on),
        truth(demo),
    )


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
