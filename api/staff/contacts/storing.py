"""Contact details into the desk's table, each in a box of its own, and out of it again."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import delete, exists, func, insert, select, update

from api.alerts.states import FINAL
from api.db import AnyRow, ReadSession, WriteSession, one_of
from api.errors import Problem
from api.ids import new_id
from api.models import Addition, Alert, Contact, Request
from api.sealing.boxes import CannotOpen, Lock, Ring
from api.staff import audit

Channel = Literal["phone", "email", "wechat", "qq", "other"]
Consent = Literal["none", "helpers", "public"]


async def keep(
    session: WriteSession,
    lock: Lock,
    case_id: str,
    channel: Channel,
    value: str,
    consent: Consent = "none",
    *,
    alert_id: str | None = None,
) -> str:
    """Stores one contact of a case behind those it has; answers its id. Audited by the caller.

    `alert_id` names the alert that it came with.
    """
    name = new_id()
    last = select(func.coalesce(func.max(Contact.position), -1)).where(Contact.case_id == case_id)
    await session.execute(
        insert(Contact).values(
            id=name,
            case_id=case_id,
            alert_id=alert_id,
            position=last.scalar_subquery() + 1,
            channel=channel,
            box=seal(lock, name, value),
            consent=consent,
        )
    )
    return name


def seal(lock: Lock, name: str, value: str) -> bytes:
    return lock.seal(value.encode(), _purpose(name))


def opened(ring: Ring, row: AnyRow) -> str | None:
    """The value; None where its box was damaged or sealed to a key that is not at hand."""
    try:
        return ring.open(bytes(row.box), _purpose(row.id)).decode()
    except (CannotOpen, UnicodeDecodeError):
        return None


def _purpose(name: str) -> str:
    return f"contact/{name}"


async def locked(session: WriteSession, name: str) -> AnyRow:
    """The contact's row, nobody else's until commit. Raises Problem "not-found"."""
    row = await session.first(
        select(*Contact.__table__.columns).where(Contact.id == name).with_for_update()
    )
    if row is None:
        raise Problem("not-found")
    return row


async def contacts_of(session: ReadSession, case_id: str) -> list[dict[str, Any]]:
    """The contacts of a case without their values, as the editor lists them."""
    return (await contacts_by_case(session, [case_id])).get(case_id, [])


async def contacts_by_case(
    session: ReadSession, ids: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Case -> its contacts without their values; `asked`: a second person has to decide."""
    asked = exists().where(
        Request.kind == "contact", Request.subject == Contact.id, Request.state == "open"
    )
    rows = await session.all(
        select(
            Contact.case_id,
            Contact.id,
            Contact.channel,
            Contact.consent,
            Contact.public_value.is_not(None).label("public"),
            asked.label("asked"),
        )
        .where(one_of(Contact.case_id, ids))
        .order_by(Contact.case_id, Contact.position, Contact.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(
            {name: getattr(row, name) for name in ("id", "channel", "consent", "public", "asked")}
        )
    return found


async def change(
    session: WriteSession, row: AnyRow, *, consent: Consent | None, box: bytes | None
) -> bool:
    """Changes consent or value of a locked contact; answers whether that takes it back.

    A new value has been approved by nobody, and less consent is none for the public.
    """
    values: dict[str, Any] = {}
    if consent is not None:
        values["consent"] = consent
    if box is not None:
        values["box"] = box
    takes_back = box is not None or consent not in (None, "public")
    if takes_back:
        values["public_value"] = None
    await session.execute(update(Contact).where(Contact.id == row.id).values(values))
    return takes_back and row.public_value is not None


async def remove(session: WriteSession, row: AnyRow) -> bool:
    """Deletes a locked contact; answers whether it was public."""
    await session.execute(delete(Contact).where(Contact.id == row.id))
    return row.public_value is not None


async def begin_anew(session: WriteSession, case_id: str, day: date) -> None:
    """A contact that is given now is kept as long as one from an act of staff on this day.

    Retention reckons by the alert that the case came from. Where something was added to it since,
    the day stays: by it the queue shows that nobody has read the addition.
    """
    unread = exists().where(
        Addition.receipt == Alert.receipt, Addition.received_on > Alert.changed_on
    )
    await session.execute(
        update(Alert)
        .where(Alert.case_id == case_id, Alert.state.in_(FINAL), ~unread)
        .values(changed_on=day)
    )


async def unpublish(session: WriteSession, name: str) -> None:
    """Nothing of it in clear any more; the caller lets the published case follow."""
    await session.execute(update(Contact).where(Contact.id == name).values(public_value=None))


async def conceal(session: WriteSession, case_id: str) -> None:
    """For a case that is withdrawn: nothing of its contacts stays in clear."""
    await session.execute(
        update(Contact)
        .where(Contact.case_id == case_id, Contact.public_value.is_not(None))
        .values(public_value=None)
    )


async def hand_over(
    session: WriteSession, case_id: str, into: str, *, actor: str, day: date
) -> None:
    """For a case that is merged: its contacts follow it, none of them public until asked anew."""
    moved = await session.all(
        select(Contact.id).where(Contact.case_id == case_id).order_by(Contact.position)
    )
    last = select(func.coalesce(func.max(Contact.position), -1)).where(Contact.case_id == into)
    behind = int(await session.value(last)) + 1
    for position, row in enumerate(moved, behind):
        await session.execute(
            update(Contact)
            .where(Contact.id == row.id)
            .values(case_id=into, position=position, public_value=None)
        )
    acts = [audit.Act("contact.move", row.id, ["case"]) for row in moved]
    if acts:
        await audit.append(session, actor, day, acts)
