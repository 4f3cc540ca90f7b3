"""Deletes what has been kept long enough. What nobody has decided on is flagged, never deleted."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, delete, exists, func, or_, select, update

from api.alerts.periods import Periods
from api.alerts.states import DISMISSED, FINAL
from api.clock import SHANGHAI
from api.db import WriteSession
from api.models import (
    Addition,
    Alert,
    Attachment,
    Confirmation,
    Contact,
    IdempotentAnswer,
    OutboxMail,
    SpentToken,
)
from api.staff.audit import Act, append

# A receipt's hash has 32 bytes; what replaces it has 16 and is therefore nobody's.
_HASH = 32


async def tidy(session: WriteSession, kept: Periods, now: datetime, actor: str) -> dict[str, int]:
    """How many of what were deleted or flagged; one entry in the audit trail where any was.

    Run again at the same moment it finds nothing to do.
    """
    day = now.astimezone(SHANGHAI).date()
    due = _due(kept, day)
    counts = {
        # Files and additions first: whose they are is told by the alert as it is.
        "files": await session.execute(delete(Attachment).where(_owner(Attachment.alert_id, due))),
        "additions": await session.execute(delete(Addition).where(_over(kept, day))),
        "contacts": await session.execute(delete(Contact).where(_copied(kept, day))),
        "alerts": await session.execute(
            update(Alert).where(due, Alert.box.is_not(None)).values(box=None)
        ),
        "flagged": await session.execute(
            update(Alert).where(_unread(kept, day)).values(flagged=True)
        ),
        "mails": await session.execute(delete(OutboxMail).where(_posted(kept, now, day))),
        "links": await session.execute(
            delete(Confirmation).where(
                Confirmation.received_on <= day - timedelta(days=kept.outbox_days)
            )
        ),
        "answers": await session.execute(
            delete(IdempotentAnswer).where(
                IdempotentAnswer.made_at <= now - timedelta(hours=kept.idempotency_hours)
            )
        ),
        "proofs": await session.execute(
            delete(SpentToken).where(SpentToken.made_on <= day - timedelta(days=kept.spent_days))
        ),
        "receipts": await session.execute(
            update(Alert)
            .where(_forgotten(kept, day))
            .values(receipt=func.uuid_send(func.gen_random_uuid()))
        ),
    }
    touched = [name for name, count in counts.items() if count]
    if touched:
        await append(session, actor, day, [Act("alert.retention", "intake", touched)])
    return counts


def _last_act() -> ColumnElement[date]:
    return func.coalesce(Alert.changed_on, Alert.decided_on, Alert.received_on, type_=Date)


def _dismissed(before: date) -> ColumnElement[bool]:
    return and_(Alert.state.in_(DISMISSED), Alert.decided_on <= before)


def _settled(before: date) -> ColumnElement[bool]:
    return and_(Alert.state.in_(FINAL), _last_act() <= before)


def _due(kept: Periods, day: date) -> ColumnElement[bool]:
    """Alerts whose content is over."""
    return or_(
        _dismissed(day - timedelta(days=kept.rejected_days)),
        _settled(day - timedelta(days=kept.contact_days)),
    )


def _owner(reference: Any, due: ColumnElement[bool]) -> ColumnElement[bool]:
    matches: ColumnElement[bool] = reference.in_(select(Alert.id).where(due))
    return matches


def _copied(kept: Periods, day: date) -> ColumnElement[bool]:
    """What the desk copied of them. Public ones were made so with consent, and are the case's."""
    return and_(
        Contact.public_value.is_(None),
        exists().where(
            # What staff added themselves goes with the alert that its case was made from.
            or_(
                Alert.id == Contact.alert_id,
                and_(Contact.alert_id.is_(None), Alert.case_id == Contact.case_id),
            ),
            or_(_due(kept, day), Alert.state == "withdrawn"),
        ),
    )


def _over(kept: Periods, day: date) -> ColumnElement[bool]:
    """Additions of such alerts. One that came after the decision has its own time to be read."""
    rejected = day - timedelta(days=kept.rejected_days)
    settled = day - timedelta(days=kept.contact_days)
    return exists().where(
        Alert.receipt == Addition.receipt,
        or_(
            and_(_dismissed(rejected), Addition.received_on <= rejected),
            and_(_settled(settled), Addition.received_on <= settled),
        ),
    )


def _unread(kept: Periods, day: date) -> ColumnElement[bool]:
    before = day - timedelta(days=kept.rejected_days)
    return and_(Alert.state.not_in(FINAL), _last_act() <= before, Alert.flagged.is_(False))


def _posted(kept: Periods, now: datetime, day: date) -> ColumnElement[bool]:
    """Mails that were sent, given up, grew too old, or whose alert is decided."""
    period = timedelta(hours=kept.mail_hours)
    before = day - period  # a date: whole days of it, so never later than promised
    ended = OutboxMail.state.in_(("sending", "sent", "failed", "expired"))
    return or_(
        # Set when sending begins. What is still "sending" then was broken off, and is not resumed.
        and_(ended, OutboxMail.sent_at <= now - period),
        # When it was given up is not noted; it was not before it was made.
        and_(ended, OutboxMail.sent_at.is_(None), OutboxMail.made_on <= before),
        OutboxMail.made_on <= day - timedelta(days=kept.outbox_days),
        OutboxMail.alert_id.in_(
            select(Alert.id).where(Alert.state.in_(FINAL), Alert.decided_on <= before)
        ),
    )


def _forgotten(kept: Periods, day: date) -> ColumnElement[bool]:
    """Never before the content is gone: additions are found by the receipt."""
    return and_(
        Alert.state.in_(FINAL),
        Alert.decided_on <= day - timedelta(days=kept.receipt_days),
        Alert.box.is_(None),
        ~exists().where(Addition.receipt == Alert.receipt),
        func.octet_length(Alert.receipt) == _HASH,
    )
