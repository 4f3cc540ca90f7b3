"""Contacts on published cases: shown after approval, taken back at once.

A new revision that changes `contacts` and nothing else: whatever somebody has begun to edit in
the working copy does not become public along with them.
"""

from datetime import date
from typing import Any

import orjson
from sqlalchemy import ColumnElement, exists, insert, select, update

from api.db import AnyRow, Desk, WriteSession
from api.lang import Pair
from api.models import Contact, DeskCase, PublicCase, Revision
from api.staff import audit, posting
from api.staff.contacts.publishing import public_contacts
from api.staff.publishing import next_changes

SHOWN = Pair("经本人同意，公开联系方式", "A contact was made public with its owner's consent")
TAKEN_BACK = Pair("撤下联系方式", "A contact was taken back")
# Where a batch does it, after the two who asked and approved.
BATCH = "batch"


async def follow(
    session: WriteSession, case_id: str, *, actor: str, day: date, adding: bool = True
) -> bool:
    """Makes the published case show the contacts that are public now, without `adding` no new ones.

    Where one is gone, every earlier document of the case is nulled. Answers whether there is a new
    revision; a case that is not published has none, and shows its contacts when it is.
    """
    await audit.hold(session)
    contacts = (await public_contacts(session, [case_id])).get(case_id, [])
    case = await session.first(
        select(DeskCase.revision, DeskCase.state).where(DeskCase.id == case_id).with_for_update()
    )
    if case is None:
        return False
    await session.execute(
        update(DeskCase).where(DeskCase.id == case_id).values(has_contact=bool(contacts))
    )
    public = await session.first(
        select(PublicCase.summary, PublicCase.document).where(PublicCase.id == case_id)
    )
    if public is None:
        return False
    before = orjson.loads(public.document)["contacts"]
    if not adding:
        contacts = [contact for contact in contacts if contact in before]
    if before == contacts:
        return False
    gone = any(contact not in contacts for contact in before)
    change = await next_changes(session, 1)
    await posting.replace(session, [case_id])
    if gone:
        await posting.forget(session, [case_id])
        await session.execute(
            update(Revision).where(Revision.case_id == case_id).values(document=None)
        )
    revision = case.revision + 1
    reason = TAKEN_BACK if gone else SHOWN
    await _replace(session, case_id, public, contacts, revision, change, day, reason)
    await audit.append(session, actor, day, [audit.Act("publish", case_id, ["contacts"])])
    return True


async def _replace(
    session: WriteSession,
    case_id: str,
    public: AnyRow,
    contacts: list[dict[str, str]],
    revision: int,
    change: int,
    day: date,
    reason: Pair,
) -> None:
    renewed = {"revision": revision, "updated": day}
    summary = _with(public.summary, renewed)
    document = _with(public.document, {**renewed, "contacts": contacts})
    await session.execute(
        update(PublicCase)
        .where(PublicCase.id == case_id)
        .values(
            summary=summary,
            document=document,
            revision=revision,
            change=change,
            published_on=day,
            has_contact=bool(contacts),
        )
    )
    await session.execute(
        insert(Revision).values(
            case_id=case_id,
            revision=revision,
            change=change,
            day=day,
            kind="changed",
            fields=["contacts"],
            reason_zh=reason.zh,
            reason_en=reason.en,
            document=document,
        )
    )
    await session.execute(update(DeskCase).where(DeskCase.id == case_id).values(revision=revision))


def _with(text: str, members: dict[str, Any]) -> str:
    return orjson.dumps({**orjson.loads(text), **members}).decode()


async def follow_due(desk: Desk, day: date) -> int:
    """With a batch: cases from alerts whose contacts were approved since the last one.

    Their publication is never at once, because its hour would tell when somebody was at work.
    """
    public = exists().where(Contact.case_id == DeskCase.id, Contact.public_value.is_not(None))
    return await _follow_all(desk, day, DeskCase.from_alert.is_(True), public)


async def follow_gone(desk: Desk, day: date) -> int:
    """At any time: cases that show contacts which their sender's withdrawal has deleted."""
    public = exists().where(Contact.case_id == DeskCase.id, Contact.public_value.is_not(None))
    return await _follow_all(desk, day, DeskCase.has_contact.is_(True), ~public)


async def _follow_all(desk: Desk, day: date, *which: ColumnElement[bool]) -> int:
    async with desk.read() as session:
        rows = await session.all(
            select(DeskCase.id).where(DeskCase.state == "published", *which).order_by(DeskCase.id)
        )
    shown = 0
    for row in rows:
        async with desk.transaction() as session:
            shown += await follow(session, row.id, actor=BATCH, day=day)
    return shown
