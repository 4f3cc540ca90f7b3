"""Which column is which field: known spellings, a mapping file, contact columns, and the rest.

The names themselves are data in spellings.py. Nothing here looks at the cells below a header.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from api.folding import clean, fold
from api.staff.importing.files import FileRejected
from api.staff.importing.lines import HEADER_WITHIN
from api.staff.importing.sheets import Cell
from api.staff.importing.spellings import CONTACT_NAMES, CONTACT_PARTS, FIELDS

# A header row names one of these, or no row below it could have a date.
DATES = frozenset({"date", "message_date", "posted_on"})
_LEAST_KNOWN = 2
_LARGEST_MAPPING = 1 << 20
Sort = Literal["field", "contact", "ignored"]


def squash(header: str) -> str:
    """A header as it is compared: folded, letters and digits only."""
    return "".join(character for character in fold(header) if character.isalnum())


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for name, spellings in FIELDS.items():
        for spelling in (name, *spellings):
            known = table.setdefault(squash(spelling), name)
            assert known == name, f"{spelling} means both {known} and {name}"
    return table


@cache
def _contact_names() -> frozenset[str]:
    return frozenset(squash(name) for name in CONTACT_NAMES)


def is_contact(header: str) -> bool:
    """True for a column that tells who a person is or how to reach them."""
    name = squash(header)
    return name in _contact_names() or any(part in name for part in CONTACT_PARTS)


def read_mapping(path: Path | None) -> dict[str, str]:
    """Squashed header -> our field, from TOML or JSON; an unknown field refuses the import."""
    if path is None:
        return {}
    try:
        if path.stat().st_size > _LARGEST_MAPPING:
            raise ValueError
        text = path.read_text("utf-8-sig")
        table: Any = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError):
        raise FileRejected(
            "对照文件无法读取：须为 TOML 或 JSON，内容为“表头 = 字段”。",
            "The mapping file cannot be read: it must be TOML or JSON of header = field.",
        ) from None
    table = table.get("columns", table) if isinstance(table, dict) else None
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise FileRejected(
            "对照文件须为“表头 = 字段”的一张表。",
            "The mapping file must be one table of header = field.",
        )
    for header, name in table.items():
        if name not in FIELDS:
            raise FileRejected(
                f"对照文件中的字段“{shown(name)}”不存在。可用字段：{'、'.join(FIELDS)}。",
                f'The mapping file names the field "{shown(name)}", which does not exist. '
                f"Fields: {', '.join(FIELDS)}.",
            )
        if is_contact(header) and squash(header) not in _spellings():
            raise FileRejected(
                f"“{shown(header)}”是联系方式一类的列，不能导入。",
                f'"{shown(header)}" is a contact column and cannot be imported.',
            )
    return {squash(header): name for header, name in table.items()}


def shown(header: str) -> str:
    """A header as it may be printed at a terminal."""
    text = "".join(sign if sign.isprintable() else " " for sign in clean(header))
    return " ".join(text.split())[:60]


@dataclass(slots=True)
class Columns:
    """What became of each column; complete once every row was read."""

    fields: dict[str, str] = field(default_factory=dict)
    contact: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    # Sheets of the workbook without this header.
    ignored_sheets: list[str] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """True for a file that our own export wrote."""
        return {"id", "title_zh"} <= set(self.fields.values())

    def note(self, header: str, sort: Sort, name: str) -> None:
        text = shown(header)
        if sort == "field":
            self.fields.setdefault(text, name)
            return
        names = self.contact if sort == "contact" else self.ignored
        if text not in names:
            names.append(text)


class Headers:
    """Tells what a header means, with the mapping file before the spellings everybody shares."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._known: dict[str, tuple[Sort, str]] = {}

    def meaning(self, header: str) -> tuple[Sort, str]:
        """('field', its name), or ('contact', '') or ('ignored', '')."""
        if header not in self._known:
            name = squash(header)
            found = self._mapping.get(name) or _spellings().get(name)
            if found:
                self._known[header] = ("field", found)
            else:
                self._known[header] = ("contact" if is_contact(header) else "ignored", "")
        return self._known[header]

    def names(self, headers: Iterable[Cell]) -> set[str]:
        """The fields among these headers."""
        texts = (header for header in headers if isinstance(header, str) and len(header) <= 200)
        return {name for text in texts for name in (self.meaning(text)[1],) if name}

    def is_header(self, cells: Iterable[Cell]) -> bool:
        names = self.names(cells)
        return len(names) >= _LEAST_KNOWN and not names.isdisjoint(DATES)

    def columns(self, header: Sequence[Cell], columns: Columns) -> list[tuple[int, str]]:
        """The index and field of each column to import; the others are noted in `columns`."""
        kept: list[tuple[int, str]] = []
        for index, cell in enumerate(header):
            text = cell if isinstance(cell, str) else str(cell)
            if not text.strip():
                continue
            sort, name = self.meaning(text)
            columns.note(text, sort, name)
            if sort == "field":
                kept.append((index, name))
        return kept


def no_header() -> FileRejected:
    return FileRejected(
        f"前 {HEADER_WITHIN} 行中没有可识别的表头。表头须有“日期”（Date）一列，以及标题、描述、"
        "地点、行业等至少一列；其他名称请用对照文件（--mapping）说明。",
        f"No header was recognised in the first {HEADER_WITHIN} rows. It needs a Date (日期) "
        "column and at least one of title, description, location, industry and so on; name others "
        "in a mapping file (--mapping).",
    )
