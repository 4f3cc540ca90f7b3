"""Runs `exporting.py` as a process of its own and passes on what it writes.

The serving process reads no row of an export: it hands over the statement and moves chunks.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import orjson

from api.cases.spool import AWAY, Form, Task
from api.db import EXPORT_TIMEOUT, AnySelect, plain_address
from api.errors import Problem
from api.fixed import DIALECT
from api.lang import Lang

_ROOT = Path(__file__).parents[2]
# Bytes that are passed on at once; up to twice as many wait for a client that is slower.
_CHUNK = 1 << 17


def task_for(
    statement: AnySelect, database: str, form: Form, *, lang: Lang, name: str, address: str
) -> Task:
    """An export of the rows of `statement` from the database of an address, not yet begun."""
    compiled = statement.compile(dialect=DIALECT)
    parameters = [compiled.params[name] for name in compiled.positiontup or ()]
    sql, way = compiled.string, plain_address(database)
    return Task(form, lang, name, address, way, sql, parameters, EXPORT_TIMEOUT)


async def chunks_of(task: Task) -> AsyncGenerator[bytes, None]:
    """The file as it is made. Whoever closes this ends the process, wherever it is.

    Raises Problem "unavailable" where the database is away and "failed" where the process fails,
    also in the middle of the file.
    """
    async with _running(task, PIPE) as child:
        assert child.stdout is not None
        while chunk := await child.stdout.read(_CHUNK):
            yield chunk
        _refuse_failure(await child.wait())


async def fill(file: BinaryIO, task: Task) -> None:
    """The same into a file on disk, with the same problems."""
    async with _running(task, file) as child:
        _refuse_failure(await child.wait())


def _refuse_failure(code: int) -> None:
    if code != 0:
        raise Problem("unavailable" if code == AWAY else "failed")


@asynccontextmanager
async def _running(task: Task, out: int | BinaryIO) -> AsyncIterator[Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "api.cases.exporting",
        stdin=PIPE,
        stdout=out,
        # A traceback would repeat the texts it stumbled over, or the address.
        stderr=DEVNULL,
        limit=_CHUNK,
        cwd=_ROOT,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert child.stdin is not None
    try:
        # Who has died at once says why by his exit code.
        with suppress(ConnectionError):
            child.stdin.write(orjson.dumps(task) + b"\n")
            await child.stdin.drain()
        yield child
    finally:
        child.stdin.close()
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
        # A process counts as ended once all it wrote has been read.
        while child.stdout is not None and await child.stdout.read(_CHUNK):
            pass
        await child.wait()
