"""How long what people send is kept: one table for the deleting and for the privacy page."""

from dataclasses import dataclass

from api.settings import Settings

# A mail that could not be sent in this time is not sent any more.
OUTBOX_DAYS = 30
# A challenge is younger than that, so its solution cannot be used again.
SPENT_DAYS = 2


@dataclass(frozen=True, slots=True)
class Periods:
    """The numbers, named as the privacy page names them."""

    rejected_days: int
    contact_days: int
    mail_hours: int
    outbox_days: int
    idempotency_hours: int
    spent_days: int
    receipt_days: int


def periods(settings: Settings) -> Periods:
    return Periods(
        settings.rejected_days,
        settings.contact_days,
        settings.mail_hours,
        OUTBOX_DAYS,
        settings.idempotency_hours,
        SPENT_DAYS,
        settings.receipt_days,
    )
