"""What texts were found to say, so that none is read twice for the same words.

A page of a list, its statistics and its tiles all ask the same words. The text of a change never
changes, so what was read in it stays true; which cases are public is not asked here.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from pyroaring import BitMap

# Bytes of all that is remembered.
REMEMBERED = 8_000_000


class Reading(NamedTuple):
    """Changes whose texts were read for some words, and those of them that have the words."""

    read: BitMap
    saying: BitMap


_NOTHING = Reading(BitMap(), BitMap())


class Readings:
    """The words that were asked least recently go first."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, tuple[Reading, int]] = OrderedDict()
        self._size = 0

    def of(self, words: Hashable) -> Reading:
        """What is known of these words."""
        held = self._held.get(words)
        if held is None:
            return _NOTHING
        self._held.move_to_end(words)
        return held[0]

    def add(self, words: Hashable, more: Reading) -> None:
        """Texts that were read for these words just now."""
        held, size = self._held.pop(words, (_NOTHING, 0))
        reading = Reading(held.read | more.read, held.saying | more.saying)
        self._size -= size
        size = len(repr(words)) + sum(len(changes.serialize()) for changes in reading)
        self._held[words] = reading, size
        self._size += size
        while self._size > REMEMBERED:
            self._size -= self._held.popitem(last=False)[1][1]
