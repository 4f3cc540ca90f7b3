"""How a working copy is changed: under a lock, from the edit it was begun with, and written down.

Two editors of one case: the second is told what the first one changed, and nothing is overwritten.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from api.db import AnyRow, ReadSession, WriteSession
from api.errors import Problem
from api.models import AuditEntry, DeskCase, Reply, Source, Waiting
from api.places.gazetteer import Gazetteer
from api.staff.editing.content import Content
from api.staff.editing.reading import whole
from api.staff.editing.stored import Stored, draft_of, plain
from api.staff.work import Work
from api.staff.writing import columns_of, write_exchange

# Acts that count as one edit of their subject, with the names of the members they changed.
EDITS = ("edit", "merge", "map")
# Decided when the case was made.
_KEPT = {"id", "demo", "flags", "from_alert"}


def refuse_state(row: AnyRow, states: Sequence[str]) -> None:
    """Raises Problem "wrong-state" unless the case is in one of `states`."""
    if row.state not in states:
        raise Problem("wrong-state", extra={"state": row.state})


async def refuse_stale(
    session: ReadSession, work: Work, stored: Stored, edit: int, given: dict[str, Any] | None = None
) -> None:
    """Raises Problem "edited-meanwhile" where somebody has saved the case since `edit`, with the
    members that he changed and the case as it is now. `given` are members about to be written."""
    if edit == stored.row.edit:
        return
    raise Problem(
        "edited-meanwhile",
        extra={
            "changed": await _since(session, stored, edit, given or {}),
            "current": _json(await whole(session, stored, work.acting.role)),
        },
    )


async def _since(
    session: ReadSession, stored: Stored, edit: int, given: dict[str, Any]
) -> list[str]:
    """The trail knows what each edit touched; where it does not, what differs from `given`."""
    behind = stored.row.edit - edit
    entries: Sequence[AnyRow] = ()
    if behind > 0:
        entries = await session.all(
            select(AuditEntry.fields)
            .where(AuditEntry.subject == stored.row.id, AuditEntry.act.in_(EDITS))
            .order_by(AuditEntry.number.desc())
            .limit(behind)
        )
    if behind > 0 and len(entries) == behind:
        return sorted({name for entry in entries for name in entry.fields})
    current = plain(stored)
    return sorted(name for name, value in given.items() if current.get(name) != value)


def _json(body: dict[str, Any]) -> dict[str, Any]:
    """The case as an extra member of a problem, which is plain JSON."""
    published = body["published"]
    if published is not None:
        body["published"] = {**published, "day": published["day"].isoformat()}
    return body


async def write(
    session: WriteSession,
    places: Gazetteer,
    case_id: str,
    content: Content,
    parts: bool,
    **further: Any,
) -> None:
    """Writes the members with all that follows from them as the next edit; sources and replies
    where `parts` says that they changed. A case that was waiting for a batch waits no more: what is
    published is what a publisher has seen."""
    draft = draft_of(case_id, content)
    columns = columns_of(draft, places)
    values = {name: value for name, value in columns.items() if name not in _KEPT}
    values["point"] = func.ST_GeomFromEWKB(values["point"])
    values["stated"] = draft.stated
    await session.execute(
        update(DeskCase)
        .where(DeskCase.id == case_id)
        .values(**values, **further, edit=DeskCase.edit + 1)
    )
    if parts:
        await session.execute(delete(Source).where(Source.case_id == case_id))
        await session.execute(delete(Reply).where(Reply.case_id == case_id))
        await write_exchange(session, [draft])
    await session.execute(delete(Waiting).where(Waiting.case_id == case_id))
