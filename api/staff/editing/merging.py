"""Two cases that are one: what only one of them names goes over, and its id leads to the other."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import update
from starlette.responses import Response

from api.errors import Problem
from api.lang import Pair
from api.models import Alert, Withdrawn
from api.staff import audit
from api.staff.contacts.storing import hand_over
from api.staff.editing.acts import discard
from api.staff.editing.changing import refuse_stale, refuse_state, write
from api.staff.editing.content import Content
from api.staff.editing.reading import answer, whole
from api.staff.editing.schemas import Case, MergeBody
from api.staff.editing.stored import Stored, lock_stored, plain, read_stored
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter()

REASON = Pair("并入了同一事件的案例", "A case about the same matter was merged into this one")


@router.post("/staff/cases/{id}/merge", response_model=Case, summary="Merge into another case")
async def merge_case(id: str, asked: MergeBody, work: Working) -> Response:
    """Sources, replies and contacts go over without repeats; this case is withdrawn, and where it
    was public its id answers with the other one. Answers the other one."""
    if asked.into == id:
        raise Problem("invalid-parameter", "into")
    vocabulary = await work.reference.vocabulary()
    actor, day = work.acting.name, work.today
    async with work.desk.transaction() as session:
        await audit.hold(session)
        both = {
            case_id: await lock_stored(session, case_id) for case_id in sorted((id, asked.into))
        }
        this, into = both[id], both[asked.into]
        refuse_state(this.row, ("draft", "published"))
        await refuse_stale(session, work, this, asked.edit)
        _refuse_target(this, into)
        members = _joined(plain(this), plain(into))
        names = sorted(name for name, value in members.items() if value != plain(into)[name])
        if names:
            content = Content.model_validate(members)
            alerted = this.row.from_alert or into.row.from_alert
            await write(session, vocabulary.places, asked.into, content, True, from_alert=alerted)
            await audit.append(session, actor, day, [audit.Act("merge", asked.into, names)])
        await hand_over(session, id, asked.into, actor=actor, day=day)
        # What led here, and who is told of this case, goes on to the other one.
        led = update(Withdrawn).where(Withdrawn.merged_into == id)
        await session.execute(led.values(merged_into=asked.into))
        told = update(Alert).where(Alert.case_id == id)
        await session.execute(told.values(case_id=asked.into))
        if this.row.state == "published":
            await withdraw(
                session, id, reason="duplicate", actor=actor, day=day, merged_into=asked.into
            )
        else:
            await discard(session, id)
            await audit.append(session, actor, day, [audit.Act("merge", id)])
        if names and into.row.state == "published":
            renderer = Renderer(vocabulary)
            await publish(session, renderer, [asked.into], actor=actor, day=day, reason=REASON)
        stored = await read_stored(session, asked.into)
        body = await whole(session, stored, work.acting.role)
    return answer(body)


def _refuse_target(this: Stored, into: Stored) -> None:
    """A public id cannot lead to what is not public; and edits that nobody has published do not
    become public because something is merged into their case."""
    row = into.row
    refuse_state(row, ("published",) if this.row.state == "published" else ("draft", "published"))
    if row.state == "published" and row.edit != row.published_edit:
        raise Problem("wrong-state", extra={"state": row.state, "pending": True})


def _joined(this: dict[str, Any], into: dict[str, Any]) -> dict[str, Any]:
    """The members of `into` with the sources and replies that only `this` has."""
    addresses = {source["url"] for source in into["sources"] if source["url"]}
    sources = [
        source
        for source in this["sources"]
        if source not in into["sources"] and source["url"] not in addresses
    ]
    replies = [reply for reply in this["replies"] if reply not in into["replies"]]
    return {
        **into,
        "sources": [*into["sources"], *sources],
        "replies": [*into["replies"], *replies],
    }
