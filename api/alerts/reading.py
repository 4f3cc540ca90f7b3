"""The staff's side of the intake: what came, what one alert says, and what was decided on it.

Each look and each decision is in the audit trail of the same transaction, by id only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import case, func, select, update

from api.alerts.states import BY_HAND, FINAL
from api.alerts.told import REASONS
from api.db import AnyRow, ReadSession, WriteSession
from api.models import Addition, AdditionFile, Alert, Attachment
from api.sealing.boxes import CannotOpen, Ring
from api.staff.audit import Act, append
from api.trouble import Trouble


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """`body` is the file as re-encoded; a part is None where it is missing, does not open, or was
    not asked for. `size` is its box's: some 100 bytes more, rounded up."""

    id: str
    kind: str
    size: int
    has_original: bool
    body: bytes | None
    original: bytes | None


# A flood of alerts without proof must not stand before those with one.
_RANK = case({"proven": 0, "plain": 1}, value=Alert.lane, else_=2)


@dataclass(frozen=True, slots=True)
class OpenedText:
    """What a box held: its document, or None where it is gone (`emptied`) or does not open."""

    received_on: date
    content: dict[str, Any] | None
    emptied: bool
    files: list[OpenedFile]


@dataclass(frozen=True, slots=True)
class OpenedAlert:
    """An alert as the desk sees it. `row` has every column of intake.alerts but its box."""

    row: AnyRow
    alert: OpenedText
    additions: list[OpenedText]


def _clear() -> tuple[Any, ...]:
    files = select(func.count()).where(Attachment.alert_id == Alert.id).scalar_subquery()
    added = select(func.count()).where(Addition.receipt == Alert.receipt)
    # Of one day nobody knows what came first: better seen twice than never.
    later = Addition.received_on >= func.coalesce(Alert.changed_on, date.max)
    return (
        Alert.id,
        Alert.received_on,
        Alert.lane,
        Alert.lang,
        Alert.state,
        Alert.changed_on,
        Alert.reason,
        Alert.case_id,
        Alert.assignee,
        Alert.flagged,
        Alert.confirmed,
        Alert.box.is_(None).label("emptied"),
        files.label("files"),
        added.scalar_subquery().label("additions"),
        added.where(later).scalar_subquery().label("later"),
    )


# What an alert shows without a key; `later` counts the additions since the desk's last act.
CLEAR = _clear()


async def list_alerts(
    session: ReadSession, *, states: Sequence[str] = (), lanes: Sequence[str] = ()
) -> Sequence[AnyRow]:
    """The alerts without their content: by lane, the proven one first, then by day."""
    question = select(*CLEAR).order_by(_RANK, Alert.received_on, Alert.id)
    if states:
        question = question.where(Alert.state.in_(states))
    if lanes:
        question = question.where(Alert.lane.in_(lanes))
    return await session.all(question)


async def open_alert(
    session: ReadSession, ring: Ring, name: str, *, files: bool = True
) -> OpenedAlert:
    """An alert with its files and additions. Raises Trouble for an id that is none's.

    Without `files` these are named and stay closed. Whoever shows it has called `view`, which says
    so in the audit trail.
    """
    row = await session.first(select(*Alert.__table__.columns).where(Alert.id == name))
    if row is None:
        raise _unknown()
    opener = ring if files else None
    attached = await _files(session, opener, Attachment, Attachment.alert_id == name)
    additions = []
    later = await session.all(
        select(Addition.id, Addition.received_on, Addition.box)
        .where(Addition.receipt == row.receipt)
        .order_by(Addition.received_on, Addition.id)
    )
    for each in later:
        purpose = f"addition/{each.id}"
        owned = await _files(session, opener, AdditionFile, AdditionFile.addition_id == each.id)
        additions.append(_opened(ring, each, purpose, owned))
    return OpenedAlert(row, _opened(ring, row, f"alert/{name}", attached), additions)


async def view(
    session: WriteSession,
    ring: Ring,
    name: str,
    actor: str,
    day: date,
    *,
    files: bool = True,
    saving: bool = False,
) -> OpenedAlert:
    """Opens an alert and says so in the audit trail: show it once the transaction is committed."""
    opened = await open_alert(session, ring, name, files=files)
    await append(session, actor, day, [Act("alert.view", name, ["files"] if saving else [])])
    return opened


async def decide(
    session: WriteSession, name: str, state: str, reason: str | None, actor: str, day: date
) -> None:
    """Sets the state of an alert by hand. Raises Trouble for what cannot be set so."""
    if state not in BY_HAND:
        raise Trouble(
            f"状态只能是：{'、'.join(BY_HAND)}", f"The state is one of: {', '.join(BY_HAND)}"
        )
    if reason is not None and reason not in REASONS:
        raise Trouble(
            f"原因只能是：{'、'.join(REASONS)}", f"A reason is one of: {', '.join(REASONS)}"
        )
    row = await session.first(select(Alert.state).where(Alert.id == name).with_for_update())
    if row is None:
        raise _unknown()
    if row.state in FINAL and row.state not in BY_HAND:
        raise Trouble(
            f"状态为 {row.state}，不能再改。", f"It is {row.state} and cannot be changed."
        )
    await session.execute(
        update(Alert)
        .where(Alert.id == name)
        .values(
            state=state,
            reason=reason,
            changed_on=day,
            decided_on=day if state in FINAL else None,
            flagged=False,
        )
    )
    await append(session, actor, day, [Act("alert.decide", name, ["state", "reason"])])


def _opened(ring: Ring, row: AnyRow, purpose: str, files: list[OpenedFile]) -> OpenedText:
    body = _open(ring, row.box, purpose)
    try:
        content = orjson.loads(body) if body is not None else None
    except orjson.JSONDecodeError:
        content = None
    # Anybody can close a box: what is in it need not come from our form.
    if content is not None and not isinstance(content, dict):
        content = {"?": content}
    return OpenedText(row.received_on, content, row.box is None, files)


async def _files(
    session: ReadSession,
    ring: Ring | None,
    table: type[Attachment] | type[AdditionFile],
    owned: Any,
) -> list[OpenedFile]:
    boxes = (table.box, table.original) if ring else ()
    size = func.octet_length(table.box).label("size")
    kept = table.original.is_not(None).label("has_original")
    rows = await session.all(
        select(table.id, table.kind, size, kept, *boxes)
        .where(owned)
        .order_by(table.position, table.id)
    )
    return [
        OpenedFile(
            row.id,
            row.kind,
            row.size,
            row.has_original,
            _open(ring, row.box, f"file/{row.id}") if ring else None,
            _open(ring, row.original, f"original/{row.id}") if ring else None,
        )
        for row in rows
    ]


def _open(ring: Ring, box: bytes | None, purpose: str) -> bytes | None:
    try:
        return ring.open(bytes(box), purpose) if box is not None else None
    except CannotOpen:
        return None


def _unknown() -> Trouble:
    return Trouble("没有这个编号的求助。", "There is no alert of this id.")
