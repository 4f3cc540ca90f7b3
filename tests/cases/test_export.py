"""GET /cases/export.*: the whole way from the database to the file."""

import csv
import io
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import httpx
import orjson
import pytest
import xlrd

from api.cases import export
from api.cases.columns import header
from api.cases.parameters import CaseFilters
from api.cases.streaming import Slots
from api.cases.view import View, resolve
from api.cluster.roles import Addresses
from api.db import writing
from api.ids import encode_id
from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary, read_vocabulary
from api.staff.drafts import Draft
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms
from tests.archives import TODAY
from tests.cases.workbooks import calamine_rows

FORMATS = ("xls", "xlsx", "csv", "geojson", "ndjson")
SHENZHEN = "map=strikes&region=440300&since=2024"


async def archived(addresses: Addresses, drafts: list[Draft]) -> None:
    """Publishes drafts in a test's own database."""
    async with writing(addresses.desk) as session:
        await write_drafts(session, load_gazetteer(), drafts)
        renderer = Renderer(await read_vocabulary(session))
        ids = [draft.id for draft in drafts]
        await publish(session, renderer, ids, actor="console", day=TODAY)


def draft(number: int, **changes: Any) -> Draft:
    plain = Draft(encode_id(number), "strikes", TODAY, "day", Pair(f"讨薪{number}", None))
    return replace(plain, **changes)


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def listed(client: httpx.AsyncClient, filters: str) -> list[str]:
    ids, cursor = [], ""
    while True:
        page = (await client.get(f"/api/v1/cases?{filters}&limit=200{cursor}")).json()
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return ids
        cursor = f"&cursor={page['next']}"


def ids_in(form: str, content: bytes) -> list[str]:
    if form == "csv":
        return [row["id"] for row in csv_rows(content)]
    if form == "geojson":
        return [feature["id"] for feature in orjson.loads(content)["features"]]
    if form == "ndjson":
        return [orjson.loads(line)["id"] for line in content.splitlines()]
    return [row[0] for row in calamine_rows(content)[1:]]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("filters", [SHENZHEN, "map=all&q=工资 拖欠&since=all", "map=calls"])
async def test_every_format_holds_what_the_list_holds(
    client: httpx.AsyncClient, form: str, filters: str
) -> None:
    answer = await client.get(f"/api/v1/cases/export.{form}?{filters}")
    assert answer.status_code == 200
    expected = await listed(client, filters)
    assert len(expected) > 3
    assert ids_in(form, answer.content) == expected


async def test_headers_of_a_file(client: httpx.AsyncClient) -> None:
    for form, media_type in (
        ("csv", "text/csv; charset=utf-8"),
        ("geojson", "application/geo+json"),
        ("ndjson", "application/x-ndjson"),
        ("xls", "application/vnd.ms-excel"),
    ):
        answer = await client.get(f"/api/v1/cases/export.{form}?{SHENZHEN}&lang=zh")
        assert answer.headers["content-type"] == media_type
        assert answer.headers["cache-control"] == "public, max-age=60"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "Accept-Language" in answer.headers["vary"]
        name = f"qiuzhu-demo-strikes-2024-01-01-2026-11-21-440300-2026-11-21.{form}"
        assert answer.headers["content-disposition"] == (
            f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
        )


async def test_a_line_is_the_case_itself(client: httpx.AsyncClient) -> None:
    lines = (await client.get(f"/api/v1/cases/export.ndjson?{SHENZHEN}")).content.splitlines()
    for line in lines[:20]:
        document = await client.get(f"/api/v1/cases/{orjson.loads(line)['id']}")
        assert line == document.content


async def test_the_language_picks_header_and_labels(client: httpx.AsyncClient) -> None:
    chinese = (await client.get(f"/api/v1/cases/export.csv?{SHENZHEN}&lang=zh")).content
    english = (await client.get(f"/api/v1/cases/export.csv?{SHENZHEN}&lang=en")).content
    accepted = await client.get(
        f"/api/v1/cases/export.csv?{SHENZHEN}", headers={"Accept-Language": "zh-CN"}
    )
    assert accepted.content == chinese
    assert chinese.decode("utf-8-sig").splitlines()[0] == ",".join(header("zh"))
    assert english.decode("utf-8-sig").splitlines()[0] == ",".join(header("en"))
    assert csv_rows(english)[0]["region"].startswith("Guangdong > Shenzhen")
    assert csv_rows(chinese)[0]["地区"].startswith("广东省 > 深圳市")


async def test_demonstration_data_is_marked(client: httpx.AsyncClient) -> None:
    rows = csv_rows((await client.get(f"/api/v1/cases/export.csv?{SHENZHEN}")).content)
    assert {row["demo"] for row in rows} == {"true"}


async def test_real_cases_are_not_marked(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    await archived(archive, [draft(1)])
    answer = await own_client.get("/api/v1/cases/export.csv?map=strikes")
    assert [row["demo"] for row in csv_rows(answer.content)] == ["false"]
    assert "demo" not in answer.headers["content-disposition"]


@pytest.mark.parametrize("form", FORMATS)
async def test_no_match_is_a_file_with_the_header_only(
    own_client: httpx.AsyncClient, form: str
) -> None:
    answer = await own_client.get(f"/api/v1/cases/export.{form}?lang=zh")
    assert answer.status_code == 200
    assert ids_in(form, answer.content) == []
    if form == "csv":
        assert answer.text.count("\r\n") == 1


@pytest.mark.parametrize("form", FORMATS)
async def test_a_title_like_a_formula_stays_text(
    archive: Addresses, own_client: httpx.AsyncClient, form: str
) -> None:
    title = '=HYPERLINK("https://example.org","工资")'
    await archived(archive, [draft(1, title=Pair(title, None))])
    content = (await own_client.get(f"/api/v1/cases/export.{form}?map=strikes")).content
    if form == "csv":
        assert csv_rows(content)[0]["title_zh"] == f"'{title}"
    elif form == "geojson":
        assert orjson.loads(content)["features"][0]["properties"]["title_zh"] == title
    elif form == "ndjson":
        assert orjson.loads(content)["title"]["zh"] == title
    elif form == "xls":
        cell = xlrd.open_workbook(file_contents=content).sheet_by_index(0).cell(1, 4)
        assert (cell.ctype, cell.value) == (xlrd.XL_CELL_TEXT, title)
    else:
        assert calamine_rows(content)[1][4] == title


@pytest.mark.parametrize("form", FORMATS)
async def test_bad_filters_are_problems(client: httpx.AsyncClient, form: str) -> None:
    for filters, parameter in (
        ("since=2026-02-30", "since"),
        ("region=999999", "region"),
        ("colour=red", "colour"),
        ("limit=5", "limit"),
    ):
        answer = await client.get(f"/api/v1/cases/export.{form}?{filters}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["parameter"] == parameter


async def test_another_format_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/cases/export.pdf")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_too_many_rows_for_xls_names_the_other_formats(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_XLS_ROWS", 2)
    answer = await client.get(f"/api/v1/cases/export.xls?{SHENZHEN}")
    assert (answer.status_code, answer.json()["type"][-13:]) == (422, "too-many-rows")
    detail = answer.json()["errors"][0]
    for other in ("xlsx", "csv", "geojson", "ndjson"):
        assert other in detail["zh"]
        assert other in detail["en"]
    assert (await client.get(f"/api/v1/cases/export.xlsx?{SHENZHEN}")).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
async def test_head_answers_without_making_the_file(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    # Whoever took a slot now would find none.
    for slots in ("_sheets", "_streams"):
        monkeypatch.setattr(export, slots, Slots(running=0, waiting=0))
    answer = await client.head(f"/api/v1/cases/export.{form}?{SHENZHEN}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert "attachment" in answer.headers["content-disposition"]
    assert (await client.head(f"/api/v1/cases/export.{form}?region=0")).status_code == 422


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary("test", load_gazetteer(), load_terms())


def view(vocabulary: Vocabulary, **asked: Any) -> View:
    return resolve(CaseFilters.model_validate(asked), vocabulary, TODAY)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "qiuzhu-calls-2026-05-21-2026-11-21-2026-11-21"),
        ({"since": "all", "map": "all"}, "qiuzhu-all-all-2026-11-21"),
        (
            {"since": "2025", "until": "2025", "issue": "wage_arrears", "replied": "true"},
            "qiuzhu-calls-2025-01-01-2025-12-31-issue-wage_arrears-replied-true-2026-11-21",
        ),
        ({"since": "all", "q": "../讨薪\u202e/x"}, "qiuzhu-calls-all-q-.._讨薪_x-2026-11-21"),
        ({"since": "all", "bbox": "1,2,3,4"}, None),
        ({"since": "all", "q": "工" * 200}, "qiuzhu-calls-all-q-" + "工" * 108 + "_etc-2026-11-21"),
    ],
)
def test_a_file_name_says_what_is_in_it(
    vocabulary: Vocabulary, asked: dict[str, str], name: str | None
) -> None:
    made = export.file_name(view(vocabulary, **asked), TODAY, demo=False)
    assert made == name or name is None
    assert not set(made) & set('/\\:*?"<>|\n')


def test_a_file_name_in_any_script_has_a_plain_twin() -> None:
    made = export.disposition('讨薪"\\-x.csv')
    assert made.isascii()
    assert made.startswith('attachment; filename="_-x.csv"; ')
    assert unquote(made.rpartition("''")[2]) == '讨薪"\\-x.csv'
