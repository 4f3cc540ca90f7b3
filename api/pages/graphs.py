"""The graphs page at /graphs: the filters as beside the list, and the figures as tables."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.cases.stats import By, StatsQuery, stats_answer
from api.cases.view import View
from api.errors import Problem
from api.pages.answering import Page, answer
from api.pages.assets import built
from api.pages.config import config
from api.pages.figures import MOST_MONTHS, Figures, kinds_of
from api.pages.form import Form
from api.pages.lenient import named
from api.pages.links import Links
from api.pages.listing import parts
from api.pages.visit import Visit, Visiting
from api.pages.words import tidy

router = APIRouter(include_in_schema=False)


@router.get("/graphs")
async def read_graphs(visit: Visiting) -> Response:
    visit, total, by, view = await _counted(visit)
    archive = await visit.facts()
    reader, asked = visit.reader, visit.asked
    applied = view.as_dict()
    sentence = tidy(applied["sentence"][reader.lang])
    figures = Figures(visit, view, total)
    style = built(visit.request.app.state.assets, "charts", ".css")
    page = Page(
        view="graphs",
        title=f"{reader.words.graphs.title} · {sentence} · {reader.words.shell.name}",
        description=reader.words.graphs.description.format(sentence=sentence),
        path="/graphs",
        canonical=Links(asked.given),
        links=visit.links,
        config=config(visit, archive),
        demo=archive.demo,
        indexed=not {"q", "company", "bbox"} & asked.given.keys(),
        styles=[style] if style else [],
        content={
            "form": Form(visit, view, "/graphs").fields(),
            "ignored": named(asked, reader.lang, reader.words.shell),
            "cut": asked.cut,
            "sentence": sentence,
            "parts": parts(visit, applied, "/graphs"),
            "total": total,
            "figures": [figures.figure(name, by[name]) for name in by] if total else [],
        },
    )
    return answer(visit.request, reader, page)


async def _counted(visit: Visit) -> tuple[Visit, int, dict[str, list[dict[str, Any]]], View]:
    """The statistics, after leaving out the filters they cannot be made with."""
    given = visit.asked.given
    kinds = kinds_of(visit.asked.filters.map)
    try:
        total, by, view = await stats_answer(_asked(given, kinds), visit.reading)
        if sum(tally["key"] is not None for tally in by["month"]) > MOST_MONTHS:
            _, years, _ = await stats_answer(_asked(given, ("year",)), visit.reading)
            del by["month"]
            by = {**years, **by}
    except Problem as problem:
        return await _counted(visit.without(problem))
    return visit, total, by, view


def _asked(given: Any, by: tuple[By, ...]) -> StatsQuery:
    return StatsQuery.model_validate({**given, "by": by})
