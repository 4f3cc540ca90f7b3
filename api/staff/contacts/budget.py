"""How many contact details one account may look at in a day, and what happens beyond."""

from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from api.db import WriteSession
from api.models import ContactView, StaffAccount
from api.staff import audit
from api.staff.access.acting import Acting

DAILY = 50


async def spend(session: WriteSession, who: Acting, day: date) -> bool:
    """Counts one look. False where there is none left: then, or before, the account is locked.

    To be committed in either case: the lock and its entry in the audit trail are the alarm.
    """
    # One after the other, so that fifty at once are fifty; logins do not wait for this lock.
    account = await session.first(
        select(StaffAccount.locked).where(StaffAccount.id == who.id).with_for_update(key_share=True)
    )
    if account is None or account.locked:
        return False
    count = await session.returned(
        insert(ContactView)
        .values(staff_id=who.id, day=day, count=1)
        .on_conflict_do_update(
            index_elements=[ContactView.staff_id, ContactView.day],
            set_={"count": func.least(ContactView.count, DAILY) + 1},
        )
        .returning(ContactView.count)
    )
    if count <= DAILY:
        return True
    await session.execute(update(StaffAccount).where(StaffAccount.id == who.id).values(locked=True))
    await audit.append(session, who.name, day, [audit.Act("contact.budget", who.name, ["locked"])])
    return False


async def renew(session: WriteSession, staff_id: str, day: date) -> None:
    """A fresh budget for `day`: an admin has looked why it was spent, and unlocks the account."""
    await session.execute(
        update(ContactView)
        .where(ContactView.staff_id == staff_id, ContactView.day == day)
        .values(count=0)
    )
