"""An XlsxWriter worksheet for rows of plain cells: text stays text whatever it says, and fast.

In `constant_memory` XlsxWriter takes a text that begins with <r> and ends with </r> for markup of
its own and writes it raw, so a title could bring a formula along. A row written here is escaped
without exception; it also takes a fifth of the time. The package around it stays XlsxWriter's.
"""

import re
from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from api.cases.columns import COLUMNS, Cell

# No place in XML, or, written out, an escape that Excel would resolve.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")

_LETTERS = tuple(xl_col_to_name(column) for column in range(len(COLUMNS)))


class PlainSheet(Worksheet):  # type: ignore[misc]
    """Takes its rows from `write_cells` in order; the book must have `constant_memory`."""

    def write_cells(self, index: int, row: Sequence[Cell]) -> None:
        """Row `index` (from 0): text, numbers, and nothing for None. Cells fit their limits."""
        # What was written the ordinary way so far, the header, comes first.
        self._write_single_row(index)
        self.dim_rowmax = index
        number = index + 1
        parts = [f'<row r="{number}">']
        for letters, cell in zip(_LETTERS, row, strict=True):
            if cell is None:
                continue
            reference = f"{letters}{number}"
            if isinstance(cell, str):
                parts.append(
                    f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">'
                    f"{self._safe(cell)}</t></is></c>"
                )
            else:
                parts.append(f'<c r="{reference}"><v>{cell!r}</v></c>')
        parts.append("</row>")
        self.fh.write("".join(parts))

    def _safe(self, text: str) -> str:
        if _UNSAFE.search(text):
            text = self._escape_control_characters(text)
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
