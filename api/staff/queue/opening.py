"""GET /staff/alerts/{id}: what an alert says, on record; and where a text is likely personal."""

from typing import Any

import orjson
from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from api.alerts.bodies import answer
from api.alerts.reading import CLEAR, OpenedText, view
from api.errors import Problem
from api.ids import is_id
from api.models import Alert
from api.staff import audit
from api.staff.queue.personal import MASK, described, in_utf16, likely
from api.staff.queue.schemas import (
    AddedContent,
    AttachedFile,
    Content,
    LikelyAnswer,
    LikelyInField,
    LikelyPersonal,
    ListedAlert,
    OpenedAnswer,
    PersonalText,
    Value,
)
from api.staff.work import Working
from api.trouble import Trouble

router = APIRouter()
# To show them here would be to show contact details without anybody counting.
_CONTACTS = "contact_"
# What a box is longer than its content, before that is rounded up.
_AROUND = 100


@router.get("/staff/alerts/{id}", response_model=OpenedAnswer, summary="Open an alert")
async def open_alert(id: str, work: Working) -> Response:
    """What it says and what was added to it. Each look is in the audit trail."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await session.first(select(*CLEAR).where(Alert.id == id)) if is_id(id) else None
        try:
            if row is None:
                raise Problem("not-found")
            who = work.acting.name
            opened = await view(session, work.ring, id, who, work.today, files=False)
        except Trouble:
            raise Problem("not-found") from None
    texts = {"": opened.alert} | {f"additions.{n}.": a for n, a in enumerate(opened.additions)}
    told = {prefix: content_of(text) for prefix, text in texts.items()}
    personal = described(
        {
            f"{prefix}{field}": value
            for prefix, content in told.items()
            for field, value in (content.content or {}).items()
            if isinstance(value, str) and value != MASK
        }
    )
    body: dict[str, Any] = {
        **ListedAlert.of(row).model_dump(),
        **told[""].model_dump(),
        "additions": [
            AddedContent(received_on=text.received_on, **told[prefix].model_dump())
            for prefix, text in texts.items()
            if prefix
        ],
        "personal": [LikelyInField.model_validate(each) for each in personal],
    }
    return answer(OpenedAnswer.model_validate(body))


def content_of(text: OpenedText) -> Content:
    """A box's content as it is shown: flat, whatever somebody else's program has put into it."""
    return Content(
        content=None if text.content is None else _flat(text.content),
        unreadable=text.content is None and not text.emptied,
        attachments=[
            AttachedFile(
                id=file.id,
                kind=file.kind,
                size=max(file.size - _AROUND, 0),
                original=file.has_original,
            )
            for file in text.files
        ],
    )


def _flat(content: dict[str, Any]) -> dict[str, Value]:
    form = content.get("form")
    fields = form if isinstance(form, dict) else {k: v for k, v in content.items() if k != "v"}
    return {
        name: MASK if name.startswith(_CONTACTS) else _plain(value)
        for name, value in fields.items()
        if value is not None
    }


def _plain(value: Any) -> Value:
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    return orjson.dumps(value).decode()


@router.post("/staff/personal", response_model=LikelyAnswer, summary="Likely personal data")
async def find_personal(asked: PersonalText, work: Working) -> Response:
    """Where a text is likely personal, in UTF-16 code units. Nothing is stored."""
    found = in_utf16(asked.text, likely(asked.text))
    items = [LikelyPersonal.model_validate(each._asdict()) for each in found]
    return answer(LikelyAnswer(items=items))
