"""Numbers as people write them; what is not surely a number stays text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.staff.importing.quantities import (
    LARGEST_INT,
    Participants,
    read_count,
    read_money,
    read_months,
    read_participants,
)
from api.staff.importing.sheets import Cell


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1-100 Persons", 1, 100), ("100-1000 Persons", 100, 1000), ("1,000-9,999", 1000, 9999),
        ("1000～10000人", 1000, 10000), ("30至50名工人", 30, 50), ("20 to 30 workers", 20, 30),
        ("10000+", 10000, None), ("more than 30", 30, None), ("30余人", 30, None),
        ("百余人", 100, None), ("300多名工人", 300, None), ("1000人以上", 1000, None),
        ("at least 12 people", 12, None), ("约200人", 200, 200), ("about 200", 200, 200),
        ("200人左右", 200, 200), ("1.2万人", 12000, 12000), ("两百人", 200, 200),
        ("一百二十三人", 123, 123), ("十二名", 12, 12), ("不到50人", 1, 50), ("up to 50", 1, 50),
        ("35 drivers", 35, 35),
    ],
)  # fmt: skip
def test_participants(text: str, low: int, high: int | None) -> None:
    assert read_participants(text) == Participants(low, high, text)


def test_a_bare_number_needs_no_words() -> None:
    assert read_participants("35") == read_participants("３５") == Participants(35, 35, None)


@pytest.mark.parametrize(
    "text",
    ["hundreds", "数百人", "100-10", "30 percent", "many", "3.5 workers", "99999999999",
     "1-99999999999", "9" * 300, "-5", "10 or 20"],
)  # fmt: skip
def test_participants_that_are_not_guessed(text: str) -> None:
    assert read_participants(text) == Participants(None, None, text)


@pytest.mark.parametrize(
    ("cell", "value", "exact"),
    [
        (3, 3, True), (3.0, 3, True), ("3", 3, True), ("3人", 3, True), ("三人", 3, True),
        ("3 workers", 3, True), ("3人死亡", 3, True), ("0", 0, True), ("至少3人", 3, False),
        ("约3人", 3, False), ("不到3人", None, False), ("unknown", None, False), (-1, None, False),
        (2.5, None, False), (LARGEST_INT, LARGEST_INT, True), (LARGEST_INT + 1, None, False),
        (float("inf"), None, False), ("", None, False), (None, None, False),
    ],
)  # fmt: skip
def test_counts(cell: Cell, value: int | None, exact: bool) -> None:
    assert read_count(cell) == (value, exact)


@pytest.mark.parametrize(
    ("cell", "value", "exact"),
    [
        ("12000", "12000", True), (12000.5, "12000.50", True), ("12,000元", "12000", True),
        ("¥12,000.50", "12000.50", True), ("￥12000", "12000", True), ("1.2万元", "12000", True),
        ("RMB 3 million", "3000000", True), ("3亿元", "300000000", True), ("5万", "50000", True),
        ("CNY 800", "800", True), ("800 yuan", "800", True), ("人民币800元", "800", True),
        ("约5万元", "50000", False), ("3万余元", "30000", False),
        ("over 3 million yuan", "3000000", False),
        ("三千元", "3000", True),
    ],
)  # fmt: skip
def test_money(cell: Cell, value: str, exact: bool) -> None:
    assert read_money(cell) == (Decimal(value), exact)


@pytest.mark.parametrize(
    "cell",
    ["$500", "500 USD", "HK$500", "5-6万元", "人均3000元", "12,34", "不到5万元", "-5", "lots",
     "1000000000000", 1e300, "9" * 190, "1e5"],
)  # fmt: skip
def test_money_that_is_not_guessed(cell: Cell) -> None:
    assert read_money(cell) == (None, False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [(3, "3"), (2.5, "2.5"), ("3个月", "3"), ("3 months", "3"), ("三个月", "3"), ("半年", "6"),
     ("1年", "12"), ("2 years", "24"), ("0.25", "0.2"), ("两个月", "2")],
)  # fmt: skip
def test_months(cell: Cell, value: str) -> None:
    assert read_months(cell)[0] == Decimal(value)


@pytest.mark.parametrize("cell", ["三到五个月", "since May", "100000", "3 weeks", None])
def test_months_that_are_not_guessed(cell: Cell) -> None:
    assert read_months(cell) == (None, False)


@given(
    st.text(alphabet="0123456789.,+-~万千百十两三人元个月约多余¥abcdefgh 年to", max_size=40)
    | st.text()
)
def test_no_text_is_too_strange(text: str) -> None:
    found = read_participants(text)
    assert found.low is None or 0 <= found.low <= LARGEST_INT
    assert found.high is None or 0 <= found.high <= LARGEST_INT
    money, _ = read_money(text)
    assert money is None or 0 <= money < Decimal(10) ** 12
    months, _ = read_months(text)
    assert months is None or 0 <= months < Decimal(10) ** 5
    count, _ = read_count(text)
    assert count is None or 0 <= count <= LARGEST_INT
