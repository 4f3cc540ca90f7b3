"""One cell as text, a day, a yes or no, or a state of handling.

Numbers are in quantities.py, addresses in links.py. What cannot be read is said, never guessed.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from api.clock import SHANGHAI
from api.folding import clean, fold
from api.lang import Pair
from api.staff.drafts import NOTHING, Precision
from api.staff.importing.sheets import Cell


class Day(NamedTuple):
    """A Shanghai day; the first one where only month or year is known."""

    value: date
    precision: Precision

    @property
    def last(self) -> date:
        """The last day of what was stated."""
        if self.precision == "year":
            return date(self.value.year, 12, 31)
        if self.precision == "month":
            return self.value.replace(day=monthrange(self.value.year, self.value.month)[1])
        return self.value


UNREADABLE = Pair("日期无法读取", "the date cannot be read")
IMPOSSIBLE = Pair("日期不存在", "the date does not exist")
AMBIGUOUS = Pair(
    "日期有歧义（日、月次序不明），请写成 YYYY-MM-DD",
    "the date is ambiguous (day or month first): write YYYY-MM-DD",
)
_EARLIEST, _LATEST = 1900, 2100
_LONGEST = 60
# The day that Excel counts from, and numbers that can only be its days (1954 to 2119).
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
# Seconds since 1970 from September 2001 on: how message boards write times.
_EPOCH_SECONDS = range(1_000_000_000, 10_000_000_000)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_CLOCK = (
    r"(?:(?:[T\s]+|(?<=[日号]))(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<y>\d{{4}})\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]\s*(?P<d>\d{{1,2}})\s*[日号]?{_WEEKDAY}{_CLOCK}",
        r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*月?份?",
        r"(?P<y>\d{4})\s*年?",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(?P<y>\d{{4}}){_CLOCK}",
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>\d{{4}}){_CLOCK}",
        rf"{_MONTH}[\s,-]+(?P<y>\d{{4}})",
    )
)
_EITHER_FIRST = re.compile(rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y>\d{{4}}){_CLOCK}")


def as_text(cell: Cell) -> str:
    """A cell as one would read it; whole numbers without decimals."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        # A workbook's date cell is a moment; midnight means that only the day was written.
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, list):
        return "; ".join(text for text in map(as_text, cell) if text)
    return "" if isinstance(cell, dict) else str(cell)


def read_day(cell: Cell) -> Day | Pair:
    """The day a cell means, or in both languages why it means none."""
    if isinstance(cell, datetime):
        return _whole(cell.date())
    if isinstance(cell, date):
        return _whole(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _numbered(cell)
    return _written(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else UNREADABLE


def _whole(day: date) -> Day | Pair:
    return Day(day, "day") if _EARLIEST <= day.year <= _LATEST else IMPOSSIBLE


def _numbered(number: float) -> Day | Pair:
    # JSON's 1e999 arrives as infinity.
    if not -1e15 < number < 1e15:
        return UNREADABLE
    if int(number) in _EXCEL_DAYS:
        return _whole(_EXCEL_EPOCH + timedelta(days=int(number)))
    return _written(str(int(number))) if number == int(number) else UNREADABLE


@lru_cache(maxsize=20_000)
def _written(text: str) -> Day | Pair:
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        if seconds in _EPOCH_SECONDS:
            return _whole(datetime.fromtimestamp(seconds, SHANGHAI).date())
    if match := _EITHER_FIRST.fullmatch(text):
        first, second = int(match["a"]), int(match["b"])
        if first <= 12 and second <= 12 and first != second:
            return AMBIGUOUS
        month, day = (second, first) if first > 12 else (first, second)
        return _day(int(match["y"]), month, day)
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _matched(match)
    return UNREADABLE


def _matched(match: re.Match[str]) -> Day | Pair:
    parts = match.groupdict()
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else parts.get("m")
    day = parts.get("d")
    found = _day(
        int(parts["y"]), None if month is None else int(month), None if day is None else int(day)
    )
    if isinstance(found, Day) and parts.get("zone"):
        return _in_shanghai(found, parts["clock"], parts["zone"])
    return found


def _day(year: int, month: int | None, day: int | None) -> Day | Pair:
    if not _EARLIEST <= year <= _LATEST:
        return IMPOSSIBLE
    try:
        value = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return IMPOSSIBLE
    return Day(value, "year" if month is None else "month" if day is None else "day")


def _in_shanghai(found: Day, clock: str, zone: str) -> Day | Pair:
    hours, minutes = (int(part) for part in clock.split(":")[:2])
    offset = timedelta()
    if zone not in ("Z", "z"):
        size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        offset = -size if zone[0] == "-" else size
    try:
        moment = datetime.combine(found.value, time(hours, minutes), timezone(offset))
    except ValueError:
        return UNREADABLE
    return _whole(moment.astimezone(SHANGHAI).date())


_YES = {"true", "yes", "y", "1", "是", "有", "真", "对"}
_NO = {"false", "no", "n", "0", "否", "无", "假", "不"}


def read_truth(cell: Cell) -> bool | None:
    """Yes, no, or None where neither is said."""
    word = fold(as_text(cell))
    return True if word in _YES else False if word in _NO else None


_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile("[A-Za-z]+")


def in_its_language(text: str) -> Pair:
    """The text on its own side: Chinese where it has at least as many Han signs as Latin words."""
    if not text:
        return NOTHING
    han = 0 if text.isascii() else len(_HAN.findall(text))
    if han and han >= len(_LATIN_WORD.findall(text)):
        return Pair(text, None)
    return Pair(None, text)


_STATES: dict[str, tuple[str, ...]] = {
    "待回复": (
        "待回复", "待回覆", "待答复", "未回复", "未答复", "待受理", "未受理", "待处理", "pending",
        "waiting", "unanswered", "to be answered", "awaiting reply", "no reply",
    ),
    "办理中": (
        "办理中", "处理中", "正在办理", "受理中", "已受理", "in progress", "processing",
        "being handled", "accepted", "under way",
    ),
    "已办理": (
        "已办理", "已回复", "已答复", "已办结", "已办", "办结", "已处理", "已解决", "done",
        "handled",
        "replied", "answered", "resolved", "closed", "completed",
    ),
}  # fmt: skip
_STATE_OF = {word: state for state, words in _STATES.items() for word in words}


def read_state(text: str) -> str | None:
    """待回复, 办理中 or 已办理; None where the words are not known."""
    return _STATE_OF.get(" ".join(fold(text).split()))
