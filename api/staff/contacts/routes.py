"""Contacts of a case: kept, looked at within a budget, and taken back from the public at once."""

from fastapi import APIRouter
from sqlalchemy import select

from api.db import AnyRow, WriteSession
from api.errors import Problem
from api.models import Contact, DeskCase
from api.staff import audit
from api.staff.contacts import budget, storing
from api.staff.contacts.schemas import ContactChange, Kept, NewContact, Viewed
from api.staff.contacts.showing import follow
from api.staff.work import Work, Working

router = APIRouter(tags=["staff"])


@router.post("/staff/cases/{id}/contacts", status_code=201, summary="Keep a contact")
async def keep_contact(id: str, body: NewContact, work: Working) -> Kept:
    """Sealed as it is stored; a draft's or a published case's."""
    async with work.desk.transaction() as session:
        case = await session.first(
            select(DeskCase.state).where(DeskCase.id == id).with_for_update(read=True)
        )
        if case is None:
            raise Problem("not-found")
        if case.state == "withdrawn":
            raise Problem("wrong-state")
        name = await storing.keep(session, work.lock, id, body.channel, body.value, body.consent)
        await storing.begin_anew(session, id, work.today)
        await _note(session, work, "contact.add", name, ["channel", "value", "consent"])
    return Kept(id=name)


@router.patch("/staff/contacts/{id}", status_code=204, summary="Change consent or value")
async def change_contact(id: str, body: ContactChange, work: Working) -> None:
    """Less consent, or another value, takes the contact back from the public at once."""
    box = None if body.value is None else storing.seal(work.lock, id, body.value)
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await storing.locked(session, id)
        gone = await storing.change(session, row, consent=body.consent, box=box)
        if box is not None:
            await storing.begin_anew(session, row.case_id, work.today)
        await _note(session, work, "contact.change", id, sorted(body.model_fields_set))
        await _taken_back(session, work, row, gone)


@router.delete("/staff/contacts/{id}", status_code=204, summary="Delete a contact")
async def delete_contact(id: str, work: Working) -> None:
    """Also from the public, where it was shown."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await storing.locked(session, id)
        gone = await storing.remove(session, row)
        await _note(session, work, "contact.remove", id)
        await _taken_back(session, work, row, gone)


@router.post("/staff/contacts/{id}/view", summary="Look at a contact")
async def view_contact(id: str, work: Working) -> Viewed:
    """Noted by the contact's id. 50 a day; one more locks the account's views and is an alarm."""
    async with work.desk.transaction() as session:
        row = await session.first(select(Contact.id, Contact.box).where(Contact.id == id))
        if row is None:
            raise Problem("not-found")
        allowed = await budget.spend(session, work.acting, work.today)
        if allowed:
            await _note(session, work, "contact.view", id)
    # Both outcomes are committed: what is shown has been noted, and so has the alarm.
    if not allowed:
        raise Problem("budget-spent")
    return Viewed(value=storing.opened(work.ring, row))


@router.delete("/staff/contacts/{id}/publication", status_code=204, summary="Take a contact back")
async def take_contact_back(id: str, work: Working) -> None:
    """It takes one person; showing it again takes two once more."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await storing.locked(session, id)
        if row.public_value is None:
            raise Problem("wrong-state")
        await storing.unpublish(session, id)
        await _note(session, work, "contact.unpublish", id, ["public"])
        await _taken_back(session, work, row, True)


async def _taken_back(session: WriteSession, work: Work, row: AnyRow, gone: bool) -> None:
    if gone:
        who, day = work.acting.name, work.today
        await follow(session, row.case_id, actor=who, day=day, adding=False)


async def _note(
    session: WriteSession, work: Work, act: str, subject: str, fields: list[str] | None = None
) -> None:
    entry = audit.Act(act, subject, fields or ())
    await audit.append(session, work.acting.name, work.today, [entry])
