"""xls and xlsx from the real sheet process, opened by other libraries."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import orjson
import pytest
import xlrd

from api.cases import sheets
from api.cases.columns import COLUMNS, Cell, header, written
from api.cases.sheet_process import SheetKind, make_sheet
from api.cases.spool import TOO_LARGE, line
from api.errors import Problem
from api.lang import Lang
from tests.cases.examples import bare, case
from tests.cases.workbooks import TITLE, book, calamine_rows, xls_rows


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_rows_are_the_flat_cells(kind: SheetKind, lang: Lang) -> None:
    cases = [case(1), bare(2), case(3, months_owed=0.5, deaths=2_147_483_647)]
    content = await book(kind, cases, lang, demo=True)
    read = calamine_rows(content)
    assert read[0] == header(lang)
    for values, each in zip(read[1:], cases, strict=True):
        expected = written([column.read({**each, "demo": True}, lang) for column in COLUMNS])
        assert values == ["" if cell is None else cell for cell in expected]


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
async def test_no_rows_leave_the_header(kind: SheetKind) -> None:
    assert calamine_rows(await book(kind, [])) == [header("en")]


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
async def test_the_same_rows_are_the_same_file(kind: SheetKind) -> None:
    # Nothing in it says when it was asked for, or where.
    assert await book(kind, [case()]) == await book(kind, [case()])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("工" * 32_767, "工" * 32_767),
        ("工" * 32_768, "工" * 32_763 + " […]"),
        ("𠮷" * 16_383 + "a", "𠮷" * 16_383 + "a"),
        ("𠮷" * 16_384, "𠮷" * 16_381 + " […]"),
        ("𠮷" * 40_000, "𠮷" * 16_381 + " […]"),
    ],
    ids=["fits", "cut", "pairs fit", "pairs cut", "far too long"],
)
async def test_a_long_text_is_cut_with_a_mark(text: str, shown: str) -> None:
    assert sheets.shortened(text) == shown
    cases = [case(title={"zh": text, "en": None})]
    assert xls_rows(await book("xls", cases))[1][TITLE] == (xlrd.XL_CELL_TEXT, shown)
    content = await book("xlsx", cases)
    rows = calamine_rows(content)
    assert rows[1][TITLE] == shown


@pytest.mark.parametrize("shift", range(6))
async def test_no_emoji_is_cut_by_a_record_of_the_xls(shift: int) -> None:
    # The title is cut in two places; each shift puts the cuts elsewhere.
    texts = ["a" * shift + "工" + "😢" * 9_000, "😢" * 3, "ÿ" * 9_000 + "工"]
    content = await book("xls", [case(title={"zh": text, "en": None}) for text in texts])
    assert [row[TITLE][1] for row in xls_rows(content)[1:]] == texts
    read = calamine_rows(content)
    assert [row[TITLE] for row in read[1:]] == texts


async def test_seventy_thousand_rows_make_two_xls_sheets() -> None:
    content = await book("xls", (bare(number) for number in range(1, 70_001)))
    opened = xlrd.open_workbook(file_contents=content)
    assert opened.sheet_names() == ["cases", "cases 2"]
    assert [sheet.nrows for sheet in opened.sheets()] == [65_001, 5_001]
    first, second = opened.sheets()
    assert first.row_values(0) == second.row_values(0) == header("en")
    assert first.cell_value(65_000, 0) == bare(65_000)["id"]
    assert second.cell_value(1, 0) == bare(65_001)["id"]
    assert second.cell_value(5_000, 0) == bare(70_000)["id"]


def test_xlsx_takes_a_further_sheet_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "XLSX_ROWS", 3)
    out = io.BytesIO()
    rows: list[list[Cell]] = [[number, *[None] * 42] for number in range(7)]
    sheets.write_xlsx(rows, "zh", out)
    opened = openpyxl.load_workbook(out)
    assert opened.sheetnames == ["案例", "案例 2", "案例 3"]
    assert [sheet.max_row for sheet in opened] == [4, 4, 2]
    assert [sheet.cell(2, 1).value for sheet in opened] == [0, 3, 6]


async def test_a_process_that_fails_is_a_problem_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with tempfile.TemporaryFile() as spool:
        spool.write(b"not a case\n")
        with pytest.raises(Problem) as raised:
            await make_sheet("xls", "en", spool)
    assert raised.value.kind == "failed"
    assert os.listdir(tmp_path) == []


def test_a_book_too_large_for_memory_has_an_exit_code_of_its_own() -> None:
    program = "import sys; from api.cases import sheets; sheets.MEMORY = 150 << 20;"
    program += "sys.exit(sheets.main([sys.argv[1], 'en']))"
    with tempfile.TemporaryFile() as spool:
        for number in range(1_000):
            text = {"zh": f"{number}" + "工" * 30_000, "en": None}
            spool.write(line(orjson.dumps(case(text=text)), demo=False))
        codes = {}
        for kind in ("xls", "xlsx"):
            spool.seek(0)
            with tempfile.TemporaryFile() as out:
                command = [sys.executable, "-c", program, kind]
                done = subprocess.run(command, stdin=spool, stdout=out, check=False)
                codes[kind] = done.returncode
    # xlsx holds a row at a time.
    assert codes == {"xls": TOO_LARGE, "xlsx": 0}


async def test_that_exit_code_names_the_other_formats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nexit {TOO_LARGE}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(Problem) as raised:
        await book("xls", [case()])
    assert raised.value.kind == "too-many-rows"
    assert "xlsx, csv, geojson, ndjson" in str(raised.value.faults)


def test_the_process_carries_neither_web_framework_nor_database_driver() -> None:
    program = "import sys, api.cases.sheets; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "xlwt" in loaded
    assert not loaded & {"fastapi", "starlette", "sqlalchemy", "asyncpg", "pydantic"}
