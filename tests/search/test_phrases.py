"""Phrases that many texts have: which these are, who has them, and that they leave no doubt."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import asyncpg
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from api.cluster.roles import Addresses
from api.db import Database, writing
from api.search import phrases
from api.search.gathering import Gathering
from api.search.phrases import Phrases, frequent
from api.search.tokens import is_phrase
from api.search.words import Search
from api.staff.posting import forget, replace
from tests.search.test_posting import tokens
from tests.search.texts import found, seal, take_back, tell

# Few different characters, so that much is said twice; the last one is of another plane.
TEXTS = st.lists(st.text(st.sampled_from("讨薪工\U00020000a, \n"), max_size=14), max_size=12)


def plainly(texts: Sequence[str]) -> dict[str, set[int]]:
    """Of every phrase the numbers of the texts that have it."""
    having = defaultdict(set)
    for number, text in enumerate(texts):
        for begin in range(len(text)):
            for length in range(3, 9):
                phrase = text[begin : begin + length]
                if len(phrase) == length and is_phrase(phrase):
                    having[phrase].add(number)
    return having


@given(TEXTS)
def test_what_two_texts_have_is_a_phrase(texts: list[str]) -> None:
    having = plainly(texts)
    written = frequent(texts).written
    assert Counter(written) == {each: 1 for each, those in having.items() if len(those) > 1}


@given(TEXTS, TEXTS, st.integers(1, 5))
def test_whoever_has_a_phrase_is_known(some: list[str], texts: list[str], batch: int) -> None:
    """Also where they were not among those by which the phrases were found."""
    known = frequent(some)
    gathering = Gathering("\x1f", known)
    for start in range(0, len(texts), batch):
        numbers = range(start, min(start + batch, len(texts)))
        gathering.add(texts[start : start + batch], np.array(numbers, np.uint16))
    having = plainly(texts)
    expected = {"\x1f" + each: having[each] for each in known.written if each in having}
    postings = [(t, bits) for t, bits in gathering.postings() if is_phrase(t[1:])]
    assert len(dict(postings)) == len(postings), "each once"
    assert {token: set(BitMap.deserialize(bits)) for token, bits in postings} == expected


def test_phrases_may_be_told_in_any_order_and_need_what_they_begin_with() -> None:
    points = np.frombuffer("拖欠工资\n".encode("utf-32-le"), np.uint32)
    known = Phrases(["拖欠工资", "欠工资", "欠工资很久", "拖欠工"])
    assert sorted(known.written) == sorted(["拖欠工资", "欠工资", "拖欠工"])
    numbers = [int(n) for _, some in known.standing_in(points) for n in some]
    assert sorted(known.written[n] for n in numbers) == sorted(known.written)


def test_of_too_many_the_frequent_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"拖欠工资{'很久了' if n % 4 == 0 else ''}" for n in range(16)]
    assert len(frequent(texts).written) > 3
    monkeypatch.setattr(phrases, "MOST", 3)
    assert sorted(frequent(texts).written) == sorted(["拖欠工", "欠工资", "拖欠工资"])


async def test_a_phrase_leaves_no_text_to_be_read(archive: Addresses) -> None:
    database, search = Database(archive.public), Search()
    async with writing(archive.desk) as session:
        await tell(session, "没有加班费一分", "加班费没有一分", "加班和班费", "班费加班")
    await seal(archive)
    assert await found(database, search, "search", "加班费") == [1, 2]
    for field in ("search", "employer"):
        hits = await search.hits(database, field, ["加班费"])
        assert (hits.changes.tolist(), list(hits.doubtful)) == ([1, 2], [])
    # Nobody says the first as often as two do; what it holds says that only one may have it.
    for word, changes in (("没有加班费", [1]), ("加班费没有一分", [2])):
        hits = await search.hits(database, "search", [word])
        assert (hits.changes.tolist(), list(hits.doubtful)) == (changes, changes)
    # Only what a doubtful word finds is in doubt of the two.
    hits = await search.hits(database, "search", ["加班费", "没有加班费"])
    assert (hits.changes.tolist(), list(hits.doubtful)) == ([1], [1])
    # Published since: some blocks know a phrase, others do not, and the text behind them is held.
    async with writing(archive.desk) as session:
        await tell(session, "又是加班费")
    await seal(archive)
    async with writing(archive.desk) as session:
        await tell(session, "还是加班费")
    hits = await search.hits(database, "search", ["加班费"])
    assert (hits.changes.tolist(), list(hits.doubtful)) == ([1, 2, 5, 6], [5])
    await database.close()


async def test_a_phrase_goes_with_the_last_case_that_has_it(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with writing(archive.desk) as session:
        ids = await tell(session, "秘而不宣甲", "秘而不宣乙", "别的")
    await seal(archive)
    assert (await tokens(owner))["秘而不宣"] == {1, 2}
    for text, left in (("秘而不宣甲", {2}), ("秘而不宣乙", None)):
        async with writing(archive.desk) as session:
            await replace(session, [ids[text]])
            await take_back(session, ids[text])
            await forget(session, [ids[text]])
        known = await tokens(owner)
        assert known.get("秘而不宣") == known.get("\x1f秘而不宣") == left
    assert not [token for token in known if "秘" in token]
