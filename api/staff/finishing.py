"""Working copies as they would be published now: each row with all that belongs to it, rendered.

Reads only. What is published of it, and when, is publishing.py's.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import select

from api.db import AnyRow, ReadSession, one_of_given, point_bytes
from api.models import DeskCase, Reply, Source
from api.staff import placing
from api.staff.contacts.publishing import public_contacts
from api.staff.placing import Placed
from api.staff.rendering import Renderer

READ = (
    *(column for column in DeskCase.__table__.columns if column.name not in ("point", "sketch")),
    DeskCase.point.ST_X().label("lon"),
    DeskCase.point.ST_Y().label("lat"),
)
_OF_CASES = {
    model: select(model.__table__)
    .where(one_of_given(model.case_id, "ids"))
    .order_by(model.case_id, model.position)
    for model in (Source, Reply)
}


class Finished(NamedTuple):
    """One case as the public would have it: finished JSON texts, and what stands in columns."""

    summary: str
    document: str
    placed: Placed
    search: str
    has_contact: bool

    @property
    def shown(self) -> dict[str, Any]:
        """Those columns of the public row that are not copied from the working copy."""
        where = self.placed
        point = None
        if where.lon is not None and where.lat is not None:
            point = point_bytes(where.lon, where.lat)
        return {
            "place": where.place,
            "point": point,
            "exact": where.exact,
            "search": self.search,
            "has_contact": self.has_contact,
        }


async def finished(
    session: ReadSession, renderer: Renderer, cases: Sequence[AnyRow], day: date
) -> list[Finished]:
    """`cases` are rows of READ, rendered as their next revision, published on `day`."""
    ids = [case.id for case in cases]
    sources = await by_case(session, Source, ids)
    replies = await by_case(session, Reply, ids)
    contacts = await public_contacts(session, ids)
    return [
        _finished(
            renderer,
            case,
            sources.get(case.id, ()),
            replies.get(case.id, ()),
            contacts.get(case.id, ()),
            day,
        )
        for case in cases
    ]


def _finished(
    renderer: Renderer,
    case: AnyRow,
    sources: Sequence[AnyRow],
    replies: Sequence[AnyRow],
    contacts: Sequence[Mapping[str, str]],
    day: date,
) -> Finished:
    where = placing.placed(renderer.places, case)
    summary, document = renderer.render(
        case,
        where,
        placing.stated(case, where.place),
        sources,
        replies,
        contacts,
        case.revision + 1,
        day,
    )
    searched = placing.words(renderer.places, case, where.place)
    return Finished(summary, document, where, searched, bool(contacts))


async def by_case(
    session: ReadSession, model: type[Source] | type[Reply], ids: Sequence[str]
) -> dict[str, list[AnyRow]]:
    """The sources or replies of each case, in their order."""
    rows = await session.all(_OF_CASES[model], ids=ids)
    return {case_id: list(group) for case_id, group in groupby(rows, lambda row: row.case_id)}
