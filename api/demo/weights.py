"""Chance that repeats itself: streams of random numbers made from a seed, and weighted choices."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def bits(*parts: object) -> int:
    """64 bits that belong to these parts; other parts give others, on every machine the same."""
    text = ":".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def stream(*parts: object) -> Random:
    """The stream of random numbers that belongs to these parts."""
    # Chosen for being repeatable; nothing secret is made from it.
    return Random(bits(*parts))  # noqa: S311


class Weighted(Generic[T]):
    """Items with their weights; what weighs nothing is never picked."""

    def __init__(self, weights: Iterable[tuple[T, float]]) -> None:
        kept = [(item, weight) for item, weight in weights if weight > 0]
        if not kept:
            raise ValueError("nothing to pick from")
        self.items: Sequence[T] = [item for item, _ in kept]
        self._edges = list(accumulate(weight for _, weight in kept))

    def pick(self, random: Random) -> T:
        return self.at(random.random())

    def at(self, share: float) -> T:
        """The item that a share from 0 to below 1 falls on."""
        return self.items[bisect(self._edges, share * self._edges[-1], hi=len(self.items) - 1)]


def one_of(random: Random, items: Sequence[T]) -> T:
    """Like random.choice, which is several times slower."""
    return items[int(random.random() * len(items))]
