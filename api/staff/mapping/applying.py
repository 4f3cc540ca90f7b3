"""One case under the mappings of staff: what is stated becomes codes. Pure: no database.

Drafts of an import and rows that are there already go through the same few lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.staff.drafts import Draft, DraftSource
from api.terms.vocabulary import KINDS, Kind, Terms

OTHER = "other"
# Kind -> the column of its codes; of the first three a case has several, of the last three one.
MANY: Mapping[Kind, str] = {"issue": "issues", "action": "actions", "response": "responses"}
ONE: Mapping[Kind, str] = {
    "industry": "industry",
    "ownership": "ownership",
    "accident_type": "accident_type",
}
PLATFORM: Kind = "platform"


class Known:
    """All mappings: kind -> what is stated -> code."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], terms: Terms) -> None:
        self._found: dict[str, dict[str, str]] = {}
        for kind, stated, code in rows:
            self._found.setdefault(kind, {})[stated] = code
        self._terms = terms

    def has(self, kind: str, word: str) -> bool:
        return word in self._found.get(kind, {})

    def touches(self, stated: Mapping[str, Sequence[str]]) -> bool:
        return any(self._split(kind, stated)[0] for kind in self._found)

    def many(
        self, kind: Kind, codes: Sequence[str], stated: Mapping[str, Sequence[str]]
    ) -> list[str]:
        """The codes of a column that may hold several; `other` goes with the last stated word."""
        found, left = self._split(kind, stated)
        if not found:
            return list(codes)
        kept = [code for code in codes if code != OTHER]
        more = [OTHER] if left and OTHER in codes else []
        return list(dict.fromkeys((*kept, *found, *more)))

    def one(self, kind: Kind, code: str | None, stated: Mapping[str, Sequence[str]]) -> str | None:
        """The code of a column that holds one. What staff have chosen by hand stays: only nothing,
        `other`, a term above the new one or what the import read from these words gives way."""
        for word in stated.get(kind, ()):
            new = self._found.get(kind, {}).get(word)
            if new is None:
                continue
            above = {term.code for term in self._terms.path(kind, new)}
            if code in {None, OTHER, *above, *self._terms.read(kind, word).codes}:
                code = new
        return code

    def platforms(
        self, platforms: Sequence[str | None], stated: Mapping[str, Sequence[str]]
    ) -> tuple[list[str | None], list[str]]:
        """The platform of each source, and platforms that become sources of their own: while words
        are left nobody knows which source is which."""
        found, left = self._split(PLATFORM, stated)
        if not found:
            return list(platforms), []
        named = list(platforms)
        if not left and OTHER in named:
            named = [found[0] if each == OTHER else each for each in named]
        return named, [code for code in found if code not in named]

    def rest(self, stated: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """What stays verbatim."""
        kept = {kind: self._split(kind, stated)[1] for kind in stated}
        return {kind: words for kind, words in kept.items() if words}

    def _split(self, kind: str, stated: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
        """The codes of the words that are mapped, each once, and the other words."""
        known = self._found.get(kind, {})
        words = stated.get(kind, ())
        codes = dict.fromkeys(known[word] for word in words if word in known)
        return list(codes), [word for word in words if word not in known]


@dataclass(slots=True)
class Coded:
    """The members of a stored case that a mapping may change."""

    codes: dict[str, list[str] | str | None]
    stated: dict[str, list[str]]
    platforms: list[str | None]
    # Platforms that become sources of their own.
    further: list[str]


def mapped(known: Known, coded: Coded) -> Coded:
    """The same case under the mappings."""
    codes: dict[str, list[str] | str | None] = {}
    for kind, column in MANY.items():
        held = coded.codes[column]
        codes[column] = known.many(kind, held if isinstance(held, list) else (), coded.stated)
    for kind, column in ONE.items():
        one = coded.codes[column]
        codes[column] = known.one(kind, one if isinstance(one, str) else None, coded.stated)
    platforms, further = known.platforms(coded.platforms, coded.stated)
    return Coded(codes, known.rest(coded.stated), platforms, further)


def map_draft(known: Known, draft: Draft) -> None:
    """Fills in what is known of a draft that is not stored yet."""
    if not known.touches(draft.stated):
        return
    columns = (*MANY.values(), *ONE.values())
    done = mapped(
        known,
        Coded(
            {column: getattr(draft, column) for column in columns},
            draft.stated,
            [source.platform for source in draft.sources],
            [],
        ),
    )
    for column in columns:
        setattr(draft, column, done.codes[column])
    for source, platform in zip(draft.sources, done.platforms, strict=True):
        source.platform = platform
    draft.sources += [DraftSource(platform, None) for platform in done.further]
    draft.stated = done.stated


assert {*MANY, *ONE, PLATFORM} == set(KINDS)
