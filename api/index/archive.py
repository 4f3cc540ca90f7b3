"""The index of the whole archive as it stood at one change: segments, and what is left of each.

It answers what a set of cases is: how many, which page, which values. Which set a reader asked for
is `cases/by_index.py`'s; how the index follows the archive, `following.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from api.ids import decode_id, encode_id
from api.index.segment import Segment


class State(NamedTuple):
    """What an index is of: a change of the archive, and the digest of its vocabulary."""

    change: int
    vocabulary: str


class Part(NamedTuple):
    """A segment, and those of its cases that are public and not in a later one."""

    segment: Segment
    live: BitMap


class Place(NamedTuple):
    """A case in a list: the day it is sorted by, its id, and the change that has its text."""

    day: int
    id: int
    change: int

    @property
    def date(self) -> date:
        return date.fromordinal(self.day)

    @property
    def text(self) -> str:
        """The id as it is written."""
        return encode_id(self.id)


@dataclass(frozen=True, eq=False)
class Index:
    """Never changes: whoever reads one while the archive moves on reads one whole archive."""

    state: State
    parts: Sequence[Part]


# Cases of each segment: the answer to a set of filters.
Found = Sequence[tuple[Segment, BitMap]]


def total(found: Found) -> int:
    return sum(len(cases) for _, cases in found)


def tally(found: Found, name: str) -> dict[str | None, int]:
    """Key -> how many of the cases have it, without those that nobody has; not for numbers."""
    counts: dict[str | None, int] = {}
    for segment, cases in found:
        for key, having in segment.sets[name].items():
            assert not isinstance(key, int)
            if number := cases.intersection_cardinality(having):
                counts[key] = counts.get(key, 0) + number
    return counts


def by_date(
    found: Found, limit: int, start: tuple[date, str] | None, *, newest_first: bool
) -> list[Place]:
    """The next `limit` cases behind `start` in the order (date, id), or in its reverse."""
    taken: list[Place] = []
    for segment, cases in found:
        if newest_first:
            stop = len(cases) if start is None else _before(segment, cases, start)
            ranks = cases[max(0, stop - limit) : stop]
        else:
            begin = 0 if start is None else _before(segment, cases, start, itself=True)
            ranks = cases[begin : begin + limit]
        taken += (
            Place(int(segment.days[r]), int(segment.ids[r]), int(segment.changes[r])) for r in ranks
        )
    taken.sort(reverse=newest_first)
    return taken[:limit]


def _before(
    segment: Segment, cases: BitMap, start: tuple[date, str], *, itself: bool = False
) -> int:
    """How many of the cases come before a position, or up to and with it."""
    day, id_ = start
    rank = segment.ranked_before(day, decode_id(id_), itself=itself)
    return cases.rank(rank - 1) if rank else 0


def by_publication(found: Found, limit: int, start: tuple[date, str] | None) -> list[Place]:
    """The next `limit` cases behind `start` by publication day and id, newest first."""
    taken: list[Place] = []
    for segment, cases in found:
        ranks = np.frombuffer(cases.to_array(), np.uint32)
        days, ids = segment.published[ranks], segment.ids[ranks]
        if start is not None:
            day, id_ = start[0].toordinal(), np.uint64(decode_id(start[1]))
            behind = (days < day) | ((days == day) & (ids < id_))
            ranks, days, ids = ranks[behind], days[behind], ids[behind]
        if len(ranks) > limit:
            # Whole days, down to the one with the last wanted case.
            least = np.partition(days, len(days) - limit)[len(days) - limit]
            late = days >= least
            ranks, days, ids = ranks[late], days[late], ids[late]
        last = np.lexsort((ids, days))[-limit:]
        taken += (Place(int(days[n]), int(ids[n]), int(segment.changes[ranks[n]])) for n in last)
    taken.sort(reverse=True)
    return taken[:limit]
