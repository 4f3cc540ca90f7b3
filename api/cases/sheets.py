"""The process that writes xls and xlsx: JSON lines on standard input, the file on standard output.

Run as `python -m api.cases.sheets xls|xlsx zh|en` by `sheet_process.py`. A sheet takes seconds of
CPU under the interpreter lock, which would stall every reader of the serving process. It imports
no web framework and no database driver, so it starts in a moment and holds no address of either.
"""

import io
import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, BinaryIO, cast

import xlsxwriter
import xlwt
from xlwt.Cell import NumberCell, StrCell

from api.cases import xls_strings
from api.cases.columns import Cell, header, written
from api.cases.plain_sheet import PlainSheet
from api.cases.spool import TOO_LARGE, read_rows
from api.lang import Lang

XLS_ROWS = 65_000
# One less than the format's limit of rows a sheet: the header is repeated.
XLSX_ROWS = 1_048_575
# UTF-16 code units in a cell, in both formats.
LONGEST_CELL = 32_767
CUT_MARK = " […]"
# Bytes of address space: 130,000 ordinary cases as xls take 1.1 GB.
MEMORY = 2 << 30
_TITLES = {"zh": "案例", "en": "cases"}
# The file says what it holds, never when it was asked for; the same content is the same file.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)


def write_xls(rows: Iterable[list[Cell]], lang: Lang, out: BinaryIO) -> None:
    """Typed cells by BIFF record: a string is a label whatever it begins with."""
    book = xlwt.Workbook(encoding="utf-8")
    xls_strings.install(book)
    bold, plain = xlwt.easyxf("font: bold on"), book.add_style(xlwt.Style.default_style)
    for number, part in enumerate(_parts(rows, XLS_ROWS), start=1):
        sheet = book.add_sheet(_title(lang, number))
        sheet.set_panes_frozen(True)
        sheet.set_horz_split_pos(1)
        for column, name in enumerate(header(lang)):
            sheet.row(0).set_cell_text(column, name, bold)
        for index, (*cells, last) in enumerate(part, start=1):
            row = sheet.row(index)
            # The last cell, `demo`, goes in by the front door, which looks up the style and sets
            # the row's width each time; the others need not, and that saves a third of the time.
            row.set_cell_text(len(cells), str(last))
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    text = book.add_str(shortened(cell))
                    row.insert_cell(column, StrCell(index, column, plain, text))
                elif cell is not None:
                    row.insert_cell(column, NumberCell(index, column, plain, cell))
            if index % 1_000 == 0:
                # Rows so far go to a nameless temporary file instead of staying objects.
                sheet.flush_row_data()
    book.save(out)


def write_xlsx(rows: Iterable[list[Cell]], lang: Lang, out: BinaryIO) -> None:
    """Typed cells, one row in memory at a time."""
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _CREATED})
    bold = book.add_format({"bold": True})
    for number, part in enumerate(_parts(rows, XLSX_ROWS), start=1):
        sheet = book.add_worksheet(_title(lang, number), PlainSheet)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header(lang)):
            sheet.write_string(0, column, name, bold)
        for index, cells in enumerate(part, start=1):
            sheet.write_cells(
                index, [shortened(cell) if isinstance(cell, str) else cell for cell in cells]
            )
    book.close()


def shortened(text: str) -> str:
    """The text, or as much of it as a cell holds and the mark that says so."""
    # UTF-16 has at most two units a character, so most texts need no counting.
    if len(text) * 2 <= LONGEST_CELL or _units(text) <= LONGEST_CELL:
        return text
    room = (LONGEST_CELL - len(CUT_MARK)) * 2
    # "ignore" drops the first half of a pair that the cut went through.
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _title(lang: Lang, number: int) -> str:
    return _TITLES[lang] if number == 1 else f"{_TITLES[lang]} {number}"


def _parts(rows: Iterable[list[Cell]], most: int) -> Iterator[Iterator[list[Cell]]]:
    """The rows in sheets; the first sheet is there even when there is no row."""
    remaining = iter(rows)
    yield islice(remaining, most)
    for first in remaining:
        yield chain([first], islice(remaining, most - 1))


WRITERS: dict[str, Callable[[Iterable[list[Cell]], Lang, BinaryIO], None]] = {
    "xls": write_xls,
    "xlsx": write_xlsx,
}


def main(arguments: list[str]) -> int:
    kind, lang = arguments
    # Readers come first; and xlwt keeps a whole book in memory, which must not starve the machine.
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # A regular file that can be sought; buffered, because the writers write in small pieces.
    out: Any = io.BufferedRandom(io.FileIO(sys.stdout.fileno(), "r+", closefd=False))
    try:
        with out:
            rows = map(written, read_rows(sys.stdin.buffer, cast(Lang, lang)))
            WRITERS[kind](rows, cast(Lang, lang), out)
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
