"""What a list and a single case answer: one function each, for the API and for the pages.

Statements are in `query.py`; how an answer is sent is the routes'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from api.cases import query
from api.cases.cite import cite, with_cite
from api.cases.cursors import Cursor, decode
from api.cases.dependencies import Access
from api.cases.parameters import CaseListQuery
from api.cases.reasons import REASONS
from api.cases.view import View
from api.db import AnyRow
from api.errors import Problem
from api.ids import is_id
from api.lang import Pair


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A page of a list; `items` are finished JSON texts, `next` the cursor of the next page."""

    view: View
    total: int
    items: Sequence[str]
    next: str | None

    def body(self) -> str:
        # The summaries are finished JSON: they are joined, never parsed and written again.
        return (
            f'{{"filters":{orjson.dumps(self.view.as_dict()).decode()},"total":{self.total},'
            f'"items":[{",".join(self.items)}],'
            f'"next":{orjson.dumps(self.next).decode()}}}'
        )


async def list_answer(asked: CaseListQuery, reading: Access) -> ListAnswer:
    """Raises Problem for a cursor of another list, an unknown code, a window that ends early."""
    cursor = decode(asked.cursor, reading.today) if asked.cursor else None
    made_on = cursor.made_on if cursor else reading.today
    view = await reading.view(asked, day=made_on)
    made_for = f"{view.digest}{asked.sort}"
    if cursor is not None and cursor.made_for != made_for:
        raise Problem(
            "invalid-cursor",
            "cursor",
            Pair("此标记属于另一组筛选条件", "this cursor belongs to other filters"),
        )
    start = cursor.position if cursor else None
    page = await (await reading.finder()).page(view, asked.sort, asked.limit, start)
    following = None if page.end is None else Cursor(made_on, page.end, made_for).encode()
    return ListAnswer(view, page.total, page.summaries, following)


@dataclass(frozen=True, slots=True)
class Found:
    """A public case: its document as finished JSON."""

    body: bytes
    has_contact: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """What is left of a case that became part of another."""

    into: str


async def case_answer(case_id: str, reading: Access) -> Found | Merged:
    """Raises Problem "withdrawn" with the tombstone, or "not-found"."""
    if not is_id(case_id):
        raise Problem("not-found")
    async with reading.database.read() as session:
        case = await session.first(query.document(case_id))
        if case is None:
            return _gone(case_id, await session.first(query.tombstone(case_id)))
    citation = cite(
        reading.address,
        case_id,
        Pair(case.title_zh, case.title_en),
        case.revision,
        case.published_on,
        demo=case.demo,
    )
    return Found(with_cite(case.document.encode(), citation), case.has_contact)


def _gone(case_id: str, tombstone: AnyRow | None) -> Merged:
    # A draft, a rejected case and an id that never was give one and the same answer.
    if tombstone is None:
        raise Problem("not-found")
    if tombstone.merged_into is not None:
        return Merged(tombstone.merged_into)
    code = tombstone.reason
    reason: dict[str, Any] = {"code": code, **REASONS[code].as_dict()}
    raise Problem(
        "withdrawn",
        extra={
            "id": case_id,
            "day": tombstone.day.isoformat(),
            "reason": reason,
            "merged_into": None,
        },
    )
