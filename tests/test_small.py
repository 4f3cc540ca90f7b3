"""Clock, ids and languages."""

from datetime import date

import pytest

from api.clock import months_before
from api.ids import encode_id, is_id, new_id
from api.lang import Pair, asked_lang


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 21), 6, date(2026, 5, 21)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 1), -1, date(2026, 12, 1)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_ids_are_13_crockford_characters_of_64_bits() -> None:
    assert encode_id(0) == "0" * 13
    assert encode_id(2**64 - 1) == "FZZZZZZZZZZZZ"
    ids = {new_id() for _ in range(2_000)}
    assert len(ids) == 2_000
    assert all(is_id(id_) for id_ in ids)


@pytest.mark.parametrize(
    "text", ["", "0" * 12, "0" * 14, "G000000000000", "00000000000I0", "0" * 12 + "\n"]
)
def test_other_texts_are_no_ids(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ("zh", "en", "zh"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr, en-GB;q=0.7, zh;q=0.3", "en"),
        (None, "zh;q=nonsense, en", "en"),
        (None, "zh; q=0.5 , en ; q=0.9", "en"),
        (None, "fr", None),
        (None, None, None),
        ("fr", None, None),
    ],
)
def test_language_by_parameter_then_header(
    query: str | None, header: str | None, expected: str | None
) -> None:
    assert asked_lang(query, header) == expected


def test_a_missing_language_falls_back_to_the_other() -> None:
    assert Pair(None, "text").either("zh") == "text"
    assert Pair("文", None).either("en") == "文"
