"""What is usual in this archive: some of its cases, read now and then and kept by the process.

Ids are random, so that the first ones of the index are cases picked by chance.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from api.db import Desk
from api.lang import Pair
from api.models import DeskCase
from api.staff.likeness.scoring import Facts, Usual

_SIZE = 1_000
# Seconds for which a sample is used: what is usual changes slowly.
_KEPT = 600.0
# Cases that a number may be expected to find, with all those that find fewer.
_MOST = 1_500


class Sample:
    """How much a piece of text says here, and how many cases a number of a sketch finds."""

    def __init__(
        self, usual: Usual, sketches: Iterable[Sequence[int]], size: int, total: int
    ) -> None:
        self.usual = usual
        self._counts = Counter(number for sketch in sketches for number in sketch)
        self._each = total / max(size, 1)

    def telling(self, numbers: Iterable[int]) -> list[int]:
        """Those that few enough cases have, the rarest first; a turn of phrase is in thousands."""
        found: list[int] = []
        expected = 0.0
        for number in sorted(numbers, key=lambda each: (self._counts[each], each)):
            expected += self._counts[number] * self._each
            if expected > _MOST:
                break
            found.append(number)
        return found


_held: WeakKeyDictionary[Desk, tuple[float, Sample]] = WeakKeyDictionary()


async def sample_of(desk: Desk) -> Sample:
    """A sample that is not older than some minutes."""
    held = _held.get(desk)
    if held is not None and time.monotonic() - held[0] < _KEPT:
        return held[1]
    sample = await _read(desk)
    _held[desk] = (time.monotonic(), sample)
    return sample


async def _read(desk: Desk) -> Sample:
    texts = (DeskCase.text_zh, DeskCase.text_en)
    async with desk.read() as session:
        total = await session.value(select(func.count()).select_from(DeskCase))
        rows = await session.all(
            select(
                DeskCase.title_zh,
                DeskCase.title_en,
                *(func.left(text, 2_000).label(text.key) for text in texts),
                DeskCase.sketch,
            )
            .order_by(DeskCase.id)
            .limit(_SIZE)
        )
    facts = [
        Facts(Pair(row.title_zh, row.title_en), Pair(row.text_zh, row.text_en)) for row in rows
    ]
    # A fifth of a second of counting, during which others are answered.
    usual = await asyncio.to_thread(Usual, facts)
    return Sample(usual, (row.sketch for row in rows), len(rows), total)
