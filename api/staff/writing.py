"""Drafts into the desk's tables, with everything that follows from them: point, flags, search text.

The only writer of new working copies, whoever makes them; an edit derives its columns here as well.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from api.db import WriteSession, point_bytes
from api.folding import fold
from api.places.gazetteer import Gazetteer
from api.staff.drafts import Draft, DraftReply
from api.staff.likeness.sketch import sketch

# What `Records.case` holds, in this order.
CASES = (
    "id", "map", "date", "date_precision", "place", "point", "exact", "industry", "issues",
    "actions", "responses", "platforms", "ownership", "accident_type", "company_zh", "company_en",
    "participants_low", "participants_high", "deaths", "injuries", "amount_owed", "months_owed",
    "replied", "reply_days", "source_count", "demo", "search", "employer", "title_zh", "title_en",
    "text_zh", "text_en", "period_from", "period_until", "participants_stated", "stated", "flags",
    "sketch", "from_alert", "shown", "allowed", "notes",
)  # fmt: skip
_SOURCES = ("case_id", "position", "platform", "url", "posted_on", "archived_hash", "still_live")
_REPLIES = (
    "case_id", "position", "office_zh", "office_en", "level", "received_on", "replied_on",
    "text_zh", "text_en", "status", "promise_due_on", "outcome_zh", "outcome_en",
)  # fmt: skip


class Records(NamedTuple):
    """All that is stored of one new draft, as COPY takes it."""

    case: tuple[Any, ...]
    sources: list[tuple[Any, ...]]
    replies: list[tuple[Any, ...]]


def records_of(draft: Draft, gazetteer: Gazetteer) -> Records:
    """Everything that follows from a draft is worked out here, without a database."""
    return Records(_case(draft, gazetteer), [*_sources(draft)], [*_replies(draft)])


async def write_drafts(
    session: WriteSession, gazetteer: Gazetteer, drafts: Sequence[Draft]
) -> None:
    """Copies new drafts with their sources and replies; their ids must not exist yet."""
    await write_records(session, [records_of(draft, gazetteer) for draft in drafts])


async def write_records(
    session: WriteSession, records: Sequence[Records], *, published: bool = False
) -> None:
    """The same of what is worked out.

    `published` for those that the same transaction publishes as `written`: to mark thousands of
    them afterwards would write each a second time, with all by which it is searched.
    """
    state = ("published", 1) if published else ("draft", 0)
    await session.copy(
        "desk.cases", (*CASES, "state", "revision"), [(*each.case, *state) for each in records]
    )
    await _write_exchange(
        session,
        [row for each in records for row in each.sources],
        [row for each in records for row in each.replies],
    )


async def write_exchange(session: WriteSession, drafts: Sequence[Draft]) -> None:
    """Copies the sources and replies of cases that have none."""
    await _write_exchange(
        session,
        [row for draft in drafts for row in _sources(draft)],
        [row for draft in drafts for row in _replies(draft)],
    )


async def _write_exchange(
    session: WriteSession, sources: Sequence[tuple[Any, ...]], replies: Sequence[tuple[Any, ...]]
) -> None:
    await session.copy("desk.sources", _SOURCES, sources)
    await session.copy("desk.replies", _REPLIES, replies)


def search_text(gazetteer: Gazetteer, place: str | None, texts: Iterable[str | None]) -> str:
    """What a keyword is looked for in: folded, one field a line, so no word spans two fields."""
    folded = [fold(text) for text in texts if text]
    return "\n".join((*folded, *_names(gazetteer, place)) if place else folded)


@lru_cache(maxsize=4_096)
def _names(gazetteer: Gazetteer, place: str) -> tuple[str, ...]:
    return tuple(fold(name) for step in gazetteer.path(place) for name in (step.zh, step.en))


def reply_days(replies: Iterable[DraftReply]) -> int | None:
    """Days from the first dated message to the first dated reply; null where one is missing."""
    received = [reply.received_on for reply in replies if reply.received_on]
    replied = [reply.replied_on for reply in replies if reply.replied_on]
    if not received or not replied:
        return None
    return max((min(replied) - min(received)).days, 0)


def _is_exact(draft: Draft) -> bool:
    # What may not be shown is not kept either: the desk's copy lies in clear.
    return draft.exact_point is not None and draft.shown_as == "exact"


def _point(draft: Draft, gazetteer: Gazetteer) -> bytes | None:
    if _is_exact(draft) and draft.exact_point is not None:
        return point_bytes(*draft.exact_point)
    place = gazetteer.get(draft.place) if draft.place else None
    return point_bytes(place.marker_lon, place.marker_lat) if place else None


def columns_of(draft: Draft, gazetteer: Gazetteer, *, sketched: bool = True) -> dict[str, Any]:
    """Every column that a draft decides, as COPY takes them. The sketch is most of the work, and
    who has no desk can do without."""
    return dict(zip(CASES, _case(draft, gazetteer, sketched), strict=True))


def _case(draft: Draft, gazetteer: Gazetteer, sketched: bool = True) -> tuple[Any, ...]:
    platforms = sorted({source.platform for source in draft.sources if source.platform})
    replied = any(reply.replied_on or reply.text.zh or reply.text.en for reply in draft.replies)
    texts = (*draft.title, *draft.text, *draft.company)
    return (
        draft.id,
        draft.map,
        draft.date,
        draft.date_precision,
        draft.place,
        _point(draft, gazetteer),
        _is_exact(draft),
        draft.industry,
        draft.issues,
        draft.actions,
        draft.responses,
        platforms,
        draft.ownership,
        draft.accident_type,
        draft.company.zh,
        draft.company.en,
        draft.participants_low,
        draft.participants_high,
        draft.deaths,
        draft.injuries,
        draft.amount_owed,
        draft.months_owed,
        replied,
        reply_days(draft.replies),
        len(draft.sources),
        draft.demo,
        search_text(gazetteer, draft.place, texts),
        fold("\n".join(name for name in draft.company if name)),
        draft.title.zh,
        draft.title.en,
        draft.text.zh,
        draft.text.en,
        draft.period_from,
        draft.period_until,
        draft.participants_stated,
        orjson.dumps(draft.stated).decode(),
        draft.flags,
        sketch(*texts[:4], companies=draft.company, amount=draft.amount_owed) if sketched else [],
        draft.from_alert,
        draft.shown_as,
        # What came from an alert is shown as its sender said, or coarser.
        draft.shown_as if draft.from_alert else None,
        draft.notes,
    )


def _sources(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for position, source in enumerate(draft.sources):
        yield (
            draft.id,
            position,
            source.platform,
            source.url,
            source.posted_on,
            source.archived_hash,
            source.still_live,
        )


def _replies(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for position, reply in enumerate(draft.replies):
        yield (
            draft.id,
            position,
            reply.office.zh,
            reply.office.en,
            reply.level,
            reply.received_on,
            reply.replied_on,
            reply.text.zh,
            reply.text.en,
            reply.status,
            reply.promise_due_on,
            reply.outcome.zh,
            reply.outcome.en,
        )
