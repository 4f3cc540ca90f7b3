"""One recognised row to a draft, or the reason why not. Pure: no file, no database.

A row is refused only without a readable day, without any words, or with a map that does not exist.
A row without title and text (CLB's v4 export) gets its place and demands, verbatim, as text.
"""

from collections import defaultdict
from dataclasses import dataclass

from api.ids import is_id, new_id
from api.lang import Pair
from api.places.gazetteer import Gazetteer
from api.places.geocoder import Geocoder
from api.staff.drafts import Draft
from api.staff.importing.cells import Day, in_its_language, read_day, read_truth
from api.staff.importing.coding import Coder
from api.staff.importing.documents import Unreadable, read_stated
from api.staff.importing.exchange import add_replies, add_sources, state
from api.staff.importing.fields import LONGEST_TEXT, Row
from api.staff.importing.measuring import fill_measures, read_point
from api.staff.importing.placing import Placer
from api.staff.mapping.applying import Known, map_draft
from api.terms.vocabulary import MAPS, Kind, Terms

_NUMBERED_MAPS = {"1": "strikes", "2": "accidents", "3": "calls"}
_LISTS: tuple[tuple[Kind, str], ...] = (
    ("issue", "issues"),
    ("action", "actions"),
    ("response", "responses"),
)
# The kinds of which a case has one, in a field of the same name.
_SINGLES: tuple[Kind, ...] = ("industry", "ownership", "accident_type")
_NO_DATE = Pair("没有日期", "there is no date")


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row that became a draft. `draft.id` is the file's own where our export wrote the file."""

    draft: Draft
    identity: bytes
    unplaced: bool
    unmatched: list[tuple[str, str]]

    def apply(self, mappings: Known) -> None:
        """Gives the terms that staff have found for what was unmatched."""
        map_draft(mappings, self.draft)
        self.unmatched[:] = [(k, word) for k, word in self.unmatched if not mappings.has(k, word)]


@dataclass(frozen=True, slots=True)
class RowRejected:
    """A row that is no case, and why."""

    row_number: int
    zh: str
    en: str


class Ordinals:
    """Numbers equal rows of one file from 0, so that each of them is known again."""

    def __init__(self) -> None:
        self._seen: defaultdict[bytes, int] = defaultdict(int)

    def next(self, identity: bytes) -> int:
        """How many equal rows came before; above 0 it is an exact repeat."""
        number = self._seen[identity]
        self._seen[identity] += 1
        return number


class RowReader:
    """Reads the rows of one file, which belong to `map_name` unless a row says otherwise."""

    def __init__(
        self, map_name: str, terms: Terms, geocoder: Geocoder, gazetteer: Gazetteer
    ) -> None:
        self._map = map_name
        self._coder = Coder(terms)
        self._placer = Placer(geocoder, gazetteer)

    def read(self, row: Row, *, own: bool = False) -> ParsedRow | RowRejected:
        """The draft of a row, or why it is none; `own`: our own export wrote the file."""
        stated = row.text("map")
        map_name = _NUMBERED_MAPS.get(stated, stated.lower()) or self._map
        if map_name not in MAPS:
            return refused(row, "“地图”一列的值未知", "the map column has an unknown value")
        if row.too_long:
            zh = f"“{row.too_long}”超过 {LONGEST_TEXT:,} 字"
            return refused(row, zh, f"{row.too_long} is over {LONGEST_TEXT:,} characters")
        day = _day(row, map_name)
        if isinstance(day, Pair):
            return refused(row, day.zh or "", day.en or "")
        draft = Draft(new_id(), map_name, day.value, day.precision)
        if own and is_id(row.text("id")):
            draft.id = row.text("id")
        draft.title = _both(row, "title")
        draft.text = _both(row, "text", "message")
        if draft.title == draft.text == (None, None):
            draft.text = _from_columns(row)
            if draft.text == (None, None):
                return refused(row, "没有标题和正文", "there is neither title nor text")
        unmatched = self._fill(draft, row, own)
        return ParsedRow(draft, row.identity(map_name), draft.place is None, unmatched)

    def _fill(self, draft: Draft, row: Row, own: bool) -> list[tuple[str, str]]:
        _fill_stated(draft, row)
        draft.company = _both(row, "company")
        unmatched = self._code(draft, row)
        unmatched += (("platform", word) for word in add_sources(draft, row, self._coder))
        add_replies(draft, row)
        fill_measures(draft, row)
        self._place(draft, row, own)
        if isinstance(read_day(row.cell("date")), Pair):
            # Another column gave the day.
            state(draft, "date", row.texts("date"))
        draft.demo = row.has("demo") and read_truth(row.cell("demo")) is True
        if row.stray:
            draft.flags.append("cells_without_header")
        return unmatched

    def _code(self, draft: Draft, row: Row) -> list[tuple[str, str]]:
        unmatched: list[tuple[str, str]] = []

        for kind, name in _LISTS:
            codes, words = self._coder.many(kind, row)
            setattr(draft, name, list(codes))
            state(draft, kind, words)
            unmatched += ((kind, word) for word in words)
        for kind in _SINGLES:
            one = self._coder.one(kind, row)
            setattr(draft, kind, one.code)
            state(draft, kind, one.kept)
            unmatched += ((kind, word) for word in one.unmatched)
        return unmatched

    def _place(self, draft: Draft, row: Row, own: bool) -> None:
        if row.has("region_code"):
            draft.place = self._placer.known(row.text("region_code"))
        # Our own export without a code means a case that staff left unplaced.
        if draft.place is None and not (own and not row.has("region_code")):
            columns = row.texts("location")
            if row.has("city", "county"):
                columns.append(" ".join(row.texts("city", "county")))
            columns += row.texts("region", "address")
            words = dict.fromkeys(filter(None, (*draft.title, *draft.text)))
            draft.place, named = self._placer.place(row.text("province"), columns, words)
            if not named:
                # An address is left out: it could be somebody's home.
                state(draft, "location", row.texts("location", "city", "county"))
        if row.has("exact_point") and read_truth(row.cell("exact_point")):
            draft.exact_point = read_point(row)


def refused(row: Row, zh: str, en: str) -> RowRejected:
    """A refusal that names the sheet where the workbook has several."""
    if row.sheet is None:
        return RowRejected(row.number, zh, en)
    return RowRejected(row.number, f"{zh}（工作表“{row.sheet}”）", f'{en} (sheet "{row.sheet}")')


def _day(row: Row, map_name: str) -> Day | Pair:
    # A call's day is that of the appeal, which a message or a post tells as well.
    names = ("date", "message_date", "posted_on") if map_name == "calls" else ("date",)
    problem: Pair | None = None
    for name in names:
        if not row.has(name):
            continue
        found = read_day(row.cell(name))
        if isinstance(found, Day):
            return _as_precise(found, row.text("date_precision")) if name == "date" else found
        problem = problem or found
    return problem or _NO_DATE


def _as_precise(day: Day, stated: str) -> Day:
    first = day.value.replace(day=1)
    if stated == "year" and day.precision != "year":
        return Day(first.replace(month=1), "year")
    if stated == "month" and day.precision == "day":
        return Day(first, "month")
    return day


def _both(row: Row, name: str, *more: str) -> Pair:
    """The columns of each language, then those whose language only the text itself tells."""
    zh, en = row.text(f"{name}_zh") or None, row.text(f"{name}_en") or None
    for text in row.texts(name, *more):
        pair = in_its_language(text)
        zh, en = _joined(name, zh, pair.zh), _joined(name, en, pair.en)
    return Pair(zh, en)


def _joined(name: str, kept: str | None, more: str | None) -> str | None:
    """The first title or name stays; texts are put one below the other."""
    if kept is None or more is None:
        return kept or more
    return kept if name != "text" or more in kept else f"{kept}\n\n{more}"


def _from_columns(row: Row) -> Pair:
    place = next(iter(row.texts("location", "city", "address")), "")
    demands = "; ".join(row.texts("issues"))
    # Without either there is nothing that a reader could take for a case.
    pair = in_its_language(": ".join(filter(None, (place, demands))))
    return Pair(pair.zh.replace(": ", "：", 1), None) if pair.zh else pair


def _fill_stated(draft: Draft, row: Row) -> None:
    cell = row.cell("stated")
    if cell is None:
        return
    try:
        draft.stated = read_stated(cell)
    except Unreadable:
        draft.flags.append("unreadable_stated")
