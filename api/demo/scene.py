"""What every invented case has, whatever its map: industry, place, employer, dates and marks."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from api.demo.employers import Employer, Industries, Industry, employ
from api.demo.phrases import said, table
from api.demo.placing import HONG_KONG, PlaceNames, Placing
from api.demo.weights import Weighted
from api.demo.words import Said, Slots
from api.lang import Pair
from api.places.gazetteer import Gazetteer
from api.staff.drafts import Draft, Precision
from api.terms.vocabulary import MapName, Terms

Langs = Literal["both", "zh", "en"]
_LANGS: Weighted[Langs] = Weighted([("both", 86), ("zh", 8), ("en", 6)])
_PRECISIONS: Weighted[Precision] = Weighted([("day", 93), ("month", 5.5), ("year", 1.5)])
_PRONOUN = Said("他们", "they")
# No text is longer, in either language.
_LONGEST = 600


@dataclass(slots=True)
class Scene:
    """One case in the making; `random` is its own stream, `recorded` the day it was written down.

    Nothing in a case may lie after `recorded` except a promised day: so a case never changes when
    the demonstration is made again on a later day.
    """

    random: Random
    map: MapName
    recorded: date
    industry: Industry
    place: str | None
    names: PlaceNames
    employer: Employer
    langs: Langs
    slots: Slots
    # Several people, as they are spoken of; None for one, whose pronoun would tell more.
    people: Said | None = None
    named: bool = False

    @property
    def mainland(self) -> bool:
        return self.place != HONG_KONG

    def pair(self, words: Said) -> Pair:
        """In the languages this case has."""
        return Pair(
            None if self.langs == "en" else words.zh, None if self.langs == "zh" else words.en
        )

    def title(self, template: Said) -> Pair:
        prefix, words = said(table("phrases")["prefix"]), self.slots.fill(template)
        return self.pair(Said(prefix.zh + words.zh, prefix.en + words.en))

    def text(self, parts: list[tuple[Said, bool]]) -> Pair:
        """Sentences in order with the mark at the end; those that need not be there give way."""
        mark = said(table("phrases")["mark"])
        filled = [(self._sentence(part), needed) for part, needed in parts]
        room = (
            _LONGEST - len(mark.en) - sum(len(words.en) + 1 for words, needed in filled if needed)
        )
        kept: list[Said] = []
        for words, needed in filled:
            if not needed:
                if len(words.en) + 1 > room:
                    continue
                room -= len(words.en) + 1
            kept.append(words)
        kept.append(mark)
        return self.pair(
            Said("".join(words.zh for words in kept), " ".join(words.en for words in kept))
        )

    def _sentence(self, part: Said) -> Said:
        """Filled; who is spoken of again and again becomes a pronoun every other time."""
        if self.people and "{they}" in part.zh:
            self.slots.put("they", *(_PRONOUN if self.named else self.people))
            self.named = not self.named
        return self.slots.fill(part)

    def draft(self, draft_id: str, day: date, precision: Precision) -> Draft:
        first = {"day": day, "month": day.replace(day=1), "year": date(day.year, 1, 1)}[precision]
        draft = Draft(id=draft_id, map=self.map, date=first, date_precision=precision, demo=True)
        draft.place = self.place
        draft.industry = self.industry.code
        draft.company = self.pair(self.employer.name) if self.employer.name else Pair(None, None)
        if self.industry.stated:
            draft.stated["industry"] = [self.industry.stated]
        return draft

    def precision(self) -> Precision:
        return _PRECISIONS.pick(self.random)


class Scenes:
    """Sets the scene of a case from its stream."""

    def __init__(self, gazetteer: Gazetteer, terms: Terms) -> None:
        self.terms = terms
        self.industries = Industries(terms)
        self._gazetteer = gazetteer
        self._placing = Placing(gazetteer)
        self._names: dict[str | None, PlaceNames] = {}

    def set(
        self,
        random: Random,
        map_name: MapName,
        recorded: date,
        industry: Industry,
        *,
        named: float,
        on_site: bool,
        unit: str | None = None,
    ) -> Scene:
        """`named` is the share of cases that name the employer; `unit` fixes the prefecture."""
        if unit is None:
            place = self._placing.pick(random, industry.path)
        else:
            place = self._placing.below(random, self._gazetteer.places[unit])
        employer = employ(random, industry, place, named=named, on_site=on_site)
        scene = Scene(
            random,
            map_name,
            recorded,
            industry,
            place,
            self._name(place),
            employer,
            _LANGS.pick(random),
            Slots(),
        )
        self._fill(scene)
        return scene

    def _name(self, place: str | None) -> PlaceNames:
        if place not in self._names:
            self._names[place] = PlaceNames(self._gazetteer, place)
        return self._names[place]

    def _fill(self, scene: Scene) -> None:
        slots = scene.slots
        slots.add(scene.names.slots)
        slots.add(scene.industry.slots)
        slots.put("company", *scene.employer.company)
        slots.put("firm", *scene.employer.firm)
