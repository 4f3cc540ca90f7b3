"""S21: no text becomes a formula in csv, xls or xlsx, and every text comes back as it was."""

import csv
import io
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xlrd

from api.cases.columns import COLUMNS, escaped, header, unescaped
from tests.cases.examples import case
from tests.cases.workbooks import TITLE, book, calamine_rows, csv_of, xls_rows, xlsx_rows

SIGNS = "=+-@＝＋－＠\t\n"
NASTY_WORDS = (
    '=HYPERLINK("https://example.org","工资")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<r><t>x</t></r>",
    "<r></r></is></c><c r='A9'><f>1+1</f></c><c t='inlineStr'><is><r></r>",
    "_x003D_1+1",
    '工资；欠薪,"引号"\n第二行',
    "1e5",
    "𠮷野家",
    "&lt;b&gt;",
    "  ",
)


NUMBERS = [
    "longitude",
    "latitude",
    "participants_low",
    "participants_high",
    "deaths",
    "injuries",
    "amount_owed",
    "months_owed",
    "revision",
]


def nasty(count: int = 600) -> list[str]:
    """Texts that spreadsheets like to run, from a fixed seed."""
    chance = random.Random(21)
    texts = [f"{sign}{word}" for sign in ("", *SIGNS) for word in NASTY_WORDS]
    while len(texts) < count:
        blanks = "".join(chance.choices(" \u3000\u00a0\n", k=chance.randrange(4)))
        sign = chance.choice(SIGNS)
        body = "".join(chance.choices("1+(A2)!工资;,\"'<>&|=\n _x", k=chance.randrange(1, 12)))
        texts.append(f"{chance.choice(['', chr(39)])}{blanks}{sign}{body}")
    return texts


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return nasty()


@pytest.fixture(scope="module")
def nasty_cases(texts: list[str]) -> list[dict[str, Any]]:
    return [
        case(number, title={"zh": text, "en": None}, point=[-74.25, -0.5], amount_owed=-1.5)
        for number, text in enumerate(texts, start=1)
    ]


async def test_xls_keeps_types(nasty_cases: list[dict[str, Any]], texts: list[str]) -> None:
    rows = xls_rows(await book("xls", nasty_cases))[1:]
    assert [row[TITLE] for row in rows] == [(xlrd.XL_CELL_TEXT, text) for text in texts]
    numbers = [name for name, (kind, _) in zip(header("en"), rows[0], strict=True) if kind == 2]
    assert numbers == NUMBERS


async def test_xlsx_keeps_types(nasty_cases: list[dict[str, Any]], texts: list[str]) -> None:
    content = await book("xlsx", nasty_cases)
    rows = xlsx_rows(content)[1:]
    assert {row[TITLE][0] for row in rows} == {"s"}
    assert not [cell for row in rows for cell in row if cell[0] == "f"]
    numbers = [name for name, (kind, _) in zip(header("en"), rows[0], strict=True) if kind == "n"]
    assert [name for name in numbers if rows[0][header("en").index(name)][1] is not None] == NUMBERS
    # calamine, which the importer uses, resolves escapes as Excel does.
    assert [row[TITLE] for row in calamine_rows(content)[1:]] == texts


def test_csv_escapes_text_only(nasty_cases: list[dict[str, Any]], texts: list[str]) -> None:
    content = csv_of(nasty_cases)
    assert content.startswith(b"\xef\xbb\xbfid,map,date,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [unescaped(row[TITLE]) for row in rows[1:]] == texts
    assert [row[TITLE] for row in rows[1:]] == [escaped(text) for text in texts]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["longitude"], first["latitude"], first["amount_owed"]) == (
        "-74.25",
        "-0.5",
        "-1.5",
    )


@pytest.mark.long
async def test_libreoffice_sees_no_formula(
    nasty_cases: list[dict[str, Any]], texts: list[str], tmp_path: Path
) -> None:
    files = {"csv": csv_of(nasty_cases)}
    for kind in ("xls", "xlsx"):
        files[kind] = await book(kind, nasty_cases)
    for kind, content in files.items():
        opened = converted(content, kind, tmp_path)
        assert "table:formula" not in opened
        shown = title_cells(opened)
        expected = [escaped(text) if kind == "csv" else text for text in texts]
        assert len(shown) == len(expected)
        for cell, text in zip(shown, expected, strict=True):
            # A CSV has no types: what merely looks like a number becomes one on opening.
            if kind != "csv" or text.startswith("'"):
                assert cell == "".join(text.split())


@pytest.mark.long
def test_libreoffice_would_see_a_formula(tmp_path: Path) -> None:
    # Without the escape the test above has something to find.
    assert "table:formula" in converted(b"id,title\r\n1,=1+1\r\n", "csv", tmp_path)


def converted(content: bytes, kind: str, folder: Path) -> str:
    """The file as LibreOffice opens it, as flat XML."""
    office = shutil.which("soffice")
    assert office, "LibreOffice Calc is missing: apt-get install libreoffice-calc-nogui"
    (folder / f"a.{kind}").write_bytes(content)
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    if kind == "csv":
        # Comma, quote, UTF-8, and every column by its looks, as a double click does.
        command.append("--infilter=CSV:44,34,76,1,,0,false,true,false")
    command += ["--convert-to", "fods", "--outdir", str(folder / kind), str(folder / f"a.{kind}")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / kind / "a.fods").read_text()


def title_cells(fods: str) -> list[str]:
    """The titles LibreOffice shows, without the header; blanks are marked up, so left out."""
    table, text = (
        f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("table", "text")
    )
    titles = []
    for row in ElementTree.fromstring(fods).iter(f"{table}table-row"):
        cells: list[ElementTree.Element] = []
        for cell in row.iter(f"{table}table-cell"):
            repeated = int(cell.get(f"{table}number-columns-repeated", "1"))
            cells += [cell] * min(repeated, len(COLUMNS))
        if len(cells) >= len(COLUMNS) and any(True for _ in cells[0].iter(f"{text}p")):
            titles.append("".join("".join(cells[TITLE].itertext()).split()))
    return titles[1:]
