"""GET and POST /staff/news: cases to ask after, promises past their day, and what was added."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from sqlalchemy import and_, case, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from starlette.responses import Response

from api.alerts.bodies import answer
from api.alerts.reading import CLEAR
from api.db import AnyRow, AnySelect
from api.errors import Problem
from api.lang import Pair
from api.models import Addition, Alert, DeskCase, Inquiry, Reply, Revision
from api.staff import audit
from api.staff.editing.short import SHORT, short
from api.staff.queue.schemas import Asking, ListedAlert, News
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter()
FIRST, SECOND = 30, 90
# What was a year old when it was published is history, and after a year nobody asks any more.
_FRESH = timedelta(days=365)
# Of each kind; who has seen to these is shown the next ones.
MOST = 200


@router.get("/staff/news", response_model=News, summary="Any news?")
async def read_news(work: Working) -> Response:
    """What is due first stands first, at most 200 of each kind. Viewers are told of no alert."""
    renderer = Renderer(await work.reference.vocabulary())
    sees_alerts = work.acting.role != "viewer"
    async with work.desk.read() as session:
        inquiries = await session.all(due_inquiries(work.today))
        promises = await session.all(due_promises(work.today))
        added = await session.all(additions()) if sees_alerts else []
    return answer(News.model_validate(_body(renderer, inquiries, promises, added)))


def _body(
    renderer: Renderer,
    inquiries: Sequence[AnyRow],
    promises: Sequence[AnyRow],
    added: Sequence[AnyRow],
) -> dict[str, Any]:
    return {
        "inquiries": [
            {
                "case": short(row, renderer),
                "days": row.days,
                "due_on": row.first_day + timedelta(days=row.days),
            }
            for row in inquiries
        ],
        "promises": [
            {
                "case": short(row, renderer),
                "position": row.position,
                "office": Pair(row.office_zh, row.office_en).as_dict(),
                "promise_due_on": row.promise_due_on,
            }
            for row in promises
        ],
        "additions": [ListedAlert.of(row) for row in added],
    }


@router.post("/staff/news", status_code=204, summary="Somebody has asked")
async def note_answer(asked: Asking, work: Working) -> Response:
    """What came of asking after 30 or 90 days; said again it replaces what was said."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        state = await session.first(select(DeskCase.state).where(DeskCase.id == asked.case_id))
        if state is None:
            raise Problem("not-found")
        if state.state != "published":
            raise Problem("wrong-state", extra={"state": state.state})
        told = {"done_on": work.today, "outcome": asked.outcome}
        await session.execute(
            insert(Inquiry)
            .values(case_id=asked.case_id, days=asked.days, **told)
            .on_conflict_do_update(index_elements=["case_id", "days"], set_=told)
        )
        act = audit.Act("news", asked.case_id, [f"days.{asked.days}", "outcome"])
        await audit.append(session, work.acting.name, work.today, [act])
    return Response(status_code=204)


def due_inquiries(today: date) -> AnySelect:
    """Open calls for help published 30 or 90 days ago that nobody has asked after; once the second
    is due the first lapses."""
    published = Revision.day
    days = case((published <= today - timedelta(days=SECOND), SECOND), else_=FIRST)
    asked = exists().where(Inquiry.case_id == DeskCase.id, Inquiry.days >= days)
    return (
        select(*SHORT, published.label("first_day"), days.label("days"))
        .join(Revision, and_(Revision.case_id == DeskCase.id, Revision.revision == 1))
        .where(
            DeskCase.state == "published",
            DeskCase.map == "calls",
            # What bounds the rows that are looked at: both days lie within a year.
            DeskCase.date >= today - 2 * _FRESH,
            DeskCase.date >= published - _FRESH,
            published >= today - _FRESH,
            published <= today - timedelta(days=FIRST),
            ~DeskCase.responses.overlap(["paid_in_full"]),
            ~asked,
        )
        .order_by(published + days, DeskCase.id)
        .limit(MOST)
    )


def due_promises(today: date) -> AnySelect:
    """Promises of offices whose day is over and of which no outcome is known. That an office calls
    the matter handled keeps no promise."""
    unknown = and_(
        or_(Reply.outcome_zh.is_(None), Reply.outcome_zh == ""),
        or_(Reply.outcome_en.is_(None), Reply.outcome_en == ""),
    )
    return (
        select(*SHORT, Reply.position, Reply.office_zh, Reply.office_en, Reply.promise_due_on)
        .join(Reply, Reply.case_id == DeskCase.id)
        .where(DeskCase.state == "published", Reply.promise_due_on < today, unknown)
        .order_by(Reply.promise_due_on, DeskCase.id, Reply.position)
        .limit(MOST)
    )


def additions() -> AnySelect:
    """Alerts to which something was added since the desk's last act, and those that their sender
    has withdrawn while the case made from them is still there."""
    added = exists().where(
        Addition.receipt == Alert.receipt, Addition.received_on >= Alert.changed_on
    )
    there = exists().where(DeskCase.id == Alert.case_id, DeskCase.state != "withdrawn")
    return (
        select(*CLEAR)
        .where(or_(added, and_(Alert.state == "withdrawn", there)))
        .order_by(Alert.changed_on, Alert.id)
        .limit(MOST)
    )
