"""The process that makes csv, geojson and ndjson: what it is told, how it fails, how it ends."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import asyncpg
import orjson
import pytest

from api.cases import query
from api.cases.export_process import chunks_of, fill, task_for
from api.cases.parameters import CaseFilters
from api.cases.spool import AWAY, Form, Task
from api.cases.view import resolve
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.errors import Problem
from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary
from api.terms.vocabulary import load_terms
from tests.archives import TODAY
from tests.processes import ROOT, children, told

VOCABULARY = Vocabulary("test", load_gazetteer(), load_terms())
PROGRAM = "api.cases.exporting"
CANARY = "kanarienvogel"
READERS = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'qiuzhu_public' AND datname = $1"

RUNNING = "SELECT query FROM pg_stat_activity WHERE usename = 'qiuzhu_public' AND query ~ '^COPY'"


def task(addresses: Addresses, form: Form = "ndjson", **asked: Any) -> Task:
    filters = CaseFilters.model_validate({"map": "all", "since": "all", **asked})
    statement = query.documents(resolve(filters, VOCABULARY, TODAY))
    address = "https://qiuzhu.example.org"
    return task_for(statement, addresses.public, form, lang="en", name="x", address=address)


async def lines(asked: Task) -> list[bytes]:
    async with aclosing(chunks_of(asked)) as chunks:
        return b"".join([chunk async for chunk in chunks]).splitlines()


def workers() -> list[int]:
    return children(PROGRAM)


class Locked:
    """A database whose cases nobody can read for the moment, and who is connected to it."""

    def __init__(self, archive: Addresses, administrator: asyncpg.Connection, name: str) -> None:
        self.archive = archive
        self._administrator, self._name = administrator, name

    async def has_readers(self, count: int) -> None:
        """Waits until so many are connected as the public role, and no longer than a test may."""
        async with asyncio.timeout(60):
            while await self._administrator.fetchval(READERS, self._name) != count:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@pytest.fixture
async def locked(
    cluster: Cluster, archive: Addresses, owner: asyncpg.Connection
) -> AsyncIterator[Locked]:
    administrator = await asyncpg.connect(cluster.superuser, database="postgres")
    async with owner.transaction():
        await owner.execute("LOCK TABLE pub.cases IN ACCESS EXCLUSIVE MODE")
        yield Locked(archive, administrator, await owner.fetchval("SELECT current_database()"))
    await administrator.close()


async def test_neither_arguments_nor_environment_hold_the_address(demo_archive: Addresses) -> None:
    async with aclosing(chunks_of(task(demo_archive, q="工"))) as chunks:
        await anext(chunks)
        (pid,) = workers()
        words, environment = told(pid, "cmdline"), told(pid, "environ")
    assert words.split(b"\0") == [sys.executable.encode(), b"-m", PROGRAM.encode(), b""]
    assert environment == b"LC_ALL=C.UTF-8\0"
    shown = repr(task(demo_archive, q=CANARY))
    assert CANARY not in shown
    assert "postgresql:" not in shown


async def test_it_runs_behind_whoever_serves_readers(demo_archive: Addresses) -> None:
    async with aclosing(chunks_of(task(demo_archive))) as chunks:
        await anext(chunks)
        (pid,) = workers()
        nice = int(told(pid, "stat").rpartition(b")")[2].split()[16])
    assert nice == os.nice(0) + 10


async def test_what_is_asked_arrives_as_values(demo_archive: Addresses) -> None:
    owner = await asyncpg.connect(demo_archive.owner)
    cases = "SELECT id FROM pub.cases WHERE {} ORDER BY date DESC, id DESC"
    containing = cases.format("strpos(search, $1) > 0")
    for word in ("工资", "%", "_", "';--", "$1"):
        expected = [row["id"] for row in await owner.fetch(containing, word)]
        assert [orjson.loads(line)["id"] for line in await lines(task(demo_archive, q=word))] == (
            expected
        )
    # Days, codes, numbers, yes and no, and a box.
    asked: dict[str, Any] = {
        "until": "2026-01-01",
        "issue": "wage_arrears",
        "participants_min": "1",
    }
    found = await lines(task(demo_archive, **asked, has_source="true", bbox="70,10,140,55"))
    same = cases.format(
        "date <= '2026-01-01' AND 'wage_arrears' = ANY(issues) AND participants_low >= 1"
        " AND source_count > 0 AND point IS NOT NULL"
    )
    assert [orjson.loads(line)["id"] for line in found] == [
        row["id"] for row in await owner.fetch(same)
    ]
    assert found
    await owner.close()


async def test_what_is_asked_stands_in_no_statement(
    demo_archive: Addresses, cluster: Cluster
) -> None:
    administrator = await asyncpg.connect(cluster.superuser, database="postgres")
    async with aclosing(chunks_of(task(demo_archive, q="工"))) as chunks:
        await anext(chunks)
        (said,) = await administrator.fetch(RUNNING)
    await administrator.close()
    assert "工" not in said["query"]


async def test_a_reader_who_is_slow_holds_it_up(demo_archive: Addresses) -> None:
    asked = task(demo_archive)
    size = sum(len(line) + 1 for line in await lines(asked))
    async with aclosing(chunks_of(asked)) as chunks:
        first = len(await anext(chunks))
        (pid,) = workers()
        await asyncio.sleep(1)
        written = dict(line.split(b": ") for line in told(pid, "io").splitlines())
        # What lies between: buffers here, the pipe, and the chunk it is about to write.
        assert int(written[b"wchar"]) < first + (1 << 20) < size
        rest = sum([len(chunk) async for chunk in chunks])
    assert first + rest == size


async def test_a_database_that_is_away_is_unavailable(demo_archive: Addresses) -> None:
    away = replace(task(demo_archive), database="postgresql://nobody:secret@127.0.0.1:9/nothing")
    with pytest.raises(Problem) as raised:
        await lines(away)
    assert raised.value.kind == "unavailable"
    with tempfile.TemporaryFile() as file, pytest.raises(Problem) as raised:
        await fill(file, replace(away, form="lines"))
    assert raised.value.kind == "unavailable"
    assert workers() == []


async def test_a_statement_that_is_wrong_is_our_failure(demo_archive: Addresses) -> None:
    for sql in ("SELECT nothing", "SELECT 1 / 0", "SELECT 'x'"):
        with pytest.raises(Problem) as raised:
            await lines(replace(task(demo_archive), sql=sql, parameters=[]))
        assert raised.value.kind == "failed", sql


async def test_who_hangs_up_ends_process_and_statement(
    locked: Locked,
) -> None:
    # Not yet at its first row, it would not notice by itself that nobody reads.
    waiting = asyncio.ensure_future(lines(task(locked.archive)))
    await locked.has_readers(1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert workers() == []
    await locked.has_readers(0)


async def test_it_ends_with_whoever_started_it(
    locked: Locked,
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(orjson.dumps(task(locked.archive)) + b"\n")
    await locked.has_readers(1)
    process.stdin.close()
    async with asyncio.timeout(30):
        assert await process.wait() == AWAY
    await locked.has_readers(0)


def test_the_process_carries_neither_web_framework_nor_orm() -> None:
    command = [sys.executable, "-c", f"import sys, {PROGRAM}; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "asyncpg" in loaded
    assert not loaded & {"fastapi", "starlette", "sqlalchemy", "pydantic", "xlwt", "numpy"}
