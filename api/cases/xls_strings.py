"""The string table of an xls workbook, in which no character lies across two records.

xlwt cuts its table into records of 8 kB between any two UTF-16 units. Where that goes through an
emoji, xlrd cannot open the workbook at all and calamine reads other characters.
"""

from typing import Any

from xlwt.BIFFRecords import SharedStringTable
from xlwt.UnicodeUtils import upack2

_RECORD = 0x2020
# The upper byte of the first unit of a pair.
_FIRST_OF_PAIR = range(0xD8, 0xDC)


class WholeCharacters(SharedStringTable):  # type: ignore[misc]
    """Takes the place of xlwt's own table in a workbook; see `install`."""

    def _add_to_sst(self, text: str) -> None:
        packed: bytes = upack2(text, self.encoding)
        if not packed[2]:  # a byte a character
            super()._add_to_sst(text)
            return
        # Length and flag stay with the first character: two bytes, or four for a pair.
        at = 7 if packed[4] in _FIRST_OF_PAIR else 5
        self._save_atom(packed[:at])
        while at < len(packed):
            free = (_RECORD - len(self._current_piece)) & ~1
            end = min(at + free, len(packed))
            if at < end < len(packed) and packed[end - 1] in _FIRST_OF_PAIR:
                end -= 2
            self._current_piece += packed[at:end]
            at = end
            if at < len(packed):
                self._new_piece()
                self._current_piece += b"\x01"


def install(book: Any) -> None:
    """Gives an xlwt workbook, before its first cell, this table; it offers no way to pass one."""
    book._Workbook__sst = WholeCharacters("utf-8")
