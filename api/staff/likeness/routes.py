"""GET /staff/cases/{id}/duplicates: which cases may tell of the same thing as one case."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import orjson
from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select
from starlette.responses import Response

from api.cases.schemas import Text
from api.db import AnyRow, ReadSession, one_of
from api.errors import Problem
from api.ids import is_id
from api.lang import Pair
from api.models import DeskCase
from api.reference import Vocabulary
from api.staff.editing.schemas import Item
from api.staff.editing.short import SHORT, short
from api.staff.likeness.candidates import candidates, read_one
from api.staff.likeness.sampling import Sample, sample_of
from api.staff.likeness.scoring import LEAST, Facts, Likeness, compare
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter(tags=["staff"])
MOST = 10
# What the importer flags: an exact repeat of another row of its file.
_REPEAT = "repeat"
_EXCERPT = 240


class Duplicate(BaseModel):
    """A case that may tell of the same thing, and why."""

    case: Item
    score: float = Field(ge=0, le=1, description="How likely it is; those below 0.5 are left out.")
    same: list[Literal["company", "place", "date", "amount", "text"]]
    excerpt: Text
    repeat: bool = Field(description="One is an exact repeat of the other in an imported file.")


class Duplicates(BaseModel):
    items: list[Duplicate]


@router.get(
    "/staff/cases/{id}/duplicates", response_model=Duplicates, summary="Possible duplicates"
)
async def list_duplicates(id: str, work: Working) -> Response:
    """The likeliest first, at most ten; also among published cases and drafts of other maps."""
    vocabulary = await work.reference.vocabulary()
    sample = await sample_of(work.desk)
    async with work.desk.read() as session:
        case = await read_one(session, id) if is_id(id) else None
        if case is None:
            raise Problem("not-found")
        found = await alike(session, case, vocabulary, sample)
        rows = await session.all(
            select(*SHORT).where(one_of(DeskCase.id, [row.id for row, _, _ in found]))
        )
    renderer = Renderer(vocabulary)
    items = {row.id: short(row, renderer) for row in rows}
    body = [
        {
            "case": items[row.id],
            "score": round(likeness.score, 3),
            "same": likeness.same,
            "excerpt": _excerpt(row).as_dict(),
            "repeat": repeat,
        }
        for row, likeness, repeat in found
        if row.id in items
    ]
    return Response(orjson.dumps({"items": body}), media_type="application/json")


async def alike(
    session: ReadSession, case: AnyRow, vocabulary: Vocabulary, sample: Sample
) -> Sequence[tuple[AnyRow, Likeness, bool]]:
    """The likeliest duplicates of `case`, best first, each with whether a file repeated it."""
    rows = await session.all(candidates(case, vocabulary.places, sample))
    facts = facts_of(case, vocabulary)
    found = []
    for row in rows:
        likeness = compare(facts, facts_of(row, vocabulary), sample.usual)
        repeat = _repeats(case, row)
        if repeat:
            # The same row twice in a file is known, not weighed.
            likeness = replace(likeness, score=1.0)
        if likeness.score >= LEAST:
            found.append((row, likeness, repeat))
    found.sort(key=lambda each: (-each[2], -each[1].score, each[0].id))
    return found[:MOST]


def facts_of(row: AnyRow, vocabulary: Vocabulary) -> Facts:
    """What is compared of a row with candidates.COLUMNS."""
    places, terms = vocabulary.places, vocabulary.terms
    placed = places.path(row.place) if places.get(row.place or "") else ()
    above = terms.path("industry", row.industry) if row.industry else ()
    return Facts(
        title=Pair(row.title_zh, row.title_en),
        text=Pair(row.text_zh, row.text_en),
        companies=[name for name in (row.company_zh, row.company_en) if name],
        path=tuple(place.code for place in placed),
        day=row.date,
        precision=row.date_precision,
        amount=row.amount_owed,
        industry=above[0].code if above and above[0].code != "other" else None,
        sketch=frozenset(row.sketch),
    )


def _repeats(one: AnyRow, other: AnyRow) -> bool:
    if _REPEAT not in one.flags and _REPEAT not in other.flags:
        return False
    names: Any = ("date", "title_zh", "title_en", "text_zh", "text_en")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _excerpt(row: AnyRow) -> Pair:
    texts = [text and text[:_EXCERPT] for text in (row.text_zh, row.text_en)]
    return Pair(*texts) if any(texts) else Pair(row.title_zh, row.title_en)
