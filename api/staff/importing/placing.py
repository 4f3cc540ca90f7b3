"""The place of a row: a code of our own, then what its place columns, title and text name.

A stated province is never left. What names no place stays unplaced.
"""

from collections.abc import Iterable

from api.places.gazetteer import Gazetteer
from api.places.geocoder import Geocoder

# What old exports write where no single province was known.
_NO_PROVINCE = frozenset({"0", "-", "N/A", "n/a", "无", "不详", "未知"})
_FINE = ("county", "prefecture")
_MOST_HELD = 50_000
_LONGEST_HELD = 200
# A place is named early; a text of a whole page would cost more than it tells.
_LOOKED_AT = 2000


class Placer:
    """Places rows; holds the answers for short cells, which repeat."""

    def __init__(self, geocoder: Geocoder, gazetteer: Gazetteer) -> None:
        self._geocoder = geocoder
        self._gazetteer = gazetteer
        self._held: dict[tuple[str, str | None], tuple[str | None, str | None]] = {}

    def known(self, code: str) -> str | None:
        """A code of the gazetteer as a place readers know; None for any other."""
        return self._gazetteer.path(code)[-1].code if self._gazetteer.get(code) else None

    def place(
        self, province: str, columns: Iterable[str], texts: Iterable[str]
    ) -> tuple[str | None, bool]:
        """The most precise place, and whether the province or place columns gave any of it.

        Each column refines what those before it named; a title or text is only asked where no
        prefecture is known by then, and the first that names one decides.
        """
        found, precision = (None, None) if province in _NO_PROVINCE else self._look(province, None)
        for text in columns:
            code, finer = self._look(text, found)
            if code is not None:
                found, precision = code, finer
        by_columns = found is not None
        for text in texts:
            if precision in _FINE:
                break
            code, finer = self._look(text, found)
            if code is not None:
                found, precision = code, finer
        return found, by_columns

    def _look(self, text: str, within: str | None) -> tuple[str | None, str | None]:
        if not text:
            return None, None
        key = (text, within)
        if key in self._held:
            return self._held[key]
        placed = self._geocoder.place(text[:_LOOKED_AT], within)
        answer = (placed.code, placed.precision)
        if len(text) <= _LONGEST_HELD and len(self._held) < _MOST_HELD:
            self._held[key] = answer
        return answer
