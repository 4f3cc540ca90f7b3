"""The report: every row counted once, nothing that could steer a terminal, plain JSON."""

import json
from pathlib import Path

from api.places.gazetteer import load_gazetteer
from api.staff.importing.preparing import prepared
from api.staff.importing.reading import FileToRead, read_file
from api.staff.importing.report import Report
from api.staff.importing.rows import ParsedRow
from api.staff.mapping.applying import Known
from api.terms.vocabulary import load_terms
from tests.staff.importing.examples import outcomes, table


def reported(path: Path) -> Report:
    report = Report()
    reading = read_file(FileToRead(path, "strikes"))
    for row in prepared(reading, Known((), load_terms()), load_gazetteer()):
        report.note(row)
    report.note_file(path.name, reading.columns)
    return report


def test_everything_is_counted(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Title", "Province", "Demands", "Phone", "Weather"],
        ["2024-01-01", "a", "Guangdong", "free tea, 饮水", "1", "fine"],
        ["2024-01-01", "b", "0", "Free tea", "1", "fine"],
        ["2024-01-01", "c", "Hunan", "free tea", "1", "fine"],
        ["soon", "d", "Hunan", "", "1", "fine"],
    )
    report = reported(path)
    assert (report.read, report.unplaced, len(report.rejected)) == (4, 1, 1)
    assert report.unmatched == {"issue": {"free tea": 2, "饮水": 1, "Free tea": 1}}
    both = Report(dry_run=True)
    for _ in range(2):
        both.add(reported(path))
    shown = json.loads(json.dumps(both.as_json()))
    assert shown["files"] == ["table.csv", "table.csv"]
    assert (shown["read"], shown["unplaced"], shown["dry_run"]) == (8, 2, True)
    # The most frequent first: that is what staff will map.
    assert list(shown["unmatched"]["issue"].items()) == [
        ("free tea", 4), ("Free tea", 2), ("饮水", 2),
    ]  # fmt: skip
    assert shown["contact_columns"] == ["Phone"]
    assert shown["ignored_columns"] == ["Weather"]
    assert [(r["file"], r["row"]) for r in shown["rejected"]] == [("table.csv", 5)] * 2
    lines = "\n".join(both.lines())
    for words in (
        "8 rows read",
        "读取 8 行",
        "Phone",
        "Weather",
        "free tea (4)",
        "Dry run",
        "soon",
    ):
        assert (words in lines) is (words != "soon")


def test_the_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    rows = [
        ["Date", "Title", "Demands", "x\u202e\x9b31m"],
        ["2024-01-01", "a", "\u202e\x9b[31m", ""],
    ]
    lines = reported(table(tmp_path, *rows)).lines()
    assert all(line.isprintable() for line in lines)


def test_long_reports_are_cut_on_the_terminal_only(tmp_path: Path) -> None:
    rows = [["soon", str(number), f"demand {number}"] for number in range(50)]
    rows += [["2024-01-01", "a", f"demand {number}"] for number in range(50)]
    report = reported(table(tmp_path, ["Date", "Title", "Demands"], *rows))
    assert len(report.lines()) < 40
    assert len(report.as_json()["rejected"]) == len(report.as_json()["unmatched"]["issue"]) == 50


def test_a_parsed_row_says_what_the_report_needs(tmp_path: Path) -> None:
    _, (row,) = outcomes(table(tmp_path, ["Date", "Title"], ["2024-01-01", "a"]))
    assert isinstance(row, ParsedRow)
    assert (row.unplaced, row.unmatched) == (True, [])
