"""xls and xlsx workbooks as sheets of rows, read by a process of their own that may die of them.

That process is workbook_process.py; text files are in lines.py; which row is the header is decided
in headers.py.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

import orjson

from api.staff.importing.files import FileRejected, Kind, damaged

# What a cell may hold: typed in workbooks, text in CSV, and nested values in JSON lines.
Cell = (
    str
    | int
    | float
    | bool
    | date
    | datetime
    | time
    | timedelta
    | list[Any]
    | dict[str, Any]
    | None
)
GridRow = tuple[int, list[Cell]]
_ROOT = Path(__file__).parents[3]


class Sheet(NamedTuple):
    """One grid; rows carry the number that the user sees. `name` is None for an only sheet."""

    name: str | None
    rows: Iterator[GridRow]


def workbook_sheets(path: Path, kind: Kind) -> Iterator[Sheet]:
    """The worksheets of a workbook in order; rows that are not taken are passed over."""
    with _process(path, kind) as lines:
        message = _next(lines)
        while "sheet" in message:
            following: list[dict[str, Any]] = []
            rows = _rows(lines, following)
            yield Sheet(message["sheet"], rows)
            for _ in rows:
                pass
            message = following[0]


def _rows(lines: IO[bytes], following: list[dict[str, Any]]) -> Iterator[GridRow]:
    """The rows of one sheet; the message after them is left in `following`."""
    while True:
        message = _next(lines)
        if "rows" not in message:
            following.append(message)
            return
        for number, cells in message["rows"]:
            yield number, [_day(cell) if isinstance(cell, list) else cell for cell in cells]


def _next(lines: IO[bytes]) -> dict[str, Any]:
    line = lines.readline()
    # Without its last word the process has died: of memory, or of a fault in what it read.
    if not line.endswith(b"\n"):
        raise damaged()
    message: dict[str, Any] = orjson.loads(line)
    if "refused" in message:
        raise FileRejected(*message["refused"])
    return message


def _day(cell: list[str]) -> date:
    return datetime.fromisoformat(cell[0]) if "T" in cell[0] else date.fromisoformat(cell[0])


@contextmanager
def _process(path: Path, kind: Kind) -> Iterator[IO[bytes]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "api.staff.importing.workbook_process", kind, str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # A panic would print what it stumbled over.
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        # No database address and nothing else of ours.
        env={"LC_ALL": "C.UTF-8"},
    )
    try:
        assert child.stdout is not None
        yield child.stdout
    finally:
        child.kill()
        if child.stdout is not None:
            child.stdout.close()
        child.wait()
