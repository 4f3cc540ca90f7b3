"""Which lane an alert waits in, and an hour's budgets: past them it waits longer, never outside.

Counted for the whole process, in memory, and by nobody's address.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

# proven: with a proof of work; plain: without, as many as an hour holds; unproven: all others.
Lane = Literal["proven", "plain", "unproven"]
HOUR = 3600.0


class Budget:
    """So much within `period` seconds."""

    def __init__(
        self, limit: int, period: float = HOUR, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._period = period
        self._clock = clock
        self._taken: deque[tuple[float, int]] = deque()
        self._sum = 0

    @property
    def sum(self) -> int:
        """What was taken within the period."""
        before = self._clock() - self._period
        while self._taken and self._taken[0][0] <= before:
            self._sum -= self._taken.popleft()[1]
        return self._sum

    def holds(self, amount: int) -> bool:
        return self.sum + amount <= self._limit

    def take(self, amount: int = 1) -> bool:
        """Takes `amount` where there is that much left."""
        if not self.holds(amount):
            return False
        self._taken.append((self._clock(), amount))
        self._sum += amount
        return True


class Lanes:
    """The budgets of one process."""

    def __init__(
        self,
        *,
        plain_hourly: int,
        file_bytes: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plain = Budget(plain_hourly, clock=clock)
        # Bytes of files without proof beyond the plain lane, and of what is added later.
        self.files = Budget(file_bytes, clock=clock)

    def without_proof(self) -> Lane:
        """The lane of one more alert that came without a proof."""
        return "plain" if self._plain.take() else "unproven"
