"""All closed vocabularies together: look-up, the check that they fit, and reading a cell as terms.

The words are in `data/*.toml`. Nothing here writes to a database or guesses past a known spelling.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from api.folding import fold
from api.terms.term import KINDS, MAPS, Kind, MapName, Term, TermRecord, term_of

__all__ = [
    "KINDS",
    "MAPS",
    "Kind",
    "MapName",
    "Reading",
    "Term",
    "TermRecord",
    "Terms",
    "load_terms",
]

_DATA = Path(__file__).parent / "data"
# The group keeps the separators, so that pieces can be joined again as they were.
_SEPARATOR = re.compile(r"([,;、，；\n])")
_EDGES = " \t\r\n\u00a0\u3000,;、，；"
# Blanks are collapsed before these are used, so no run of blanks can make them slow.
_AROUND_SEPARATOR = re.compile(" ?([,;、]) ?")
_LEVEL = re.compile(" ?[>＞›»/／] ?| [-–—] ")


class Reading(NamedTuple):
    """What a cell says: known codes and, as they were written, the strings that no term matches."""

    codes: tuple[str, ...]
    unmatched: tuple[str, ...]


class Terms:
    """All vocabularies, checked when made; order is the order of the files."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[tuple[str, str], Term] = {}
        for term in terms:
            if (term.kind, term.code) in self._terms:
                raise ValueError(f"{term.kind} {term.code}: the code is used twice")
            self._terms[term.kind, term.code] = term
        self._spellings: dict[tuple[str, str], str] = {}
        # The pieces of the spelling with most separators: as many are joined when reading a list.
        self._longest = 1
        for term in self._terms.values():
            self._check_parent(term)
            self._index(term)
        for kind in KINDS:
            if self.get(kind, "other") is None:
                raise ValueError(f"{kind}: the term other is missing")

    def get(self, kind: Kind, code: str) -> Term | None:
        return self._terms.get((kind, code))

    def of(self, kind: Kind, map: MapName | None = None) -> tuple[Term, ...]:
        """The terms of a kind in file order; with `map`, those offered there."""
        return tuple(
            term
            for term in self._terms.values()
            if term.kind == kind and (map is None or map in term.maps)
        )

    def path(self, kind: Kind, code: str) -> tuple[Term, ...]:
        """From the top level down to the term itself; empty for an unknown code."""
        term = self.get(kind, code)
        if term is None:
            return ()
        return (*self.path(kind, term.parent), term) if term.parent else (term,)

    def covers(self, kind: Kind, code: str) -> frozenset[str]:
        """The code and every code below it; empty for an unknown code."""
        if self.get(kind, code) is None:
            return frozenset()
        return frozenset({code} | {term.code for term in self.of(kind) if term.parent == code})

    def match(self, kind: Kind, stated: str) -> str | None:
        """The code that one string means, by code, label or known spelling; None for no match."""
        return self._spellings.get((kind, _key(stated)))

    def read(self, kind: Kind, stated: str) -> Reading:
        """Reads a cell that may hold a list, the longest known string first.

        A term's own string may hold a separator, so neighbouring pieces are tried together. A
        blank cell gives nothing; what is unmatched is the caller's to keep and count as `other`.
        """
        parts = _SEPARATOR.split(stated)
        codes: dict[str, None] = {}
        unmatched: dict[str, None] = {}
        at = 0
        while at < len(parts):
            end = at + 1
            # Pieces and separators alternate: a run of n pieces is 2n - 1 parts long.
            for stop in range(min(at + 2 * self._longest - 1, len(parts)), at, -2):
                if code := self.match(kind, "".join(parts[at:stop])):
                    codes[code] = None
                    end = stop
                    break
            else:
                if text := parts[at].strip(_EDGES):
                    code, whole = self._below(text) if kind == "industry" else (None, False)
                    codes.update({code: None} if code else {})
                    unmatched.update({} if whole else {text: None})
            at = end + 1
        return Reading(tuple(codes), tuple(unmatched))

    def rows(self) -> list[TermRecord]:
        """All terms as database rows; `position` counts from 0 over all kinds in file order."""
        return [
            TermRecord(
                kind=term.kind,
                code=term.code,
                parent=term.parent,
                maps=list(term.maps),
                zh=term.zh,
                en=term.en,
                note_zh=term.note_zh,
                note_en=term.note_en,
                clb=list(term.clb),
                position=position,
            )
            for position, term in enumerate(self._terms.values())
        ]

    def _below(self, text: str) -> tuple[str | None, bool]:
        """Reads "Parent > Sub", "Parent/Sub", "Parent - Sub": a code, and whether it says it all.

        A sub-industry that is unknown, or stands under another parent here, leaves the parent:
        CLB moved industries between classes, and a total must not move with them unseen.
        """
        above, *below = _LEVEL.split(" ".join(text.split()), maxsplit=1)
        parent = self.match("industry", above)
        if not below or parent is None or parent not in (t.code for t in self._tops("industry")):
            return None, False
        code = self.match("industry", below[0])
        if code in ("other", "unknown"):
            rest = f"{parent}_{code}"
            return rest if self.get("industry", rest) else parent, True
        if code and code in self.covers("industry", parent):
            return code, True
        return parent, False

    def _tops(self, kind: Kind) -> Iterable[Term]:
        return (term for term in self.of(kind) if term.parent is None)

    def _check_parent(self, term: Term) -> None:
        if term.parent is None:
            return
        where = f"{term.kind} {term.code}"
        parent = self.get(term.kind, term.parent)
        # Two levels are all that choosers and statistics draw; this also rules out circles.
        if term.kind != "industry" or parent is None or parent.parent is not None:
            raise ValueError(f"{where}: the parent {term.parent} is no top-level industry")
        if not set(term.maps) <= set(parent.maps):
            raise ValueError(f"{where}: offered on a map where {term.parent} is not")

    def _index(self, term: Term) -> None:
        for spelling in term.spellings():
            key = _key(spelling)
            owner = self._spellings.setdefault((term.kind, key), term.code)
            if owner != term.code or not key:
                raise ValueError(
                    f"{term.kind} {term.code}: the spelling {spelling!r} is {owner}'s or blank"
                )
            self._longest = max(self._longest, len(_SEPARATOR.split(spelling)) // 2 + 1)


def _key(text: str) -> str:
    """The form in which spellings are compared: folded, single blanks, no stray separators."""
    return _AROUND_SEPARATOR.sub(r"\1", " ".join(fold(text.strip(_EDGES)).split()))


@lru_cache
def load_terms() -> Terms:
    """The vocabularies of the data files; ValueError names what is wrong in them."""
    return Terms(
        term_of(kind, entry)
        for kind in KINDS
        for entry in tomllib.loads((_DATA / f"{kind}.toml").read_text("utf-8"))["term"]
    )
