"""Numbers as people write them: participants in bands, money in 元 and 万元, months, counts.

A value is only given where the text says one; "about" and the like keep the words beside it.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from api.staff.importing.cells import as_text
from api.staff.importing.sheets import Cell

LARGEST_INT = 2**31 - 1
_LARGEST_MONEY = Decimal("999999999999.99")
_LARGEST_MONTHS = Decimal("99999.9")
_LONGEST = 200

Bound = Literal["exact", "about", "least", "most"]


class Quantity(NamedTuple):
    """A number and whether it is exactly, about, at least or at most that."""

    value: Decimal
    bound: Bound
    unit: str


_BEFORE: dict[Bound, str] = {
    "about": "约|大约|约为|近|将近|接近|about|around|approximately|approx\\.?|nearly|almost|~|≈",
    "least": "超过|超|逾|至少|不少于|多于|高于|over|morethan|atleast|>=?|≥",
    "most": "不到|不足|至多|最多|少于|低于|lessthan|fewerthan|under|upto|atmost|<=?|≤",
}
_AFTER: dict[Bound, str] = {
    "about": "左右|上下|orso",
    "least": "以上|及以上|ormore|\\+",
    "most": "以下|以内|及以下|orless|orfewer",
}
_INSIDE = "余|多|几"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
_SCALES = {
    "亿": 10**8, "million": 10**6, "万": 10**4, "w": 10**4, "千": 1000, "k": 1000,
    "thousand": 1000, "百": 100, "hundred": 100,
}  # fmt: skip
# "3k" and "3w" (colloquial 万) are numbers, "3 workers" is not ten thousand of anything.
_SCALE = "|".join(f"{word}(?![a-z])" if len(word) == 1 else word for word in _SCALES)
_DIGITS = {sign: index for index, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def _either(table: dict[Bound, str]) -> str:
    return "|".join(table.values())


_QUANTITY = re.compile(
    rf"(?P<before>{_either(_BEFORE)})?(?P<currency>rmb|cny|¥|人民币)?(?P<number>{_NUMBER})"
    rf"(?P<inside>{_INSIDE})?(?P<scale>{_SCALE})?(?P<inside2>{_INSIDE})?"
    rf"(?P<unit>[a-z一-鿿]*?)(?P<after>{_either(_AFTER)})?"
)
_BAND = re.compile(rf"({_NUMBER})(?:-|–|—|~|至|到|to)({_NUMBER})(?P<unit>[a-z一-鿿]*)")


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _digits(text: str) -> Decimal:
    if text[0] not in _DIGITS and text[0] not in _PLACES:
        return Decimal(text.replace(",", ""))
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
    return Decimal(total + digit)


def _bound(word: str, table: dict[Bound, str]) -> Bound | None:
    return next((bound for bound, words in table.items() if re.fullmatch(words, word)), None)


def read_quantity(text: str) -> Quantity | None:
    """One number with its words, or None."""
    return _quantity(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=20_000)
def _quantity(text: str) -> Quantity | None:
    match = _QUANTITY.fullmatch(_squeezed(text))
    if match is None:
        return None
    value = _digits(match["number"]) * _SCALES.get(match["scale"] or "", 1)
    bound = _bound(match["before"] or "", _BEFORE) or _bound(match["after"] or "", _AFTER)
    if bound is None and (match["inside"] or match["inside2"]):
        bound = "least"
    return Quantity(value, bound or "exact", (match["currency"] or "") + match["unit"])


_PEOPLE = re.compile(
    "(?:名|位|个|余名)?(?:人|工人|员工|民工|农民工|职工|司机|教师|老师|矿工|骑手)?(?:死亡|受伤|遇难)?"
    "|persons?|people|workers?|employees?|drivers?|teachers?|miners?|staff|protesters|strikers|"
    "migrantworkers|dead|deaths?|killed|injured|injuries"
)


def read_count(cell: Cell) -> tuple[int | None, bool]:
    """A whole number of people, and whether the cell says exactly that number and no more."""
    found = _people(as_text(cell))
    if found is None or found.bound == "most":
        return None, False
    return int(found.value), found.bound == "exact"


def _people(text: str) -> Quantity | None:
    found = read_quantity(text)
    if found is None or not _PEOPLE.fullmatch(found.unit):
        return None
    fits = found.value == int(found.value) and found.value <= LARGEST_INT
    return found if fits else None


class Participants(NamedTuple):
    """How many took part; `stated` keeps the words where they are more than one number."""

    low: int | None
    high: int | None
    stated: str | None


def read_participants(text: str) -> Participants:
    """CLB's bands ("1-100 Persons", "10000+"), counts ("约200人", "more than 30") and bare numbers.

    "About 200" is 200; "more than 30" has no upper end, "fewer than 30" begins at 1.
    """
    return _participants(text) if len(text) <= _LONGEST else Participants(None, None, text)


@lru_cache(maxsize=20_000)
def _participants(text: str) -> Participants:
    band = _BAND.fullmatch(_squeezed(text))
    if band and _PEOPLE.fullmatch(band["unit"]):
        low, high = _digits(band[1]), _digits(band[2])
        if low <= high <= LARGEST_INT and low == int(low) and high == int(high):
            return Participants(int(low), int(high), text)
    found = _people(text)
    if found is None:
        return Participants(None, None, text)
    value = int(found.value)
    if found.bound == "least":
        return Participants(value, None, text)
    if found.bound == "most":
        return Participants(min(1, value), value, text)
    return Participants(value, value, None if text.isdigit() else text)


_MONEY = re.compile("(?:rmb|cny|¥|人民币)?(?:元|圆|块|块钱|元整|rmb|cny|yuan|人民币|元人民币)?")


def read_money(cell: Cell, scale: int = 1) -> tuple[Decimal | None, bool]:
    """CNY with two decimals, and whether the cell says exactly that; other currencies are None."""
    found = read_quantity(as_text(cell))
    if found is None or found.bound == "most" or not _MONEY.fullmatch(found.unit):
        return None, False
    value = found.value * scale
    if value > _LARGEST_MONEY:
        return None, False
    return value.quantize(Decimal("0.01")), found.bound == "exact"


_YEARS = re.compile("年|years?")
_MONTH_UNITS = re.compile("(?:个)?月|months?|")
_HALF = {"半个月": Decimal("0.5"), "halfamonth": Decimal("0.5"), "半年": Decimal(6),
         "halfayear": Decimal(6), "一年半": Decimal(18), "两年半": Decimal(30)}  # fmt: skip


def read_months(cell: Cell) -> tuple[Decimal | None, bool]:
    """Months with one decimal, and whether the cell says exactly that."""
    text = as_text(cell)
    if half := _HALF.get(_squeezed(text)):
        return half, True
    found = read_quantity(text)
    if found is None or found.bound == "most":
        return None, False
    years = bool(_YEARS.fullmatch(found.unit))
    if not years and not _MONTH_UNITS.fullmatch(found.unit):
        return None, False
    value = found.value * (12 if years else 1)
    if value > _LARGEST_MONTHS:
        return None, False
    return value.quantize(Decimal("0.1")), found.bound == "exact"
