"""The demonstration set: invented cases on all three maps from January 2020 to a day.

A case belongs to the day it was recorded and is made from the seed and that day alone: the set of a
later day holds every case of an earlier one, unchanged. Storing and publishing are loading.py's.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from api.demo.accidents import Accidents
from api.demo.calls import Calls
from api.demo.fates import case_id, fate, fated, merged_into
from api.demo.phrases import MAPS_IN_DATA, check
from api.demo.rates import START, count
from api.demo.scene import Scenes
from api.demo.strikes import Strikes
from api.demo.weights import stream
from api.places.gazetteer import Gazetteer
from api.staff.drafts import Draft, DraftSource
from api.terms.vocabulary import MapName, Terms

__all__ = ["demonstration", "fate", "merged_into", "recorded_cases"]


def demonstration(seed: int, day: date, gazetteer: Gazetteer, terms: Terms) -> Iterator[Draft]:
    """All cases recorded up to and with `day`, in that order; the same for the same arguments.

    Raises ValueError where the data names a term that the vocabulary does not offer.
    """
    for _, draft in recorded_cases(seed, day, gazetteer, terms):
        yield draft


def recorded_cases(
    seed: int, day: date, gazetteer: Gazetteer, terms: Terms
) -> Iterator[tuple[date, Draft]]:
    """The same with the day each was recorded: nothing in a case but a promise lies after it."""
    check(terms)
    makers = _Makers(seed, Scenes(gazetteer, terms))
    for at in range((day - START).days + 1):
        recorded = START + timedelta(days=at)
        for map_name in MAPS_IN_DATA:
            for draft in makers.recorded(map_name, recorded):
                yield recorded, draft


class _Makers:
    def __init__(self, seed: int, scenes: Scenes) -> None:
        self._seed = seed
        self._calls = Calls(scenes)
        self._strikes = Strikes(scenes)
        self._accidents = Accidents(scenes)

    def recorded(self, map_name: MapName, day: date) -> Iterator[Draft]:
        """The cases of one map recorded on one day."""
        fate = fated(map_name, day)
        new_year = map_name == "strikes" and (day.month, day.day) == (1, 1)
        least = {"published": int(new_year), "merged": 2}.get(fate, 1)
        number = max(count(self._seed, map_name, day), least)
        for at in range(number):
            if fate == "merged" and at == 0:
                yield self._twin(map_name, day)
            else:
                yield self._case(map_name, day, at, in_shenzhen=new_year and at == 0)

    def _case(self, map_name: MapName, day: date, at: int, *, in_shenzhen: bool = False) -> Draft:
        draft_id = case_id(self._seed, map_name, day, at)
        random = stream(self._seed, map_name, day, at)
        if map_name == "strikes":
            return self._strikes.compose(random, draft_id, day, in_shenzhen=in_shenzhen)
        maker = self._calls if map_name == "calls" else self._accidents
        return maker.compose(random, draft_id, day)

    def _twin(self, map_name: MapName, day: date) -> Draft:
        """The same case as the second of the day, found a second time elsewhere."""
        case = self._case(map_name, day, 1)
        source = DraftSource("weibo", "https://example.org/weibo/found-twice", day, True)
        twin = case_id(self._seed, map_name, day, 0)
        return replace(case, id=twin, sources=[source], replies=[])
