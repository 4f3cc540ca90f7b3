"""Places and terms as the serving processes know them: read from `pub`, kept until they change.

The files they come from belong to api/places and api/terms.
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from sqlalchemy import exists, select

from api.db import AnyRow, Database, ReadSession
from api.errors import Problem
from api.lang import Pair
from api.models import Archive, PlaceRow, PublicCase, TermRow
from api.places.gazetteer import Gazetteer, Place
from api.places.squares import in_square
from api.terms.vocabulary import Kind, Term, Terms

# Seconds for which a process may answer with places and terms that were just reloaded.
FRESH = 5.0


class Mark(NamedTuple):
    """A place, where its marker lies in Web Mercator's square, and the codes counted under it."""

    code: str
    east: float
    south: float
    covered: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """What codes mean. `digest` names this very set of places and terms."""

    digest: str
    places: Gazetteer
    terms: Terms

    def knows(self, kind: str | None, code: str) -> bool:
        if kind == "place":
            return self.places.get(code) is not None
        return self.terms.get(cast(Kind, kind), code) is not None

    def covers(self, kind: str | None, code: str) -> tuple[str, ...]:
        """The code and all below it, in the order of codes."""
        covered = self._covers.get((kind, code))
        if covered is None:
            below = (
                self.places.covers(code)
                if kind == "place"
                else self.terms.covers(cast(Kind, kind), code)
            )
            covered = self._covers[kind, code] = tuple(sorted(below))
        return covered

    @cached_property
    def _covers(self) -> dict[tuple[str | None, str], tuple[str, ...]]:
        """Of codes that are known, so that it ends with the vocabulary."""
        return {}

    def marks(self, provinces: bool) -> tuple[Mark, ...]:
        """What a map of provinces, or of prefectures, counts by, in the order of codes."""
        return self._provinces if provinces else self._prefectures

    @cached_property
    def _provinces(self) -> tuple[Mark, ...]:
        return self._marks(provinces=True)

    @cached_property
    def _prefectures(self) -> tuple[Mark, ...]:
        return self._marks(provinces=False)

    def _marks(self, *, provinces: bool) -> tuple[Mark, ...]:
        places = self.places
        covered: defaultdict[str, list[str]] = defaultdict(list)
        for code in places.places:
            covered[places.province(code) if provinces else places.unit(code)].append(code)
        return tuple(
            Mark(code, *_at(places.places[code]), tuple(sorted(codes)))
            for code, codes in sorted(covered.items())
        )

    def label(self, kind: str, code: str) -> Pair:
        found = self.places.get(code) if kind == "place" else self.terms.get(cast(Kind, kind), code)
        # A code without a row can only be one that was just taken out of the files.
        return Pair(found.zh, found.en) if found else Pair(code, code)


def _at(place: Place) -> tuple[float, float]:
    return in_square(place.marker_lon, place.marker_lat)


async def read_vocabulary(session: ReadSession) -> Vocabulary:
    """Places and terms as the database holds them now."""
    digest = await session.value(select(Archive.vocabulary))
    if not digest:
        # A database that was migrated but never loaded: nothing can be answered from it.
        raise Problem("unavailable")
    point = PlaceRow.point
    places = await session.all(
        select(
            PlaceRow.code,
            PlaceRow.parent,
            PlaceRow.level,
            PlaceRow.kind,
            PlaceRow.zh,
            PlaceRow.en,
            PlaceRow.short_zh,
            point.ST_X(),
            point.ST_Y(),
            PlaceRow.marker.ST_X(),
            PlaceRow.marker.ST_Y(),
        ).order_by(PlaceRow.position)
    )
    terms = await session.all(
        select(
            TermRow.kind,
            TermRow.code,
            TermRow.parent,
            TermRow.maps,
            TermRow.zh,
            TermRow.en,
            TermRow.note_zh,
            TermRow.note_en,
            TermRow.clb,
        ).order_by(TermRow.position)
    )
    return Vocabulary(
        digest,
        Gazetteer(Place(*row) for row in places),
        Terms(_term(row) for row in terms),
    )


def _term(row: AnyRow) -> Term:
    kind, code, parent, maps, zh, en, note_zh, note_en, clb = row
    return Term(kind, code, parent, tuple(maps), zh, en, note_zh, note_en, tuple(clb), ())


async def holds_demo(session: ReadSession) -> bool:
    """Whether any published case is invented for demonstration."""
    return bool(await session.value(select(exists().where(PublicCase.demo))))


class Reference:
    """The vocabulary of a running process; read again when its digest in the database changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: Vocabulary | None = None
        self._looked = 0.0

    async def vocabulary(self) -> Vocabulary:
        held = self._held
        if held is not None and time.monotonic() - self._looked < FRESH:
            return held
        async with self._database.read() as session:
            digest = await session.value(select(Archive.vocabulary))
            if held is None or held.digest != digest:
                held = await read_vocabulary(session)
        self._held, self._looked = held, time.monotonic()
        return held
