"""Where rows are placed, and which words about places are kept."""

from pathlib import Path

import pytest

from api.staff.importing.rows import ParsedRow
from tests.staff.importing.examples import clb, drafts, outcomes, table


@pytest.mark.parametrize(
    ("province", "title", "place"),
    [
        ("Jiangsu", "Workers in Wuxi, Jiangxi protest", "320200"),
        ("广东", "Workers protest", "440000"),
        ("Guangdong", "深圳宝安区某厂工人讨薪", "440306"),
        ("0", "Workers in Chengdu, Sichuan protest", "510100"),
        ("0", "Workers of several provinces protest", None),
        ("", "Somewhere, workers protest", None),
        ("Hunan", "Workers in Shenzhen, Guangdong protest", "430000"),
    ],
)
def test_a_stated_province_is_never_left(
    tmp_path: Path, province: str, title: str, place: str | None
) -> None:
    _, (row,) = outcomes(clb(tmp_path, Province=province, Title=title, Description=title))
    assert isinstance(row, ParsedRow)
    assert row.draft.place == place
    assert row.unplaced is (place is None)


def test_place_columns_come_before_the_text(tmp_path: Path) -> None:
    header = ["日期", "标题", "省份", "城市", "区县", "地点"]
    title = "广州工人讨薪"
    found = drafts(
        table(
            tmp_path, header,
            ["2024-01-01", title, "广东省", "深圳市", "宝安区", ""],
            ["2024-01-01", title, "广东省", "深圳市", "", "宝安区某路"],
            ["2024-01-01", title, "", "", "", "东莞"],
            ["2024-01-01", title, "广东省", "", "", ""],
            ["2024-01-01", "工人讨薪", "", "", "", "某工地三号门"],
        )
    )  # fmt: skip
    assert [draft.place for draft in found] == ["440306", "440306", "441900", "440100", None]
    # Only what placed nothing is kept: nothing else would tell it.
    assert [draft.stated for draft in found] == [{}, {}, {}, {}, {"location": ["某工地三号门"]}]


def test_an_address_that_cannot_be_placed_is_not_made_public(tmp_path: Path) -> None:
    path = table(tmp_path, ["日期", "标题", "地址"], ["2024-01-01", "讨薪", "样例小区三栋五零二"])
    assert drafts(path)[0].stated == {}


def test_a_point_counts_only_where_it_was_allowed(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["Date", "Title", "Longitude", "Latitude", "exact_point"],
        ["2024-01-01", "a", "114.05", "22.54", "true"],
        ["2024-01-01", "a", "114.05", "22.54", ""],
        ["2024-01-01", "a", "inf", "22.54", "true"],
        ["2024-01-01", "a", "north", "", "true"],
    )
    points = [draft.exact_point for draft in drafts(path)]
    assert points == [(114.05, 22.54), None, None, None]
