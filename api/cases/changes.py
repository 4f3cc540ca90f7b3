"""What happened in the archive after a change number: for mirrors and caches."""

from datetime import date
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.parameters import Asked
from api.cases.reasons import REASONS
from api.cases.schemas import CaseId, Coded, Shape
from api.http import REVALIDATE, cached
from api.models import Archive, Revision, Withdrawn

router = APIRouter(tags=["cases"])

# int8, the type of the column.
MAX_CHANGE = 9_223_372_036_854_775_807


class ChangesQuery(Asked):
    since: int = Field(0, ge=0, le=MAX_CHANGE, description="The last change number you have.")
    limit: int = Field(500, ge=1, le=1000, description="Changes in one answer.")


class Change(Shape):
    """One change of one case. Read the case itself for its text."""

    change: int
    id: CaseId
    kind: Literal["published", "changed", "withdrawn", "merged"]
    revision: int
    day: date
    reason: Coded | None = Field(description="Why it was withdrawn.")
    merged_into: CaseId | None


class Changes(Shape):
    changes: list[Change]
    latest: int = Field(description="The archive's change number.")
    next: int | None = Field(description="`since` of the next answer; null when there is no more.")


@router.get(
    "/cases/changes",
    response_model=Changes,
    responses=problems() | NOT_MODIFIED,
    summary="Changes since a change number",
)
async def read_changes(
    request: Request, asked: Annotated[ChangesQuery, Query()], reading: Reading
) -> Response:
    """Changes in order, without gaps and without a date window, tombstones included."""
    statement = (
        select(
            Revision.change,
            Revision.case_id,
            Revision.kind,
            Revision.revision,
            Revision.day,
            Withdrawn.reason,
            Withdrawn.merged_into,
        )
        # A tombstone belongs to the change that withdrew the case, not to those before it.
        .outerjoin(
            Withdrawn,
            (Withdrawn.id == Revision.case_id) & Revision.kind.in_(("withdrawn", "merged")),
        )
        .where(Revision.change > asked.since)
        .order_by(Revision.change)
        .limit(asked.limit)
    )
    async with reading.database.snapshot() as session:
        rows = await session.all(statement)
        latest = await session.value(select(Archive.change))
    changes = [
        {
            "change": row.change,
            "id": row.case_id,
            "kind": row.kind,
            "revision": row.revision,
            "day": row.day,
            "reason": {"code": row.reason, **REASONS[row.reason].as_dict()} if row.reason else None,
            "merged_into": row.merged_into,
        }
        for row in rows
    ]
    following = changes[-1]["change"] if changes and changes[-1]["change"] < latest else None
    body = {"changes": changes, "latest": latest, "next": following}
    return cached(request, orjson.dumps(body), policy=REVALIDATE)
