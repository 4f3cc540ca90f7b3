"""Which contact details a published case shows: asked by the door when it renders.

A detail is public where three things hold: the person's consent, an approval by a second member
of staff, and its value in clear, which only that approval writes.
"""

from collections.abc import Sequence

from sqlalchemy import exists, select

from api.db import ReadSession, one_of
from api.models import Contact, Request


async def public_contacts(
    session: ReadSession, ids: Sequence[str]
) -> dict[str, list[dict[str, str]]]:
    """Case -> its public contacts in their order; a case that has none is not named."""
    approved = exists().where(
        Request.kind == "contact",
        Request.subject == Contact.id,
        Request.state == "approved",
        Request.decided_by != Request.asked_by,
    )
    rows = await session.all(
        select(Contact.case_id, Contact.channel, Contact.public_value)
        .where(
            one_of(Contact.case_id, ids),
            Contact.consent == "public",
            Contact.public_value.is_not(None),
            approved,
        )
        .order_by(Contact.case_id, Contact.position, Contact.id)
    )
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        shown = {"channel": row.channel, "value": row.public_value}
        found.setdefault(row.case_id, []).append(shown)
    return found
