"""Invented files of every kind, written where a test says. Nothing in them is real."""

import csv
import json
import struct
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from api.staff.drafts import Draft
from api.staff.importing.reading import FileToRead, Reading, read_file
from api.staff.importing.rows import ParsedRow, RowRejected

CLB_V5 = (
    "Date", "Title", "Description", "Province", "Industry", "Participants", "Employer",
    "Enterprise Type", "Action Taken Involve", "Employee Demands Involve",
    "Response to Collective Action",
)  # fmt: skip
CLB_ROW = (
    "2015-12-31", "Shoe workers protest wage arrears in Dongguan", "They had not been paid.",
    "Guangdong", "Manufacturing", "100-1000 Persons", "样例鞋厂", "Private Enterprise",
    "Sit-in, Protest or Demonstration", "Wage Arrears,", "Police",
)  # fmt: skip
Cells = Sequence[Any]


def write_xlsx(path: Path, *sheets: Any) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    moment = datetime(cell.year, cell.month, cell.day)
                    sheet.write_datetime(index, column, moment, day)
                elif isinstance(cell, str):
                    sheet.write_string(index, column, cell)
                elif cell is not None:
                    sheet.write(index, column, cell)
    book.close()
    return path


def _book(*sheets: Sequence[Cells]) -> xlwt.Workbook:
    book = xlwt.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(f"Sheet {number + 1}")
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = xlwt.easyxf(num_format_str="YYYY-MM-DD") if isinstance(cell, date) else None
                sheet.write(index, column, cell, *([style] if style else []))
    return book


def write_xls(path: Path, *sheets: Any) -> Path:
    _book(*sheets).save(str(path))
    return path


def write_locked_xls(path: Path) -> Path:
    """An xls whose stream says, as Excel writes it, that all after is encrypted."""
    data = _book([CLB_V5, CLB_ROW]).get_biff_data()
    first = struct.unpack_from("<HH", data)[1] + 4
    filepass = struct.pack("<HHHH", 0x2F, 4, 0, 0x1234)
    with path.open("wb") as file:
        XlsDoc().save(file, data[:first] + filepass + data[first:])
    return path


def write_locked_xlsx(path: Path) -> Path:
    """What Excel saves for a workbook with a password: an old container around the new file."""
    plain = bytearray(write_xls(path.with_suffix(".plain"), [CLB_V5, CLB_ROW]).read_bytes())
    at = plain.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    plain[at : at + 66] = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
    path.write_bytes(plain)
    return path


def write_csv(
    path: Path, rows: Sequence[Cells], *, encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_jsonl(path: Path, objects: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), "utf-8")
    return path


def outcomes(
    path: Path, map_name: str = "strikes", mapping: Path | None = None
) -> tuple[Reading, list[ParsedRow | RowRejected]]:
    reading = read_file(FileToRead(path, map_name, mapping))
    return reading, list(reading.rows())


def drafts(path: Path, map_name: str = "strikes", mapping: Path | None = None) -> list[Draft]:
    """The drafts of a file none of whose rows may be refused."""
    _, rows = outcomes(path, map_name, mapping)
    assert all(isinstance(row, ParsedRow) for row in rows), rows
    return [row.draft for row in rows if isinstance(row, ParsedRow)]


def clb(tmp_path: Path, **cells: str) -> Path:
    """A CLB-like file of one row; keywords are headers with _ for blanks."""
    row = list(CLB_ROW)
    for name, cell in cells.items():
        row[CLB_V5.index(name.replace("_", " "))] = cell
    return write_xlsx(tmp_path / "clb.xlsx", [CLB_V5, row])


def table(tmp_path: Path, *rows: Cells) -> Path:
    return write_csv(tmp_path / "table.csv", rows)
