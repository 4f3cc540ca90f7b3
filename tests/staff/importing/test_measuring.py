"""Amounts, months and periods of invented calls."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.staff.importing.examples import drafts, table


def test_measures_of_calls(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["日期", "标题", "拖欠金额（万元）", "拖欠金额", "欠薪月数", "开始日期", "结束日期"],
        ["2024-01-01", "讨薪", "3.5", "", "三个月", "2023-10", "2023-12"],
        ["2024-01-01", "讨薪", "3.5万元", "", "3-4个月", "去年", ""],
        ["2024-01-01", "讨薪", "约2", "", "", "", ""],
        ["2024-01-01", "讨薪", "", "约5万元", "", "", ""],
        ["2024-01-01", "讨薪", "", "$900", "", "", ""],
    )
    found = drafts(path, "calls")
    amounts = [draft.amount_owed for draft in found]
    expected = [Decimal(35000), Decimal(35000), Decimal(20000), Decimal(50000), None]
    assert amounts == expected
    assert [draft.months_owed for draft in found] == [Decimal(3), None, None, None, None]
    assert found[0].period_from == date(2023, 10, 1)
    assert found[0].period_until == date(2023, 12, 31)
    assert [draft.stated for draft in found] == [
        {}, {"months_owed": ["3-4个月"], "period_from": ["去年"]}, {"amount_owed": ["约2 万元"]},
        {"amount_owed": ["约5万元"]}, {"amount_owed": ["$900"]},
    ]  # fmt: skip
