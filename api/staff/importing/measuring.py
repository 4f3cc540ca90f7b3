"""The measured fields of a row: counts, money, months, participants, period and an exact point.

What cannot be read, or is only said about, is kept verbatim in `stated`.
"""

import re

from api.lang import Pair
from api.staff.drafts import Draft
from api.staff.importing.cells import read_day
from api.staff.importing.exchange import state
from api.staff.importing.fields import Row
from api.staff.importing.quantities import read_count, read_money, read_months, read_participants

_WAN = 10_000
_MEASURES = (
    "deaths", "injuries", "amount_owed", "amount_owed_wan", "months_owed", "period_from",
    "period_until", "participants_low", "participants_high", "participants_stated",
)  # fmt: skip
_UNIT = re.compile("[万亿元块圆千百]")


def fill_measures(draft: Draft, row: Row) -> None:
    """Counts, money, months, participants and the period of a row."""
    if row.has("participants"):
        found = read_participants(row.text("participants"))
        draft.participants_low, draft.participants_high, draft.participants_stated = found
    if not row.has(*_MEASURES):
        return
    for name in ("deaths", "injuries"):
        count, exact = read_count(row.cell(name))
        setattr(draft, name, count)
        if not exact:
            state(draft, name, row.texts(name))
    draft.amount_owed, exact = read_money(row.cell("amount_owed"))
    if not exact:
        state(draft, "amount_owed", row.texts("amount_owed"))
    if draft.amount_owed is None and row.has("amount_owed_wan"):
        text = row.text("amount_owed_wan")
        # A cell may name its unit once more, or another one.
        draft.amount_owed, exact = read_money(text, 1 if _UNIT.search(text) else _WAN)
        if not exact:
            state(draft, "amount_owed", (text if _UNIT.search(text) else f"{text} 万元",))
    draft.months_owed, exact = read_months(row.cell("months_owed"))
    if not exact:
        state(draft, "months_owed", row.texts("months_owed"))
    for name in ("period_from", "period_until"):
        _fill_period(draft, row, name)
    if row.has("participants_low", "participants_high", "participants_stated"):
        draft.participants_low, _ = read_count(row.cell("participants_low"))
        draft.participants_high, _ = read_count(row.cell("participants_high"))
        draft.participants_stated = row.text("participants_stated") or None


def _fill_period(draft: Draft, row: Row, name: str) -> None:
    cell = row.cell(name)
    if cell is None:
        return
    found = read_day(cell)
    if isinstance(found, Pair):
        state(draft, name, row.texts(name))
    else:
        setattr(draft, name, found.last if name == "period_until" else found.value)


def read_point(row: Row) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; None where they are no point of this world."""
    try:
        lon, lat = float(row.text("longitude")), float(row.text("latitude"))
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None
