"""Phrases: three to eight Chinese characters in a row that many texts of a block have.

The pairs of such a phrase suggest so many texts that reading each of them would take long. So the
phrase is a token beside them, and who has it is known without reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from api.search.tokens import CHINESE, PHRASE_LONGEST, PHRASE_SHORTEST

Points = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint64]

# A phrase is what one text in so many has, and no fewer than two; of one field no more than these
# are kept, the frequent ones.
SHARE, MOST = 128, 8_192
# Bits of a code point, and of a text's number in the sample.
_POINT, _TEXT = np.uint64(21), np.uint64(16)

_IS_CHINESE = np.zeros(0x110000, bool)
for _first, _last in CHINESE:
    _IS_CHINESE[_first : _last + 1] = True


class _Level(NamedTuple):
    """Phrases of one length: codes in order, and the number of the first one."""

    codes: Codes
    first: int


class Phrases:
    """Of one field of a block; a phrase is told by its number in `written`.

    With a phrase there is what it begins with, down to three characters: what is not reached so is
    never found.
    """

    def __init__(self, written: Iterable[str] = ()) -> None:
        self.written: list[str] = []
        self._levels: list[_Level] = []
        numbers: dict[str, int] = {}
        for length, some in groupby(sorted(written, key=len), len):
            first = len(self.written)
            coded = sorted(
                (_code(phrase, numbers), phrase)
                for phrase in some
                if (length == PHRASE_SHORTEST or phrase[:-1] in numbers)
            )
            self.written += [phrase for _, phrase in coded]
            numbers = {phrase: number for number, (_, phrase) in enumerate(coded, first)}
            self._levels.append(_Level(np.array([code for code, _ in coded], np.uint64), first))

    def standing_in(self, points: Points) -> Iterator[tuple[Places, Codes]]:
        """Where phrases begin in the code points of texts, of which each ends with a line break,
        and the number of each."""
        chinese = _IS_CHINESE[points]
        places, codes = _beginnings(points, chinese)
        for length, level in enumerate(self._levels, PHRASE_SHORTEST):
            if not len(level.codes):
                return
            at = np.searchsorted(level.codes, codes)
            at[at == len(level.codes)] = 0
            found = level.codes[at] == codes
            places, numbers = places[found], at[found].astype(np.uint64) + np.uint64(level.first)
            yield places, numbers
            places, codes = _longer(points, chinese, places, numbers, length)


def frequent(texts: Sequence[str]) -> Phrases:
    """The phrases that many of these folded texts have, some thousand texts at most.

    It takes some dozen bytes of memory for each character.
    """
    joined = "\n".join((*texts, ""))
    points = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) + 1 for text in texts])
    least = max(len(texts) // SHARE, 2)
    while len(written := _common(joined, points, owners, least)) > MOST:
        least *= 2
    return Phrases(written)


def _common(joined: str, points: Points, owners: Codes, least: int) -> list[str]:
    """The phrases that `least` texts have; whatever begins a phrase is one itself."""
    written: list[str] = []
    chinese = _IS_CHINESE[points]
    places, codes = _beginnings(points, chinese)
    for length in range(PHRASE_SHORTEST, PHRASE_LONGEST + 1):
        distinct, which = np.unique(codes, return_inverse=True)
        pairs = np.unique((which.astype(np.uint64) << _TEXT) | owners[places])
        counts = np.bincount((pairs >> _TEXT).astype(np.int64), minlength=len(distinct))
        kept = (counts >= least)[which]
        places, which = places[kept], which[kept]
        _, examples = np.unique(which, return_index=True)
        written += [joined[place : place + length] for place in places[examples].tolist()]
        places, codes = _longer(points, chinese, places, which.astype(np.uint64), length)
    return written


def _beginnings(points: Points, chinese: Flags) -> tuple[Places, Codes]:
    """Where three Chinese characters stand in a row, and their code."""
    places = np.flatnonzero(chinese[:-2] & chinese[1:-1] & chinese[2:])
    one, two, three = (points[places + n].astype(np.uint64) for n in range(PHRASE_SHORTEST))
    return places, (((one << _POINT) | two) << _POINT) | three


def _longer(
    points: Points, chinese: Flags, places: Places, numbers: Codes, length: int
) -> tuple[Places, Codes]:
    """Those of the places where one more Chinese character follows, and the code with it."""
    # A line break stands behind each text, so that there is always a next one.
    kept = chinese[places + length]
    places, numbers = places[kept], numbers[kept]
    return places, (numbers << _POINT) | points[places + length].astype(np.uint64)


def _code(phrase: str, numbers: dict[str, int]) -> int:
    """As `_beginnings` and `_longer` make it; `numbers` are of the phrases one shorter."""
    if len(phrase) > PHRASE_SHORTEST:
        return (numbers[phrase[:-1]] << int(_POINT)) | ord(phrase[-1])
    one, two, three = map(ord, phrase)
    return (((one << int(_POINT)) | two) << int(_POINT)) | three
