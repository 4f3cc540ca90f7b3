"""What was read in texts is not read again, and takes no more room than it may."""

import pytest
from pyroaring import BitMap

from api.search import readings
from api.search.readings import Reading, Readings


def test_what_is_known_of_words_grows() -> None:
    known = Readings()
    assert not known.of("拖欠工资").read
    known.add("拖欠工资", Reading(BitMap([1, 2]), BitMap([2])))
    known.add("拖欠工资", Reading(BitMap([3, 4]), BitMap([4])))
    assert known.of("拖欠工资") == Reading(BitMap([1, 2, 3, 4]), BitMap([2, 4]))
    assert not known.of("加班费").read


def test_the_words_that_were_asked_least_recently_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Reading(BitMap(range(0, 60_000, 3)), BitMap(range(0, 60_000, 3)))
    monkeypatch.setattr(readings, "REMEMBERED", 3 * sum(len(b.serialize()) for b in one))
    known = Readings()
    for words in ("a", "b"):
        known.add(words, one)
    assert known.of("a") == one
    known.add("c", one)
    assert [bool(known.of(words).read) for words in ("a", "b", "c")] == [True, False, True]
    # What is larger than all that may be held is not held at all.
    monkeypatch.setattr(readings, "REMEMBERED", 10)
    known.add("d", one)
    assert not any(known.of(words).read for words in ("a", "b", "c", "d"))
