"""The flat columns: names, cells, and the escape of what a spreadsheet would run."""

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.cases.columns import COLUMNS, Cell, cells, escaped, header, unescaped, written
from api.cases.schemas import Document
from api.lang import Lang
from tests.cases.examples import bare, case

NAMES = tuple(
    """
    id map date date_precision title_zh title_en text_zh text_en region_code region longitude
    latitude industry_code industry issue_codes issues action_codes actions response_codes
    responses ownership_code ownership accident_type_code accident_type platform_codes platforms
    company_zh company_en participants_low participants_high participants_stated deaths injuries
    amount_owed months_owed period_from period_until stated sources replies revision updated demo
    """.split()  # noqa: SIM905
)


def row(of: dict[str, object], lang: Lang = "en", *, demo: bool = False) -> dict[str, Cell]:
    return dict(zip(NAMES, cells(orjson.dumps(of), lang, demo=demo), strict=True))


def test_the_examples_are_documents() -> None:
    cite = {"zh": "引用", "en": "citation"}
    for example_case in (case(), bare()):
        Document.model_validate_json(orjson.dumps({**example_case, "cite": cite}))


def test_headers() -> None:
    assert header("en") == list(NAMES)
    chinese = header("zh")
    assert len(set(chinese)) == len(NAMES)
    assert all(not name.isascii() for name in chinese)


@pytest.mark.parametrize("field", sorted({*bare()} - {"contacts", "replied", "id", "map"}))
def test_every_field_of_a_document_has_a_cell(field: str) -> None:
    # Emptied (or, where a case must have it, changed), a field must show in the row.
    other = {
        "date": {"value": "2024-01-01", "precision": "day"},
        "revision": 9,
        "updated": "2026-01-01",
    }
    changed = {**case(), field: other.get(field, bare()[field])}
    assert row(changed) != row(case())


def test_the_fields_are_those_of_a_document() -> None:
    assert {*bare()} | {"cite"} == {*Document.model_fields}


def test_a_full_case() -> None:
    found = row(case(), "en", demo=True)
    expected = {
        "map": "strikes",
        "date": "2025-11-07",
        "title_zh": "工人讨薪 1",
        "region_code": "440300",
        "region": "Guangdong > Shenzhen",
        "longitude": 114.0579,
        "latitude": 22.5431,
        "industry_code": "manufacturing",
        "industry": "Manufacturing",
        "issue_codes": "wage_arrears; layoff",
        "issues": "Wage arrears; Layoff",
        "responses": "Police",
        "platform_codes": "weibo",
        "platforms": "Weibo",
        "participants_low": 1,
        "participants_stated": "1-100 people",
        "deaths": 0,
        "amount_owed": 120000.5,
        "period_from": "2025-08-01",
        "period_until": None,
        "stated": '{"industry":["手套"]}',
        "revision": 2,
        "updated": "2025-12-01",
        "demo": True,
    }
    assert {name: found[name] for name in expected} == expected
    sources = found["sources"]
    assert isinstance(sources, str)
    assert orjson.loads(sources) == case()["sources"]


def test_labels_follow_the_language_and_codes_do_not() -> None:
    english, chinese = row(case(), "en"), row(case(), "zh")
    assert chinese["region"] == "广东省 > 深圳市"
    assert chinese["issues"] == "欠薪; 裁员"
    assert chinese["platforms"] == "微博"
    for name in NAMES:
        if name.endswith(("_code", "_codes", "_zh", "_en")):
            assert english[name] == chinese[name]


def test_what_is_not_known_is_an_empty_cell() -> None:
    filled = {name for name, cell in row(bare()).items() if cell is not None}
    assert filled == {"id", "map", "date", "date_precision", "revision", "updated", "demo"}


@pytest.mark.parametrize(
    ("precision", "shown"), [("day", "2025-11-01"), ("month", "2025-11"), ("year", "2025")]
)
def test_a_date_shows_what_is_known(precision: str, shown: str) -> None:
    day = {"value": "2025-11-01", "precision": precision}
    assert row(case(date=day))["date"] == shown


def test_a_place_without_path_has_its_own_label() -> None:
    region = {**case()["region"], "path": []}
    assert row(case(region=region))["region"] == "Shenzhen"


def test_truth_is_a_word_in_a_sheet() -> None:
    assert written([True, False, 1, "a", None]) == ["true", "false", 1, "a", None]


def test_contacts_are_in_no_cell() -> None:
    contacts = [{"channel": "phone", "value": "CANARY-13800000000"}]
    assert "CANARY" not in str(row(case(contacts=contacts)))
    assert not any("contact" in column.name for column in COLUMNS)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n", "\r"])
@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u3000", "  \n", "\u200b", "\ufeff"])
def test_what_begins_like_a_formula_is_escaped(sign: str, blank: str) -> None:
    assert escaped(f"{blank}{sign}1") == f"'{blank}{sign}1"


@pytest.mark.parametrize("text", ["工资", "a=b", "1-2", "'quoted'", "", " a", "（=1）"])
def test_other_text_is_left_alone(text: str) -> None:
    assert escaped(text) == text
    assert unescaped(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝＋－＠\t\n\r \u3000\u200ba工1"), max_size=8))
@example("'=1+1")
@example("''-a")
def test_the_escape_is_reversible_and_leaves_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text).lstrip(" \u3000\u200b")[:1] not in tuple("=+-@＝＋－＠\t\n\r")
