"""What can be filtered by: FILTERS as data, today's defaults, the count behind each option."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, cast

import orjson
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from api.cases.asking import AskedRoute
from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.filters import FILTERS, Filter
from api.cases.parameters import CaseFilters
from api.cases.schemas import FiltersInForce, Shape, Text
from api.cases.sentences import MAP_LABELS, canonical_value
from api.cases.tallies import DIMENSIONS, Counts, rolled
from api.cases.view import View
from api.http import cached
from api.terms.vocabulary import Kind

router = APIRouter(tags=["filters"], route_class=AskedRoute)


class OptionsQuery(CaseFilters):
    counts: bool = Field(
        False, description="Say how many cases each option would leave, its own filter set aside."
    )


class Option(Shape):
    code: str
    parent: str | None
    zh: str
    en: str
    count: int | None = Field(description="Null where no counts were asked for.")


class FilterInfo(Shape):
    name: str
    type: Literal["choice", "date", "codes", "text", "integer", "boolean", "bbox"]
    label: Text
    default: str | None = Field(description="As it stands today.")
    vocabulary: str | None = Field(
        description="Kind of term in /vocabulary, `place`, or `map`; null for a free value."
    )
    options: list[Option] | None = Field(
        description="The terms of the asked map. Places are listed only with their counts."
    )


class Options(Shape):
    filters: list[FilterInfo]
    applied: FiltersInForce
    total: int | None = Field(description="Cases that match now; null where no counts were asked.")


@router.get(
    "/filters",
    response_model=Options,
    responses=problems() | NOT_MODIFIED,
    summary="Filters and their options",
)
async def read_options(
    request: Request, asked: Annotated[OptionsQuery, Query()], reading: Reading
) -> Response:
    """Every filter with its default of today and its options; with `counts=true` also how many
    cases each option would leave."""
    view = await reading.view(asked)
    defaults = await reading.view(CaseFilters())
    total: int | None = None
    counts: dict[str, Counts] = {}
    if asked.counts:
        countable = [name for name in FILTERS if name in DIMENSIONS]
        free = [name for name in countable if name not in view.values]
        own = [name for name in countable if name in view.values]
        total, counts = await (await reading.finder()).tally(view, free, own)
    listed = []
    for name, row in FILTERS.items():
        default = defaults.values.get(name)
        listed.append(
            {
                "name": name,
                "type": row.kind,
                "label": row.label.as_dict(),
                "default": None if default is None else canonical_value(default),
                "vocabulary": row.vocabulary,
                "options": _options(row, view, counts.get(name)),
            }
        )
    body = {"filters": listed, "applied": view.as_dict(), "total": total}
    return cached(request, orjson.dumps(body))


def _options(row: Filter, view: View, counts: Counts | None) -> list[dict[str, Any]] | None:
    vocabulary, map_ = view.vocabulary, view.values["map"]
    if row.vocabulary == "map":
        summed = counts and {**counts, "all": sum(counts.values())}
        return [
            _option(code, None, label.zh, label.en, summed) for code, label in MAP_LABELS.items()
        ]
    if row.kind == "boolean" and counts is not None:
        words = {"true": ("是", "yes"), "false": ("否", "no")}
        return [_option(code, None, zh, en, counts) for code, (zh, en) in words.items()]
    if row.vocabulary == "place":
        return None if counts is None else _places(view, counts)
    if row.vocabulary is None:
        return None
    terms = vocabulary.terms
    if row.vocabulary == "industry" and counts is not None:
        counts = rolled(counts, lambda code: [step.code for step in terms.path("industry", code)])
    offered = terms.of(cast(Kind, row.vocabulary), None if map_ == "all" else map_)
    return [_option(term.code, term.parent, term.zh, term.en, counts) for term in offered]


def _places(view: View, counts: Counts) -> list[dict[str, Any]]:
    """Every place that would leave a case, with its parent among these; the whole gazetteer is
    in /vocabulary."""
    places = view.vocabulary.places

    def chain(code: str) -> Iterable[str]:
        return [step.code for step in places.path(code)]

    summed = rolled(counts, chain)
    listed = []
    for code, place in places.places.items():
        if summed.get(code):
            above = places.path(code)[:-1]
            parent = above[-1].code if above else None
            listed.append(_option(code, parent, place.zh, place.en, summed))
    return listed


def _option(
    code: str, parent: str | None, zh: str | None, en: str | None, counts: Counts | None
) -> dict[str, Any]:
    count = None if counts is None else counts.get(code, 0)
    return {"code": code, "parent": parent, "zh": zh, "en": en, "count": count}
