"""The fields of invented cases: terms of their map, days in order, what belongs together."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from api.demo.generator import demonstration, recorded_cases
from api.models.replies import REPLY_STATES
from api.places.gazetteer import Gazetteer, load_gazetteer
from api.staff.drafts import Draft
from api.terms.vocabulary import KINDS, Kind, Terms, load_terms
from tests.demo.making import DAY, SEED, START


def test_all_codes_exist_and_are_offered_on_the_map(cases: list[Draft]) -> None:
    terms = load_terms()

    def check(kind: Kind, code: str | None, map_name: str) -> None:
        if code is not None:
            term = terms.get(kind, code)
            assert term is not None, (kind, code)
            assert map_name in term.maps, (kind, code, map_name)

    for case in cases:
        check("industry", case.industry, case.map)
        check("ownership", case.ownership, case.map)
        check("accident_type", case.accident_type, case.map)
        for issue in case.issues:
            check("issue", issue, case.map)
        for action in case.actions:
            check("action", action, case.map)
        for response in case.responses:
            check("response", response, case.map)
        for source in case.sources:
            check("platform", source.platform, case.map)
        for codes in (case.issues, case.actions, case.responses):
            assert len(codes) == len(set(codes))


def test_what_is_stated_stands_beside_other_and_matches_no_term(cases: list[Draft]) -> None:
    terms = load_terms()
    held: dict[Kind, Callable[[Draft], Sequence[str | None]]] = {
        "industry": lambda case: [case.industry],
        "issue": lambda case: case.issues,
        "action": lambda case: case.actions,
        "accident_type": lambda case: [case.accident_type],
    }
    stated = [case for case in cases if case.stated]
    assert len(stated) > 20
    for case in stated:
        assert set(case.stated) <= set(held)
        for kind, codes in held.items():
            strings = case.stated.get(kind, [])
            assert not strings or "other" in codes(case)
            assert not any(terms.match(kind, text) for text in strings)


def test_a_vocabulary_without_a_code_of_the_data_is_refused(gazetteer: Gazetteer) -> None:
    every = (term for kind in KINDS for term in load_terms().of(kind))
    fewer = Terms(term for term in every if term.code != "wage_arrears")
    with pytest.raises(ValueError, match="issue wage_arrears is not offered on calls"):
        next(demonstration(SEED, DAY, gazetteer, fewer))


def test_nothing_lies_after_the_day_it_was_recorded_but_a_promise() -> None:
    for recorded, case in recorded_cases(SEED, date(2023, 6, 30), load_gazetteer(), load_terms()):
        days = [case.date, *(source.posted_on for source in case.sources)]
        for reply in case.replies:
            days += [reply.received_on, reply.replied_on]
            # What became of a promise is known only once its day has come.
            days += [reply.promise_due_on] if any(reply.outcome) else []
        assert all(START <= day <= recorded for day in days if day)
        assert case.period_until is None or case.period_until < recorded


def test_replies_follow_the_message_board(cases: list[Draft]) -> None:
    rows = [reply for case in cases for reply in case.replies]
    assert {reply.status for reply in rows} == set(REPLY_STATES)
    for reply in rows:
        answered = reply.replied_on is not None
        assert answered == (reply.status != "待回复") == any(reply.text)
        assert reply.received_on is not None
        assert reply.replied_on is None or reply.received_on <= reply.replied_on
        if reply.promise_due_on:
            assert reply.replied_on
            assert reply.promise_due_on > reply.replied_on
    assert sum(bool(reply.promise_due_on) for reply in rows) > 100
    assert sum(any(reply.outcome) for reply in rows) > 100
    for case in cases:
        boards = [source for source in case.sources if source.platform == "message_board"]
        assert not case.replies or boards
        assert not case.replies or "board_message" in case.actions


def test_each_map_fills_its_own_fields(cases: list[Draft]) -> None:
    for case in cases:
        accident = case.map == "accidents"
        assert (case.accident_type is not None) == accident
        assert (case.ownership is None) == accident
        assert accident or (case.deaths is None and case.injuries is None)
        assert case.map == "calls" or case.amount_owed is None
        assert not accident or not case.actions
        if case.months_owed:
            assert case.period_from
            assert case.period_until
            assert case.period_from < case.period_until < case.date or case.date_precision != "day"
        if case.map == "strikes" and case.participants_low:
            band = (case.participants_low, case.participants_high)
            assert band in {(1, 100), (100, 1000), (1000, 10000), (10000, None)}
        expected = {"day": None, "month": 1, "year": 1}[case.date_precision]
        assert expected is None or case.date.day == expected
