"""The citable history of one case, also after it was withdrawn."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.cases import query
from api.cases.cite import cite, with_cite
from api.cases.dependencies import NOT_MODIFIED, Id, Reading, problems
from api.cases.parameters import Asked
from api.cases.schemas import Revisions
from api.errors import Problem
from api.http import REVALIDATE, cached
from api.ids import is_id
from api.lang import Pair

router = APIRouter(tags=["cases"])


@router.get(
    "/cases/{id}/revisions",
    response_model=Revisions,
    responses=problems(404) | NOT_MODIFIED,
    summary="History of a case",
)
async def read_revisions(
    request: Request, id: Id, _: Annotated[Asked, Query()], reading: Reading
) -> Response:
    """Every revision with its day; documents are null where they have been taken back."""
    if not is_id(id):
        raise Problem("not-found")
    async with reading.database.read() as session:
        entries = await session.all(query.history(id))
        case = await session.first(query.document(id))
    if not entries:
        raise Problem("not-found")
    revisions = []
    for entry in entries:
        reason = Pair(entry.reason_zh, entry.reason_en)
        document = None
        if entry.document is not None:
            title = Pair(**orjson.loads(entry.document)["title"])
            citation = cite(
                reading.address, id, title, entry.revision, entry.day, demo=bool(case and case.demo)
            )
            document = orjson.Fragment(with_cite(entry.document.encode(), citation))
        revisions.append(
            {
                "revision": entry.revision,
                "change": entry.change,
                "day": entry.day,
                "kind": entry.kind,
                "fields": entry.fields,
                "reason": reason.as_dict() if any(reason) else None,
                "document": document,
            }
        )
    return cached(request, orjson.dumps({"id": id, "revisions": revisions}), policy=REVALIDATE)
