"""Which contact details a published case shows: asked by the door when it renders.

A detail is public where three things hold: the person's consent, an approval by a second member
of staff, and its value in clear, which only that approval writes.
"""

from collections.abc import Sequence

from sqlalchemy import exists, select

from api.db import ReadSession, one_of_given
from api.models import Contact, Request

_APPROVED = exists().where(
    Request.kind == "contact",
    Request.subject == Contact.id,
    Request.state == "approved",
    Request.decided_by != Request.asked_by,
)
_PUBLIC = (
    select(Contact.case_id, Contact.channel, Contact.public_value)
    .where(
        one_of_given(Contact.case_id, "ids"),
        Contact.consent == "public",
        Contact.public_value.is_not(None),
        _APPROVED,
    )
    .order_by(Contact.case_id, Contact.position, Contact.id)
)


async def public_contacts(
    session: ReadSession, ids: Sequence[str]
) -> dict[str, list[dict[str, str]]]:
    """Case -> its public contacts in their order; a case that has none is not named."""
    rows = await session.all(_PUBLIC, ids=ids)
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        shown = {"channel": row.channel, "value": row.public_value}
        found.setdefault(row.case_id, []).append(shown)
    return found
