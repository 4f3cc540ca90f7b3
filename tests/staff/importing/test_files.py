"""Files that are refused as a whole, each with a message that says what to do."""

import gc
import os
import zipfile
from pathlib import Path

import pytest

from api.staff.importing import containers
from api.staff.importing.files import FileRejected
from api.staff.importing.reading import FileToRead, read_file
from tests.staff.importing.examples import (
    CLB_ROW,
    CLB_V5,
    write_csv,
    write_jsonl,
    write_locked_xls,
    write_locked_xlsx,
    write_xls,
    write_xlsx,
)

ROWS = [CLB_V5, CLB_ROW]


def refusal(path: Path) -> FileRejected:
    with pytest.raises(FileRejected) as caught:
        list(read_file(FileToRead(path, "strikes")).rows())
    assert caught.value.zh
    assert caught.value.en
    return caught.value


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.97])
def test_a_truncated_workbook_is_refused(tmp_path: Path, kind: str, part: float) -> None:
    write = write_xlsx if kind == "xlsx" else write_xls
    path = write(tmp_path / f"a.{kind}", [CLB_V5, *[CLB_ROW] * 300])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert "truncated" in refusal(path).en


def test_truncated_text_files_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [CLB_V5, CLB_ROW, [*CLB_ROW[:2], "a, b", *CLB_ROW[3:]]])
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"a, b") + 2])
    assert "row 3" in refusal(path).en
    lines = write_jsonl(tmp_path / "a.jsonl", [dict(zip(CLB_V5, CLB_ROW, strict=True))] * 2)
    lines.write_bytes(lines.read_bytes()[:-9])
    assert "truncated" in refusal(lines).en
    damaged = tmp_path / "b.csv"
    damaged.write_bytes("日期,标题\n2024-01-01,工人要求支付拖欠的工资".encode()[:-1])
    assert "truncated" in refusal(damaged).en


def test_a_quote_left_open_does_not_swallow_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Date,Title\n2024-01-01,fine\n2024-01-02,"open\n' + "2024-01-03,lost\n" * 5)
    assert "row 3" in refusal(path).en


def test_a_wrong_extension_is_named(tmp_path: Path) -> None:
    xlsx, xls = write_xlsx(tmp_path / "a.xlsx", ROWS), write_xls(tmp_path / "a.xls", ROWS)
    text = write_csv(tmp_path / "a.csv", ROWS)
    jsonl = write_jsonl(tmp_path / "a.jsonl", [{"Date": "2020", "Title": "x"}])
    for source, name in (
        (xlsx, "b.xls"), (xlsx, "b.csv"), (xls, "b.xlsx"), (xls, "b.csv"), (xls, "b.jsonl"),
        (text, "b.xls"), (text, "b.xlsx"), (text, "b.jsonl"), (jsonl, "b.csv"),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(source.read_bytes())
        assert path.suffix in refusal(path).en, (source, name)
    page = tmp_path / "page.xls"
    page.write_text("<html><table><tr><td>Date</td></tr></table></html>")
    assert "web page" in refusal(page).en
    other = tmp_path / "a.docx"
    other.write_bytes(xlsx.read_bytes())
    assert "must end in" in refusal(other).en


def test_empty_files_are_refused(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    for suffix in ("xls", "xlsx", "csv", "jsonl"):
        nothing = tmp_path / f"nothing.{suffix}"
        nothing.write_bytes(b"")
        assert "no rows" in refusal(nothing).en
    (tmp_path / "blank.jsonl").write_text("{}\n")
    blank_lines = tmp_path / "blank.csv"
    blank_lines.write_text("\n\n\n")
    for path in (
        write_xlsx(tmp_path / "none.xlsx", []),
        write_xls(tmp_path / "none.xls", [[""]]),
        write_xlsx(tmp_path / "header.xlsx", [CLB_V5]),
        write_csv(tmp_path / "header.csv", [CLB_V5, [], ["", " "]]),
        blank_lines,
    ):
        assert "no rows" in refusal(path).en, path


def test_passwords_are_named(tmp_path: Path) -> None:
    assert "password" in refusal(write_locked_xlsx(tmp_path / "a.xlsx")).en
    assert "password" in refusal(write_locked_xls(tmp_path / "a.xls")).en


@pytest.mark.parametrize(
    ("suffix", "size", "most"),
    [
        ("xls", 200, "100 MB"),
        ("xlsx", 200, "100 MB"),
        ("csv", 9_000, "8 GB"),
        ("jsonl", 9_000, "8 GB"),
    ],
)
def test_what_is_too_large_is_refused_unread(
    tmp_path: Path, suffix: str, size: int, most: str
) -> None:
    path = tmp_path / f"large.{suffix}"
    with path.open("wb") as file:
        file.truncate(size * 1024 * 1024)
    assert f"larger than {most}" in refusal(path).en


def test_a_text_of_200_mb_that_says_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "binary" in refusal(path).en


def test_zip_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(150):
                sheet.write(b" " * (1 << 20))
    assert "absurd" in refusal(path).en


def test_a_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    path.write_bytes(data)
    # The limit is lowered: what counts is that the real size is counted, not the stated one.
    monkeypatch.setattr(containers, "LARGEST_UNPACKED", 2000)
    with pytest.raises(FileRejected, match="absurd"):
        containers.check_xlsx(path)


def test_a_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    # calamine would ask for 512 GB and abort the process.
    corner = [[*CLB_V5], *[[]] * 100_000, [*[None] * 16_383, "x"]]
    assert "row 100002, column 16384" in refusal(write_xlsx(tmp_path / "far.xlsx", corner)).en


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="A1000000000"'),
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="9999999999'),
    ],
)
def test_numbers_that_kill_the_reading_process_are_refused(
    tmp_path: Path, part: str, before: bytes, after: bytes
) -> None:
    # calamine believes them and aborts for want of hundreds of gigabytes.
    source = write_xlsx(tmp_path / "a.xlsx", ROWS)
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            assert name != part or before in data
            changed.writestr(name, data.replace(before, after) if name == part else data)
    assert "damaged" in refusal(path).en


def test_a_reading_that_is_dropped_leaves_no_process(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [CLB_V5, *[CLB_ROW] * 5000])
    reading = read_file(FileToRead(path, "strikes"))
    next(reading.rows())
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    assert children.read_text().split()
    del reading
    gc.collect()
    assert not children.read_text().split()
    read_file(FileToRead(path, "strikes")).close()
    assert not children.read_text().split()


def test_other_files_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    assert "not a file" in refusal(folder).en
    assert "no such file" in refusal(tmp_path / "missing.csv").en
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "not a file" in refusal(pipe).en
    archive = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "hello")
    assert "no .xlsx workbook" in refusal(archive).en
    array = tmp_path / "array.json"
    array.write_text('[\n{"Date": "2020"}\n]')
    assert "JSON array" in refusal(array).en
    pretty = tmp_path / "pretty.json"
    pretty.write_text('{\n"Date": "2020"\n}')
    assert "Line 1" in refusal(pretty).en
    binary = tmp_path / "binary.csv"
    binary.write_bytes(bytes(range(256)) * 10)
    assert "binary" in refusal(binary).en
    strange = tmp_path / "strange.csv"
    strange.write_bytes(b"Date,Title\n2020-01-01,\xff\xff\xff\n")
    assert "encoding" in refusal(strange).en
