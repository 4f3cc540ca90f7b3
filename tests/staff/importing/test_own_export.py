"""What our own exports wrote comes back: every kind of file, both languages, text like formulas."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cases.sheet_process import SheetKind
from api.cases.writers import Csv, NdJson
from api.folding import clean
from api.lang import Lang, Pair
from api.staff.drafts import Draft, DraftReply, DraftSource
from api.staff.importing.rows import ParsedRow
from tests.cases.examples import case, coded, found
from tests.cases.workbooks import book, csv_of
from tests.staff.importing.examples import drafts, outcomes, write_csv

LANGS: tuple[Lang, ...] = ("zh", "en")


def exported(**changes: Any) -> dict[str, Any]:
    """A document in which every code is one of ours."""
    return case(
        1,
        issues=[coded("wage_arrears", "欠薪", "Wage arrears"), coded("other", "其他", "Other")],
        accident_type=coded("fire", "火灾", "Fire"),
        **{"stated": {"issue": ["饮水", "free tea"]}, **changes},
    )


def expected(title: Pair | None = None) -> Draft:
    replies = [
        DraftReply(
            office=Pair("某区人社局", None),
            text=Pair("已责令整改。", None),
            status="已办理",
            received_on=date(2025, 11, 8),
            replied_on=date(2025, 11, 18),
            level="county",
        )
    ]
    sources = [
        DraftSource("weibo", f"https://example.org/1/{part}", date(2025, 11, 7), part == "a")
        for part in ("a", "b")
    ]
    return Draft(
        id=case(1)["id"],
        map="strikes",
        date=date(2025, 11, 7),
        date_precision="day",
        title=title or Pair("工人讨薪 1", "Workers demand wages 1"),
        text=Pair("数十名工人聚集在厂门口。\n要求支付工资。", "Dozens gathered at the gate."),
        company=Pair("某某电子厂", "Example Electronics"),
        place="440300",
        industry="manufacturing",
        issues=["wage_arrears", "other"],
        actions=["sit_in"],
        responses=["police"],
        ownership="private",
        accident_type="fire",
        participants_low=1,
        participants_high=100,
        participants_stated="1-100 people",
        deaths=0,
        injuries=3,
        amount_owed=Decimal("120000.50"),
        months_owed=Decimal(3),
        period_from=date(2025, 8, 1),
        stated={"issue": ["饮水", "free tea"]},
        sources=sources,
        replies=replies,
        demo=True,
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["xls", "xlsx"])
async def test_workbooks_come_back(tmp_path: Path, kind: SheetKind, lang: Lang) -> None:
    path = tmp_path / f"own.{kind}"
    path.write_bytes(await book(kind, [exported()], lang, demo=True))
    # The file's own map wins over the one that was asked.
    assert drafts(path, "calls") == [expected()]


@pytest.mark.parametrize("lang", LANGS)
def test_csv_comes_back(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "own.csv"
    writer = Csv(lang)
    path.write_bytes(writer.opening() + writer.lines([found(exported(), demo=True)]))
    reading, _ = outcomes(path, "calls")
    assert reading.columns.own
    assert reading.columns.ignored == reading.columns.contact == []
    assert drafts(path, "calls") == [expected()]


def test_documents_come_back(tmp_path: Path) -> None:
    writer = NdJson("https://example.org")
    path = tmp_path / "own.ndjson"
    path.write_bytes(writer.lines([found(exported(), demo=True), found(exported())]))
    reading, _ = outcomes(path, "calls")
    assert reading.columns.contact == ["contacts"]
    assert reading.columns.ignored == []
    # The document itself does not say that it is invented; its citation does.
    assert drafts(path, "calls") == [expected(), replace(expected(), demo=False)]


def test_an_imprecise_day_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    days = [("2025-11-01", "month"), ("2025-01-01", "year"), ("2025-01-01", "day")]
    cases = [exported(date={"value": value, "precision": precision}) for value, precision in days]
    path.write_bytes(csv_of(cases))
    assert [(str(d.date), d.date_precision) for d in drafts(path)] == days
    rows = [["id", "title_zh", "date", "date_precision"], ["x", "a", "2025-11-01", "month"]]
    assert drafts(write_csv(path, rows))[0].date_precision == "month"


def test_the_same_case_is_the_same_row_after_it_was_changed_only_in_passing(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    renamed = exported(revision=9, updated="2026-01-01")
    renamed["issues"][0] = coded("wage_arrears", "拖欠工资", "Unpaid wages")
    path.write_bytes(csv_of([exported(), renamed, exported(deaths=1)]))
    _, rows = outcomes(path)
    one, two, three = (row.identity for row in rows if isinstance(row, ParsedRow))
    assert one == two != three


def test_a_case_that_staff_left_unplaced_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    title = {"zh": "深圳工人讨薪", "en": None}
    path.write_bytes(csv_of([exported(region=None, point=None, title=title)]))
    assert drafts(path)[0].place is None


def test_lists_that_were_cut_or_edited_are_flagged(tmp_path: Path) -> None:
    rows = [["id", "title_zh", "date", "sources", "replies", "stated"]]
    for cells in (
        ('[{"url": 1}]', '[{"status": "lost"}]', "[]"),
        ('[{"platform', '[{"status"', "{"),
        ('[{"url":"javascript:1"}]', '[{"status":"已办理","office":3}]', '{"issue":[1]}'),
    ):
        rows.append(["1", "a", "2025-01-01", *cells])
    found_flags = [draft.flags for draft in drafts(write_csv(tmp_path / "a.csv", rows))]
    assert found_flags == [["unreadable_stated", "unreadable_sources", "unreadable_replies"]] * 3


def test_an_unknown_platform_of_a_source_becomes_other(tmp_path: Path) -> None:
    rows = [
        ["id", "title_zh", "date", "sources"],
        ["1", "a", "2025-01-01", '[{"platform": "pigeon_post", "url": null}]'],
    ]
    _, (row,) = outcomes(write_csv(tmp_path / "a.csv", rows))
    assert isinstance(row, ParsedRow)
    assert row.draft.sources == [DraftSource("other", None)]
    assert row.draft.stated == {"platform": ["pigeon_post"]}
    assert row.unmatched == [("platform", "pigeon_post")]


FORMULA = st.text(
    alphabet="=+-@＝＋－＠'\t\n\r \u3000\u200b\ufeff1aA_x0041", min_size=1, max_size=12
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(FORMULA.filter(lambda text: bool(clean(text))), min_size=1, max_size=40))
def test_text_like_formulas_comes_back_from_csv(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "own.csv"
    stored = [clean(text) for text in texts]
    path.write_bytes(csv_of([exported(title={"zh": text, "en": text}) for text in stored]))
    assert [draft.title for draft in drafts(path)] == [Pair(text, text) for text in stored]


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
async def test_text_like_formulas_comes_back_from_workbooks(
    tmp_path: Path, kind: SheetKind
) -> None:
    texts = [
        "=1+1",
        "'=1",
        "+a",
        "-a",
        "@a",
        "＝1",
        "_x0041_",
        "<r>a</r>",
        "a\tb\nc",
        "１－２",
        "0",
    ]
    path = tmp_path / f"own.{kind}"
    path.write_bytes(await book(kind, [exported(title={"zh": t, "en": t}) for t in texts]))
    assert [draft.title for draft in drafts(path)] == [Pair(text, text) for text in texts]


def test_foreign_files_keep_their_apostrophes(tmp_path: Path) -> None:
    rows = [["Date", "Title"], ["2025-01-01", "'=1+1"]]
    assert drafts(write_csv(tmp_path / "a.csv", rows))[0].title.en == "'=1+1"
