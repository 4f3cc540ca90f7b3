"""Statistics of the default window, against plain GROUP BYs of the same dimensions."""

from collections.abc import Sequence
from statistics import median

from sqlalchemy import func, select, true

from api.cases import stats, tallies
from api.cases.view import View
from api.db import AnySelect
from api.models import PublicCase
from tests.bench.results import Floor, Row
from tests.bench.stage import Side, Stage, connected, median_ratio, sent, timed

PATH = "/api/v1/cases/stats"


async def default_window(stage: Stage) -> Sequence[Row]:
    """The whole request and, apart, its one statement; both against the same GROUP BYs."""
    view = stage.view()
    address = stage.cluster.addresses.public
    ours = await sent(address, tallies.statement(view, stats.DEFAULT))
    plain = [await sent(address, statement) for statement in _plain(view)]
    connection = await connected(address)
    try:
        request, statement, grouped = await stage.alternate(
            _request(stage), timed(connection, [ours]), timed(connection, plain)
        )
    finally:
        await connection.close()
    against = f"{len(plain)} plain GROUP BYs"
    floor = Floor("ratio", "<=", 1.5)
    named = ", ".join(stats.DEFAULT)
    return [
        Row(
            "stats.request",
            f"statistics by {named}: whole request, one at a time",
            "ms",
            median(request),
            median(grouped),
            against,
            median_ratio(request, grouped),
            floor,
            {"ours": request, "baseline": grouped},
        ),
        Row(
            "stats.statement",
            "statistics: their SQL statement alone",
            "ms",
            median(statement),
            median(grouped),
            against,
            median_ratio(statement, grouped),
            None,
            {"ours": statement},
        ),
    ]


def _plain(view: View) -> list[AnySelect]:
    """What somebody would write who wants these three counts: no total, no shared reading."""
    conditions = view.where(PublicCase)
    month = func.date_trunc("month", PublicCase.date).label("key")
    action = func.unnest(PublicCase.actions).table_valued("key", name="a").render_derived()
    counted = select(func.count()).where(*conditions)
    return [
        counted.add_columns(month).group_by("key"),
        counted.add_columns(PublicCase.industry).group_by(PublicCase.industry),
        counted.select_from(PublicCase)
        .join(action, true(), isouter=True)
        .add_columns(action.c.key)
        .group_by(action.c.key),
    ]


def _request(stage: Stage) -> Side:
    async def side(seconds: float) -> float:
        return 1000 / (await stage.press(stage.url(PATH), seconds, 1)).per_second

    return side
