"""The offline geocoder: free text in Chinese or English to the most precise place it surely names.

Decides what the mentions of a text mean together; finding them is chinese.py's and english.py's.
Nothing is guessed: two places that exclude each other, or one name of two places, stay open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.folding import fold
from api.places.chinese import find_chinese
from api.places.english import find_english
from api.places.gazetteer import Gazetteer, Level, load_gazetteer
from api.places.linking import link
from api.places.mentions import Mention
from api.places.names import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    Alias,
    Name,
    NameIndex,
    read_aliases,
    straighten,
)

# How strongly a mention speaks for its place; only a stronger one overrides another place.
_LINKED, _FULL_INSIDE, _FULL, _BARE, _SUPPORTED, _FAINT = 6, 5, 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a text was placed, how finely, and why; `code` None where it was not."""

    code: str | None
    precision: Level | None
    reason: str


class Geocoder:
    """Places texts; made once, used for many. Holds no state between calls."""

    def __init__(self, gazetteer: Gazetteer, aliases: Iterable[Alias]) -> None:
        self._gazetteer = gazetteer
        self._index = NameIndex(gazetteer, aliases)

    def place(self, text: str, within: str | None = None) -> Placed:
        """The most precise place that the text surely names.

        `within` is a stated place, usually a province: names outside it are not looked at, and a
        text that names nothing inside gives `within` itself. Raises KeyError for an unknown code.
        """
        stated = None if within is None else self._gazetteer.path(within)[-1].code
        mentions = self._find(text)
        strong = [mention for mention in mentions if not mention.weak]
        placed = self._resolve(strong, stated)
        if len(strong) < len(mentions) and (placed is None or placed.precision == "province"):
            # What only an origin or a longer name says may refine the province, not contradict it.
            known = stated if placed is None else placed.code
            weaker = self._resolve([mention for mention in mentions if mention.weak], known)
            if weaker is not None and (placed is None or weaker.precision != "province"):
                reason = "only as an origin or in a name" if weaker.code else weaker.reason
                placed = Placed(weaker.code, weaker.precision, reason)
        if placed is not None:
            return placed
        if stated is not None:
            return self._answer(stated, "stated")
        return Placed(None, None, "nothing named")

    def _find(self, text: str) -> list[Mention]:
        base = straighten(text)
        found = find_english(base, self._index)
        if not base.isascii():
            folded = fold(base)
            if len(folded) != len(base):
                # Casefolding lengthens a few letters; both scans must count alike.
                folded = "".join((fold(character) or " ")[0] for character in base)
            found += find_chinese(folded, self._index)
            found.sort(key=lambda mention: mention.start)
        link(found, base)
        return [mention for mention in found if not mention.elsewhere]

    def _resolve(self, mentions: list[Mention], stated: str | None) -> Placed | None:
        """What the mentions mean together; None where they name nothing that counts."""
        region = stated
        if region is None:
            named = {n.code for m in mentions for n in m.names if n.level == PROVINCE}
            if len(named) > 1:
                # Only a place that stands next to its own province decides between several.
                held = {n.above[-1] for m in mentions if m.linked for n in m.names if n.above}
                if len(named & held) != 1:
                    return Placed(None, None, f"ambiguous: {len(named)} provinces")
                named &= held
            region = next(iter(named), None)
        placed = self._choose(mentions, region)
        if placed is None and region is not None and stated is None:
            outside = any(
                all(region not in (n.code, *n.above) for n in mention.names) for mention in mentions
            )
            reason = "province named, outweighs the rest" if outside else "province named"
            return self._answer(region, reason)
        return placed

    def _choose(self, mentions: list[Mention], region: str | None) -> Placed | None:
        """The best supported place below the province; None where none counts."""
        prefectures = {n.code for m in mentions for n in m.names if n.level == PREFECTURE}
        scores: dict[str, int] = {}
        vague: list[tuple[int, Sequence[Name]]] = []
        for mention in mentions:
            score, names = self._weigh(mention, region, prefectures)
            if len(names) == 1:
                code = names[0].code
                scores[code] = max(score, scores.get(code, 0))
            elif names:
                vague.append((score, names))
        if len(scores) > 1:
            # A place and the place above it are one statement, as strong as the stronger.
            above = {c: [p.code for p in self._gazetteer.path(c)[:-1]] for c in scores}
            for code, steps in above.items():
                scores[code] = max([scores[code], *(scores.get(step, 0) for step in steps)])
            for step in {step for steps in above.values() for step in steps}:
                scores.pop(step, None)
        best = max(scores.values(), default=0)
        winners = [code for code, score in scores.items() if score == best]
        known = winners if vague else []
        held = {place.code for code in known for place in self._gazetteer.path(code)}
        for score, names in vague:
            if score >= best and not held.intersection(name.code for name in names):
                return self._common([n.code for n in names] + winners, "ambiguous")
        if not winners:
            return None
        if len(winners) > 1:
            return self._common(winners, "ambiguous")
        if best == _LINKED:
            return self._answer(winners[0], "named with the place above it")
        return self._answer(winners[0], "named" if region is None else "named in its province")

    def _weigh(
        self, mention: Mention, region: str | None, prefectures: set[str]
    ) -> tuple[int, Sequence[Name]]:
        """How strongly a mention speaks, and for what: several names where it stays open."""
        names = [n for n in mention.names if region is None or region in (n.code, *n.above)]
        if not names or any(name.level == PROVINCE for name in mention.names):
            return 0, ()
        supported = False
        if not mention.linked and prefectures:
            others = prefectures.difference([name.code for name in mention.names])
            below = [n for n in names if n.level == COUNTY and n.above[0] in others]
            names, supported = below or names, bool(below)
        if len(names) > 1:
            top = min([name.level for name in names])
            names = [name for name in names if name.level == top]
        names = [n for n in names if _counts(mention, n, supported, region is not None)]
        if not names:
            return 0, ()
        if mention.linked:
            return _LINKED, names
        if names[0].full:
            return (_FULL_INSIDE if mention.inside else _FULL), names
        if mention.inside:
            return _FULL, names
        if names[0].level == PREFECTURE:
            return _BARE, names
        return (_SUPPORTED if supported else _FAINT), names

    def _common(self, codes: list[str], reason: str) -> Placed:
        """The nearest place that holds them all, or none."""
        paths = [[place.code for place in self._gazetteer.path(code)] for code in codes]
        shared = [step for step in paths[0] if all(step in path for path in paths)]
        count = len(set(codes))
        if shared:
            return self._answer(
                shared[-1], f"{reason}: {count} places of one {self._level(shared)}"
            )
        provinces = len({path[0] for path in paths})
        return Placed(None, None, f"{reason}: {count} places in {provinces} provinces")

    def _level(self, path: list[str]) -> Level:
        return self._gazetteer.places[path[-1]].level

    def _answer(self, code: str, reason: str) -> Placed:
        return Placed(code, self._gazetteer.places[code].level, reason)


def _counts(mention: Mention, name: Name, supported: bool, in_region: bool) -> bool:
    """Whether a mention is enough for this meaning; the reasons are in wordlists.py."""
    if mention.linked or name.full:
        return True
    prefecture = name.level == PREFECTURE
    if name.word and not mention.exact:
        return prefecture and mention.english and mention.inside and not mention.partial
    if not mention.english:
        return prefecture or not name.common or supported or (mention.inside and mention.ends)
    if mention.inside:
        return prefecture or not (mention.partial or mention.uncased)
    if mention.after_name and (not prefecture or mention.end - mention.start <= 4):
        return False
    if prefecture:
        return True
    # A bare county: only where nothing else bears the name, or the text has said where to look.
    if mention.uncased or mention.weak:
        return False
    return supported or in_region or len(mention.names) == 1


@lru_cache(maxsize=1)
def load_geocoder() -> Geocoder:
    """The geocoder over the project's own gazetteer and spellings."""
    return Geocoder(load_gazetteer(), read_aliases())
