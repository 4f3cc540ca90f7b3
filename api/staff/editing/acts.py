"""Publish, correct, withdraw, discard: each one transaction with its entry in the audit trail."""

from fastapi import APIRouter
from sqlalchemy import bindparam, delete, select, update
from starlette.responses import Response

from api.db import AnyRow, WriteSession, one_of
from api.errors import DETAILS, Problem
from api.ids import is_id
from api.lang import Pair
from api.models import DeskCase, Waiting
from api.staff import audit
from api.staff.batches import TAKEN_BACK, next_batch
from api.staff.editing.changing import refuse_stale, refuse_state
from api.staff.editing.content import Name
from api.staff.editing.reading import answer, whole
from api.staff.editing.schemas import (
    Case,
    PublicationsAnswer,
    PublicationsBody,
    PublishAnswer,
    PublishBody,
    WithdrawBody,
)
from api.staff.editing.stored import lock_stored, read_stored
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.work import Working

router = APIRouter()

_LOCKED = (DeskCase.id, DeskCase.state, DeskCase.edit, DeskCase.revision, DeskCase.from_alert)
_LOCK = (
    select(*_LOCKED, TAKEN_BACK.label("taken_back"))
    .where(DeskCase.id == bindparam("id"))
    .with_for_update(of=DeskCase.__table__)
)


@router.post("/staff/cases/{id}/publish", response_model=PublishAnswer, summary="Publish")
async def publish_case(id: str, asked: PublishBody, work: Working) -> Response:
    """A draft, or a published case anew as its next revision, which needs a public reason. What
    came from an alert waits for the next batch."""
    renderer = Renderer(await work.reference.vocabulary())
    reason = _reason(asked.reason)
    async with work.desk.transaction() as session:
        await audit.hold(session)
        row = await _locked(session, id)
        refuse_state(row, ("draft", "published"))
        if row.taken_back:
            raise Problem("wrong-state", extra={"state": row.state, "taken_back": True})
        if asked.edit != row.edit:
            await refuse_stale(session, work, await read_stored(session, id), asked.edit)
        if row.state == "published" and not any(reason):
            raise Problem("invalid-parameter", "reason", DETAILS["missing"])
        made = await publish(
            session,
            renderer,
            [id],
            actor=work.acting.name,
            day=work.today,
            reason=reason,
            forget=asked.forget,
        )
    return answer(
        {
            "state": "published" if made else "waiting",
            "revision": row.revision + made,
            "next_batch": None if made else next_batch(),
        }
    )


@router.post("/staff/publications", response_model=PublicationsAnswer, summary="Publish many")
async def publish_many(asked: PublicationsBody, work: Working) -> Response:
    """All of them in one transaction. Passed over: what is unknown, withdrawn, of an alert that
    was taken back or dismissed, or published already where no reason is given."""
    renderer = Renderer(await work.reference.vocabulary())
    reason = _reason(asked.reason)
    async with work.desk.transaction() as session:
        await audit.hold(session)
        rows = await session.all(
            select(*_LOCKED, TAKEN_BACK.label("taken_back"))
            .where(one_of(DeskCase.id, asked.ids))
            .order_by(DeskCase.id)
            .with_for_update(of=DeskCase.__table__)
        )
        states = ("draft", "published") if any(reason) else ("draft",)
        rows = [row for row in rows if row.state in states and not row.taken_back]
        ids = [row.id for row in rows]
        await publish(session, renderer, ids, actor=work.acting.name, day=work.today, reason=reason)
    late = {row.id for row in rows if row.from_alert}
    done = set(ids) - late
    asked_ids = list(dict.fromkeys(asked.ids))
    return answer(
        {
            "published": [case_id for case_id in asked_ids if case_id in done],
            "waiting": [case_id for case_id in asked_ids if case_id in late],
            "passed_over": [i for i in asked_ids if i not in done and i not in late],
        }
    )


@router.post("/staff/cases/{id}/withdraw", response_model=Case, summary="Withdraw")
async def withdraw_case(id: str, asked: WithdrawBody, work: Working) -> Response:
    """At once, for good: a tombstone stays, and every earlier document is nulled."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        refuse_state(await _locked(session, id), ("published",))
        await withdraw(session, id, reason=asked.reason, actor=work.acting.name, day=work.today)
        body = await whole(session, await read_stored(session, id), work.acting.role)
    return answer(body)


@router.post("/staff/cases/{id}/discard", response_model=Case, summary="Discard a draft")
async def discard_case(id: str, work: Working) -> Response:
    """It was never public, so nothing public tells of it."""
    async with work.desk.transaction() as session:
        await audit.hold(session)
        refuse_state((await lock_stored(session, id)).row, ("draft",))
        await discard(session, id)
        await audit.append(session, work.acting.name, work.today, [audit.Act("discard", id)])
        body = await whole(session, await read_stored(session, id), work.acting.role)
    return answer(body)


async def discard(session: WriteSession, case_id: str) -> None:
    """Puts a locked draft aside. The caller audits."""
    aside = update(DeskCase).where(DeskCase.id == case_id).values(state="withdrawn")
    await session.execute(aside)
    await session.execute(delete(Waiting).where(Waiting.case_id == case_id))


async def _locked(session: WriteSession, case_id: str) -> AnyRow:
    row = None
    if is_id(case_id):
        row = await session.first(_LOCK, id=case_id)
    if row is None:
        raise Problem("not-found")
    return row


def _reason(given: Name | None) -> Pair:
    return Pair(None, None) if given is None else Pair(given.zh, given.en)
