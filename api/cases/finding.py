"""The questions that lists, statistics and tiles put to the archive, whoever answers them.

The index answers where it is at hand (`by_index.py`), else PostgreSQL does (`by_sql.py`), and both
say the same.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from api.cases.cursors import Position
from api.cases.query import Sort
from api.cases.tallies import Counts
from api.cases.view import View
from api.db import AnyRow


class Page(NamedTuple):
    """Total, the summaries of one page as finished JSON, and its last case where more follow."""

    total: int
    summaries: Sequence[str]
    end: Position | None


class Finder(Protocol):
    """One answer is of one state of the archive; two answers may be of two."""

    async def count(self, view: View) -> int:
        """How many cases match."""
        ...

    async def page(self, view: View, sort: Sort, limit: int, start: Position | None) -> Page:
        """The next `limit` cases behind `start`."""
        ...

    async def newest(self, view: View, limit: int) -> Sequence[AnyRow]:
        """Rows of summary, document and demo, the latest published first."""
        ...

    async def tally(
        self, view: View, names: Sequence[str], apart: Sequence[str] = ()
    ) -> tuple[int, dict[str, Counts]]:
        """The total, and for each dimension key -> number of cases (null: blank).

        Those of `apart` are counted with their own filter set aside.
        """
        ...

    async def tile(self, view: View, z: int, x: int, y: int) -> bytes:
        """Layers `places` and `points` of a tile; empty where nothing lies in it."""
        ...
