"""GET /staff/unmatched, PUT and GET /staff/mappings: what imports said, and the terms they mean."""

import base64
import binascii
from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from starlette.requests import Request

from api.cases.schemas import Day
from api.errors import Problem
from api.models import DeskCase, Mapping
from api.staff import audit
from api.staff.mapping.unmatched import START, Place, guess, read_mappings, read_unmatched
from api.staff.mapping.working import states_it
from api.staff.work import Working
from api.terms.vocabulary import Kind

router = APIRouter(tags=["staff"])
# As long as an import takes a cell.
_LONGEST = 100_000


class Unmatched(BaseModel):
    """A wording that no term matches, and in how many cases it stands."""

    kind: str
    stated: str
    count: int
    guess: str | None = Field(description="The term that looks most like it, where one does.")


class UnmatchedPage(BaseModel):
    total: int
    items: list[Unmatched]
    next: str | None


class MappingIn(BaseModel):
    """`stated` as it stands in the list, character for character."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    stated: str = Field(min_length=1, max_length=_LONGEST)
    code: str = Field(min_length=1, max_length=100)


class Left(BaseModel):
    left: int = Field(description="Rows that the mapping has still to reach.")


class MappingInfo(Left):
    kind: str
    stated: str
    code: str
    made_by: str
    made_on: Day


class Mappings(BaseModel):
    items: list[MappingInfo]


@router.get("/staff/unmatched", summary="Wordings without a term")
async def list_unmatched(
    work: Working,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> UnmatchedPage:
    """What imports stated and no term matches, the most frequent first."""
    vocabulary = await work.reference.vocabulary()
    after = START if cursor is None else _decoded(cursor)
    async with work.desk.read() as session:
        rows = await read_unmatched(session, kind, after, limit + 1)
    items = [
        Unmatched(
            kind=row.kind,
            stated=row.stated,
            count=row.cases,
            guess=guess(vocabulary, row.kind, row.stated),
        )
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    following = None if last is None else _encoded((-last.cases, last.kind, last.mark))
    return UnmatchedPage(total=rows[0].total if rows else 0, items=items, next=following)


@router.put("/staff/mappings", status_code=202, summary="Give a wording a term")
async def put_mapping(request: Request, body: MappingIn, work: Working) -> Left:
    """For all rows that state it, some hundred at a time, and for imports to come. Published cases
    get a revision. A second mapping of the same wording does not undo the first."""
    vocabulary = await work.reference.vocabulary()
    if not vocabulary.knows(body.kind, body.code):
        raise Problem("unknown-code", "code")
    values = {"code": body.code, "made_by": work.acting.name, "made_on": work.today}
    row = insert(Mapping).values(kind=body.kind, stated=body.stated, **values)
    async with work.desk.transaction() as session:
        await session.execute(
            row.on_conflict_do_update(index_elements=[Mapping.kind, Mapping.stated], set_=values)
        )
        act = audit.Act("mapping", f"{body.kind}/{body.code}")
        await audit.append(session, work.acting.name, work.today, [act])
        left = await session.value(
            select(func.count()).select_from(DeskCase).where(states_it(body.kind, body.stated))
        )
    request.app.state.backlog.set()
    return Left(left=left)


@router.get("/staff/mappings", summary="Mapped wordings")
async def list_mappings(work: Working) -> Mappings:
    """All of them, the newest first; `left` is how far they have got."""
    async with work.desk.read() as session:
        rows = await read_mappings(session)
    return Mappings(items=[MappingInfo.model_validate(dict(row._mapping)) for row in rows])


def _encoded(place: Place) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def _decoded(cursor: str) -> Place:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        count, kind, mark = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error):
        raise Problem("invalid-cursor", "cursor") from None
    if not (type(count) is int and abs(count) < 2**62 and type(kind) is type(mark) is str):
        raise Problem("invalid-cursor", "cursor")
    return count, kind, mark
