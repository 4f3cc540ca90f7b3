"""Invented drafts for tests of the desk."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from api.ids import new_id
from api.lang import Pair
from api.staff.drafts import Draft, DraftReply, DraftSource

_CALL = Draft(
    id="",
    map="calls",
    date=date(2026, 10, 3),
    date_precision="day",
    title=Pair("示例电子厂拖欠工资", "Example Electronics owes wages"),
    text=Pair("工人讨薪未果。", "Workers ask for their pay."),
    company=Pair("示例电子厂", "Example Electronics"),
    place="440306",
    industry="electronics",
    issues=["wage_arrears"],
    actions=["social_media"],
    amount_owed=Decimal("12500.50"),
    months_owed=Decimal("2.5"),
    stated={"issue": ["伙食太差"]},
    sources=[DraftSource("weibo", "https://example.org/1", date(2026, 10, 3), True)],
    replies=[
        DraftReply(
            Pair("示例区人社局", "Example district labour bureau"),
            Pair("已转办。", "Passed on."),
            "办理中",
            date(2026, 10, 4),
            date(2026, 10, 12),
        )
    ],
)


def call(**changes: Any) -> Draft:
    """A call for help with an id of its own and lists of its own."""
    fresh = {"id": new_id(), "flags": [], "stated": dict(_CALL.stated)}
    return replace(_CALL, **{**fresh, **changes})
