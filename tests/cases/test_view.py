"""Views: the default window, the one canonical spelling of a set of filters, and its sentence."""

from datetime import date
from random import Random
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.cases.filters import FILTERS
from api.cases.parameters import CaseFilters
from api.cases.view import View, resolve
from api.errors import Problem
from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary
from api.terms.vocabulary import load_terms
from tests.archives import TODAY
from tests.asking import fetch

ALL = None
KINDS = ("industry", "issue", "action", "response", "platform", "ownership", "accident_type")


def view_of(vocabulary: Vocabulary, query: str = "", today: date = TODAY) -> View:
    given: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        given.setdefault(name, []).append(value)
    return resolve(
        CaseFilters(**{name: v[0] if len(v) == 1 else v for name, v in given.items()}),
        vocabulary,
        today,
    )


@pytest.mark.parametrize(
    ("today", "query", "since", "until"),
    [
        (date(2026, 11, 21), "", date(2026, 5, 21), date(2026, 11, 21)),
        # The same day six calendar months ago, clamped to that month's end.
        (date(2026, 8, 31), "", date(2026, 2, 28), date(2026, 8, 31)),
        (date(2024, 8, 30), "", date(2024, 2, 29), date(2024, 8, 30)),
        (date(2026, 12, 31), "", date(2026, 6, 30), date(2026, 12, 31)),
        (date(2026, 3, 1), "", date(2025, 9, 1), date(2026, 3, 1)),
        # Only the last day given.
        (TODAY, "until=2025-03-31", date(2024, 9, 30), date(2025, 3, 31)),
        (TODAY, "until=2025-02", date(2024, 8, 28), date(2025, 2, 28)),
        (TODAY, "until=2024", date(2024, 6, 30), date(2024, 12, 31)),
        (TODAY, "until=2030-01-15", date(2029, 7, 15), date(2030, 1, 15)),
        # The calendar begins in the year 1.
        (TODAY, "until=0001-03", date(1, 1, 1), date(1, 3, 31)),
        (TODAY, "until=0001-07-01", date(1, 1, 1), date(1, 7, 1)),
        # Only the first day given.
        (TODAY, "since=2026-11-21", date(2026, 11, 21), TODAY),
        (TODAY, "since=2020", date(2020, 1, 1), TODAY),
        (TODAY, "since=2024-02", date(2024, 2, 1), TODAY),
        # Both, in different forms.
        (TODAY, "since=2024-02&until=2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (TODAY, "since=2020&until=9999", date(2020, 1, 1), date(9999, 12, 31)),
        (TODAY, "since=all", ALL, ALL),
        (TODAY, "since=all&until=2021", ALL, date(2021, 12, 31)),
    ],
)
def test_the_window(
    vocabulary: Vocabulary, today: date, query: str, since: date | None, until: date | None
) -> None:
    values = view_of(vocabulary, query, today).values
    assert (values["since"], values.get("until")) == (since, until)


@pytest.mark.parametrize("since", ["2026-11-22", "2026-12", "2027", "9999"])
def test_a_window_may_lie_in_the_future(vocabulary: Vocabulary, since: str) -> None:
    values = view_of(vocabulary, f"since={since}").values
    assert TODAY < values["since"] <= values["until"]


def test_without_a_window_no_date_is_supplied(vocabulary: Vocabulary) -> None:
    view = resolve(CaseFilters(), vocabulary, TODAY, window=False)
    assert not {"since", "until"} & view.values.keys()
    given = resolve(CaseFilters(until="2020"), vocabulary, TODAY, window=False)
    assert given.values["until"] == date(2020, 12, 31)
    assert "since" not in given.values


@pytest.mark.parametrize("name", ["region", *KINDS])
def test_a_code_of_another_vocabulary_is_unknown(vocabulary: Vocabulary, name: str) -> None:
    with pytest.raises(Problem) as refusal:
        view_of(vocabulary, f"{name}=wage_arrears_of_no_kind")
    assert refusal.value.kind == "unknown-code"
    assert [fault for fault, _ in refusal.value.faults] == [name]


def _some_query(random: Random, vocabulary: Vocabulary) -> str:
    choices = {
        "map": ["calls", "strikes", "accidents", "all"],
        "since": ["all", "2020", "2024-02", "2026-11-21", "2027"],
        "until": ["9999", "2028-02", "2027-01-01"],
        "region": random.sample(list(vocabulary.places.places), 3),
        **{kind: [t.code for t in vocabulary.terms.of(kind)] for kind in KINDS},  # type: ignore[arg-type]
        "company": ["Example", "a&b=c", "100%", "甲 乙"],
        "q": ["讨薪", "wages,  unpaid", "a+b", "#?/", "“quoted”"],
        "participants_min": ["0", "7"],
        "participants_max": ["1000"],
        "deaths_min": ["1"],
        "injuries_min": ["2"],
        **{name: ["true", "false"] for name in ("replied", "has_source", "has_contact", "placed")},
        "bbox": ["100,20,130,50", "-180,-90,180,90", "0.1234567,1e-9,0.12345671,2"],
    }
    assert choices.keys() == FILTERS.keys()
    names = random.sample(list(choices), random.randint(0, 6))
    parts: list[tuple[str, str | int | float | bool | None]] = []
    for name in names:
        several = FILTERS[name].kind == "codes"
        for value in random.sample(choices[name], min(3, len(choices[name])) if several else 1):
            parts.append((name, value))
    return str(httpx.QueryParams(parts))


def test_the_canonical_spelling_is_stable_and_means_the_same(vocabulary: Vocabulary) -> None:
    random = Random(2)
    seen: dict[str, str] = {}
    for _ in range(400):
        query = _some_query(random, vocabulary)
        view = view_of(vocabulary, query)
        # Read again on another day, so that nothing in it depends on the day.
        again = view_of(vocabulary, view.canonical, date(2031, 5, 31))
        assert again.values == view.values, query
        assert again.canonical == view.canonical, query
        assert again.digest == view.digest
        assert again.sentence == view.sentence
        assert seen.setdefault(view.digest, view.canonical) == view.canonical
    assert len(seen) > 300


def test_one_view_has_one_spelling(vocabulary: Vocabulary) -> None:
    spellings = (
        "region=440000,310000&issue=wage_arrears&map=calls&q=a b&since=2026-05-21&until=2026-11-21",
        "q= a  b &issue=wage_arrears,wage_arrears&region=310000&region=440000",
    )
    assert len({view_of(vocabulary, query).canonical for query in spellings}) == 1


_degrees = st.floats(-90, 90, allow_nan=False)


@given(st.tuples(_degrees, _degrees, _degrees, _degrees))
@example((-0.0, 0.0, 1e-7, 4e-7))
@example((-1e-9, -1e-9, 1e-9, 1e-9))
def test_the_canonical_area_is_the_area_that_is_asked(numbers: tuple[float, ...]) -> None:
    vocabulary = Vocabulary("of the files", load_gazetteer(), load_terms())
    west, east = sorted(numbers[:2])
    south, north = sorted(numbers[2:])
    box = ",".join(repr(number) for number in (west, south, east, north))
    view = resolve(CaseFilters(bbox=box), vocabulary, TODAY)
    again = view_of(vocabulary, view.canonical)
    assert again.values["bbox"] == view.values["bbox"]
    assert again.canonical == view.canonical


def test_sentences_say_everything_in_both_languages(vocabulary: Vocabulary) -> None:
    view = view_of(
        vocabulary,
        "map=strikes&since=2025-03-01&until=2025-03-31&region=440300,110000&issue=wage_arrears"
        "&q=讨薪&participants_min=1000&replied=false&has_source=true",
    )
    assert view.sentence.zh == (
        "工人集体行动，自2025年3月1日起，至2025年3月31日，位于北京市或深圳市，涉及拖欠工资，"
        "含“讨薪”，至少1000人参与，无官方回复，有来源"
    ).replace("拖欠工资", str(vocabulary.label("issue", "wage_arrears").zh))
    assert view.sentence.en == (
        "Strikes and protests, since 2025-03-01, until 2025-03-31, in Beijing or Shenzhen, "
        "about X, mentioning “讨薪”, with at least 1,000 participants, "
        "without an official reply, with a source"
    ).replace("X", str(vocabulary.label("issue", "wage_arrears").en))
    for value, zh, en in (("true", "已", "Placed"), ("false", "未能", "Not placed")):
        said = view_of(vocabulary, f"placed={value}").sentences()["placed"]
        assert (said.zh, said.en) == (f"{zh}在地图上定位", f"{en.lower()} on the map")
    assert view_of(vocabulary, "since=all").sentence == (
        "工人求助，不限日期",
        "Calls for help, any date",
    )


def test_parts_say_what_was_asked_and_what_is_a_default(vocabulary: Vocabulary) -> None:
    random = Random(3)
    for _ in range(100):
        view = view_of(vocabulary, _some_query(random, vocabulary))
        applied = view.as_dict()
        assert applied.keys() == {"canonical", "parts", "sentence"}
        assert applied["canonical"] == view.canonical
        for part in applied["parts"]:
            assert part.keys() == {"name", "values", "zh", "en", "removable"}
            assert part["values"]
            assert all(isinstance(value, str) for value in part["values"])
            for lang in ("zh", "en"):
                said = part[lang]
                assert said.lower() in applied["sentence"][lang].lower()
                assert "{" not in said
                assert "None" not in said
        names = [part["name"] for part in applied["parts"]]
        assert names == [name for name in FILTERS if name in names]
    defaults = {part["name"]: part for part in view_of(vocabulary).as_dict()["parts"]}
    assert defaults.keys() == {"map", "since", "until"}
    assert not any(part["removable"] for part in defaults.values())
    asked = view_of(vocabulary, "map=strikes&until=2026").as_dict()["parts"]
    assert [part["removable"] for part in asked] == [True, False, True]


async def test_the_canonical_query_gets_the_same_answer(client: httpx.AsyncClient) -> None:
    for query in ({}, {"map": "all", "q": "工资"}, {"since": "2021", "until": "2021"}):
        body = await fetch(client, "/cases", query)
        again = await client.get(f"/api/v1/cases?{body['filters']['canonical']}")
        assert again.json()["total"] == body["total"]
        assert again.json()["items"] == body["items"]
        assert again.json()["filters"]["canonical"] == body["filters"]["canonical"]
