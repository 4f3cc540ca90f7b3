"""Kind by kind: what may be asked of two people, and what an approval brings about."""

import hashlib
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from api.alerts.periods import DECIDABLE
from api.db import AnyRow, WriteSession
from api.errors import DETAILS, Problem
from api.models import Contact, DecidedPeriod, DeskCase, Request
from api.staff.contacts import storing
from api.staff.contacts.showing import follow
from api.staff.two import requests
from api.staff.two.exporting import conditions_of
from api.staff.work import Work


async def ask_publication(session: WriteSession, work: Work, name: str) -> str:
    """Asks that a contact become public. Raises Problem without consent or a second time."""
    row = await storing.locked(session, name)
    if row.consent != "public" or row.public_value is not None:
        raise Problem("wrong-state")
    waits = select(Request.id).where(
        Request.kind == "contact", Request.subject == name, Request.state == "open"
    )
    if await session.first(waits) is not None:
        raise Problem("wrong-state")
    asked = {"channel": row.channel, "box": _print(row)}
    return await requests.ask(session, "contact", asked, work.acting, work.today, name)


async def export_asked(work: Work, query: str) -> dict[str, Any]:
    """What a request for an export holds. Raises Problem for filters that mean nothing."""
    conditions_of(query, await work.reference.vocabulary(), work.today)
    return {"query": query}


async def ask_retention(session: WriteSession, work: Work, period: str, length: int) -> str:
    """Asks that something be kept for another time. Raises Problem for a length out of bounds."""
    bounds = DECIDABLE[period]
    if length < bounds.start:
        raise Problem("invalid-parameter", "length", DETAILS["greater_than_equal"])
    if length >= bounds.stop:
        raise Problem("invalid-parameter", "length", DETAILS["less_than_equal"])
    asked = {"name": period, "length": length}
    return await requests.ask(session, "retention", asked, work.acting, work.today)


async def approve(session: WriteSession, work: Work, name: str) -> None:
    """The second person's word, with what follows from it in the same transaction."""
    # Whoever changes a contact locks it first and then its requests, so here it is the same.
    subject = await session.first(
        select(Request.subject).where(Request.id == name, Request.kind == "contact")
    )
    contact = None if subject is None else await _locked(session, subject.subject)
    row = await requests.settle(session, name, "approved", work.acting, work.today)
    if row.kind == "contact":
        await _publish(session, work, row, contact)
    elif row.kind == "retention":
        await _decide_period(session, row.asked)


async def _locked(session: WriteSession, name: str) -> AnyRow | None:
    try:
        return await storing.locked(session, name)
    except Problem:
        return None


async def _publish(session: WriteSession, work: Work, row: AnyRow, contact: AnyRow | None) -> None:
    """Only the value that was asked for, and only as long as its owner agrees."""
    if contact is None or contact.consent != "public" or row.asked.get("box") != _print(contact):
        raise Problem("wrong-state")
    value = storing.opened(work.ring, contact)
    if value is None:
        raise Problem("wrong-state")
    await session.execute(
        update(Contact).where(Contact.id == contact.id).values(public_value=value)
    )
    case = await session.first(select(DeskCase.from_alert).where(DeskCase.id == contact.case_id))
    # What came from an alert becomes public with a batch: its hour tells nothing.
    at_once = case is not None and not case.from_alert
    who, day = work.acting.name, work.today
    await follow(session, contact.case_id, actor=who, day=day, adding=at_once)


def _print(contact: AnyRow) -> str:
    """Which box was meant, told by the sealed bytes: of the value it tells nothing."""
    return hashlib.sha256(bytes(contact.box)).hexdigest()[:32]


async def _decide_period(session: WriteSession, asked: dict[str, Any]) -> None:
    await session.execute(
        insert(DecidedPeriod)
        .values(name=asked["name"], length=asked["length"])
        .on_conflict_do_update(
            index_elements=[DecidedPeriod.name], set_={"length": asked["length"]}
        )
    )
