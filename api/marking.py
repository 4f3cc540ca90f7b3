"""What public answers are made of beside their requests, as one value to compare by.

Boundaries and relabelled documents have no part in it: whoever keeps answers keeps them briefly.
"""

from collections.abc import Hashable

from sqlalchemy.exc import SQLAlchemyError

from api.alerts.periods import Keeping
from api.clock import Clock
from api.errors import Problem
from api.index.following import Follower
from api.reference import Reference


class Marking:
    """The marks of a process: the archive, its words, what pages promise, and the day."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sources: tuple[Follower, Reference, Keeping] | None = None

    def begin(self, follower: Follower, reference: Reference, keeping: Keeping) -> None:
        """Until then nothing is kept."""
        self._sources = follower, reference, keeping

    async def mark(self) -> Hashable | None:
        if self._sources is None:
            return None
        follower, reference, keeping = self._sources
        try:
            archive = await follower.mark()
            if archive is None:
                return None
            # As this process has them, which may be some seconds behind the archive's own.
            vocabulary = await reference.vocabulary()
            return archive, vocabulary.digest, await keeping.periods(), self._clock()
        except (SQLAlchemyError, OSError, Problem):
            return None
