"""One row under our field names, and its identity: what the rest of the importer reads from."""

import hashlib
import json
from dataclasses import dataclass, field

from api.folding import clean
from api.staff.importing.cells import as_text
from api.staff.importing.sheets import Cell

# Columns of our own export that say when and how it was written, not what the case is.
_PASSING = frozenset({"revision", "updated"})
# Labels beside codes: a term that is renamed does not make another row of it.
_LABELS = {
    "region_code": "region",
    "industry_code": "industry",
    "issue_codes": "issues",
    "action_codes": "actions",
    "response_codes": "responses",
    "ownership_code": "ownership",
    "accident_type_code": "accident_type",
    "platform_codes": "platforms",
}


LONGEST_TEXT = 100_000
_LONGEST_JSON = 4_000_000
_JSON = frozenset({"sources", "replies", "stated"})


@dataclass(slots=True)
class Row:
    """The recognised, non-blank cells of one row; text among them is clean.

    `number` is the one the user sees, within `sheet` where the workbook has several. `stray` tells
    of cells under no header, `broken` of a line that is no JSON object, `too_long` names a field
    with more text than may be stored.
    """

    number: int
    sheet: str | None = None
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    stray: bool = False
    broken: bool = False
    too_long: str | None = None

    def add(self, name: str, cell: Cell) -> None:
        if isinstance(cell, str):
            # Printable text has nothing to clean but blanks, and is most of what comes.
            cell = cell.strip() if cell.isprintable() else clean(cell)
            if len(cell) > LONGEST_TEXT and (name not in _JSON or len(cell) > _LONGEST_JSON):
                self.too_long = name
        if cell is None or cell in ("", [], {}):
            return
        self.cells.setdefault(name, []).append(cell)

    def cell(self, name: str) -> Cell:
        """The first cell of a field; None for a blank one."""
        found = self.cells.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The first cell of a field as text; empty for a blank one."""
        found = self.cells.get(name)
        return _text(found[0]) if found else ""

    def texts(self, *names: str) -> list[str]:
        """All cells of these fields as text."""
        cells = self.cells
        return [
            text for name in names if name in cells for cell in cells[name] if (text := _text(cell))
        ]

    def has(self, *names: str) -> bool:
        return not self.cells.keys().isdisjoint(names)

    def identity(self, map_name: str) -> bytes:
        """SHA-256 over the map and every recognised cell: equal rows of any file kind are equal."""
        cells = self.cells
        skipped = {label for code, label in _LABELS.items() if code in cells} | _PASSING
        # No cell holds these control characters: `clean` takes them out.
        parts = [
            f"{name}\x1e" + "\x1e".join(map(_canonical, cells[name]))
            for name in sorted(cells)
            if name not in skipped
        ]
        return hashlib.sha256("\x1f".join((map_name, *parts)).encode()).digest()


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else as_text(cell)


def _canonical(cell: Cell) -> str:
    if isinstance(cell, dict) or (
        isinstance(cell, list) and any(isinstance(c, dict) for c in cell)
    ):
        return json.dumps(cell, sort_keys=True, default=str)
    return _text(cell)
