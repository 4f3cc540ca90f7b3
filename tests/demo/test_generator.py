"""The demonstration set: repeatable, growing from day to day, and all over the map."""

from collections import Counter
from datetime import date, timedelta

import pytest

from api.clock import months_before
from api.demo.generator import fate, merged_into
from api.ids import is_id
from api.places.gazetteer import Gazetteer
from api.staff.drafts import Draft
from api.terms.vocabulary import MAPS, MapName, load_terms
from tests.demo.making import DAY, SEED, START, made


def test_same_seed_and_day_make_the_same_cases(cases: list[Draft]) -> None:
    assert made(DAY) == cases


def test_another_seed_makes_others() -> None:
    day = date(2020, 2, 1)
    assert not {case.id for case in made(day)} & {case.id for case in made(day, seed=8)}


def test_tomorrow_keeps_todays_cases_and_adds_to_them(cases: list[Draft]) -> None:
    later = made(DAY + timedelta(days=7))
    assert later[: len(cases)] == cases
    assert len(later) > len(cases)


def test_ids_are_ids_and_each_is_there_once(cases: list[Draft]) -> None:
    ids = Counter(case.id for case in cases)
    assert all(map(is_id, ids))
    assert set(ids.values()) == {1}


def test_places_exist_and_none_stands_in_for_others(
    cases: list[Draft], gazetteer: Gazetteer
) -> None:
    places = [gazetteer.places[case.place] for case in cases if case.place]
    assert {place.kind for place in places} == {"regular"}
    levels = Counter(place.level for place in places)
    assert min(levels.values()) > 0.05 * len(cases)
    parents = [gazetteer.places[place.parent].kind for place in places if place.parent]
    assert {"municipality", "pseudo"} <= set(parents)
    unplaced = sum(case.place is None for case in cases)
    assert 0.01 < unplaced / len(cases) < 0.04


@pytest.mark.parametrize(("map_name", "least"), [("calls", 31), ("strikes", 28), ("accidents", 28)])
def test_cases_are_spread_over_the_provinces(
    cases: list[Draft], gazetteer: Gazetteer, map_name: MapName, least: int
) -> None:
    seen = {gazetteer.province(c.place) for c in cases if c.map == map_name and c.place}
    assert len(seen) >= least
    assert len({c.place for c in cases if c.map == map_name}) > 200


def test_hong_kong_is_there_and_known_no_finer(cases: list[Draft]) -> None:
    there = [case for case in cases if case.place == "810000"]
    assert there
    # A message board and a sum in CNY belong to the mainland.
    assert not any(case.replies or case.amount_owed for case in there)
    assert not any("CNY" in (case.text.en or "") for case in there)


def test_industries_are_varied(cases: list[Draft]) -> None:
    terms = load_terms()
    for map_name in MAPS:
        offered = {term.code for term in terms.of("industry", map_name)}
        seen = {case.industry for case in cases if case.map == map_name}
        assert len(seen & offered) > 0.7 * len(offered)


def test_the_default_six_months_look_alive(cases: list[Draft]) -> None:
    since = months_before(DAY, 6)
    recent = Counter(case.map for case in cases if since <= case.date <= DAY)
    assert recent["calls"] >= 200
    assert recent["strikes"] >= 100
    assert recent["accidents"] >= 60
    assert len(cases) <= 12_000


def test_every_year_has_strikes_in_shenzhen(gazetteer: Gazetteer) -> None:
    # On the first day of a year there is one already.
    cases = made(date(2027, 1, 1))
    shenzhen = gazetteer.covers("440300")
    years = Counter(
        case.date.year for case in cases if case.map == "strikes" and case.place in shenzhen
    )
    assert set(years) == set(range(2020, 2028))
    first = next(case for case in cases if case.map == "strikes" and case.place in shenzhen)
    assert first.date == START
    assert fate(first.id, SEED) == "published"


def test_arrears_peak_before_the_spring_festival(cases: list[Draft]) -> None:
    months = Counter(
        case.date.month for case in cases if case.map == "calls" and 2021 <= case.date.year <= 2025
    )
    winter = (months[12] + months[1]) / 2
    assert winter > 1.3 * sum(months[month] for month in range(3, 11)) / 8


def test_a_few_cases_are_not_simply_published(cases: list[Draft]) -> None:
    fates = Counter(fate(case.id, SEED) for case in cases)
    assert 4 <= fates["draft"] <= 8
    assert 3 <= fates["withdrawn"] <= 7
    assert 1 <= fates["merged"] <= 2
    assert fates["published"] > len(cases) - 20
    other_seed = Counter(fate(case.id, SEED + 1) for case in cases)
    assert set(other_seed) == {"published"}


def test_a_merged_case_names_the_one_that_stays(cases: list[Draft]) -> None:
    by_id = {case.id: case for case in cases}
    merged = [case for case in cases if fate(case.id, SEED) == "merged"]
    for case in merged:
        stays = by_id[merged_into(case.id, SEED) or ""]
        assert fate(stays.id, SEED) == "published"
        assert (stays.text, stays.place, stays.date) == (case.text, case.place, case.date)
        assert merged_into(stays.id, SEED) is None
