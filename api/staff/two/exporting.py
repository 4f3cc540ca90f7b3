"""The bulk export of working copies: which cases, and each as a line of JSON."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import orjson
from pydantic import ValidationError
from sqlalchemy import ColumnElement, select, tuple_

from api.cases.parameters import GIVEN_ONCE, CaseFilters
from api.cases.view import resolve
from api.db import AnyRow, Desk, ReadSession
from api.errors import DETAILS, Problem
from api.models import DeskCase, Reply, Source
from api.reference import Vocabulary
from api.staff.contacts.storing import contacts_by_case
from api.staff.editing.listing import own
from api.staff.editing.schemas import ListQuery
from api.staff.editing.stored import Stored, plain
from api.staff.finishing import READ, by_case

# Cases read at a time.
_BATCH = 500
# What names a part of a list, of which an export is the whole.
_PARTS = frozenset({"limit", "cursor", "sort"})
_ONCE = GIVEN_ONCE | (ListQuery.model_fields.keys() - CaseFilters.model_fields.keys())
_BESIDE = ("id", "state", "edit", "revision", "from_alert", "flags")


def conditions_of(query: str, vocabulary: Vocabulary, today: date) -> Sequence[ColumnElement[bool]]:
    """The filters of an address as the desk's list reads them: no date given means any.

    Raises Problem for one that does not exist or means nothing, and for a part of a list.
    """
    given: dict[str, Any] = {}
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        if name in _ONCE and name in given:
            raise Problem("invalid-parameter", "query", DETAILS["given_twice"])
        if name in _PARTS:
            raise Problem("invalid-parameter", "query", DETAILS["extra_forbidden"])
        given.setdefault(name, []).append(value)
    once = {name: values[0] if name in _ONCE else values for name, values in given.items()}
    try:
        asked = ListQuery.model_validate(once)
    except ValidationError:
        # Which one it was is seen in the list of cases, where the same words stand.
        raise Problem("invalid-parameter", "query") from None
    view = resolve(asked, vocabulary, today, window=False)
    return [*view.where(DeskCase), *own(asked)]


async def lines(desk: Desk, which: Sequence[ColumnElement[bool]]) -> AsyncIterator[bytes]:
    """Each matching case in whatever state, the newest first, from one snapshot."""
    async with desk.snapshot() as session:
        last: AnyRow | None = None
        while True:
            question = select(*READ).where(*which)
            if last is not None:
                here = tuple_(DeskCase.date, DeskCase.id)
                question = question.where(here < tuple_(last.date, last.id))
            order = (DeskCase.date.desc(), DeskCase.id.desc())
            rows = await session.all(question.order_by(*order).limit(_BATCH))
            if not rows:
                return
            yield await _batch(session, rows)
            last = rows[-1]


async def _batch(session: ReadSession, rows: Any) -> bytes:
    ids = [row.id for row in rows]
    sources = await by_case(session, Source, ids)
    replies = await by_case(session, Reply, ids)
    contacts = await contacts_by_case(session, ids)
    return b"".join(
        orjson.dumps(
            {
                **{name: getattr(row, name) for name in _BESIDE},
                **plain(Stored(row, sources.get(row.id, ()), replies.get(row.id, ()))),
                "contacts": contacts.get(row.id, []),
            },
            option=orjson.OPT_APPEND_NEWLINE,
        )
        for row in rows
    )
