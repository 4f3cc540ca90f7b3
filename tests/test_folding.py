"""Folding and cleaning of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.folding import clean, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("討薪", "讨薪"),
        ("廣東省東莞市", "广东省东莞市"),
        ("ＡＢＣ１２３", "abc123"),
        ("Wage ARREARS", "wage arrears"),
        ("ﬁne", "fine"),
        ("裏", "里"),
    ],
)
def test_spellings_of_one_text_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=40))
def test_what_is_inside_a_text_is_found_in_it(before: str, word: str, after: str) -> None:
    # A separator on either side keeps combining characters from joining their neighbours.
    assert fold(word) in fold(f"{before} {word} {after}")


def test_conversion_does_not_look_at_neighbours() -> None:
    # OpenCC's phrase rules keep 乾 in 乾隆; a keyword 乾 must still be found in it.
    assert fold("乾") in fold("乾隆")


@given(st.text())
def test_cleaned_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert not any(ord(c) < 32 and c not in "\t\n" for c in cleaned)
    cleaned.encode()
    assert clean(cleaned) == cleaned


def test_line_ends_become_one_kind_and_lone_surrogates_go() -> None:
    assert clean(" a\r\nb\rc\x00\ud800\t ") == "a\nb\nc"
