"""The graphs page at /graphs, as tables: the API's statistics with n, missing share and caveat."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from api.cases.stats import By, StatsQuery, stats_answer
from api.cases.tallies import REPLY_LAST
from api.cases.view import View
from api.errors import Problem
from api.pages.answering import Page, answer
from api.pages.config import config
from api.pages.lenient import named
from api.pages.links import Links
from api.pages.visit import Visit, Visiting
from api.pages.words import number, tidy

router = APIRouter(include_in_schema=False)

CHARTS: tuple[By, ...] = ("month", "industry", "action", "issue", "region", "reply_days")
# A longer table is one of years.
_MOST_MONTHS = 60
# A case may have several of these, so their counts may exceed n.
_MANY = frozenset({"action", "issue"})
_VOCABULARY = {"region": "place"}


class Row(NamedTuple):
    key: str
    label: str
    cases: int
    href: str | None


class Chart(NamedTuple):
    """One table. `n` are the cases that have a value, `missing` those that have none."""

    name: str
    rows: Sequence[Row]
    n: int
    missing: int
    total: int
    many: bool


@router.get("/graphs")
async def read_graphs(visit: Visiting) -> Response:
    visit, total, by, view = await _counted(visit)
    archive = await visit.facts()
    reader, asked = visit.reader, visit.asked
    applied = view.as_dict()
    sentence = tidy(applied["sentence"][reader.lang])
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
        content={
            "ignored": named(asked, reader.lang, reader.words.shell),
            "cut": asked.cut,
            "sentence": sentence,
            "bias": getattr(reader.words.graphs.bias, _bias(view)),
            "lead": reader.words.graphs.lead.format(count=number(total)),
            "charts": [_chart(visit, view, name, by[name], total) for name in by],
        },
    )
    return answer(visit.request, reader, page)


async def _counted(
    visit: Visit,
) -> tuple[Visit, int, dict[str, list[dict[str, Any]]], View]:
    """The statistics, after leaving out the filters they cannot be made with."""
    given = visit.asked.given
    try:
        total, by, view = await stats_answer(
            StatsQuery.model_validate({**given, "by": CHARTS}), visit.reading
        )
        if len(by["month"]) > _MOST_MONTHS:
            asked = StatsQuery.model_validate({**given, "by": ("year",)})
            _, years, _ = await stats_answer(asked, visit.reading)
            del by["month"]
            by = {**years, **by}
    except Problem as problem:
        return await _counted(visit.without(problem))
    return visit, total, by, view


def _bias(view: View) -> str:
    """Calls for help are chosen for another reason than the rest."""
    return "calls" if view.values["map"] == "calls" else "events"


def _chart(
    visit: Visit, view: View, name: str, tallies: Sequence[Mapping[str, Any]], total: int
) -> Chart:
    missing = sum(tally["count"] for tally in tallies if tally["key"] is None)
    rows = [
        Row(
            tally["key"],
            _label(visit, view, name, tally["key"]),
            tally["count"],
            _href(visit, view, name, tally["key"]),
        )
        for tally in tallies
        if tally["key"] is not None
    ]
    return Chart(name, rows, total - missing, missing, total, name in _MANY)


def _label(visit: Visit, view: View, name: str, key: str) -> str:
    words = visit.reader.words.graphs.reply_days
    if name in ("month", "year"):
        return key
    if name == "reply_days":
        return str(words.last if key == REPLY_LAST else words.band.format(key.replace("-", "–")))
    pair = view.vocabulary.label(_VOCABULARY.get(name, name), key)
    return pair.either(visit.reader.lang) or key


def _href(visit: Visit, view: View, name: str, key: str) -> str | None:
    """The list of what a row counts; no filter asks for days to a reply."""
    if name in ("month", "year"):
        since, until = (_edge(view.values.get(end), key) for end in ("since", "until"))
        return visit.links.to("/", since=since, until=until)
    return None if name == "reply_days" else visit.links.to("/", **{name: key})


def _edge(day: date | None, key: str) -> str:
    """A month or year, or the day in it at which the window begins or ends."""
    text = day.isoformat() if day else ""
    return text if text.startswith(key) else key
