"""Invented cases in any number: the same ones for the same seed. Nothing is stored here."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import TypeVar

from api.ids import encode_id
from api.lang import Pair
from api.places.gazetteer import Gazetteer, Place
from api.staff.drafts import Draft, DraftReply, DraftSource, Precision
from api.terms.vocabulary import Kind, MapName, Terms
from tests.bench import words

T = TypeVar("T")
Shares = Sequence[tuple[MapName, int]]
# The bench stands still on this day, so that its default window holds the same cases on any other.
TODAY = date(2026, 6, 30)
YEARS = 11
# Shares of the maps. A call for help is the commonest, an accident the rarest.
MAP_SHARES: Shares = (("calls", 50), ("strikes", 35), ("accidents", 15))
# Characters of a text in either language; the last sentence may end a little behind.
SHORTEST, LONGEST = 200, 360
_BUSY = {"440000": 12, "320000": 6, "370000": 6, "410000": 5, "610000": 5, "130000": 4}


class Inventor:
    """Draws drafts from one stream of random numbers."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        terms: Terms,
        seed: int = 2026,
        lengths: tuple[int, int] = (SHORTEST, LONGEST),
    ) -> None:
        self._random, self._lengths = random.Random(seed), lengths
        self._gazetteer, self._terms = gazetteer, terms
        self._places = [p for p in gazetteer.places.values() if p.kind == "regular"]
        self._place_weights = list(
            accumulate(
                _BUSY.get(gazetteer.province(p.code), 1)
                * {"province": 2, "prefecture": 6, "county": 1}[p.level]
                for p in self._places
            )
        )
        self._codes: dict[tuple[Kind, MapName], list[str]] = {}

    def cases(self, count: int, shares: Shares = MAP_SHARES) -> Iterator[Draft]:
        """`count` drafts over all years and the maps of `shares`, month after month."""
        span = (TODAY - TODAY.replace(year=TODAY.year - YEARS)).days
        days = sorted(self._random.randrange(span) for _ in range(count))
        names, weights = zip(*shares, strict=True)
        maps = self._random.choices(names, weights, k=count)
        for day, map_ in zip(days, maps, strict=True):
            yield self.case(map_, TODAY - timedelta(days=span - 1 - day))

    def stretch(self, first: int, count: int, of: int) -> Iterator[Draft]:
        """Cases number `first` to `first + count` of an archive of `of`, evenly over all years."""
        span = (TODAY - TODAY.replace(year=TODAY.year - YEARS)).days
        names, weights = zip(*MAP_SHARES, strict=True)
        maps = self._random.choices(names, weights, k=count)
        for number, map_ in enumerate(maps, first):
            yield self.case(map_, TODAY - timedelta(days=span - 1 - number * span // of))

    def case(self, map_: MapName, day: date) -> Draft:
        chance = self._random.random
        place = self._place() if chance() < 0.95 else None
        company = self._company() if chance() < 0.6 else Pair(None, None)
        job = self._pick(words.JOBS)
        slots = [self._slots(place, company, job, side) for side in (0, 1)]
        draft = Draft(
            id=encode_id(self._random.getrandbits(64)),
            map=map_,
            date=day,
            date_precision="day",
            title=Pair(
                self._pick(words.TITLES_ZH).format_map(slots[0]),
                self._pick(words.TITLES_EN).format_map(slots[1]),
            ),
            text=Pair(
                self._text(words.SENTENCES_ZH, slots[0], ""),
                self._text(words.SENTENCES_EN, slots[1], " "),
            ),
            company=company,
            place=place.code if place else None,
            industry=self._code("industry", map_) if chance() < 0.97 else None,
            issues=self._some("issue", map_, (1, 1, 1, 2, 3)),
            actions=self._some("action", map_, (0, 1, 1, 1, 2)),
            ownership=self._code("ownership", map_) if chance() < 0.7 else None,
            sources=[self._source(map_, day) for _ in range(self._random.choice((0, 1, 1, 2, 3)))],
            # Should somebody serve what the bench was told to keep, it says what it is.
            demo=True,
        )
        self._imprecise(draft)
        self._particulars(draft)
        return draft

    def _imprecise(self, draft: Draft) -> None:
        drawn = self._random.random()
        # Only January's become the year's, so that drafts stay in the order of their months.
        precision: Precision = "month" if drawn < 0.04 else "day"
        if draft.date.month == 1 and drawn > 0.88:
            precision = "year"
        draft.date_precision = precision
        if precision != "day":
            draft.date = draft.date.replace(day=1)

    def _particulars(self, draft: Draft) -> None:
        """What each map records beside the rest."""
        drawn = self._random
        if draft.map == "calls":
            draft.amount_owed = Decimal(drawn.randrange(1_000, 3_000_000))
            draft.months_owed = Decimal(drawn.randrange(1, 14))
            if drawn.random() < 0.4:
                draft.replies.append(self._reply(draft.date))
        elif draft.map == "strikes":
            bands = ((1, 100), (1, 100), (1, 100), (100, 1000), (1000, 10000))
            draft.participants_low, draft.participants_high = drawn.choice(bands)
            draft.responses = self._some("response", "strikes", (0, 0, 1, 2))
        else:
            draft.deaths, draft.injuries = drawn.choice((0, 0, 1, 1, 2, 3)), drawn.randrange(8)
            draft.accident_type = self._code("accident_type", "accidents")

    def _reply(self, day: date) -> DraftReply:
        status = self._random.choice(("待回复", "办理中", "已办理"))
        replied = None if status == "待回复" else day + timedelta(self._random.randrange(1, 90))
        text = Pair(self._pick(words.REPLIES_ZH), None) if replied else Pair(None, None)
        return DraftReply(Pair("某区人社局", None), text, status, day, replied)

    def _source(self, map_: MapName, day: date) -> DraftSource:
        address = f"https://example.org/{self._random.getrandbits(40):x}"
        return DraftSource(self._code("platform", map_), address, day, self._random.random() < 0.7)

    def _place(self) -> Place:
        return self._random.choices(self._places, cum_weights=self._place_weights)[0]

    def _company(self) -> Pair:
        first, second = self._random.choices(words.SYLLABLES, k=2)
        kind = self._pick(words.BUSINESSES)
        english = f"{first[1]}{second[1].lower()} {kind[1]} Co., Ltd."
        return Pair(f"{first[0]}{second[0]}{kind[0]}有限公司", english)

    def _rare(self, count: int, side: int) -> str:
        """An invented name that few other cases have."""
        drawn = self._random.random
        return "".join(
            part if number == 0 or side == 0 else part.lower()
            for number, part in enumerate(
                words.RARE[int(len(words.RARE) * drawn() ** 2)][side] for _ in range(count)
            )
        )

    def _slots(
        self, place: Place | None, company: Pair, job: tuple[str, str], side: int
    ) -> dict[str, object]:
        """What fills the words: side 0 in Chinese, side 1 in English."""
        drawn = self._random
        good = words.GOODS[int(len(words.GOODS) * drawn.random() ** 3)]
        street, person = self._rare(3, side), self._rare(2, side)
        return {
            "good": good[side],
            "street": (f"{street}路", f"{street} Road")[side],
            "person": (f"{person}某", f"Mr {person}")[side],
            "place": self._named(place, side),
            "company": company[side] or ("这家公司", "the company")[side],
            "job": job[side],
            "count": drawn.randrange(3, 400),
            "months": drawn.randrange(1, 14),
            "amount": f"{drawn.randrange(1_000, 3_000_000):,}",
            "day": drawn.randrange(2, 9),
        }

    def _named(self, place: Place | None, side: int) -> str:
        if place is None:
            return ("外地", "another province")[side]
        path = self._gazetteer.path(place.code)
        if side == 0:
            return "".join(step.zh for step in path[-2:])
        return ", ".join(step.en for step in reversed(path[:2]))

    def _text(self, sentences: Sequence[str], slots: dict[str, object], between: str) -> str:
        left = list(sentences)
        parts: list[str] = []
        length, enough = 0, self._random.randrange(*self._lengths)
        while left and length < enough:
            # The lower of two draws: what stands earlier is used more.
            at = min(int(self._random.random() * len(left)) for _ in range(2))
            parts.append(left.pop(at).format_map(slots))
            length += len(parts[-1]) + len(between)
        return between.join(parts)

    def _code(self, kind: Kind, map_: MapName) -> str | None:
        offered = self._offered(kind, map_)
        return self._pick(offered) if offered else None

    def _some(self, kind: Kind, map_: MapName, counts: Sequence[int]) -> list[str]:
        offered = self._offered(kind, map_)
        count = self._random.choice(counts) if offered else 0
        return list(dict.fromkeys(self._pick(offered) for _ in range(count)))

    def _offered(self, kind: Kind, map_: MapName) -> Sequence[str]:
        """The codes of a kind on a map; some kinds have none there."""
        if (kind, map_) not in self._codes:
            self._codes[kind, map_] = [term.code for term in self._terms.of(kind, map_)]
        return self._codes[kind, map_]

    def _pick(self, values: Sequence[T]) -> T:
        """One of them, the earlier ones more often."""
        return values[int(len(values) * self._random.random() ** 1.5)]
