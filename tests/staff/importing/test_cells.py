"""Days, addresses, states and languages of single cells, as people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.lang import Pair
from api.staff.importing.cells import (
    AMBIGUOUS,
    IMPOSSIBLE,
    UNREADABLE,
    Day,
    as_text,
    in_its_language,
    read_day,
    read_state,
    read_truth,
)
from api.staff.importing.links import is_link, platform_of, read_links
from api.staff.importing.sheets import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "2015-12-31", "2015/12/31", "2015.12.31", "2015年12月31日", "2015 年 12 月 31 日",
        "2015年12月31号", "2015-12-31 08:30", "2015-12-31T08:30:00", "2015年12月31日（星期四）",
        "２０１５－１２－３１", "20151231", "31 Dec 2015", "31 December, 2015",
        "31st of December 2015",
        "Dec. 31, 2015", "December 31 2015", "31-Dec-2015", "12/31/2015", "31/12/2015",
        "31.12.2015", " 2015-12-31 ", date(2015, 12, 31), datetime(2015, 12, 31, 9, 5), 42369,
        42369.5, 20151231, 1451540000, "1451540000", "1451540000000",
        "2015-12-30T20:00:00Z", "2015-12-31T23:00:00+08:00", "2015-12-30T12:00:00-08:00",
    ],
)  # fmt: skip
def test_days(cell: Cell) -> None:
    assert read_day(cell) == Day(date(2015, 12, 31), "day")


@pytest.mark.parametrize(
    "cell",
    ["2015-12", "2015/12", "2015年12月", "2015年12月份", "December 2015", "Dec 2015", "dec, 2015",
     "201512", 201512],
)  # fmt: skip
def test_months(cell: Cell) -> None:
    assert read_day(cell) == Day(date(2015, 12, 1), "month")


@pytest.mark.parametrize("cell", ["2015", "2015年", 2015, 2015.0])
def test_years(cell: Cell) -> None:
    assert read_day(cell) == Day(date(2015, 1, 1), "year")


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("2015-02-30", IMPOSSIBLE), ("2015-13-01", IMPOSSIBLE), ("2015-00-10", IMPOSSIBLE),
        ("2015年2月29日", IMPOSSIBLE), ("0015-02-03", IMPOSSIBLE), ("31/31/2015", IMPOSSIBLE),
        ("03/04/2015", AMBIGUOUS), ("3-4-2015", AMBIGUOUS), ("soon", UNREADABLE), ("", UNREADABLE),
        ("12-31", UNREADABLE), ("31-12-15", UNREADABLE), ("2015-12-31 or so", UNREADABLE),
        ("9" * 5000, UNREADABLE), (10**400, UNREADABLE), (float("inf"), UNREADABLE),
        (float("nan"), UNREADABLE), (True, UNREADABLE), (None, UNREADABLE), ([], UNREADABLE),
        (12.5, UNREADABLE), (-3, UNREADABLE),
    ],
)  # fmt: skip
def test_days_that_are_none(cell: Cell, problem: Pair) -> None:
    assert read_day(cell) == problem


def test_a_day_that_both_orders_agree_on() -> None:
    assert read_day("05/05/2015") == Day(date(2015, 5, 5), "day")


def test_the_end_of_an_imprecise_day() -> None:
    assert Day(date(2024, 2, 1), "month").last == date(2024, 2, 29)
    assert Day(date(2024, 1, 1), "year").last == date(2024, 12, 31)
    assert Day(date(2024, 2, 3), "day").last == date(2024, 2, 3)


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes())
def test_no_cell_is_too_strange_for_a_day(cell: Cell) -> None:
    assert isinstance(read_day(cell), Day | Pair)


def test_cells_as_text() -> None:
    cells: list[Cell] = [3.0, 3.25, 7, True, None, date(2020, 1, 2), datetime(2020, 1, 2), {"a": 1}]
    assert [as_text(cell) for cell in cells] == [
        "3", "3.25", "7", "true", "", "2020-01-02", "2020-01-02", "",
    ]  # fmt: skip
    assert as_text([" a\r\nb ", None, 2]) == "a\nb; 2"


def test_truth() -> None:
    assert [read_truth(cell) for cell in ("是", "Yes", 1, True, "TRUE")] == [True] * 5
    assert [read_truth(cell) for cell in ("否", "no", 0, False, "false")] == [False] * 5
    assert [read_truth(cell) for cell in ("maybe", None, "")] == [None] * 3


def test_states_of_handling() -> None:
    assert read_state("办理中") == read_state("In  Progress") == read_state("處理中") == "办理中"
    assert read_state("待回复") == read_state("pending") == "待回复"
    assert read_state("已办理") == read_state("已办结") == read_state("Replied") == "已办理"
    assert read_state("lost") is None


def test_language() -> None:
    assert in_its_language("东莞鞋厂罢工") == Pair("东莞鞋厂罢工", None)
    assert in_its_language("iPhone 工厂罢工") == Pair("iPhone 工厂罢工", None)
    assert in_its_language("Strike in Dongguan") == Pair(None, "Strike in Dongguan")
    # A Chinese name inside an English sentence does not make it Chinese.
    english = "Workers of the firm 样例 protest at the gate of a factory"
    assert in_its_language(english) == Pair(None, english)
    assert in_its_language("") == Pair(None, None)


def test_links() -> None:
    first, second = "https://example.org/a,b?x=1;2", "http://example.org/中文"
    for between in (" ", "\n", ", ", ",", "，", "；", ";", "、"):
        assert read_links(f"{first}{between}{second}") == ([first, second], "")
    assert read_links([first, first, second]) == ([first, second], "")
    assert read_links(f"{first}（已删）") == ([first], "（已删）")
    assert read_links("see note; again") == ([], "see note; again")
    assert read_links(None) == ([], "")


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "ftp://example.org/", "example.org/a", "https://", "//example.org",
        "https://user:secret@example.org/", "https://example.org/" + "a" * 2000,
        "https://[example.org/", "https://example.org:port/", "https://example.org/\u202etxt",
        'https://example.org/"onclick=', "data:text/html,x", "https://example.org/<script>",
    ],
)  # fmt: skip
def test_what_is_no_link_is_kept_verbatim(text: str) -> None:
    assert not is_link(text)
    links, rest = read_links(text)
    assert (links, rest) == ([], text)


def test_platforms_by_host() -> None:
    assert platform_of("https://weibo.com/1/2") == platform_of("https://M.Weibo.cn/1") == "weibo"
    assert platform_of("https://mp.weixin.qq.com/s/x") == "wechat"
    assert platform_of("https://v.douyin.com/x/") == "douyin"
    assert platform_of("https://liuyan.people.com.cn/threads/1") == "message_board"
    assert platform_of("https://notweibo.com/1") is None
    assert platform_of("https://weibo.com.example.org/") is None
