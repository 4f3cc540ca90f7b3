"""Who sees to an alert, and what was decided on it."""

from fastapi import APIRouter
from sqlalchemy import exists, select, update
from starlette.responses import Response

from api.alerts.reading import decide
from api.alerts.states import BY_HAND
from api.db import AnyRow, WriteSession
from api.errors import DETAILS, Problem
from api.ids import is_id
from api.models import Alert, StaffAccount
from api.staff import audit
from api.staff.queue.schemas import Assignment, Decision
from api.staff.work import Working

router = APIRouter()
# Its sender has taken these back; all else may be picked up again.
_ASSIGNABLE = ("received", "checking", "published", "rejected", "spam")


@router.post("/staff/alerts/{id}/assignment", status_code=204, summary="Assign an alert")
async def assign_alert(id: str, asked: Assignment, work: Working) -> Response:
    """To an account that may open alerts, or to nobody."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        await locked(session, id, _ASSIGNABLE)
        able = exists().where(
            StaffAccount.name == asked.assignee,
            StaffAccount.disabled.is_(False),
            StaffAccount.role != "viewer",
        )
        if asked.assignee is not None and not await session.value(select(able)):
            raise Problem("unknown-code", "assignee", DETAILS["literal_error"])
        await session.execute(update(Alert).where(Alert.id == id).values(assignee=asked.assignee))
        act = audit.Act("alert.assign", id, ["assignee"])
        await audit.append(session, work.acting.name, work.today, [act])
    return Response(status_code=204)


@router.post("/staff/alerts/{id}/decision", status_code=204, summary="Decide on an alert")
async def decide_alert(id: str, asked: Decision, work: Working) -> Response:
    """Open again, being checked, rejected or spam; its sender is told state and reason."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        await locked(session, id, BY_HAND)
        await decide(session, id, asked.state, asked.reason, work.acting.name, work.today)
    return Response(status_code=204)


async def locked(session: WriteSession, name: str, states: tuple[str, ...]) -> AnyRow:
    """The alert, nobody else's until commit, not even its sender's.

    Raises Problem "not-found", or "wrong-state" for one that is in none of `states`.
    """
    question = select(Alert.state, Alert.case_id).where(Alert.id == name).with_for_update()
    row = await session.first(question) if is_id(name) else None
    if row is None:
        raise Problem("not-found")
    if row.state not in states:
        raise Problem("wrong-state", extra={"state": row.state})
    return row
