"""New cases and saved edits; nothing of it is public before somebody publishes it."""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from api.alerts.forms import problem_of
from api.errors import DETAILS, Problem
from api.ids import new_id
from api.staff import audit
from api.staff.editing.changing import refuse_stale, refuse_state, write
from api.staff.editing.content import Content, check_codes
from api.staff.editing.reading import answer, whole
from api.staff.editing.schemas import Case, Save
from api.staff.editing.stored import draft_of, lock_stored, plain, read_stored
from api.staff.placing import is_finer
from api.staff.work import Working
from api.staff.writing import write_drafts

router = APIRouter()

_PARTS = {"sources", "replies"}


@router.post("/staff/cases", response_model=Case, status_code=201, summary="A new draft")
async def create_case(content: Content, work: Working) -> Response:
    vocabulary = await work.reference.vocabulary()
    names = set(content.model_fields_set)
    check_codes(content, vocabulary, names)
    case_id = new_id()
    async with work.desk.transaction() as session:
        await audit.hold(session)
        await write_drafts(session, vocabulary.places, [draft_of(case_id, content)])
        act = audit.Act("create", case_id, sorted(names))
        await audit.append(session, work.acting.name, work.today, [act])
        body = await whole(session, await read_stored(session, case_id), work.acting.role)
    return answer(body, 201)


@router.put("/staff/cases/{id}", response_model=Case, summary="Save an edit")
async def save_case(id: str, given: Save, work: Working) -> Response:
    """Members that are left out stay as they are. Whoever began from an older edit is told what was
    changed since, and nothing is overwritten."""
    vocabulary = await work.reference.vocabulary()
    sent = {name: value for name, value in given.plain().items() if name != "edit"}
    sent = {name: value for name, value in sent.items() if name in given.model_fields_set}
    async with work.desk.transaction() as session:
        await audit.hold(session)
        stored = await lock_stored(session, id)
        refuse_state(stored.row, ("draft", "published"))
        await refuse_stale(session, work, stored, given.edit, sent)
        before = plain(stored)
        content = _merged(before, sent)
        after = content.plain()
        names = sorted(name for name, value in after.items() if value != before[name])
        check_codes(content, vocabulary, set(names))
        if stored.row.allowed is not None and is_finer(content.shown, stored.row.allowed):
            raise Problem("invalid-parameter", "shown", DETAILS["finer_than_allowed"])
        if names:
            parts = not _PARTS.isdisjoint(names)
            await write(session, vocabulary.places, id, content, parts)
            act = audit.Act("edit", id, names)
            await audit.append(session, work.acting.name, work.today, [act])
            stored = await read_stored(session, id)
        body = await whole(session, stored, work.acting.role)
    return answer(body)


def _merged(before: dict[str, Any], sent: dict[str, Any]) -> Content:
    try:
        return Content.model_validate({**before, **sent}).shown_only()
    except ValidationError as error:
        raise problem_of(error) from None
