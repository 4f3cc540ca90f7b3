"""Files that open: every kind, encoding and sheet, with the row numbers that a user sees."""

from datetime import date
from pathlib import Path

import pytest

from api.staff.importing.rows import ParsedRow, RowRejected
from tests.staff.importing.examples import (
    CLB_ROW,
    CLB_V5,
    drafts,
    outcomes,
    write_csv,
    write_jsonl,
    write_xls,
    write_xlsx,
)

ROWS = [CLB_V5, CLB_ROW]


def test_one_row_is_the_same_row_in_every_kind_of_file(tmp_path: Path) -> None:
    paths = [
        write_xlsx(tmp_path / "a.xlsx", ROWS),
        write_xls(tmp_path / "a.xls", ROWS),
        write_csv(tmp_path / "a.csv", ROWS),
        write_jsonl(tmp_path / "a.jsonl", [dict(zip(CLB_V5, CLB_ROW, strict=True))]),
    ]
    identities = set()
    for path in paths:
        _, (row,) = outcomes(path)
        assert isinstance(row, ParsedRow)
        assert row.draft.title.en == "Shoe workers protest wage arrears in Dongguan"
        identities.add(row.identity)
    assert len(identities) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["日期", "标题", "描述", "省份"],
        ["2024-05-06", "东莞样例鞋厂工人讨薪", "三个月, 没有发工资；\n公司; 不回应", "广东"],
    ]
    path = write_csv(tmp_path / "a.csv", rows, encoding=encoding, delimiter=delimiter)
    (draft,) = drafts(path)
    assert draft.title.zh == "东莞样例鞋厂工人讨薪"
    assert draft.text.zh == "三个月, 没有发工资；\n公司; 不回应"


def test_large_fields_are_read(tmp_path: Path) -> None:
    # Over the 131,072 characters that the csv module stops at by default, in a column to ignore.
    rows = [["Date", "Title", "Scribble"], ["2024-05-06", "An invented title", "x" * 3_000_000]]
    assert drafts(write_csv(tmp_path / "a.csv", rows))[0].title.en == "An invented title"


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    rows = [
        ["Invented strikes"], [], CLB_V5, ["soon", *CLB_ROW[1:]], [], CLB_ROW,
        ["2015-02-30", "line one\nline two", *CLB_ROW[2:]],
    ]  # fmt: skip
    for path in (
        write_csv(tmp_path / "a.csv", rows),
        write_xlsx(tmp_path / "a.xlsx", rows),
        write_xls(tmp_path / "a.xls", rows),
    ):
        _, found = outcomes(path)
        assert [row.row_number for row in found if isinstance(row, RowRejected)] == [4, 7], path
        assert len(found) == 3


def test_all_sheets_with_the_same_header_are_read(tmp_path: Path) -> None:
    notes = [["Notes"], ["nothing here"]]
    other = [["Date", "Title"], ["2020-01-01", "Another table"]]
    bad = [CLB_V5, ["never", *CLB_ROW[1:]]]
    path = write_xlsx(tmp_path / "a.xlsx", notes, ROWS, [], ROWS, other, bad)
    reading, rows = outcomes(path)
    assert [type(row) for row in rows] == [ParsedRow, ParsedRow, RowRejected]
    assert reading.columns.ignored_sheets == ["Sheet1", "Sheet5"]
    assert isinstance(rows[2], RowRejected)
    assert "Sheet6" in rows[2].en
    xls = write_xls(tmp_path / "a.xls", ROWS, ROWS)
    assert len(drafts(xls)) == 2


def test_typed_cells_of_a_workbook(tmp_path: Path) -> None:
    rows = [["Date", "Title", "Participants"], [date(2024, 2, 29), "Typed", 35]]
    for path in (write_xlsx(tmp_path / "a.xlsx", rows), write_xls(tmp_path / "a.xls", rows)):
        (draft,) = drafts(path)
        assert draft.date == date(2024, 2, 29)
        assert (draft.participants_low, draft.participants_high) == (35, 35)


def test_a_broken_json_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = '{"Date": "2020-01-01", "Title": "An invented title"}\n'
    deeper, deep = ("[" * depth + "]" * depth for depth in (100_000, 500))
    bad = ('{"Date": ', "[1]", '{"Date": NaN}', deeper, f'{{"Title": {deep}}}')
    path.write_text(good + "\n".join(bad) + "\n\n" + good)
    _, rows = outcomes(path)
    assert [row.row_number for row in rows if isinstance(row, RowRejected)] == [2, 3, 4, 5, 6]
    assert sum(isinstance(row, ParsedRow) for row in rows) == 2
