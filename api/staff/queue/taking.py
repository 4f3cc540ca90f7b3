"""POST /staff/alerts/{id}/case: an alert becomes the draft of a case, its contacts sealed anew."""

import asyncio

from fastapi import APIRouter
from sqlalchemy import update
from starlette.responses import Response

from api.alerts.bodies import answer
from api.alerts.reading import open_alert
from api.errors import Problem
from api.ids import new_id
from api.models import Alert
from api.places.geocoder import load_geocoder
from api.staff import audit
from api.staff.contacts.storing import keep
from api.staff.queue.deciding import locked
from api.staff.queue.drafting import contacts_of, draft_of, filled
from api.staff.queue.schemas import MadeCase
from api.staff.work import Working
from api.staff.writing import write_drafts

router = APIRouter()
_OPEN = ("received", "checking")


@router.post(
    "/staff/alerts/{id}/case",
    response_model=MadeCase,
    status_code=201,
    summary="Make a draft case from an alert",
)
async def make_case(id: str, work: Working) -> Response:
    """Once: the codes of the form, its story with ■■■ for what is likely personal, and its contact
    details each in a box of their own. The alert is being checked from then on. 409 where its
    content is gone or does not open."""
    vocabulary = await work.reference.vocabulary()
    # Its names take a while to be read, the first time.
    geocoder = await asyncio.to_thread(load_geocoder)
    case = new_id()
    async with work.desk.transaction() as session:
        await audit.hold(session)
        # From here on the sender cannot take it back under our hands.
        row = await locked(session, id, _OPEN)
        if row.case_id is not None:
            raise Problem("wrong-state", extra={"state": row.state, "case_id": row.case_id})
        opened = await open_alert(session, work.ring, id, files=False)
        content = opened.alert.content
        if content is None:
            raise Problem("wrong-state" if opened.alert.emptied else "cannot-open")
        form = content.get("form")
        form = form if isinstance(form, dict) else {}
        draft = draft_of(case, form, opened.row.received_on, vocabulary, geocoder)
        await write_drafts(session, vocabulary.places, [draft])
        reached = contacts_of(form)
        for channel, value, consent in reached:
            await keep(session, work.lock, case, channel, value, consent, alert_id=id)
        taken = {"case_id": case, "state": "checking", "flagged": False}
        if row.state != "checking":
            taken["changed_on"] = work.today
        await session.execute(update(Alert).where(Alert.id == id).values(taken))
        names = filled(draft) + (["contacts"] if reached else [])
        acts = [audit.Act("alert.take", id, ["case_id", "state"]), audit.Act("create", case, names)]
        await audit.append(session, work.acting.name, work.today, acts)
    return answer(MadeCase(id=case), 201)
