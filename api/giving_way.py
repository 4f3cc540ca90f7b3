"""Long answers give way to short ones: they share two processors, and people wait for these.

Nothing is known of a request but that it came, and when the last one did.
"""

import asyncio
from time import monotonic

# Seconds. Who asks now has often asked a moment ago, or comes with somebody who has.
_MOMENT = 1.0
# Seconds. A piece of an export takes both processors for some five milliseconds: with such a rest
# after each, few pages meet one, and the file still comes at 20 Mbit a second.
REST = 0.05

_last = 0.0


def note_request() -> None:
    """Somebody asks for something, long or short."""
    global _last
    _last = monotonic()


class GivingWay:
    """What a long answer that begins now waits for between its pieces."""

    def __init__(self) -> None:
        # Nobody gives way to himself.
        self._own = _last

    async def rest(self) -> None:
        """Returns at once where nobody else has asked for anything a moment ago."""
        if _last != self._own and monotonic() - _last < _MOMENT:
            await asyncio.sleep(REST)
