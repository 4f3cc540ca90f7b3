"""A form made into a draft: codes filled, words masked, and nothing finer than was said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from api.alerts.forms import KINDS
from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.places.geocoder import load_geocoder
from api.reference import Vocabulary
from api.staff.drafts import NOTHING, Draft
from api.staff.queue.drafting import ISSUES, contacts_of, draft_of, filled
from api.terms.vocabulary import load_terms
from tests.staff.queue.alerts import FULL

RECEIVED = date(2026, 11, 19)
VOCABULARY = Vocabulary("x", load_gazetteer(), load_terms())


def draft(**form: Any) -> Draft:
    return draft_of("0000000000000", form, RECEIVED, VOCABULARY, load_geocoder())


def test_a_full_form() -> None:
    made = draft(**FULL)
    assert (made.map, made.date, made.date_precision) == ("calls", date(2026, 10, 1), "month")
    assert made.text == Pair(
        "我叫■■■，示例电子厂拖欠三个月工资，老板电话■■■。\n大家都没有拿到。", None
    )
    assert (made.title, made.company) == (NOTHING, Pair("示例电子厂", None))
    assert (made.place, made.exact_point, made.shown) == ("440306", None, "prefecture")
    assert made.industry == "electronics"
    assert made.issues == ["wage_arrears", "work_injury", "excessive_hours"]
    assert (made.amount_owed, made.months_owed) == (Decimal("12500.50"), Decimal("3.0"))
    assert (made.participants_low, made.participants_high) == (12, 12)
    assert [(source.platform, source.url) for source in made.sources] == [
        ("weibo", "https://weibo.com/example"), (None, "https://example.org/2"),
    ]  # fmt: skip
    assert made.from_alert
    assert made.stated == {}
    assert filled(made) == [
        "amount_owed", "company", "date", "industry", "issues", "map", "months_owed",
        "participants", "place", "sources", "text",
    ]  # fmt: skip
    assert "19900001234" not in repr(made)


def test_contacts_with_whom_they_may_be_given_to() -> None:
    assert [tuple(each) for each in contacts_of(FULL)] == [
        ("other", "王建树", "none"), ("phone", "19900001234", "public"),
        ("wechat", "gongyou_0000", "helpers"), ("email", "gongren@example.org", "none"),
    ]  # fmt: skip
    assert contacts_of({"contact_phone": 5, "contact_name": " ", "consent_name": []}) == []


def test_every_kind_of_the_form_is_a_term() -> None:
    assert set(ISSUES) == set(KINDS)
    assert draft(kind=list(KINDS)).issues == list(ISSUES.values())


@pytest.mark.parametrize(
    ("form", "place", "shown"),
    [
        ({}, None, "prefecture"),
        ({"region": "440000"}, "440000", "prefecture"),
        ({"region": "440000", "exact_place": True}, "440000", "exact"),
        ({"region": "440000", "place": "工业园里"}, "440000", "prefecture"),
        ({"region": "440000", "place": "东莞市长安镇示例路1号"}, "441900", "prefecture"),
        ({"place": "广东省深圳市宝安区", "exact_place": True}, "440306", "exact"),
        ({"place": "Shenzhen, Guangdong"}, "440300", "prefecture"),
        ({"region": "000000", "place": "x"}, None, "prefecture"),
        ({"region": 44, "exact_place": "yes"}, None, "prefecture"),
    ],
)
def test_places(form: dict[str, Any], place: str | None, shown: str) -> None:
    made = draft(**form)
    assert (made.place, made.shown, made.exact_point) == (place, shown, None)


@pytest.mark.parametrize(
    ("happened", "day", "precision"),
    [
        ("2026-10-21", date(2026, 10, 21), "day"),
        ("2026-10", date(2026, 10, 1), "month"),
        ("2025", date(2025, 1, 1), "year"),
        # The very day would tell when somebody was at the form.
        (None, date(2026, 11, 1), "month"),
        ("yesterday", date(2026, 11, 1), "month"),
        ("2026-02-30", date(2026, 11, 1), "month"),
        (2026, date(2026, 11, 1), "month"),
    ],
)
def test_days(happened: object, day: date, precision: str) -> None:
    made = draft(happened=happened)
    assert (made.date, made.date_precision) == (day, precision)


def test_languages() -> None:
    english = draft(story="My name is Wang Jianshu. We were not paid.", company="Example Toys")
    assert english.text == Pair(None, "My name is ■■■. We were not paid.")
    assert english.company == Pair(None, "Example Toys")
    assert draft(story="廠方拖欠工資 Example Electronics Co.").text.en is None


ANYTHING: list[Any] = [
    None, 5, -1, True, 1e308, "", "\x00", [], {}, [None, {}], "x" * 100_000, "-5", "NaN",
    "Infinity", "1e999", 10**30,
]  # fmt: skip


@pytest.mark.parametrize("value", ANYTHING, ids=lambda value: repr(value)[:9])
def test_boxes_that_are_not_from_our_form(value: Any) -> None:
    form = dict.fromkeys(FULL, value)
    made = draft(**form)
    assert made.from_alert
    assert len(made.text.zh or made.text.en or "") <= 10_000
    for number in (made.amount_owed, made.months_owed, made.participants_low):
        assert number is None or 0 <= number < 10**12
    assert made.industry is None
    assert made.place is None
    assert all(len(each.value) <= 500 for each in contacts_of(form))
