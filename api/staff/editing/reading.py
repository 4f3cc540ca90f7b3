"""One case at the desk: as the editor has it, as it would be published now, and its history."""

from typing import Any

import orjson
from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from api.cases import query
from api.cases.writers import without_contacts
from api.db import ReadSession
from api.lang import Pair
from api.models import Alert, PublicCase, Waiting
from api.staff.contacts.storing import contacts_of
from api.staff.editing.schemas import Case, History, Preview
from api.staff.editing.stored import Stored, plain, read_stored
from api.staff.finishing import finished
from api.staff.queue.personal import described
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter()

LANGS = ("zh", "en")


@router.get("/staff/cases/{id}", response_model=Case, summary="One case at the desk")
async def read_case(id: str, work: Working) -> Response:
    """The working copy; likely personal data in its texts is named by place and kind."""
    async with work.desk.read() as session:
        body = await whole(session, await read_stored(session, id), work.acting.role)
    return answer(body)


@router.get("/staff/cases/{id}/preview", response_model=Preview, summary="As it would be public")
async def preview(id: str, work: Working) -> Response:
    """Summary and document as publishing would make them today; nothing is written."""
    renderer = Renderer(await work.reference.vocabulary())
    async with work.desk.read() as session:
        stored = await read_stored(session, id)
        (made,) = await finished(session, renderer, [stored.row], work.today)
    # A contact that was approved is not public before the case is.
    viewing = work.acting.role == "viewer"
    document = made.document.encode()
    if viewing:
        document = without_contacts(document)
    return answer({"summary": orjson.Fragment(made.summary), "document": orjson.Fragment(document)})


@router.get("/staff/cases/{id}/history", response_model=History, summary="Its public history")
async def read_history(id: str, work: Working) -> Response:
    """Every revision with the names of what changed and the public reason."""
    async with work.desk.read() as session:
        await read_stored(session, id)
        entries = await session.all(query.history(id))
    items = []
    for entry in entries:
        reason = Pair(entry.reason_zh, entry.reason_en)
        items.append(
            {
                "revision": entry.revision,
                "day": entry.day,
                "kind": entry.kind,
                "fields": entry.fields,
                "reason": reason.as_dict() if any(reason) else None,
            }
        )
    return answer({"items": items})


def answer(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")


async def whole(session: ReadSession, stored: Stored, role: str) -> dict[str, Any]:
    """C: every editable member, and what is told beside them. A viewer learns of no alert and of
    no contact."""
    row = stored.row
    members = plain(stored)
    sees_people = role != "viewer"
    beside = await session.first(
        select(
            select(Alert.id).where(Alert.case_id == row.id).order_by(Alert.id).limit(1)
            .scalar_subquery().label("alert"),
            select(Waiting.case_id).where(Waiting.case_id == row.id)
            .scalar_subquery().label("waiting"),
            select(PublicCase.published_on).where(PublicCase.id == row.id)
            .scalar_subquery().label("day"),
        )
    )  # fmt: skip
    assert beside is not None
    return {
        "id": row.id,
        "state": row.state,
        "edit": row.edit,
        "revision": row.revision,
        **members,
        "flags": row.flags,
        "from_alert": row.from_alert,
        "pending": row.state == "published" and row.edit != row.published_edit,
        "waiting": beside.waiting is not None,
        "alert": beside.alert if sees_people else None,
        "missing": missing(members),
        "contacts": await contacts_of(session, row.id) if sees_people else [],
        "personal": described(texts(members)),
        "published": beside.day and {"revision": row.revision, "day": beside.day},
    }


def missing(members: dict[str, Any]) -> list[str]:
    """What one language lacks and the other has; a title also where neither has one."""
    found = []
    for name in ("title", "text", "company"):
        text = members[name]
        for lang in LANGS:
            if not text[lang] and (name == "title" or any(text.values())):
                found.append(f"{name}.{lang}")
    return found


def texts(members: dict[str, Any]) -> dict[str, str]:
    """Every free text that becomes public, by the name of its field."""
    found = {f"{name}.{lang}": members[name][lang] for name in ("title", "text") for lang in LANGS}
    for number, reply in enumerate(members["replies"]):
        for name in ("text", "outcome"):
            for lang in LANGS:
                found[f"replies.{number}.{name}.{lang}"] = reply[name][lang]
    return {name: text for name, text in found.items() if text}
