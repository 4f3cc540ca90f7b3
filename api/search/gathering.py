"""The tokens of many texts at once: per token the cases that have it.

Works on arrays of code points: a set of tokens for each text would take ten times as long.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress, count

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from api.roaring import serialized
from api.search.phrases import Phrases
from api.search.tokens import BLANKS, SHORTEST, pieces

Cases = npt.NDArray[np.uint16]
Codes = npt.NDArray[np.uint64]

# Bits of a code point, and of a case's number in its block.
_POINT, _CASE = np.uint64(21), np.uint64(16)
# Tokens whose cases are put together at a time.
_CHUNK = 20_000
# Of so many cases, flags of all put them in order sooner than sorting.
_MANY = 4_096

_POINTS = 0x110000
_IS_BLANK = np.zeros(_POINTS, bool)
_IS_BLANK[[ord(blank) for blank in BLANKS]] = True
_IN_WORD = np.zeros(_POINTS, bool)
_IN_WORD[[*range(ord("a"), ord("z") + 1), *range(ord("0"), ord("9") + 1)]] = True


class _Kept:
    """Of each batch its keys in order, how many cases each has, and these one after another.

    In three arrays that grow, for of a whole block they take most of the memory that there is.
    """

    def __init__(self) -> None:
        self._keys, self._counts, self._cases = bytearray(), bytearray(), bytearray()

    def add(self, keys: Codes, owners: Cases) -> None:
        codes = (keys << _CASE) | owners
        codes.sort()
        # Each case once.
        codes = codes[np.diff(codes, prepend=~codes[:1]) != 0]
        self.add_in_order(codes >> _CASE, codes.astype(np.uint16))

    def add_in_order(self, keys: Codes, owners: Cases) -> None:
        """The same where keys and of each its cases are in order, each case once."""
        begins = _begins(keys)
        self._keys += keys[begins].data.cast("B")
        self._counts += np.diff(begins, append=len(keys)).astype(np.uint32).data.cast("B")
        self._cases += owners.data.cast("B")

    def chunks(self, apart: np.uint64) -> Iterator[tuple[Codes, list[int], Cases]]:
        """The keys of all batches in order, and the cases of key n between edges n and n + 1.

        Keys that differ in their last `apart` bits only are not divided.
        """
        keys: Codes = np.frombuffer(self._keys, np.uint64)
        counts = np.frombuffer(self._counts, np.uint32)
        cases: Cases = np.frombuffer(self._cases, np.uint16)
        # Stable: a key's cases stay in the order of the batches, which is ascending.
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        places = (np.cumsum(counts, dtype=np.uint32) - counts)[order]
        counts = counts[order]
        del order
        groups = np.append(_begins(keys >> apart), len(keys)).astype(np.uint32)
        begin = 0
        while begin < len(keys):
            end = int(groups[np.searchsorted(groups, min(begin + _CHUNK, len(keys)))])
            lengths = counts[begin:end]
            stops = np.cumsum(lengths, dtype=np.uint32)
            starts = stops - lengths
            taken = np.repeat(places[begin:end] - starts, lengths)
            taken += np.arange(len(taken), dtype=np.uint32)
            own = _begins(keys[begin:end])
            yield keys[begin:end][own], [*starts[own].tolist(), len(taken)], cases[taken]
            begin = end

    def each(self) -> Iterator[tuple[int, bytes]]:
        """Every key once, with a serialised bitmap of its cases."""
        for keys, edges, cases in self.chunks(np.uint64(0)):
            data = cases.tobytes()
            for n, key in enumerate(keys.tolist()):
                yield key, serialized(data[2 * edges[n] : 2 * edges[n + 1]])


class Gathering:
    """Of the texts of one field in one block; `mark` comes before each token."""

    def __init__(self, mark: str = "", phrases: Phrases | None = None) -> None:
        self._mark = mark
        self._phrases = phrases or Phrases()
        self._pairs, self._words, self._phrased = _Kept(), _Kept(), _Kept()
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)

    def add(self, texts: Sequence[str], cases: Cases) -> None:
        """Folded texts, and the number in the block of each one's case, ascending over all calls.

        Some hundred at a time: it takes some dozen bytes of memory for each character.
        """
        # Nothing reaches from one text into the next.
        joined = "\n".join((*texts, ""))
        points = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        owners = np.repeat(cases, lengths)
        self._pairs.add(*_pairs(points, owners))
        self._words.add(*self._numbered(points, owners))
        self._phrased.add_in_order(*self._found(points, lengths, cases))

    def _found(
        self, points: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64], cases: Cases
    ) -> tuple[Codes, Cases]:
        """Phrases in order, and the cases that have them."""
        # There are few phrases, so that flags put them in order sooner than sorting.
        flags = np.zeros((len(self._phrases.written), len(cases)), bool)
        rows = np.repeat(np.arange(len(cases)), lengths)
        for places, numbers in self._phrases.standing_in(points):
            flags[numbers, rows[places]] = True
        # Sooner than np.nonzero().
        phrases, rows = np.divmod(np.flatnonzero(flags), max(len(cases), 1))
        return phrases.astype(np.uint64), cases[rows]

    def _numbered(self, points: npt.NDArray[np.uint32], owners: Cases) -> tuple[Codes, Cases]:
        inside = _IN_WORD[points]
        # The last character is a line break, so changes come in pairs.
        changes = np.flatnonzero(np.diff(inside, prepend=False))
        begins, ends = changes[::2], changes[1::2]
        kept = ends - begins >= SHORTEST
        words = np.where(inside, points, ord(" ")).astype(np.uint8).tobytes().split()
        numbers = map(self._numbers.__getitem__, compress(words, kept.tolist()))
        owners = owners[begins[kept]]
        return np.fromiter(numbers, np.uint64, len(owners)), owners

    def postings(self) -> Iterator[tuple[str, bytes]]:
        """Every token once, with a serialised bitmap of the cases that have it."""
        for keys, edges, cases in self._pairs.chunks(_POINT):
            firsts = keys >> _POINT
            points = np.column_stack((firsts, keys & ((1 << _POINT) - 1)))
            written = points.astype("<u4").tobytes().decode("utf-32-le")
            data = cases.tobytes()
            for n in range(len(keys)):
                # A character before a blank makes no pair with it.
                if written[2 * n + 1] != "\0":
                    bits = serialized(data[2 * edges[n] : 2 * edges[n + 1]])
                    yield self._mark + written[2 * n : 2 * n + 2], bits
            begins = _begins(firsts).tolist()
            for n, m in zip(begins, (*begins[1:], len(keys)), strict=True):
                every = _distinct(cases[edges[n] : edges[m]])
                yield self._mark + written[2 * n], serialized(every.tobytes())
        yield from self._of_words()
        for number, bits in self._phrased.each():
            yield self._mark + self._phrases.written[number], bits

    def _of_words(self) -> Iterator[tuple[str, bytes]]:
        words = [word.decode() for word in self._numbers]
        # Pieces of long words may be words themselves.
        cut = {piece: BitMap() for word in words for piece in pieces(word) if piece != word}
        for number, bits in self._words.each():
            for piece in pieces(words[number]):
                if piece in cut:
                    cut[piece] |= BitMap.deserialize(bits)
                else:
                    yield self._mark + piece, bits
        for piece, union in cut.items():
            yield self._mark + piece, union.serialize()


def _pairs(points: npt.NDArray[np.uint32], owners: Cases) -> tuple[Codes, Cases]:
    blank = _IS_BLANK[points]
    second = points.astype(np.uint64)
    second[blank] = 0
    stands = np.flatnonzero(~blank)
    # The last character is a line break, so each of these has a next one.
    return (second[stands] << _POINT) | second[stands + 1], owners[stands]


def _begins(keys: Codes) -> npt.NDArray[np.int64]:
    """Where in sorted keys another one begins."""
    return np.flatnonzero(np.diff(keys, prepend=~keys[:1]))


def _distinct(cases: Cases) -> Cases:
    """The cases once each, in order."""
    if len(cases) > _MANY:
        flags = np.zeros(1 << int(_CASE), bool)
        flags[cases] = True
        ordered: Cases = np.flatnonzero(flags).astype(np.uint16)
        return ordered
    ordered = np.sort(cases)
    distinct: Cases = ordered[np.diff(ordered, prepend=~ordered[:1]) != 0]
    return distinct
