"""The door: what writes the published copies, their history and their tombstones.

Each function runs inside the caller's transaction, so that what it does is public whole or not
at all. Rendering is in rendering.py, new labels on old cases in relabelling.py; nothing else
writes what is public. Who may call what is the caller's business.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby, islice

import orjson
from sqlalchemy import delete, insert, select, update

from api.cases.reasons import REASONS, Reason
from api.db import AnyRow, WriteSession, one_of, point_bytes
from api.lang import Pair
from api.models import Archive, DeskCase, PublicCase, Reply, Revision, Source, Withdrawn
from api.models.cases import CaseColumns
from api.staff import audit
from api.staff.rendering import Renderer

# Cases rendered and copied at a time: enough for COPY to pay, little enough to hold in memory.
BATCH = 2_000

Progress = Callable[[int], None]
NO_REASON = Pair(None, None)

_IN_BOTH = CaseColumns.__annotations__
_SHARED = [column.name for column in DeskCase.__table__.columns if column.name in _IN_BOTH]
READ = (
    *(column for column in DeskCase.__table__.columns if column.name != "point"),
    DeskCase.point.ST_X().label("lon"),
    DeskCase.point.ST_Y().label("lat"),
)
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
    "case_id",
    "revision",
    "change",
    "day",
    "kind",
    "fields",
    "reason_zh",
    "reason_en",
    "document",
)


async def next_changes(session: WriteSession, count: int) -> int:
    """Takes `count` change numbers and answers the first; the archive is locked until commit."""
    statement = update(Archive).values(change=Archive.change + count).returning(Archive.change)
    return int(await session.returned(statement)) - count + 1


async def publish(
    session: WriteSession,
    renderer: Renderer,
    ids: Iterable[str],
    *,
    actor: str,
    day: date,
    reason: Pair = NO_REASON,
    progress: Progress = lambda _: None,
) -> int:
    """Publishes drafts, and published cases anew as their next revision (with its `reason`).

    Withdrawn cases and unknown ids are passed over. Answers how many were published; `progress`
    is told after each batch.
    """
    published = 0
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        cases = await session.all(
            select(*READ)
            .where(one_of(DeskCase.id, batch), DeskCase.state != "withdrawn")
            .order_by(DeskCase.date, DeskCase.id)
        )
        if cases:
            await _publish_batch(session, renderer, cases, actor, day, reason)
        published += len(cases)
        progress(published)
    return published


async def _publish_batch(
    session: WriteSession,
    renderer: Renderer,
    cases: Sequence[AnyRow],
    actor: str,
    day: date,
    reason: Pair,
) -> None:
    ids = [case.id for case in cases]
    before = await _documents(session, [case.id for case in cases if case.revision])
    finished = await rendered(session, renderer, cases, {case.id: day for case in cases}, 1)
    first = await next_changes(session, len(cases))
    public, history, acts = [], [], []
    for change, (case, (summary, document)) in enumerate(zip(cases, finished, strict=True), first):
        revision = case.revision + 1
        point = None if case.lon is None else point_bytes(case.lon, case.lat)
        shared = [point if name == "point" else getattr(case, name) for name in _SHARED]
        titles = (case.title_zh, case.title_en)
        public.append((*shared, *titles, summary, document, revision, change, day))
        fields = _changed(before[case.id], document) if case.id in before else []
        kind = "changed" if case.id in before else "published"
        history.append((case.id, revision, change, day, kind, fields, *reason, document))
        acts.append(audit.Act("publish", case.id, fields))
    if before:
        await session.execute(delete(PublicCase).where(one_of(PublicCase.id, list(before))))
    await session.copy("pub.cases", _PUBLIC, public)
    await session.copy("pub.revisions", _HISTORY, history)
    await session.execute(
        update(DeskCase)
        .where(one_of(DeskCase.id, ids))
        .values(state="published", revision=DeskCase.revision + 1)
    )
    await audit.append(session, actor, day, acts)


async def rendered(
    session: WriteSession,
    renderer: Renderer,
    cases: Sequence[AnyRow],
    days: dict[str, date],
    step: int,
) -> list[tuple[str, str]]:
    """Summary and document of each case, at its revision plus `step`, published on its day."""
    ids = [case.id for case in cases]
    sources = await _by_case(session, Source, ids)
    replies = await _by_case(session, Reply, ids)
    return [
        renderer.render(
            case,
            sources.get(case.id, ()),
            replies.get(case.id, ()),
            case.revision + step,
            days[case.id],
        )
        for case in cases
    ]


async def _by_case(
    session: WriteSession, model: type[Source] | type[Reply], ids: Sequence[str]
) -> dict[str, list[AnyRow]]:
    rows = await session.all(
        select(model.__table__)
        .where(one_of(model.case_id, ids))
        .order_by(model.case_id, model.position)
    )
    return {case_id: list(group) for case_id, group in groupby(rows, lambda row: row.case_id)}


async def _documents(session: WriteSession, ids: Sequence[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = await session.all(
        select(PublicCase.id, PublicCase.document).where(one_of(PublicCase.id, ids))
    )
    return {row.id: row.document for row in rows}


def _changed(before: str, after: str) -> list[str]:
    """The names of the members that differ between two documents."""
    old, new = orjson.loads(before), orjson.loads(after)
    names = old.keys() | new.keys()
    return sorted(names - {"revision", "updated"} - {n for n in names if old.get(n) == new.get(n)})


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

    Every earlier document of the case is nulled in the same transaction; number, day and reason
    stay. Raises LookupError where the case is not published.
    """
    case = await session.first(
        select(DeskCase.revision)
        .where(DeskCase.id == case_id, DeskCase.state == "published")
        .with_for_update()
    )
    if case is None:
        raise LookupError(f"{case_id} is not published")
    words = REASONS[reason]
    await session.execute(delete(PublicCase).where(PublicCase.id == case_id))
    earlier = update(Revision).where(Revision.case_id == case_id)
    await session.execute(earlier.values(document=None, fields=[]))
    await session.execute(
        insert(Revision).values(
            case_id=case_id,
            revision=case.revision + 1,
            change=await next_changes(session, 1),
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
        .values(state="withdrawn", revision=case.revision + 1)
    )
    await audit.append(session, actor, day, [audit.Act("withdraw", case_id)])
