"""The door: what writes the published copies, their history and their tombstones.

Each function runs inside the caller's transaction, so that what it does is public whole or not
at all. What a case says is made in finishing.py, new labels on old cases in relabelling.py, batches
in batches.py. Who may call what is the caller's business.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, delete, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from api.cases.reasons import REASONS, Reason
from api.db import AnyRow, WriteSession, one_of, one_of_given
from api.lang import Pair
from api.models import Archive, DeskCase, PublicCase, Revision, Waiting, Withdrawn
from api.models.cases import CaseColumns
from api.staff import audit, posting
from api.staff.contacts.storing import conceal
from api.staff.differences import changed, takes_back
from api.staff.finishing import READ, finished
from api.staff.putting import put
from api.staff.rendering import Renderer

# Cases rendered and copied at a time: enough for COPY to pay, little enough to hold in memory.
BATCH = 2_000

Progress = Callable[[int], None]
NO_REASON = Pair(None, None)

_IN_BOTH = CaseColumns.__annotations__
_SHARED = [column.name for column in DeskCase.__table__.columns if column.name in _IN_BOTH]
_PUBLIC = (
    *_SHARED,
    "title_zh",
    "title_en",
    "summary",
    "document",
    "revision",
    "change",
    "published_on",
)
_HISTORY = (
    "case_id", "revision", "change", "day", "kind", "fields", "reason_zh", "reason_en", "document",
)  # fmt: skip
_PUBLISHABLE = (
    select(*READ)
    .where(one_of_given(DeskCase.id, "ids"), DeskCase.state != "withdrawn")
    .order_by(DeskCase.date, DeskCase.id)
)
# Cases whose rows already say what they will be.
_WRITTEN = _PUBLISHABLE.with_only_columns(
    *(literal(0).label("revision") if column.name == "revision" else column for column in READ)
)
_IS_PUBLIC = (
    update(DeskCase)
    .where(one_of_given(DeskCase.id, "ids"))
    .values(state="published", revision=DeskCase.revision + 1, published_edit=DeskCase.edit)
)
_MOVE_ON = (
    update(Archive)
    .values(change=Archive.change + bindparam("count", type_=BigInteger))
    .returning(Archive.change)
)


async def next_changes(session: WriteSession, count: int) -> int:
    """Takes `count` change numbers and answers the first; the archive is locked until commit."""
    return int(await session.returned(_MOVE_ON, count=count)) - count + 1


class Wish(NamedTuple):
    """Who wants a case public, and what is said to the public for it."""

    actor: str
    reason: Pair


async def publish(
    session: WriteSession,
    renderer: Renderer,
    ids: Iterable[str],
    *,
    actor: str,
    day: date,
    reason: Pair = NO_REASON,
    forget: bool = False,
    written: bool = False,
    progress: Progress = lambda _: None,
) -> int:
    """Publishes drafts, and published cases anew as their next revision (with its `reason`).

    Withdrawn cases and unknown ids are passed over; cases that came from an alert are put off to
    the next batch. `forget` nulls the earlier documents, which happens anyway where the new one
    shows a place less exactly or a contact no more. `written` are those that this transaction wrote
    as published. Answers how many were published; `progress` is told after each batch of work.
    """
    await audit.hold(session)
    wish = Wish(actor, reason)
    published = 0
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        cases = await session.all(_WRITTEN if written else _PUBLISHABLE, ids=batch)
        now = [case for case in cases if not case.from_alert]
        if len(now) < len(cases):
            await put_off(session, [case.id for case in cases if case.from_alert], wish, day)
        if now:
            wishes = {case.id: wish for case in now}
            await _publish_batch(session, renderer, now, wishes, day, forget=forget)
            if not written:
                await session.execute(_IS_PUBLIC, [{"ids": list(wishes)}])
        published += len(now)
        progress(published)
    return published


async def publish_waiting(
    session: WriteSession, renderer: Renderer, wishes: Mapping[str, Wish], day: date
) -> int:
    """Publishes what was put off; for batches.py alone. Answers how many were published."""
    cases = await session.all(_PUBLISHABLE, ids=list(wishes))
    if cases:
        await _publish_batch(session, renderer, cases, wishes, day)
        await session.execute(_IS_PUBLIC, [{"ids": [case.id for case in cases]}])
    await session.execute(delete(Waiting).where(one_of(Waiting.case_id, list(wishes))))
    return len(cases)


async def put_off(session: WriteSession, ids: Sequence[str], wish: Wish, day: date) -> None:
    """Has cases wait for the next batch; the last wish for each is the one that counts."""
    words = {"actor": wish.actor, "reason_zh": wish.reason.zh, "reason_en": wish.reason.en}
    for case_id in ids:
        row = upsert(Waiting).values(case_id=case_id, **words)
        await session.execute(
            row.on_conflict_do_update(index_elements=[Waiting.case_id], set_=words)
        )
    await audit.append(session, wish.actor, day, [audit.Act("wait", case_id) for case_id in ids])


async def _publish_batch(
    session: WriteSession,
    renderer: Renderer,
    cases: Sequence[AnyRow],
    wishes: Mapping[str, Wish],
    day: date,
    *,
    forget: bool = False,
) -> None:
    before = await _public(session, [case.id for case in cases if case.revision])
    made = await finished(session, renderer, cases, day)
    first = await next_changes(session, len(cases))
    public, history, acts = [], [], []
    gone = list(before) if forget else []
    for change, (case, done) in enumerate(zip(cases, made, strict=True), first):
        revision = case.revision + 1
        shown = done.shown
        shared = [shown[n] if n in shown else getattr(case, n) for n in _SHARED]
        titles = (case.title_zh, case.title_en)
        public.append((*shared, *titles, done.summary, done.document, revision, change, day))
        fields, kind = [], "published"
        if case.id in before:
            fields, kind = changed(before[case.id].document, done.document), "changed"
            if not forget and takes_back(before[case.id], done):
                gone.append(case.id)
        wish = wishes[case.id]
        history.append((case.id, revision, change, day, kind, fields, *wish.reason, done.document))
        acts.append((wish.actor, audit.Act("publish", case.id, fields)))
    if before:
        await posting.replace(session, before)
        await session.execute(delete(PublicCase).where(one_of(PublicCase.id, list(before))))
    if gone:
        await posting.forget(session, gone)
        nulled = update(Revision).where(one_of(Revision.case_id, gone)).values(document=None)
        await session.execute(nulled)
    await put(session, PublicCase.__table__, _PUBLIC, public)
    await put(session, Revision.__table__, _HISTORY, history)
    for actor, own in groupby(acts, lambda pair: pair[0]):
        await audit.append(session, actor, day, [act for _, act in own])


async def _public(session: WriteSession, ids: Sequence[str]) -> dict[str, AnyRow]:
    if not ids:
        return {}
    rows = await session.all(
        select(PublicCase.id, PublicCase.document, PublicCase.exact).where(
            one_of(PublicCase.id, ids)
        )
    )
    return {row.id: row for row in rows}


async def withdraw(
    session: WriteSession,
    case_id: str,
    *,
    reason: Reason,
    actor: str,
    day: date,
    merged_into: str | None = None,
) -> None:
    """Takes a published case back, leaving its tombstone; with `merged_into` its id leads there.

    Every earlier document of the case is nulled in the same transaction, with the words that staff
    found for its corrections; numbers and days stay. Raises LookupError where it is not published.
    """
    await audit.hold(session)
    case = await session.first(
        select(DeskCase.revision)
        .where(DeskCase.id == case_id, DeskCase.state == "published")
        .with_for_update()
    )
    if case is None:
        raise LookupError(f"{case_id} is not published")
    words = REASONS[reason]
    # The archive is locked before anything is taken out of what is searched.
    change = await next_changes(session, 1)
    await posting.replace(session, [case_id])
    await posting.forget(session, [case_id])
    await session.execute(delete(PublicCase).where(PublicCase.id == case_id))
    earlier = update(Revision).where(Revision.case_id == case_id)
    await session.execute(earlier.values(document=None, fields=[], reason_zh=None, reason_en=None))
    await session.execute(
        insert(Revision).values(
            case_id=case_id,
            revision=case.revision + 1,
            change=change,
            day=day,
            kind="merged" if merged_into else "withdrawn",
            reason_zh=words.zh,
            reason_en=words.en,
        )
    )
    await session.execute(
        insert(Withdrawn).values(id=case_id, day=day, reason=reason, merged_into=merged_into)
    )
    await session.execute(
        update(DeskCase)
        .where(DeskCase.id == case_id)
        .values(state="withdrawn", revision=case.revision + 1, has_contact=False)
    )
    await conceal(session, case_id)
    await session.execute(delete(Waiting).where(Waiting.case_id == case_id))
    await audit.append(session, actor, day, [audit.Act("withdraw", case_id)])
