"""Rows of invented files to drafts: strikes in both of CLB's layouts, accidents, and refusals."""

from datetime import date
from pathlib import Path
from typing import Any

from api.ids import is_id
from api.lang import Pair
from api.staff.importing.rows import ParsedRow, RowRejected
from tests.staff.importing.examples import (
    CLB_ROW,
    clb,
    drafts,
    outcomes,
    table,
    write_jsonl,
)


def test_a_clb_row(tmp_path: Path) -> None:
    (draft,) = drafts(clb(tmp_path))
    assert is_id(draft.id)
    assert (draft.map, draft.date, draft.date_precision) == ("strikes", date(2015, 12, 31), "day")
    assert draft.title == Pair(None, "Shoe workers protest wage arrears in Dongguan")
    assert draft.text == Pair(None, "They had not been paid.")
    assert draft.company == Pair("样例鞋厂", None)
    assert draft.place == "441900"
    assert draft.industry == "manufacturing"
    assert draft.issues == ["wage_arrears"]
    assert draft.actions == ["sit_in", "protest"]
    assert draft.responses == ["police"]
    assert draft.ownership == "private"
    assert (draft.participants_low, draft.participants_high) == (100, 1000)
    assert draft.participants_stated == "100-1000 Persons"
    assert draft.stated == {}
    assert (draft.flags, draft.sources, draft.replies, draft.demo) == ([], [], [], False)


def test_text_is_kept_as_it_was_written(tmp_path: Path) -> None:
    title = "  Workers strike at a factory in Xi "
    (draft,) = drafts(clb(tmp_path, Title=title, Description="one\r\ntwo\n\n three\x07 "))
    assert draft.title.en == "Workers strike at a factory in Xi"
    assert draft.text.en == "one\ntwo\n\n three"
    (same,) = drafts(clb(tmp_path, Description=CLB_ROW[1]))
    assert same.text == same.title


def test_what_no_term_matches_stays_verbatim(tmp_path: Path) -> None:
    path = clb(
        tmp_path,
        Employee_Demands_Involve="Wage Arrears, free tea,饮水,",
        Industry="Basket weaving",
        Enterprise_Type="Guild",
        Response_to_Collective_Action="",
    )
    _, (row,) = outcomes(path)
    assert isinstance(row, ParsedRow)
    draft = row.draft
    assert draft.issues == ["wage_arrears", "other"]
    assert (draft.industry, draft.ownership, draft.responses) == ("other", "other", [])
    assert draft.stated == {
        "issue": ["free tea", "饮水"], "industry": ["Basket weaving"], "ownership": ["Guild"],
    }  # fmt: skip
    assert sorted(row.unmatched) == [
        ("industry", "Basket weaving"), ("issue", "free tea"), ("issue", "饮水"),
        ("ownership", "Guild"),
    ]  # fmt: skip


def test_a_blank_is_nothing_and_unknown_is_unknown(tmp_path: Path) -> None:
    blank = dict.fromkeys(
        ("Industry", "Participants", "Employer", "Enterprise_Type", "Action_Taken_Involve",
         "Employee_Demands_Involve", "Response_to_Collective_Action"), " ",
    )  # fmt: skip
    (draft,) = drafts(clb(tmp_path, **blank))
    assert (draft.industry, draft.ownership, draft.issues, draft.actions) == (None, None, [], [])
    assert (draft.participants_low, draft.participants_stated) == (None, None)
    assert draft.company == Pair(None, None)
    (unknown,) = drafts(clb(tmp_path, Enterprise_Type="Unknown"))
    assert unknown.ownership == "unknown"


def test_the_older_layout_without_title(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Location", "Industry", "Demands"],
        ["2015-03-02", "Shenzhen, Guangdong", "Manufacturing", "Wage Arrears, Layoffs"],
        ["2015-03-02", "Shenzhen, Guangdong", "Manufacturing", ""],
        ["2015-03-02", "广东深圳", "制造业", "拖欠工资"],
        ["2015-03-02", "", "Manufacturing", ""],
    )
    _, rows = outcomes(path)
    assert isinstance(rows[3], RowRejected)
    found = [row.draft for row in rows[:3] if isinstance(row, ParsedRow)]
    assert [draft.title for draft in found] == [Pair(None, None)] * 3
    assert [draft.text for draft in found] == [
        Pair(None, "Shenzhen, Guangdong: Wage Arrears, Layoffs"),
        Pair(None, "Shenzhen, Guangdong"),
        Pair("广东深圳：拖欠工资", None),
    ]
    assert [draft.place for draft in found] == ["440300"] * 3
    assert found[0].issues == ["wage_arrears", "layoffs"]


def test_two_columns_of_one_field(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Title", "标题", "Description", "Content", "诉求", "Demands"],
        ["2024-01-01", "A strike", "罢工", "First.", "Second.", "加薪", "Overtime"],
    )
    (draft,) = drafts(path)
    assert draft.title == Pair("罢工", "A strike")
    assert draft.text == Pair(None, "First.\n\nSecond.")
    assert draft.issues == ["pay_rise", "overtime_pay"]


def test_industries_with_a_column_below(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Title", "Industry", "Sub-industry"],
        ["2024-01-01", "a", "Manufacturing", "Electronics"],
        ["2024-01-01", "a", "", "Electronics"],
        ["2024-01-01", "a", "Manufacturing", "Baskets"],
        ["2024-01-01", "a", "Manufacturing", ""],
    )
    found = drafts(path)
    expected = ["electronics", "electronics", "manufacturing", "manufacturing"]
    assert [draft.industry for draft in found] == expected
    assert [bool(draft.stated) for draft in found] == [False, False, True, False]
    assert "Baskets" in found[2].stated["industry"][0]


def test_one_industry_of_several_is_kept_and_the_cell_with_it(tmp_path: Path) -> None:
    _, (row,) = outcomes(clb(tmp_path, Industry="Services, Mining"))
    assert isinstance(row, ParsedRow)
    assert row.draft.industry == "services"
    assert row.draft.stated == {"industry": ["Services, Mining"]}
    assert row.unmatched == []


def test_accidents_from_json_lines(tmp_path: Path) -> None:
    objects: list[dict[str, Any]] = [
        {"日期": "2024年5月", "标题": "样例煤矿事故", "省份": "山西", "deaths": 3, "受伤": "12人",
         "accident_type": "坍塌", "industry": "煤炭", "来源": "样例日报", "extra": {"a": [1]}},
        {"date": "2024", "title": "Fire", "deaths": "at least 2", "injuries": "several",
         "amount_owed": None, "links": ["https://example.org/1", "https://weibo.com/2"]},
        {"date": "2024-01-01", "title": "Fall", "deaths": 2**40, "injuries": -1},
    ]  # fmt: skip
    path = write_jsonl(tmp_path / "a.jsonl", objects)
    reading, rows = outcomes(path, "accidents")
    one, two, three = (row.draft for row in rows if isinstance(row, ParsedRow))
    assert (one.map, one.date, one.date_precision) == ("accidents", date(2024, 5, 1), "month")
    assert (one.deaths, one.injuries, one.accident_type) == (3, 12, "collapse")
    assert (one.place, one.industry) == ("140000", "coal")
    assert [source.platform for source in one.sources] == ["other"]
    assert one.stated == {"platform": ["样例日报"]}
    assert (two.deaths, two.injuries, two.date_precision) == (2, None, "year")
    assert two.stated == {"deaths": ["at least 2"], "injuries": ["several"]}
    assert [(s.platform, s.url) for s in two.sources] == [
        (None, "https://example.org/1"), ("weibo", "https://weibo.com/2"),
    ]  # fmt: skip
    assert (three.deaths, three.injuries) == (None, None)
    assert three.stated == {"deaths": [str(2**40)], "injuries": ["-1"]}
    assert reading.columns.ignored == ["extra"]


def test_reasons_for_refusing_a_row(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Title", "Map", "Description"],
        ["2024-02-30", "impossible", "", ""],
        ["03/04/2024", "ambiguous", "", ""],
        ["", "no date", "", ""],
        ["2024-01-01", "", "", " "],
        ["2024-01-01", "unknown map", "4", ""],
        ["2024-01-01", "long", "", "x" * 100_001],
        ["2024-01-01", "fine", "", "x" * 100_000],
        ["2024-01-01", "fine", "2", ""],
        ["2024-01-01", "fine", "Calls", ""],
    )
    _, rows = outcomes(path)
    refused = [row for row in rows if isinstance(row, RowRejected)]
    assert [row.row_number for row in refused] == [2, 3, 4, 5, 6, 7]
    reasons = ("not exist", "ambiguous", "no date", "neither", "map", "100,000")
    for row, reason in zip(refused, reasons, strict=True):
        assert reason in row.en
        assert row.zh
    kept = [row.draft.map for row in rows if isinstance(row, ParsedRow)]
    assert kept == ["strikes", "accidents", "calls"]


def test_cells_without_a_header_are_flagged(tmp_path: Path) -> None:
    path = table(
        tmp_path, ["Date", "Title", ""], ["2024-01-01", "a", "", "lost"], ["2024-01-01", "b", "x"],
        ["2024-01-01", "c"],
    )  # fmt: skip
    assert [draft.flags for draft in drafts(path)] == [["cells_without_header"]] * 2 + [[]]
