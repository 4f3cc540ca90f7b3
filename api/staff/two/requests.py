"""Requests that take two people: asked by one, decided by another, never deleted.

What an approval brings about is in deciding.py. The table refuses the same by itself.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from api.db import AnyRow, AnySelect, ReadSession, WriteSession
from api.errors import Problem
from api.ids import new_id
from api.models import Contact, Request, StaffAccount
from api.staff import audit
from api.staff.access.acting import Acting

Kind = Literal["contact", "export", "retention"]
State = Literal["open", "approved", "refused"]
# The newest so many; there are few.
SHOWN = 200
# Members of `asked` that bind a request to what it was made for, and are shown to nobody.
_HIDDEN = ("box",)


async def ask(
    session: WriteSession,
    kind: Kind,
    asked: dict[str, Any],
    who: Acting,
    day: date,
    subject: str | None = None,
) -> str:
    """Puts a request that somebody else may decide; answers its id."""
    name = new_id()
    await session.execute(
        insert(Request).values(
            id=name,
            kind=kind,
            subject=subject or name,
            asked=asked,
            asked_by=who.id,
            asked_on=day,
        )
    )
    await audit.append(session, who.name, day, [audit.Act(f"{kind}.ask", subject or name)])
    return name


async def settle(
    session: WriteSession, name: str, state: Literal["approved", "refused"], who: Acting, day: date
) -> AnyRow:
    """Decides an open request; answers its row as it was asked.

    Raises Problem "not-found", "second-person" for whoever asked, "wrong-state" once decided.
    """
    row = await session.first(
        select(*Request.__table__.columns).where(Request.id == name).with_for_update()
    )
    if row is None:
        raise Problem("not-found")
    if row.asked_by == who.id:
        raise Problem("second-person")
    if row.state != "open":
        raise Problem("wrong-state")
    await session.execute(
        update(Request)
        .where(Request.id == name)
        .values(state=state, decided_by=who.id, decided_on=day)
    )
    word = "approve" if state == "approved" else "refuse"
    await audit.append(session, who.name, day, [audit.Act(f"{row.kind}.{word}", row.subject)])
    return row


async def allowed_export(session: WriteSession, name: str, who: Acting, day: date) -> str:
    """The filters of an approved export, handed to whoever asked, on the day of the decision.

    Raises Problem: "not-found" for others and other kinds, "wrong-state" on any other day.
    """
    row = await session.first(
        select(Request.asked, Request.state, Request.decided_on).where(
            Request.id == name, Request.kind == "export", Request.asked_by == who.id
        )
    )
    if row is None:
        raise Problem("not-found")
    if row.state != "approved" or row.decided_on != day:
        raise Problem("wrong-state")
    await audit.append(session, who.name, day, [audit.Act("export.take", name)])
    return str(row.asked["query"])


async def listed(session: ReadSession, state: State | None = None) -> list[dict[str, Any]]:
    """The newest requests, those of one state where it is given."""
    question = _question().order_by(Request.asked_on.desc(), Request.id).limit(SHOWN)
    if state is not None:
        question = question.where(Request.state == state)
    return _shown(await session.all(question))


async def one(session: ReadSession, name: str) -> dict[str, Any]:
    """One request. Raises Problem "not-found"."""
    found = _shown(await session.all(_question().where(Request.id == name)))
    if not found:
        raise Problem("not-found")
    return found[0]


def _question() -> AnySelect:
    asker, decider = aliased(StaffAccount), aliased(StaffAccount)
    return (
        select(
            Request.id,
            Request.kind,
            Request.subject,
            Contact.case_id,
            Request.asked,
            asker.name.label("asked_by"),
            Request.asked_on,
            Request.state,
            decider.name.label("decided_by"),
            Request.decided_on,
        )
        .join(asker, asker.id == Request.asked_by)
        .outerjoin(decider, decider.id == Request.decided_by)
        .outerjoin(Contact, Contact.id == Request.subject)
    )


def _shown(rows: Sequence[AnyRow]) -> list[dict[str, Any]]:
    return [
        {
            **row._mapping,
            "asked": {name: said for name, said in row.asked.items() if name not in _HIDDEN},
        }
        for row in rows
    ]
