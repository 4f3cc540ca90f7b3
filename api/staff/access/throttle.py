"""How often somebody may be wrong: 5 times a minute and 30 times an hour, counted in memory.

By the name that was typed, whether there is one or not; a known browser is counted for itself, so
that strangers who guess lock nobody out of it. No address of anybody is looked at.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from api.errors import Problem

LIMITS = ((5, 60), (30, 3600))
# Names that are remembered; who guesses more of them in an hour gains 5 tries at one forgotten.
_MOST = 20_000


class Throttle:
    """Wrong tries of late, by key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Counts a try before it is known to be wrong, so that many at once are counted too.

        Answers what `forgive` takes back. Raises Problem "too-often" with the seconds to wait.
        """
        now = self._clock()
        tries = self._tries.setdefault(key, deque(maxlen=LIMITS[-1][0]))
        self._tries.move_to_end(key)
        waits = [
            tries[-most] + seconds - now
            for most, seconds in LIMITS
            if len(tries) >= most and tries[-most] + seconds > now
        ]
        if waits:
            raise Problem("too-often", headers={"Retry-After": str(math.ceil(max(waits)))})
        tries.append(now)
        while len(self._tries) > _MOST:
            self._tries.popitem(last=False)
        return now

    def forgive(self, key: str, moment: float) -> None:
        """It was right, and does not count."""
        tries = self._tries.get(key)
        if tries is not None and moment in tries:
            tries.remove(moment)
