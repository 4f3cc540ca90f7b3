"""Statistics and the counts behind options, against plain GROUP BYs of the same dimensions."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

import orjson
from sqlalchemy import func, select, true

from api.cases import stats
from api.cases.filters import FILTERS
from api.cases.tallies import DIMENSIONS
from api.cases.view import View
from api.db import AnySelect
from api.models import PublicCase
from tests.bench.asking import EVERYTHING, asked, long_windows, view_of
from tests.bench.results import Floor, Row
from tests.bench.stage import Side, Stage, compiled, connected, median_ratio, repeated, timed

PATH = "/api/v1/cases/stats"
OPTIONS = "/api/v1/filters"
ALL_YEARS = ("month", "industry", "action", "region")
_KEYS = {
    "month": func.date_trunc("month", PublicCase.date),
    "region": PublicCase.place,
    "has_source": PublicCase.source_count > 0,
    "placed": PublicCase.place.is_not(None),
}
_MANY = {"issue": "issues", "action": "actions", "response": "responses", "platform": "platforms"}


async def default_window(stage: Stage) -> Sequence[Row]:
    """The same question again and again."""
    plain = [compiled(each) for each in _plain(stage.view(), stats.DEFAULT)]
    async with stage.client() as client:
        assert (await client.get(PATH)).status == 200
    connection = await connected(stage.cluster.addresses.public)
    try:
        figures = await stage.alternate(_again(stage), timed(connection, plain))
    finally:
        await connection.close()
    named = ", ".join(stats.DEFAULT)
    return [
        Row(
            "stats.request",
            f"statistics by {named}: whole request, one at a time",
            "ms",
            median(figures[0]),
            median(figures[1]),
            f"{len(plain)} plain GROUP BYs",
            median_ratio(*figures),
            Floor("ratio", "<=", 1.5),
            {"ours": figures[0], "baseline": figures[1]},
        )
    ]


async def all_years(stage: Stage) -> Sequence[Row]:
    """Nearly all years in every map, each time one day less, so that nobody has the answer."""
    return [
        await _against(
            stage,
            "stats.all-years",
            f"statistics of all years by {', '.join(ALL_YEARS)}, cold",
            f"{PATH}?by={','.join(ALL_YEARS)}&",
            ALL_YEARS,
        )
    ]


async def options(stage: Stage) -> Sequence[Row]:
    """The count behind every option of every filter, likewise."""
    names = [name for name in FILTERS if name in DIMENSIONS]
    what = f"counts behind the options of {len(names)} filters, all years, cold"
    return [await _against(stage, "options.all-years", what, f"{OPTIONS}?counts=true&", names)]


async def _against(
    stage: Stage, name: str, what: str, address: str, dimensions: Sequence[str]
) -> Row:
    plain = [compiled(each) for each in _plain(view_of(EVERYTHING, stage.vocabulary), dimensions)]
    windows = iter(long_windows())
    connection = await connected(stage.cluster.addresses.public)
    try:
        async with stage.client() as client:

            async def ours() -> None:
                answer = await client.get(f"{address}{asked(next(windows))}")
                assert answer.status == 200, answer.body

            whole = await client.get(f"{address}{asked(EVERYTHING)}")
            assert orjson.loads(whole.body)["total"] == stage.loaded.cases
            request, grouped = await stage.alternate(repeated(ours), timed(connection, plain))
    finally:
        await connection.close()
    return Row(
        name,
        what,
        "ms",
        median(request),
        median(grouped),
        f"{len(plain)} plain GROUP BYs (ratio: times faster)",
        median_ratio(grouped, request),
        stage.large(Floor("ratio", ">=", 30)),
        {"ours": request, "baseline": grouped},
    )


def _plain(view: View, dimensions: Iterable[str]) -> list[AnySelect]:
    """What somebody would write who wants these counts: no total, no shared reading."""
    counted = select(func.count()).where(*view.where(PublicCase))
    made = []
    for name in dimensions:
        if name in _MANY:
            values = func.unnest(getattr(PublicCase, _MANY[name])).table_valued("key", name="a")
            listed = values.render_derived()
            joined = counted.select_from(PublicCase).join(listed, true(), isouter=True)
            made.append(joined.add_columns(listed.c.key).group_by(listed.c.key))
            continue
        key: Any = _KEYS.get(name)
        key = (getattr(PublicCase, name) if key is None else key).label("key")
        made.append(counted.add_columns(key).group_by("key"))
    return made


def _again(stage: Stage) -> Side:
    async def side(seconds: float) -> float:
        return 1000 / (await stage.press(stage.url(PATH), seconds, 1)).per_second

    return side
