"""The graphs page at /graphs: the filters as beside the list, and the figures as tables."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.cases.stats import StatsQuery, stats_answer
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
    visit, stats, view = await _counted(visit)
    total, by = stats["total"], stats["by"]
    archive = await visit.facts()
    reader, asked = visit.reader, visit.asked
    applied = stats["filters"]
    sentence = tidy(applied["sentence"][reader.lang])
    figures = Figures(visit, view, total)
    # A long range of months is drawn by year.
    months = sum(tally["key"] is not None for tally in by["month"])
    left_out = "month" if months > MOST_MONTHS else "year"
    assets = visit.request.app.state.assets
    style, script = (built(assets, "charts", ending) for ending in (".css", ".js"))
    page = Page(
        view="graphs",
        title=f"{reader.words.graphs.title} · {sentence} · {reader.words.shell.name}",
        description=reader.words.graphs.description.format(sentence=sentence),
        path="/graphs",
        canonical=Links(asked.given),
        links=visit.links,
        config=config(visit, archive, stats=stats),
        demo=archive.demo,
        indexed=not {"q", "company", "bbox"} & asked.given.keys(),
        styles=[style] if style else [],
        scripts=[script] if script else [],
        content={
            "form": Form(visit, view, "/graphs").fields(),
            "ignored": named(asked, reader.lang, reader.words.shell),
            "cut": asked.cut,
            "sentence": sentence,
            "parts": parts(visit, applied, "/graphs"),
            "total": total,
            "figures": [figures.figure(name, by[name]) for name in by if name != left_out]
            if total
            else [],
        },
    )
    return answer(visit.request, reader, page)


async def _counted(visit: Visit) -> tuple[Visit, dict[str, Any], View]:
    """The statistics, after leaving out the filters they cannot be made with."""
    # The same that the script asks for, so that it has to ask for nothing at first.
    by = ("month", "year", *(name for name in kinds_of(visit.asked.filters.map) if name != "month"))
    try:
        asked = StatsQuery.model_validate({**visit.asked.given, "by": by})
        stats, view = await stats_answer(asked, visit.reading)
    except Problem as problem:
        return await _counted(visit.without(problem))
    return visit, stats, view
