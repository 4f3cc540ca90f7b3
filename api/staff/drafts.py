"""The plain in-memory case that the importer and the demonstration data fill and the writer stores.

No database and no parsing here; what a filter needs beyond these fields is derived by the writer.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from api.lang import Pair

# A field named `date` hides the type of that name.
Day = datetime.date
Precision = Literal["day", "month", "year"]
Shown = Literal["prefecture", "county", "exact"]
NOTHING = Pair(None, None)


@dataclass(slots=True)
class DraftSource:
    """Where the case was found; the address is stored, never fetched."""

    platform: str | None
    url: str | None
    posted_on: Day | None = None
    still_live: bool | None = None
    # SHA-256 of an archived copy, hex.
    archived_hash: str | None = None


@dataclass(slots=True)
class DraftReply:
    """One official exchange; `status` is 待回复, 办理中 or 已办理."""

    office: Pair
    text: Pair
    status: str
    received_on: Day | None
    replied_on: Day | None
    level: str | None = None
    promise_due_on: Day | None = None
    outcome: Pair = NOTHING


@dataclass(slots=True)
class Draft:
    """One case before it is stored.

    `date` is the first day of an imprecise one; `exact_point` is longitude, latitude (WGS 84) and
    only there where the person allowed it; `amount_owed` is CNY. `stated` holds verbatim what the
    columns could not: by term kind, or by field name for numbers, links and places. `shown` is how
    exactly the place may be published: without it, as exactly as it is known. `notes` never are.
    """

    id: str
    map: str
    date: Day
    date_precision: Precision
    title: Pair = NOTHING
    text: Pair = NOTHING
    company: Pair = NOTHING
    place: str | None = None
    exact_point: tuple[float, float] | None = None
    industry: str | None = None
    issues: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    ownership: str | None = None
    accident_type: str | None = None
    participants_low: int | None = None
    participants_high: int | None = None
    participants_stated: str | None = None
    deaths: int | None = None
    injuries: int | None = None
    amount_owed: Decimal | None = None
    months_owed: Decimal | None = None
    period_from: Day | None = None
    period_until: Day | None = None
    stated: dict[str, list[str]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    sources: list[DraftSource] = field(default_factory=list)
    replies: list[DraftReply] = field(default_factory=list)
    demo: bool = False
    from_alert: bool = False
    shown: Shown | None = None
    notes: str | None = None

    @property
    def shown_as(self) -> Shown:
        return self.shown or ("county" if self.exact_point is None else "exact")
