"""Invented cases as files, and the rows that other libraries read from them."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import orjson
import python_calamine
import xlrd

from api.cases.columns import header
from api.cases.sheet_process import SheetKind, make_sheet
from api.cases.spool import line
from api.cases.writers import Csv
from api.lang import Lang
from tests.cases.examples import found

TITLE = header("en").index("title_zh")


async def book(
    kind: SheetKind, cases: Iterable[dict[str, Any]], lang: Lang = "en", *, demo: bool = False
) -> bytes:
    with tempfile.TemporaryFile() as spool:
        spool.writelines(line(orjson.dumps(each), demo=demo) for each in cases)
        with await make_sheet(kind, lang, spool) as made:
            return made.read()


def xls_rows(content: bytes) -> list[list[tuple[int, Any]]]:
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    return [[(cell.ctype, cell.value) for cell in sheet.row(index)] for index in range(sheet.nrows)]


def xlsx_rows(content: bytes) -> list[list[tuple[str, Any]]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[(cell.data_type, cell.value) for cell in row] for row in sheet.iter_rows()]


def calamine_rows(content: bytes) -> list[list[Any]]:
    """The first sheet as the importer's library reads it."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return rows


def csv_of(cases: Sequence[dict[str, Any]], lang: Lang = "en") -> bytes:
    writer = Csv(lang)
    return writer.opening() + writer.lines([found(each) for each in cases]) + writer.closing()
