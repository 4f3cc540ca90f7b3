"""csv, geojson and ndjson from query rows."""

import csv
import io
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cases.columns import case_cells, escaped, header, written
from api.cases.schemas import Document
from api.cases.writers import Csv, GeoJson, NdJson, Writer, without_contacts
from tests.cases.examples import bare, case, found

ADDRESS = "https://qiuzhu.example.org"
CONTACTS = [{"channel": "phone", "value": "CANARY-13800000000"}]


def whole(writer: Writer, cases: list[dict[str, Any]], *, demo: bool = False) -> bytes:
    """The file, its rows in batches of two."""
    rows = [found(each, demo=demo) for each in cases]
    batches = [rows[start : start + 2] for start in range(0, len(rows), 2)]
    return writer.opening() + b"".join(map(writer.lines, batches)) + writer.closing()


def test_csv_is_what_excel_and_rfc_4180_expect() -> None:
    content = whole(Csv("zh"), [case(1), bare(2), case(3)], demo=True)
    assert content.startswith("\ufeff编号,地图,日期".encode())
    assert content.endswith(b",true\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [43] * 4
    assert rows[1][header("en").index("text_zh")] == case()["text"]["zh"]
    assert rows[2][4:12] == [""] * 8


@given(
    st.text(alphabet=st.sampled_from("薪a ,;\"'\r\n\t\u2028=")),
    st.one_of(
        st.none(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)
    ),
)
def test_csv_is_what_the_standard_library_writes(text: str, number: float | None) -> None:
    of = case(title={"zh": text or None, "en": text[::-1] or None}, deaths=number)
    judge = io.StringIO()
    cells = written(case_cells({**of, "demo": False}, "en"))
    row = [escaped(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(judge, lineterminator="\r\n").writerow(row)
    assert Csv("en").lines([found(of)]).decode() == judge.getvalue()


def test_geojson_is_a_feature_collection() -> None:
    cases = [case(1), bare(2), case(3)]
    content = orjson.loads(whole(GeoJson("zh", "qiuzhu-demo"), cases, demo=True))
    assert (content["type"], content["name"]) == ("FeatureCollection", "qiuzhu-demo")
    first, second, third = content["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [114.0579, 22.5431]}
    assert second["geometry"] is None
    assert third["id"] == third["properties"]["id"] == case(3)["id"]
    # Keys do not follow the language, labels do; numbers and truth are themselves.
    assert list(first["properties"]) == header("en")
    assert first["properties"]["region"] == "广东省 > 深圳市"
    assert first["properties"]["deaths"] == 0
    assert first["properties"]["demo"] is True
    assert second["properties"]["title_zh"] is None


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_geojson_of_any_length(count: int) -> None:
    cases = [case(number) for number in range(1, count + 1)]
    assert len(orjson.loads(whole(GeoJson("en", "x"), cases))["features"]) == count


def test_ndjson_is_whole_documents() -> None:
    lines = whole(NdJson(ADDRESS), [case(1), bare(2), case(3)], demo=True).splitlines()
    assert len(lines) == 3
    for line in lines:
        Document.model_validate_json(line)
    first = orjson.loads(lines[0])
    assert first.pop("cite")["en"].startswith("[Demonstration data, not a real case] Qiuzhu")
    assert first == case(1)


@pytest.mark.parametrize(
    "of",
    [
        case(contacts=CONTACTS),
        case(contacts=CONTACTS, title={"zh": '"contacts":[]', "en": None}),
        case(contacts=CONTACTS, stated={"contacts": []}),
        case(contacts=CONTACTS * 2, stated={"contacts": ["x"]}),
    ],
    ids=["plain", "in a text", "as an empty key", "as a key"],
)
def test_contacts_are_in_no_file(of: dict[str, Any]) -> None:
    for writer in (Csv("en"), GeoJson("en", "x"), NdJson(ADDRESS)):
        assert b"CANARY" not in whole(writer, [of])
    # Nothing but the contacts is missing.
    text = orjson.dumps(of)
    assert orjson.loads(without_contacts(text)) == {**of, "contacts": []}


@pytest.mark.parametrize("of", [case(), bare(), case(title={"zh": '"contacts":[1]', "en": "x"})])
def test_a_document_without_contacts_is_passed_on_as_it_is(of: dict[str, Any]) -> None:
    text = orjson.dumps(of)
    assert without_contacts(text) is text
