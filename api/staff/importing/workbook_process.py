"""The process that opens a workbook and prints its rows as JSON lines for sheets.py.

calamine trusts numbers in the file and aborts when memory does not suffice for them; here that ends
this process and nothing else. It imports no database driver and is given no address of one.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from api.staff.importing.containers import check_xls, check_xlsx
from api.staff.importing.files import FileRejected, damaged, locked

# Bytes of address space: a sheet of the largest size, its strings and the unpacked XML.
_MEMORY = 4 << 30
_CPU_SECONDS = 900
_BATCH = 200


def main(arguments: list[str]) -> int:
    kind, path = arguments
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for message in _messages(kind, Path(path)):
            sys.stdout.buffer.write(message)
        _say({"end": True})
    except FileRejected as refusal:
        _say({"refused": [refusal.zh, refusal.en]})
    return 0


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")


def _messages(kind: str, path: Path) -> Iterator[bytes]:
    """First the name of a sheet, then its rows in batches, and so for every worksheet."""
    check_xls(path) if kind == "xls" else check_xlsx(path)
    with _guard(), CalamineWorkbook.from_path(path) as workbook:
        names = [
            meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet
        ]
        if not names:
            raise FileRejected("工作簿中没有工作表。", "The workbook has no worksheet.")
        for name in names:
            yield orjson.dumps({"sheet": name if len(names) > 1 else None}) + b"\n"
            # iter_rows begins with the sheet's first row, also where that is blank.
            rows = enumerate(workbook.get_sheet_by_name(name).iter_rows(), start=1)
            while batch := list(islice(rows, _BATCH)):
                yield orjson.dumps({"rows": batch}, _plain, orjson.OPT_PASSTHROUGH_DATETIME) + b"\n"


def _plain(cell: object) -> Any:
    """A day in a list, which no cell is, so that it stays apart from text; other types as text."""
    if isinstance(cell, datetime | date):
        return [cell.isoformat()]
    return str(cell)


@contextmanager
def _guard() -> Iterator[None]:
    try:
        yield
    except PasswordError:
        raise locked() from None
    except (CalamineError, OSError):
        raise damaged() from None
    except BaseException as error:
        # A panic inside calamine arrives as PanicException, which derives from BaseException.
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
