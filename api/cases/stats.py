"""Statistics: how many cases by month, region, industry and the rest, under the same filters."""

from datetime import date
from typing import Annotated, Any, Literal, get_args

import orjson
from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from api.cases.asking import AskedRoute
from api.cases.dependencies import NOT_MODIFIED, Access, Reading, problems
from api.cases.parameters import CaseFilters
from api.cases.schemas import FiltersInForce, Shape
from api.cases.tallies import REPLY_BANDS, REPLY_LAST, Counts, rolled
from api.cases.view import View
from api.http import cached

router = APIRouter(tags=["cases"], route_class=AskedRoute)

By = Literal[
    "month",
    "year",
    "region",
    "industry",
    "issue",
    "action",
    "response",
    "platform",
    "ownership",
    "accident_type",
    "reply_days",
]
DEFAULT: tuple[By, ...] = ("month", "industry", "action")
# A window wider than this has its empty months (or years) filled only as far as cases reach.
MOST_MONTHS = 1_200


def _dimensions(value: Any) -> Any:
    given = [value] if isinstance(value, str) else list(value)
    return tuple(dict.fromkeys(part for item in given for part in str(item).split(",")))


class StatsQuery(CaseFilters):
    by: Annotated[tuple[By, ...], BeforeValidator(_dimensions)] = Field(
        DEFAULT, description=f"Dimensions: {', '.join(get_args(By))}."
    )


class Tally(Shape):
    key: str | None = Field(description="Null: blank, not placed, or only the year is known.")
    count: int


class Stats(Shape):
    filters: FiltersInForce
    total: int
    by: dict[str, list[Tally]]


@router.get(
    "/cases/stats",
    response_model=Stats,
    responses=problems() | NOT_MODIFIED,
    summary="Count cases by dimension",
)
async def read_stats(
    request: Request, asked: Annotated[StatsQuery, Query()], reading: Reading
) -> Response:
    """Counts by dimension. Month, region and industry each sum to the total; the others may
    count a case more than once."""
    answer, _ = await stats_answer(asked, reading)
    return cached(request, orjson.dumps(answer))


async def stats_answer(asked: StatsQuery, reading: Access) -> tuple[dict[str, Any], View]:
    """What `Stats` describes, before it is JSON, and the view it is of."""
    view = await reading.view(asked)
    total, counts = await (await reading.finder()).tally(view, asked.by)
    by = {name: _listed(name, counts[name], view) for name in asked.by}
    return {"filters": view.as_dict(), "total": total, "by": by}, view


def _listed(name: str, counts: Counts, view: View) -> list[dict[str, Any]]:
    if name in ("region", "industry"):
        counts = _rolled_up(name, counts, view)
    elif name == "month":
        named = {k and f"{k[:-2].zfill(4)}-{k[-2:]}": n for k, n in counts.items()}
        counts = _filled(named, view, _months)
    elif name == "year":
        counts = _filled({k and k.zfill(4): n for k, n in counts.items()}, view, _years)
    elif name == "reply_days":
        order = (*(band for _, band in REPLY_BANDS), REPLY_LAST, None)
        counts = {band: counts[band] for band in order if band in counts}
    if name not in ("month", "year", "reply_days"):
        counts = dict(sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0])))
    return [{"key": key, "count": count} for key, count in counts.items()]


def _rolled_up(name: str, counts: Counts, view: View) -> Counts:
    """Top level; below exactly one asked code its children, and itself for what is no finer."""
    asked = view.values.get(name, ())
    one = asked[0] if len(asked) == 1 else None
    places, terms = view.vocabulary.places, view.vocabulary.terms
    if name == "region":
        if one is not None:
            return rolled(counts, lambda code: (_child_place(view, code, one),))
        return rolled(counts, lambda code: (places.province(code),))
    if one is not None:
        return rolled(counts, lambda code: (_child(view, code, one),))
    return rolled(counts, lambda code: (terms.path("industry", code)[0].code,))


def _child_place(view: View, code: str, asked: str) -> str:
    places = view.vocabulary.places
    # A row of kind municipality or pseudo is in no path, and yet may be what was asked.
    return asked if code == asked else places.child_of(code, asked)


def _child(view: View, code: str, asked: str) -> str:
    codes = [step.code for step in view.vocabulary.terms.path("industry", code)]
    return codes[min(codes.index(asked) + 1, len(codes) - 1)]


def _filled(counts: Counts, view: View, steps: Any) -> Counts:
    """Keys in order, with 0 where there is no case; the blank one last."""
    keys = sorted(key for key in counts if key is not None)
    since, until = view.values.get("since"), view.values.get("until")
    wanted = steps(since, until, keys)
    filled: Counts = {key: counts.get(key, 0) for key in wanted}
    if None in counts:
        filled[None] = counts[None]
    return filled


def _years(since: date | None, until: date | None, keys: list[str]) -> list[str]:
    return sorted({month[:4] for month in _months(since, until, [f"{key}-01" for key in keys])})


def _months(since: date | None, until: date | None, keys: list[str]) -> list[str]:
    if since is None and not keys:
        return []
    reach = [_number(key) for key in (keys[0], keys[-1])] if keys else []
    first = since.year * 12 + since.month - 1 if since else min(reach)
    last = until.year * 12 + until.month - 1 if until else max(reach, default=-1)
    if last - first >= MOST_MONTHS:
        first, last = (reach[0], reach[-1]) if reach else (0, -1)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
