"""One reader of lists that nobody asked before, alone and beside others who strain the process."""

from collections.abc import Sequence
from statistics import median

from tests.bench.asking import asked, windows
from tests.bench.crowds import Crowd, Deed
from tests.bench.lists import PATH
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage, median_ratio

# Different addresses for a second of one reader: more than are answered.
A_SECOND = 2_000
FLOOR = Floor("ratio", "<=", 2)


async def export(stage: Stage) -> Sequence[Row]:
    """Somebody exports everything."""
    crowd = Crowd(stage, 1)
    what = "an export runs"
    row = await _beside(stage, "export.readers", what, crowd, crowd.export, FLOOR)
    # Beside one that was sent away the figure would be of nothing.
    assert crowd.told.keys() <= {200}
    return [row]


async def strange(stage: Stage) -> Sequence[Row]:
    """20,000 lists a minute with filters that nobody set before are asked for."""
    crowd = Crowd(stage, 32)
    what = "20,000 unknown filter sets a minute are asked"
    return [await _beside(stage, "beside.strange", what, crowd, crowd.strange)]


async def heavy(stage: Stage) -> Sequence[Row]:
    """Every term of every kind at once, and the whole world in one tile."""
    crowd = Crowd(stage, 32)
    what = "32 clients ask for every term at once and the whole world"
    return [await _beside(stage, "beside.heavy", what, crowd, crowd.heavy)]


async def exports(stage: Stage) -> Sequence[Row]:
    """500 clients export everything; most are told to come again, and do."""
    crowd = Crowd(stage, 500)
    what = "500 clients export everything"
    return [await _beside(stage, "beside.exports", what, crowd, crowd.export)]


async def _beside(
    stage: Stage, name: str, what: str, crowd: Crowd, deed: Deed, floor: Floor | None = None
) -> Row:
    paths = iter([f"{PATH}?{asked(filters)}" for filters in windows(stage.vocabulary)])

    async def alone(seconds: float) -> float:
        # Long enough for answers that take a second.
        seconds = max(seconds, 5 * stage.load.shortest)
        part = [next(paths) for _ in range(round(A_SECOND * seconds))]
        return (await stage.load.run(stage.url(PATH), seconds, 1, paths=part)).p99

    async def beside(seconds: float) -> float:
        async with crowd.at_work(deed):
            return await alone(seconds)

    during, quiet = await stage.alternate(beside, alone)
    return Row(
        name,
        f"list of 50 while {what}: 99 of 100 within",
        "ms",
        median(during),
        median(quiet),
        "without it",
        median_ratio(during, quiet),
        floor and stage.large(floor),
        {"ours": during, "baseline": quiet, "told": {str(s): n for s, n in crowd.told.items()}},
    )
