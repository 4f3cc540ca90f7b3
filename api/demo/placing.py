"""Where an invented case happened: weighted places of the gazetteer, and how they are named."""

from functools import lru_cache
from random import Random

from api.demo.phrases import table
from api.demo.weights import Weighted, one_of
from api.demo.words import Said, Slots
from api.places.gazetteer import Gazetteer, Place

# How much is known of the place, in hundredths: the rest is a prefecture or a county.
_UNPLACED = 0.02
_PROVINCE_ONLY = 0.13
_COUNTY_KNOWN = 0.55
HONG_KONG = "810000"


class Placing:
    """Picks places; never a row that only stands in for others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._provinces: dict[tuple[str, ...], Weighted[str]] = {}
        self._units: dict[str, Weighted[Place]] = {}
        # Asked for every case, and the gazetteer makes it anew each time.
        self._children = lru_cache(maxsize=None)(gazetteer.children)

    def pick(self, random: Random, industries: tuple[str, ...]) -> str | None:
        """A place for a case of an industry, given by its codes from the top level down."""
        known = random.random()
        if known < _UNPLACED:
            return None
        province = self._provinces_of(industries).pick(random)
        if known < _PROVINCE_ONLY or not self._children(province):
            return province
        return self.below(random, self._units_of(province).pick(random))

    def below(self, random: Random, unit: Place) -> str:
        """The unit itself or one of its counties."""
        counties = self._children(unit.code)
        if counties and random.random() < _COUNTY_KNOWN:
            return one_of(random, counties).code
        return unit.code

    def _provinces_of(self, industries: tuple[str, ...]) -> Weighted[str]:
        if industries not in self._provinces:
            tilts = [table("places")["tilts"].get(code, {}) for code in industries]
            weights = dict(table("places")["provinces"])
            for tilt in tilts:
                for code, factor in tilt.items():
                    weights[code] *= factor
            self._provinces[industries] = Weighted(weights.items())
        return self._provinces[industries]

    def _units_of(self, province: str) -> Weighted[Place]:
        if province not in self._units:
            stated = table("places")["prefectures"]
            children = self._children(province)
            mixed = any(place.level == "prefecture" for place in children)
            self._units[province] = Weighted(
                (place, stated.get(place.code, 0.25 if mixed and place.level == "county" else 1))
                for place in children
            )
        return self._units[province]


class PlaceNames:
    """The full and the short name of one place in both languages, blank for none."""

    def __init__(self, gazetteer: Gazetteer, code: str | None) -> None:
        self.path = gazetteer.path(code) if code else ()
        self.slots = Slots()
        for name, words in (("place", self.full), ("spot", self.short)):
            self.slots.put(name, *words)
            self.slots.put(f"in_{name}", "", f" in {words.en}" if words.en else "")

    @property
    def full(self) -> Said:
        return self.upto(len(self.path))

    @property
    def short(self) -> Said:
        """For titles: nothing twice, and in English at most two steps."""
        zh = "".join(place.short_zh for place in self.path[:-1])
        last = self.path[-1] if self.path else None
        if last is not None:
            zh += last.zh if last.level == "county" else last.short_zh
        return Said(
            zh, ", ".join(place.en for place in self.path[: -3 if self.path else None : -1])
        )

    def upto(self, steps: int) -> Said:
        path = self.path[:steps]
        return Said(
            "".join(place.zh for place in path), ", ".join(place.en for place in reversed(path))
        )
