"""The filters as a plain GET form: every filter has a field, filled with what is in force.

Choices come from the vocabulary; what a filter means is cases/filters.py's. The form has the shape
of the script's, frontend/src/views/filters/.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from api.cases.filters import FILTERS
from api.cases.view import View
from api.clock import months_before
from api.pages.answering import either
from api.pages.visit import Visit
from api.terms.vocabulary import Kind, MapName, Term

# In the open; all others stand under "more filters", in the order of FILTERS.
_MAPS = ("calls", "strikes", "accidents", "all")
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
    """Makes the fields for one view, of the page at `path`."""

    def __init__(self, visit: Visit, view: View, path: str) -> None:
        self._path = path
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
        spans = self._spans()
        return {
            "path": self._path,
            "active": self._active(),
            "hidden": self._hidden(since),
            "maps": [
                Option(name, getattr(self._words.maps, name), name == values["map"])
                for name in _MAPS
            ],
            "since": "" if since == "all" else since,
            "until": until,
            "first": values.get("since") or "",
            "last": values.get("until") or "",
            "spans": spans,
            "own": not any(span["chosen"] for span in spans[:-1]),
            "region": self._regions(),
            "deep": self._is_deep(),
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

    def _active(self) -> int:
        """How many filters are set beside the keyword, which is in sight; two dates are one."""
        others = self._given.keys() - {"q", "since", "until", "map"}
        dated = "since" in self._given or "until" in self._given
        return dated + (self._given.get("map", "calls") != "calls") + len(others)

    def _spans(self) -> list[dict[str, Any]]:
        """The spans most readers want as links, and last the reader's own."""
        words, today = self._words, self._visit.reading.today
        half, year = (months_before(today, months).isoformat() for months in (6, 12))
        since, until = (self._given.get(end) for end in ("since", "until"))
        names = {None: "half", half: "half", year: "year", "all": "all"}
        held = None if until else names.get(since)
        spans = (
            ("half", words.half_year, None),
            ("year", words.year, year),
            ("all", words.all, "all"),
        )
        links = self._visit.links
        found = [
            {
                "name": name,
                "text": text,
                "href": links.to(self._path, since=day, until=None),
                "chosen": name == held,
            }
            for name, text, day in spans
        ]
        own = {"name": "own", "text": words.own, "href": "#filter-ends", "chosen": held is None}
        return [*found, own]

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

    def _booleans(self, name: str) -> list[Group]:
        held = self._given.get(name)
        words = (("true", self._words.yes), ("false", self._words.no))
        return [Group(None, [Option(code, text, code == held) for code, text in words])]

    def _is_deep(self) -> bool:
        """Whether the script will offer more levels of places than the first."""
        places, chosen = self._visit.vocabulary.places, self._view.values.get("region", ())
        if len(chosen) != 1:
            return False
        return places.province(chosen[0]) != chosen[0] or bool(places.children(chosen[0]))

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
        return self._choice(kind, groups, self._words.any_industry)

    def _options(self, rows: Iterable[Any], chosen: set[str]) -> list[Option]:
        return [Option(row.code, self._label(row), row.code in chosen) for row in rows]

    def _label(self, row: Term | Any) -> str:
        return str(row.zh if self._lang == "zh" else row.en)
