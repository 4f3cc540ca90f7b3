"""New labels on published cases: rendered again after places or terms were edited."""

from sqlalchemy import ARRAY, Text, func, literal, select, update

from api.db import WriteSession
from api.models import DeskCase, PublicCase
from api.staff.publishing import BATCH, READ, Progress, rendered
from api.staff.rendering import Renderer


async def rerender(
    session: WriteSession, renderer: Renderer, *, progress: Progress = lambda _: None
) -> int:
    """Renders every published case again with today's labels; answers how many changed.

    A label is no part of what was published: revision, change and day stay as they are.
    """
    touched = done = 0
    last = ""
    while True:
        cases = await session.all(
            select(*READ, PublicCase.published_on)
            .join(PublicCase, PublicCase.id == DeskCase.id)
            .where(DeskCase.id > last)
            .order_by(DeskCase.id)
            .limit(BATCH)
        )
        if not cases:
            return touched
        days = {case.id: case.published_on for case in cases}
        finished = await rendered(session, renderer, cases, days, 0)
        columns = (
            [case.id for case in cases],
            *(list(column) for column in zip(*finished, strict=True)),
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
