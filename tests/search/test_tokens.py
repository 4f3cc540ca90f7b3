"""Tokens of many texts at once against the plain way, and what a word needs of a text."""

import re
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from api.folding import fold
from api.search.gathering import Gathering
from api.search.tokens import BLANKS, LONGEST, asked, pieces

# What can stand in a folded text: both scripts, digits glued to either, marks, emoji, blanks.
CHARACTERS = "讨薪工资万a1z0 \n\t\u3000\u0085%_'\\\x1e,-é\u0301\U0001f469\U00020000\ud7ff,3元"
TEXT = st.text(st.sampled_from(CHARACTERS), max_size=40) | st.text(max_size=20).map(
    lambda text: fold(re.sub("[\0\x1f]", "", text))
)
LONG = st.text(st.sampled_from("ab0"), min_size=LONGEST, max_size=4 * LONGEST)


def plainly(text: str) -> set[str]:
    tokens = {character for character in text if character not in BLANKS}
    tokens |= {a + b for a, b in pairwise(text) if not {a, b} & BLANKS}
    return tokens | {p for word in re.findall("[a-z0-9]{3,}", text) for p in pieces(word)}


def gathered(texts: list[str], batch: int, mark: str = "") -> dict[str, set[int]]:
    gathering = Gathering(mark)
    for start in range(0, len(texts), batch):
        some = texts[start : start + batch]
        gathering.add(some, np.arange(start, start + len(some), dtype=np.uint16))
    postings = list(gathering.postings())
    assert len(dict(postings)) == len(postings), "each token once"
    return {token: set(BitMap.deserialize(bits)) for token, bits in postings}


@given(st.lists(TEXT | LONG, max_size=12), st.integers(1, 5))
def test_tokens_are_those_of_the_plain_way(texts: list[str], batch: int) -> None:
    expected = defaultdict(set)
    for number, text in enumerate(texts):
        for token in plainly(text):
            expected["\x1f" + token].add(number)
    assert gathered(texts, batch, "\x1f") == expected


def test_what_everybody_has_and_what_one_has() -> None:
    """Bitmaps of either form, over a whole block."""
    texts = [f"甲乙 {'丙' if n % 3 else '丁'} w{n:05}" for n in range(65_536)]
    tokens = gathered(texts, 2_048)
    assert tokens["甲乙"] == tokens["甲"] == set(range(65_536))
    assert tokens["丁"] == set(range(0, 65_536, 3))
    assert tokens["w12345"] == {12_345}
    assert tokens["w6"] == set(range(60_000, 65_536))


def has(text: str, word: str) -> bool:
    """Whether the text has all that the word needs, as a lookup would find."""
    needs, tokens = asked(word), plainly(text)
    lines = [f"\n{token}\n" for token in tokens if re.fullmatch("[a-z0-9]{3,}", token)]
    return tokens.issuperset(needs.grams) and all(
        any(part in line for line in lines) for part in needs.parts
    )


@given(TEXT | LONG, TEXT | LONG, TEXT | LONG)
def test_a_text_has_all_that_a_word_in_it_needs(before: str, word: str, after: str) -> None:
    if word.strip():
        assert has(before + word + after, word)


@given(TEXT | LONG, TEXT | LONG)
def test_an_exact_word_is_in_every_text_that_has_what_it_needs(text: str, word: str) -> None:
    if word.strip() and asked(word).exact:
        assert has(text, word) == (word in text)


@pytest.mark.parametrize("word", ["薪", "讨薪", "5万", "a", "3d", "%", "_'", "strike", "2026"])
def test_short_words_and_words_of_letters_are_exact(word: str) -> None:
    assert asked(word).exact


@pytest.mark.parametrize("word", ["讨薪了", "3,000元", "o'neil", "a" * LONGEST, "薪 a"])
def test_others_are_looked_at_again(word: str) -> None:
    assert not asked(word).exact


def test_a_part_of_a_mixed_word_is_held_to_its_ends() -> None:
    assert not has("工资13,0001 0元", "3,000元")
    assert has("工资13,000元", "3,000元")
