"""What one term is, which kinds and maps there are, and how an entry of a data file becomes a term.

Checks that need the other terms, and all matching, are in `vocabulary.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypedDict, get_args

Kind = Literal["industry", "issue", "action", "response", "platform", "ownership", "accident_type"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MapName = Literal["calls", "strikes", "accidents"]
MAPS: tuple[MapName, ...] = get_args(MapName)

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list; `maps` says where it is offered, not where it may occur."""

    kind: Kind
    code: str
    parent: str | None
    maps: tuple[str, ...]
    zh: str
    en: str
    note_zh: str
    note_en: str
    clb: tuple[str, ...]
    also: tuple[str, ...]

    def __post_init__(self) -> None:
        where = f"{self.kind} {self.code}"
        if self.kind not in KINDS or not _CODE.fullmatch(self.code):
            raise ValueError(f"{where}: not a known kind and a lower snake case code")
        if not self.maps or not set(self.maps) <= set(MAPS):
            raise ValueError(f"{where}: maps must be some of {', '.join(MAPS)}")
        for name in ("zh", "en", "note_zh", "note_en"):
            text: str = getattr(self, name)
            if not text.strip() or "\n" in text:
                raise ValueError(f"{where}: {name} must be one line of text")

    def spellings(self) -> tuple[str, ...]:
        """All that is read as this term: code, both labels, CLB's strings, other spellings."""
        return (self.code, self.zh, self.en, *self.clb, *self.also)


class TermRecord(TypedDict):
    """A term as a row of the database; `also` stays out, it only serves matching."""

    kind: str
    code: str
    parent: str | None
    maps: list[str]
    zh: str
    en: str
    note_zh: str
    note_en: str
    clb: list[str]
    position: int


def term_of(kind: Kind, entry: Mapping[str, Any]) -> Term:
    """A `[[term]]` table as a term; ValueError for a key that is missing or not known."""
    known = {field.name for field in fields(Term)} - {"kind"}
    wrong = (known - {"parent"} - entry.keys()) | (entry.keys() - known)
    if wrong:
        raise ValueError(f"{kind} {entry.get('code')}: missing or unknown {', '.join(wrong)}")
    return Term(
        kind=kind,
        code=entry["code"],
        parent=entry.get("parent"),
        maps=tuple(entry["maps"]),
        zh=entry["zh"],
        en=entry["en"],
        note_zh=entry["note_zh"],
        note_en=entry["note_en"],
        clb=tuple(entry["clb"]),
        also=tuple(entry["also"]),
    )
