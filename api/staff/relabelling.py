"""New labels on what is published, after places or terms were edited.

Only labels change: the codes are those of the public documents, so that an edit which somebody has
saved and not published stays where it is.
"""

from typing import Any

import orjson
from sqlalchemy import ARRAY, Text, func, literal, select, update

from api.db import WriteSession
from api.models import PublicCase
from api.staff.publishing import BATCH, Progress
from api.staff.rendering import Renderer

# The members of a document that are coded values, and of which kind.
_ONE = {"ownership": "ownership", "accident_type": "accident_type"}
_MANY = {"issues": "issue", "actions": "action", "response": "response"}
_PLACED = {"region": "place", "industry": "industry"}


async def relabel(
    session: WriteSession, renderer: Renderer, *, progress: Progress = lambda _: None
) -> int:
    """Writes today's labels into every published case; answers how many changed.

    A label is no part of what was published: revision, change and day stay as they are.
    """
    touched = done = 0
    last = ""
    while True:
        cases = await session.all(
            select(PublicCase.id, PublicCase.summary, PublicCase.document)
            .where(PublicCase.id > last)
            .order_by(PublicCase.id)
            .limit(BATCH)
        )
        if not cases:
            return touched
        columns = (
            [case.id for case in cases],
            [_relabelled(renderer, case.summary) for case in cases],
            [_relabelled(renderer, case.document) for case in cases],
        )
        fresh = (
            func.unnest(*(literal(column, ARRAY(Text)) for column in columns))
            .table_valued("id", "summary", "document", name="fresh")
            .render_derived()
        )
        touched += await session.execute(
            update(PublicCase)
            .where(PublicCase.id == fresh.c.id, PublicCase.document != fresh.c.document)
            .values(summary=fresh.c.summary, document=fresh.c.document)
        )
        last = cases[-1].id
        done += len(cases)
        progress(done)


def _relabelled(renderer: Renderer, text: str) -> str:
    """A summary or a document with today's labels; the same text where none has changed."""
    told: dict[str, Any] = orjson.loads(text)
    for name, kind in _PLACED.items():
        told[name] = renderer.path(kind, _code(told[name]))
    for name, kind in _ONE.items():
        if name in told:
            told[name] = renderer.code(kind, _code(told[name]))
    for name, kind in _MANY.items():
        if name in told:
            told[name] = renderer.codes(kind, [coded["code"] for coded in told[name]])
    # In a summary it is their number.
    if isinstance(told["sources"], list):
        for source in told["sources"]:
            source["platform"] = renderer.code("platform", _code(source["platform"]))
    return orjson.dumps(told).decode()


def _code(coded: dict[str, Any] | None) -> str | None:
    return None if coded is None else coded["code"]
