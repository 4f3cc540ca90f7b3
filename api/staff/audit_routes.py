"""The audit trail at the desk: read backwards from its end, and checked as a whole."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import select

from api.models import AuditEntry
from api.staff.verifying import check
from api.staff.work import Working

router = APIRouter(tags=["staff"])
Word = Annotated[str | None, Query(min_length=1, max_length=100)]


class EntryShown(BaseModel):
    """One act: ids and names of fields, never values."""

    number: int
    day: date
    actor: str
    act: str
    subject: str
    fields: list[str]


class Trail(BaseModel):
    items: list[EntryShown]
    next: int | None = Field(description="`before` of the next page; null at the first entry.")


class Verified(BaseModel):
    """Whether every entry continues the one before it."""

    entries: int = Field(description="How many do, from the first on.")
    broken: int | None = Field(description="Number of the first entry that does not.")


@router.get("/staff/audit", response_model=Trail, summary="The audit trail")
async def read_trail(
    work: Working,
    subject: Word = None,
    actor: Word = None,
    act: Word = None,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The newest entries first, by subject, actor and act."""
    question = select(*(c for c in AuditEntry.__table__.columns if c.name != "hash"))
    for column, value in (
        (AuditEntry.subject, subject),
        (AuditEntry.actor, actor),
        (AuditEntry.act, act),
    ):
        if value is not None:
            question = question.where(column == value)
    if before is not None:
        question = question.where(AuditEntry.number < before)
    question = question.order_by(AuditEntry.number.desc()).limit(limit + 1)
    async with work.desk.read() as session:
        rows = await session.all(question)
    shown = [dict(row._mapping) for row in rows[:limit]]
    return {"items": shown, "next": shown[-1]["number"] if len(rows) > limit else None}


@router.post("/staff/audit/verify", response_model=Verified, summary="Check the audit trail")
async def verify_trail(work: Working) -> dict[str, int | None]:
    """Reads all of it once; `./qiuzhu audit verify` does the same without the desk."""
    async with work.desk.snapshot() as session:
        checked = await check(session)
    return {"entries": checked.entries, "broken": checked.broken}
