"""The filters as a plain GET form: every filter has a field, filled with what is in force.

Choices come from the vocabulary; what a filter means is cases/filters.py's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from api.cases.filters import FILTERS
from api.cases.sentences import MAP_LABELS
from api.cases.view import View
from api.clock import months_before
from api.pages.answering import either
from api.pages.visit import Visit
from api.terms.vocabulary import Kind, MapName, Term

# In the open; all others stand under "more filters", in the order of FILTERS.
_MAIN = ("map", "since", "until", "region", "industry", "q")
# Set on the map, and kept by the form.
_HIDDEN = ("bbox",)


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    label: str | None
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Choice:
    """A field with options; `blank` is the choice of none."""

    name: str
    label: str
    groups: Sequence[Group]
    several: bool
    blank: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to type into."""

    name: str
    label: str
    value: str
    number: bool


class Form:
    """Makes the fields for one view."""

    def __init__(self, visit: Visit, view: View) -> None:
        self._visit = visit
        self._view = view
        self._lang = visit.reader.lang
        self._words = visit.reader.words.filters
        self._given = visit.asked.given

    def fields(self) -> dict[str, Any]:
        """What templates/form.html is filled with."""
        since, until = (self._given.get(name, "") for name in ("since", "until"))
        every = [name for name in FILTERS if name not in (*_MAIN, *_HIDDEN)]
        values = self._view.values
        return {
            "hidden": self._hidden(since),
            "map": self._map(),
            "since": "" if since == "all" else since,
            "until": until,
            "first": values.get("since") or "",
            "last": values.get("until") or "",
            "quick": self._quick(),
            "region": self._regions(),
            "industry": self._terms("industry"),
            "q": self._entry("q"),
            "more": [self._field(name) for name in every],
            "open": any(name in self._given for name in every),
        }

    def _hidden(self, since: str) -> list[tuple[str, str]]:
        kept = [(name, self._given[name]) for name in _HIDDEN if name in self._given]
        # Before the field for the first day, so that a day typed there wins.
        kept += [("since", "all")] if since == "all" else []
        return kept + ([("lang", named)] if (named := self._visit.reader.named) else [])

    def _quick(self) -> list[dict[str, Any]]:
        """The spans most readers want, as links."""
        year = months_before(self._visit.reading.today, 12).isoformat()
        links = self._visit.links
        now = (self._given.get("since"), self._given.get("until"))
        spans = ((self._words.half_year, None), (self._words.year, year), (self._words.all, "all"))
        return [
            {
                "text": text,
                "href": links.to("/", since=since, until=None),
                "chosen": now == (since, None),
            }
            for text, since in spans
        ]

    def _field(self, name: str) -> Choice | Entry:
        kind = FILTERS[name].kind
        if kind == "codes":
            return self._terms(cast(Kind, name))
        if kind == "boolean":
            return self._choice(name, self._booleans(name))
        return self._entry(name)

    def _entry(self, name: str) -> Entry:
        row = FILTERS[name]
        value = self._given.get(name, "")
        return Entry(name, either(row.label, self._lang), value, row.kind == "integer")

    def _choice(self, name: str, groups: Sequence[Group], blank: str | None = None) -> Choice:
        chosen = sum(option.chosen for group in groups for option in group.options)
        label = either(FILTERS[name].label, self._lang)
        return Choice(name, label, groups, chosen > 1, blank or self._words.any)

    def _map(self) -> Choice:
        held = self._view.values["map"]
        options = [
            Option(code, either(label, self._lang), code == held)
            for code, label in MAP_LABELS.items()
        ]
        label = either(FILTERS["map"].label, self._lang)
        return Choice("map", label, [Group(None, options)], several=False, blank=None)

    def _booleans(self, name: str) -> list[Group]:
        held = self._given.get(name)
        words = (("true", self._words.yes), ("false", self._words.no))
        return [Group(None, [Option(code, text, code == held) for code, text in words])]

    def _regions(self) -> Choice:
        """The provinces, and what lies in those that are chosen or hold what is chosen."""
        places = self._visit.vocabulary.places
        chosen = set(self._view.values.get("region", ()))
        opened = {places.province(code) for code in chosen}
        provinces = places.children(None)
        groups = [Group(None, self._options(provinces, chosen))]
        for province in (each for each in provinces if each.code in opened):
            below = list(places.children(province.code))
            known = {place.code for place in (*provinces, *below)}
            # A county is offered below its prefecture only where it was asked for.
            below += [places.places[code] for code in sorted(chosen - known)
                      if places.province(code) == province.code]  # fmt: skip
            label = self._words.within.format(self._label(province))
            groups.append(Group(label, self._options(below, chosen)))
        return self._choice("region", groups, self._words.anywhere)

    def _terms(self, kind: Kind) -> Choice:
        """The terms of the map, industries below their parents, and whatever else is chosen."""
        chosen = set(self._view.values.get(kind, ()))
        on = self._view.values["map"]
        every = self._visit.vocabulary.terms.of(kind)
        offered = [
            t for t in every if on == "all" or cast(MapName, on) in t.maps or t.code in chosen
        ]
        if kind != "industry":
            return self._choice(kind, [Group(None, self._options(offered, chosen))])
        groups = []
        for top in (term for term in offered if term.parent is None):
            family = [top, *(term for term in offered if term.parent == top.code)]
            label = self._label(top) if len(family) > 1 else None
            groups.append(Group(label, self._options(family, chosen)))
        return self._choice(kind, groups)

    def _options(self, rows: Iterable[Any], chosen: set[str]) -> list[Option]:
        return [Option(row.code, self._label(row), row.code in chosen) for row in rows]

    def _label(self, row: Term | Any) -> str:
        return str(row.zh if self._lang == "zh" else row.en)
