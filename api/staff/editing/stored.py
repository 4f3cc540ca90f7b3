"""Between the desk's tables and the members of a case: read from rows, made into a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from api.db import AnyRow, ReadSession, WriteSession
from api.errors import Problem
from api.ids import is_id
from api.lang import Pair
from api.models import DeskCase, Reply, Source
from api.staff.drafts import Draft, DraftReply, DraftSource
from api.staff.editing.content import Content, Name, Participants, Period, Words
from api.staff.finishing import READ, by_case


@dataclass(frozen=True, slots=True)
class Stored:
    """A working copy with its sources and replies; `row` has the columns of READ."""

    row: AnyRow
    sources: Sequence[AnyRow]
    replies: Sequence[AnyRow]


async def read_stored(session: ReadSession, case_id: str) -> Stored:
    """Raises Problem "not-found"."""
    return await _with_parts(session, await _row(session, select(*READ), case_id))


async def lock_stored(session: WriteSession, case_id: str) -> Stored:
    """The same, and nobody else changes it until the transaction is over."""
    return await _with_parts(session, await _row(session, select(*READ).with_for_update(), case_id))


async def _row(session: ReadSession, statement: Any, case_id: str) -> AnyRow:
    row = await session.first(statement.where(DeskCase.id == case_id)) if is_id(case_id) else None
    if row is None:
        raise Problem("not-found")
    return row


async def _with_parts(session: ReadSession, row: AnyRow) -> Stored:
    sources = await by_case(session, Source, [row.id])
    replies = await by_case(session, Reply, [row.id])
    return Stored(row, sources.get(row.id, ()), replies.get(row.id, ()))


def plain(stored: Stored) -> dict[str, Any]:
    """The editable members as JSON has them."""
    row = stored.row
    return {
        "map": row.map,
        "date": {"value": row.date.isoformat(), "precision": row.date_precision},
        "title": {"zh": row.title_zh, "en": row.title_en},
        "text": {"zh": row.text_zh, "en": row.text_en},
        "company": {"zh": row.company_zh, "en": row.company_en},
        "place": row.place,
        "point": [row.lon, row.lat] if row.exact else None,
        "shown": row.shown,
        "industry": row.industry,
        "issues": list(row.issues),
        "actions": list(row.actions),
        "responses": list(row.responses),
        "ownership": row.ownership,
        "accident_type": row.accident_type,
        "participants": _unless_empty(
            low=row.participants_low, high=row.participants_high, stated=row.participants_stated
        ),
        "deaths": row.deaths,
        "injuries": row.injuries,
        "amount_owed": _number(row.amount_owed),
        "months_owed": _number(row.months_owed),
        "period": _unless_empty(**{"from": _day(row.period_from), "until": _day(row.period_until)}),
        "stated": row.stated,
        "notes": row.notes,
        "sources": [
            {
                "platform": source.platform,
                "url": source.url,
                "posted_on": _day(source.posted_on),
                "archived": source.archived_hash,
                "still_live": source.still_live,
            }
            for source in stored.sources
        ],
        "replies": [_reply(reply) for reply in stored.replies],
    }


def _reply(reply: AnyRow) -> dict[str, Any]:
    return {
        "office": {"zh": reply.office_zh, "en": reply.office_en},
        "level": reply.level,
        "received_on": _day(reply.received_on),
        "replied_on": _day(reply.replied_on),
        "text": {"zh": reply.text_zh, "en": reply.text_en},
        "status": reply.status,
        "promise_due_on": _day(reply.promise_due_on),
        "outcome": {"zh": reply.outcome_zh, "en": reply.outcome_en},
    }


def _unless_empty(**parts: Any) -> dict[str, Any] | None:
    return parts if any(part is not None for part in parts.values()) else None


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _pair(text: Name | Words) -> Pair:
    return Pair(text.zh, text.en)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def draft_of(case_id: str, content: Content) -> Draft:
    """What the writer derives all columns from."""
    participants = content.participants or Participants()
    period = content.period or Period()
    return Draft(
        id=case_id,
        map=content.map,
        date=content.date.value,
        date_precision=content.date.precision,
        title=_pair(content.title),
        text=_pair(content.text),
        company=_pair(content.company),
        place=content.place,
        exact_point=content.point,
        shown=content.shown,
        industry=content.industry,
        issues=content.issues,
        actions=content.actions,
        responses=content.responses,
        ownership=content.ownership,
        accident_type=content.accident_type,
        participants_low=participants.low,
        participants_high=participants.high,
        participants_stated=participants.stated,
        deaths=content.deaths,
        injuries=content.injuries,
        amount_owed=_decimal(content.amount_owed),
        months_owed=_decimal(content.months_owed),
        period_from=period.since,
        period_until=period.until,
        stated=content.stated,
        notes=content.notes,
        sources=[
            DraftSource(
                source.platform, source.url, source.posted_on, source.still_live, source.archived
            )
            for source in content.sources
        ],
        replies=[
            DraftReply(
                office=_pair(reply.office),
                text=_pair(reply.text),
                status=reply.status,
                received_on=reply.received_on,
                replied_on=reply.replied_on,
                level=reply.level,
                promise_due_on=reply.promise_due_on,
                outcome=_pair(reply.outcome),
            )
            for reply in content.replies
        ],
    )
