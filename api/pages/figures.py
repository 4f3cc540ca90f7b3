"""The figures of the graphs page as tables: which there are for a map, their rows and what to know.

The script draws the same: frontend/src/views/charts/{kinds,figures,rows,periods}.ts.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from api.cases.stats import By
from api.cases.tallies import REPLY_BANDS, REPLY_LAST
from api.cases.view import View
from api.pages.visit import Visit
from api.pages.words import day, number, share

# By what each figure counts, and the maps on which that means something.
KINDS: Mapping[By, tuple[str, ...]] = {
    "month": ("calls", "strikes", "accidents", "all"),
    "industry": ("calls", "strikes", "accidents", "all"),
    "issue": ("calls", "strikes", "all"),
    "action": ("calls", "strikes"),
    "accident_type": ("accidents",),
    "region": ("calls", "strikes", "accidents", "all"),
    "reply_days": ("calls",),
    "response": ("calls", "strikes"),
    "ownership": ("strikes",),
}
# A longer table is one of years.
MOST_MONTHS = 60
# A case may have several of these, so their counts may exceed n.
_MANY = frozenset({"issue", "action", "response"})
_NESTED = frozenset({"industry", "region"})
_VOCABULARY = {"region": "place"}
# The first month under another way of collecting; the last month of the older archive.
_METHOD, _LAST = "2017-01", "2025-06"

Tallies = Sequence[Mapping[str, Any]]


class Row(NamedTuple):
    """One line; `key` is null for the cases that say nothing of this."""

    key: str | None
    label: str
    cases: int
    share: str
    href: str | None


class Figure(NamedTuple):
    name: str
    title: str
    head: str
    counted: str
    notes: Sequence[str]
    rows: Sequence[Row]


def kinds_of(on: str) -> tuple[By, ...]:
    return tuple(name for name, maps in KINDS.items() if on in maps)


class Figures:
    """Makes the figures of one view from its statistics."""

    def __init__(self, visit: Visit, view: View, total: int) -> None:
        self._visit = visit
        self._view = view
        self._total = total
        self._lang = visit.reader.lang
        self._words = visit.reader.words.graphs

    def figure(self, name: str, tallies: Tallies) -> Figure:
        said = getattr(self._words, name)
        counts = {tally["key"]: tally["count"] for tally in tallies}
        blank = counts.get(None, 0)
        if name == "reply_days":
            # A gap in the scale would mislead.
            bands = (*(band for _, band in REPLY_BANDS), REPLY_LAST)
            counts = {band: counts.get(band, 0) for band in bands}
            counts |= {None: blank} if blank else {}
        parent = self._parent(name)
        keys = [key for key in counts if key is not None]
        title = said.title
        if parent is not None:
            title = self._words.within.format(title=title, name=self._term(name, parent))
        finer = parent if len(counts) > 1 else None
        rows = [
            Row(
                key,
                said.missing if key is None else self._label(name, key, finer),
                cases,
                share(cases, self._total),
                self._href(name, key),
            )
            for key, cases in counts.items()
        ]
        notes = self._notes(keys) if name in ("month", "year") else []
        return Figure(name, title, said.head, self._counted(name, said, blank), notes, rows)

    def _counted(self, name: str, said: Any, blank: int) -> str:
        words, total = self._words, self._total
        sentences = [
            said.counted,
            words.of.format(n=number(total - blank), total=number(total)),
            words.missing.format(what=said.missing, count=number(blank), share=share(blank, total)),
            *([words.several] if name in _MANY else []),
        ]
        return str(words.between.join(sentences))

    def _notes(self, keys: Sequence[str]) -> list[str]:
        """Where counting changed within these months or years, and which of them are cut short."""
        words, notes = self._words, []
        yearly = bool(keys) and len(keys[0]) == 4
        method, last = (edge[:4] if yearly else edge for edge in (_METHOD, _LAST))
        if method in keys[1:] and self._view.values["map"] in ("strikes", "all"):
            notes.append(words.method_month)
        if yearly and last in keys and len(keys) > 1:
            notes.append(words.archive_year)
        elif last in keys[:-1]:
            notes.append(words.archive_month)
        partial = [day(key, self._lang) for key in keys if self._is_partial(key)]
        if partial:
            separator = self._visit.reader.words.shell.separator
            notes.append(words.partial.format(separator.join(partial)))
        return notes

    def _is_partial(self, key: str) -> bool:
        """Whether it is not wholly within since and until, or is not over yet."""
        first, last = _ends(key)
        since, until = (self._view.values.get(end) for end in ("since", "until"))
        reached = min(until or date.max, self._visit.reading.today)
        return (since is not None and since > first) or first <= reached < last

    def _label(self, name: str, key: str, finer: str | None) -> str:
        if name in ("month", "year"):
            return day(key, self._lang)
        if name == "reply_days":
            words = self._words
            last = key == REPLY_LAST
            return str(
                words.last_band.format(key.rstrip("+"))
                if last
                else words.band.format(key.replace("-", "–"))
            )
        label = self._term(name, key)
        return str(self._words.finer.format(label)) if key == finer else label

    def _term(self, name: str, code: str) -> str:
        pair = self._view.vocabulary.label(_VOCABULARY.get(name, name), code)
        return pair.either(self._lang) or code

    def _parent(self, name: str) -> str | None:
        """The one code whose children are counted, where there is one."""
        return self._only(name) if name in _NESTED else None

    def _only(self, name: str) -> str | None:
        held = self._view.values.get(name, ())
        return held[0] if len(held) == 1 else None

    def _href(self, name: str, key: str | None) -> str | None:
        """The same figures for the cases of a row alone, where a filter leaves just these."""
        links = self._visit.links
        if key is None:
            return links.to("/graphs", placed="false") if name == "region" else None
        if name in ("month", "year"):
            since, until = (self._edge(end, key) for end in ("since", "until"))
            return links.to("/graphs", since=since, until=until)
        if name == "reply_days" or self._only(name) == key:
            return None
        return links.to("/graphs", **{name: key})

    def _edge(self, end: str, key: str) -> str:
        """A month or year, or the day in it at which the window begins or ends."""
        edge = self._view.values.get(end)
        text = edge.isoformat() if edge else ""
        return text if text.startswith(key) else key


def _ends(key: str) -> tuple[date, date]:
    """The first and the last day of a month or year."""
    year = int(key[:4])
    first, last = (int(key[5:]),) * 2 if key[5:] else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
