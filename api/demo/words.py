"""How numbers, days, sums and plurals are said in both languages, and the filling of sentences.

No sentences here, only the small grammar that they need.
"""

from datetime import date
from decimal import Decimal
from math import floor
from typing import NamedTuple

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_AGREEMENT = {
    # name: (for one, for several)
    "s": ("s", ""),
    "es": ("es", ""),
    "was": ("was", "were"),
    "were": ("was", "were"),
    "are": ("is", "are"),
    "have": ("has", "have"),
}


class Said(NamedTuple):
    """One thing said in both languages; unlike a Pair, neither is ever missing."""

    zh: str
    en: str


class Slots:
    """The words that go into the sentences of one case; `{Name}` is `{name}` with a capital."""

    def __init__(self) -> None:
        self._zh: dict[str, str] = {}
        self._en: dict[str, str] = {}

    def put(self, name: str, zh: str, en: str) -> None:
        self._zh[name] = zh
        self._en[name] = en
        self._en[name.capitalize()] = capital(en)

    def add(self, ready: "Slots") -> None:
        """Puts all the words of another, which is only a faster way of putting them one by one."""
        self._zh |= ready._zh
        self._en |= ready._en

    def agree(self, several: bool) -> None:
        """Sets the English endings and verbs that agree with the people of the case."""
        self._en |= {name: forms[several] for name, forms in _AGREEMENT.items()}

    def inside(self, said: Said) -> Said:
        """Filled for use within a sentence."""
        return Said(said.zh.format_map(self._zh), said.en.format_map(self._en))

    def fill(self, said: Said) -> Said:
        """Filled as a sentence or title of its own."""
        zh, en = self.inside(said)
        return Said(zh, capital(en))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def article(noun: str) -> str:
    """The noun with a or an, by its spelling."""
    sounded = not noun.startswith(("uni", "use", "eu", "one"))
    return f"{'an' if noun[0] in 'aeiou' and sounded else 'a'} {noun}"


def number(n: int) -> str:
    """In words below ten, as English prose does."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def counted(n: int, noun: str) -> str:
    """An English noun with its number; every noun of the data makes its plural with -s."""
    return f"{number(n)} {noun}{'' if n == 1 else 's'}"


def months_said(months: Decimal) -> Said:
    whole, half = int(months), months % 1 != 0
    if not half:
        return Said(f"{whole}个月", counted(whole, "month"))
    if not whole:
        return Said("半个月", "half a month")
    zh = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五"}.get(whole, str(whole))
    return Said(f"{zh}个半月", f"{number(whole)} and a half months")


def possessive(text: str) -> str:
    """Three months -> three months', one month -> one month's."""
    return text + ("'" if text.endswith("s") else "'s")


def sum_said(amount: int, *, hong_kong: bool = False) -> Said:
    """A sum in CNY or HKD; Chinese counts in 万 from ten thousand on.

    For sums as rounded_sum() makes them: both languages then name the same number exactly.
    """
    yuan, code = ("港元", "HKD") if hong_kong else ("元", "CNY")
    if amount < 10_000:
        return Said(f"{amount}{yuan}", f"{code} {amount:,}")
    zh = f"{_plain(Decimal(amount) / 10_000)}万{yuan}"
    if amount < 1_000_000:
        return Said(zh, f"{code} {amount:,}")
    return Said(zh, f"{code} {_plain(Decimal(amount) / 1_000_000)} million")


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def rounded_sum(amount: float) -> int:
    """A sum as people name it: two or three digits and noughts."""
    step = 100 if amount < 10_000 else 1_000 if amount < 1_000_000 else 10_000
    return max(floor(amount / step), 1) * step


def day_said(day: date) -> Said:
    return Said(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {month_name(day)}")


def month_said(day: date) -> Said:
    return Said(f"{day.year}年{day.month}月", month_name(day))


def month_name(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def when_said(day: date, precision: str) -> Said:
    """A day with its preposition, no finer than its precision."""
    if precision == "day":
        said = day_said(day)
        return Said(said.zh, f"on {said.en}")
    if precision == "month":
        return Said(f"{day.year}年{day.month}月", f"in {month_name(day)}")
    return Said(f"{day.year}年", f"in {day.year}")
