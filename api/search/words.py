"""Which published cases have the words that a reader asks for."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from api.db import ReadSession
from api.models import PublicCase

Field = Literal["search", "employer"]


class Hits(NamedTuple):
    """Changes, ascending; where not `exact`, the texts of some may lack a word after all."""

    changes: npt.NDArray[np.int64]
    exact: bool


class Search:
    """One per process."""

    async def hits(self, session: ReadSession, field: Field, words: Sequence[str]) -> Hits:
        """The changes of all cases in whose `field` every one of the folded `words` occurs."""
        column = getattr(PublicCase, field)
        having = [column.contains(word, autoescape=True) for word in words]
        rows = await session.all(
            select(PublicCase.change).where(*having).order_by(PublicCase.change)
        )
        return Hits(np.array([row.change for row in rows], np.int64), True)
