"""The process that prepares rows: in order, ahead, and gone with whoever started it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from api.staff.importing.files import FileRejected
from api.staff.importing.headers import Columns
from api.staff.importing.preparing import REPEAT, PreparedRow, Row
from api.staff.importing.preparing_process import PROGRAM, Mappings, prepared_rows
from api.staff.importing.reading import FileToRead
from api.staff.writing import CASES, Records
from tests.processes import children, told
from tests.staff.importing.examples import write_csv

HEADER = ["Date", "Title", "Province", "Demands", "Phone"]


def rows(count: int) -> list[list[str]]:
    return [["2024-01-01", f"Example {n}", "Guangdong", "free tea", "1"] for n in range(count)]


async def said(
    path: Path, mappings: Mappings = (), most: int = 3
) -> tuple[list[Sequence[Row]], Columns]:
    batches: list[Sequence[Row]] = []
    async with aclosing(prepared_rows(FileToRead(path, "strikes"), mappings, most)) as coming:
        async for each in coming:
            if isinstance(each, Columns):
                return batches, each
            batches.append(each)
    raise AssertionError("the columns are the last word")


def named(records: Records) -> dict[str, Any]:
    return dict(zip(CASES, records.case, strict=True))


def workers() -> list[int]:
    return children(PROGRAM)


async def drained(batches: AsyncIterator[object]) -> None:
    async for _ in batches:
        pass


async def test_every_row_comes_in_its_order_and_the_columns_last(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(5), rows(5)[4], ["soon", "x"]])
    batches, columns = await said(path)
    assert [len(batch) for batch in batches] == [3, 3, 1]
    prepared = [row for batch in batches for row in batch if isinstance(row, PreparedRow)]
    cases = [named(row.records) for row in prepared]
    assert [case["title_en"] for case in cases] == [
        *(f"Example {n}" for n in range(5)),
        "Example 4",
    ]
    assert [row.ordinal for row in prepared] == [0, 0, 0, 0, 0, 1]
    assert [REPEAT in case["flags"] for case in cases] == [False] * 5 + [True]
    assert columns.contact == ["Phone"]
    assert workers() == []


async def test_what_staff_have_mapped_is_applied(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(1)])
    for mappings, issues, unmatched in (
        ((), ["other"], [("issue", "free tea")]),
        ((("issue", "free tea", "wage_arrears"),), ["wage_arrears"], []),
    ):
        ((row,),), _ = await said(path, mappings)
        assert isinstance(row, PreparedRow)
        assert named(row.records)["issues"] == issues
        assert row.unmatched == unmatched


async def test_a_file_that_is_broken_further_on_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(7)])
    with path.open("a", encoding="utf-8") as file:
        file.write('2024-01-02,"an open quotation mark')
    with pytest.raises(FileRejected, match="quotation"):
        await said(path)
    with pytest.raises(FileRejected, match="no such file"):
        await said(tmp_path / "none.csv")
    assert workers() == []


async def test_it_ends_where_nobody_wants_more(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(20_000)])
    async with aclosing(prepared_rows(FileToRead(path, "strikes"), (), 5_000)) as batches:
        await anext(batches)
        # By now the second is waited for; nobody takes the third, which no pipe holds.
        await asyncio.sleep(0.1)
        (pid,) = workers()
        # Nothing of ours stands where others on the machine can read it.
        assert told(pid, "environ") == b"LC_ALL=C.UTF-8\0"
        assert str(tmp_path).encode() not in told(pid, "cmdline")
    assert workers() == []


async def test_it_ends_where_its_caller_is_cancelled(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(3)])
    waiting = asyncio.ensure_future(said(path))
    async with asyncio.timeout(60):
        while not workers():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    assert workers() == []


async def test_its_death_is_noticed(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *rows(20_000)])
    async with aclosing(prepared_rows(FileToRead(path, "strikes"), (), 100)) as batches:
        await anext(batches)
        (pid,) = workers()
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(RuntimeError, match="died"):
            await asyncio.wait_for(drained(batches), 60)
