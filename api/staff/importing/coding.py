"""Coded columns: cells to terms of the closed vocabularies, and what no term matches."""

import re
from typing import NamedTuple

from api.staff.importing.fields import Row
from api.terms.vocabulary import Kind, Terms

OTHER = "other"
_MOST_HELD = 50_000
_LONGEST_HELD = 200
# kind: (columns of codes, columns of words); the words only count where no codes stand.
_COLUMNS: dict[Kind, tuple[str, str]] = {
    "industry": ("industry_code", "industry"),
    "issue": ("issue_codes", "issues"),
    "action": ("action_codes", "actions"),
    "response": ("response_codes", "responses"),
    "platform": ("platform_codes", "platforms"),
    "ownership": ("ownership_code", "ownership"),
    "accident_type": ("accident_type_code", "accident_type"),
}
_BETWEEN_CODES = re.compile(r"[;,\s]+")
Coded = tuple[tuple[str, ...], tuple[str, ...]]


class One(NamedTuple):
    """A column that holds one code: the code, the words to keep, and those no term matches."""

    code: str | None
    kept: tuple[str, ...]
    unmatched: tuple[str, ...]


class Coder:
    """Reads coded cells; holds the answers for short ones, which repeat."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._held: dict[tuple[Kind, str], Coded] = {}

    def knows(self, kind: Kind, code: str) -> bool:
        return self._terms.get(kind, code) is not None

    def read(self, kind: Kind, text: str) -> Coded:
        """Codes, and verbatim what no term matches."""
        key = (kind, text)
        if key in self._held:
            return self._held[key]
        found = self._terms.read(kind, text)
        answer = (tuple(found.codes), tuple(found.unmatched))
        if len(text) <= _LONGEST_HELD and len(self._held) < _MOST_HELD:
            self._held[key] = answer
        return answer

    def many(self, kind: Kind, row: Row) -> Coded:
        """The codes of a column that may hold several; `other` stands for all that is unmatched."""
        codes, unmatched = self._cells(kind, row)
        if unmatched:
            codes = (*codes, OTHER)
        return _unique(codes), _unique(unmatched)

    def one(self, kind: Kind, row: Row) -> One:
        """The code of a column that holds one, the first of several."""
        codes, unmatched = self._cells(kind, row)
        codes, unmatched = _unique(codes), _unique(unmatched)
        code = codes[0] if codes else OTHER if unmatched else None
        # Only one can be kept: the whole cell is, verbatim.
        kept = _unique(tuple(row.texts(_COLUMNS[kind][1]))) if len(codes) > 1 else unmatched
        return One(code, kept, unmatched)

    def _cells(self, kind: Kind, row: Row) -> Coded:
        of_codes, of_words = _COLUMNS[kind]
        if kind == "industry" and row.has("sub_industry") and not row.has(of_codes, of_words):
            return self.read("industry", row.text("sub_industry"))
        if not row.has(of_codes, of_words):
            return (), ()
        codes: list[str] = []
        unmatched: list[str] = []
        for text in row.texts(of_codes):
            for code in filter(None, _BETWEEN_CODES.split(text)):
                (codes if self.knows(kind, code) else unmatched).append(code)
        if not codes and not unmatched:
            for text in row.texts(of_words):
                found = self._below(row, text) if kind == "industry" else self.read(kind, text)
                codes += found[0]
                unmatched += found[1]
        return tuple(codes), tuple(unmatched)

    def _below(self, row: Row, industry: str) -> Coded:
        """An industry with the sub-industry of its own column."""
        below = row.text("sub_industry")
        if not below:
            return self.read("industry", industry)
        found = self.read("industry", f"{industry} > {below}")
        if found[0]:
            return found
        codes, unmatched = self.read("industry", industry)
        return codes, (*unmatched, below)


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return words if len(words) < 2 else tuple(dict.fromkeys(words))
