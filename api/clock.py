"""What day it is: the Shanghai calendar day, from a clock that tests and demonstrations can set."""

import calendar
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], date]
# China has kept one zone since 1991; a case's day is the day in Shanghai wherever it is read.
SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(SHANGHAI).date()


def fixed(day: date) -> Clock:
    """A clock that stands still, for tests and for reproducing an old page."""
    return lambda: day


def months_before(day: date, months: int) -> date:
    """The same day `months` calendar months earlier, clamped to that month's end."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
