"""The page in Chromium: Lighthouse on cold starts, what they transfer, and many filter changes.

How each figure is taken stands in page/*.mjs; what is made of it, and its floor, stands here.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from statistics import median
from typing import Any, Literal
from urllib.parse import urlencode

import orjson

from api.cli.terminal import progress_bar
from api.demo.loading import load_demo
from api.preparing import prepare
from api.settings import Settings
from tests.bench.archive import opened
from tests.bench.cases import TODAY
from tests.bench.chromium import ensure_browser
from tests.bench.client import Client
from tests.bench.processes import api_process, free_port
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage

LANGS = ("zh", "en")
# Of each page: disturbance only makes a figure worse, and the median of three is rid of one.
RUNS = 3
CHANGES = 50
Found = Mapping[str, Any]
Kind = Literal["phone", "wide"]

# Name, what, unit, divisor, floor. Of the six pages the worst counts.
_SCORES = (
    ("performance", "performance", "", 1, Floor("ours", ">=", 95)),
    ("accessibility", "accessibility", "", 1, Floor("ours", ">=", 100)),
    ("best-practices", "best practices", "", 1, Floor("ours", ">=", 100)),
    ("seo", "SEO", "", 1, Floor("ours", ">=", 100)),
    ("lcp", "largest contentful paint", "s", 1000, Floor("ours", "<=", 1.8)),
    ("tbt", "blocking time", "ms", 1, Floor("ours", "<=", 150)),
    ("cls", "layout shift", "", 1, Floor("ours", "<=", 0.02)),
)


async def cold_start(stage: Stage) -> Sequence[Row]:
    """Lighthouse's mobile setting on list, case and graphs, with demonstration data."""
    browser = await ensure_browser(stage.say)
    async with _demonstration(stage) as (site, case):
        paths = {"list": "/", "case": f"/cases/{case}", "graphs": "/graphs"}
        pages = {
            f"{name} {lang}": f"{site}{path}?lang={lang}"
            for name, path in paths.items()
            for lang in LANGS
        }
        scores = await browser.measure("scores", pages=pages, runs=_runs(stage))
        weights = {
            lang: await browser.measure("weight", url=f"{site}/?lang={lang}") for lang in LANGS
        }
    return [*score_rows(scores), *weight_rows(weights)]


async def filter_changes(stage: Stage) -> Sequence[Row]:
    """Filters changed through the page while everything matches."""
    browser = await ensure_browser(stage.say)
    url = stage.url(f"/?{urlencode({'map': 'all', 'since': 'all', 'lang': 'en'})}")
    count = CHANGES if stage.seconds >= 1 else 4
    rows: list[Row] = []
    kinds: Sequence[Kind] = ("phone", "wide")
    for kind in kinds:
        found = await browser.measure("changes", url=url, kind=kind, count=count)
        rows += change_rows(kind, found)
    return rows


MEASURES = (filter_changes, cold_start)


@asynccontextmanager
async def _demonstration(stage: Stage) -> AsyncIterator[tuple[str, str]]:
    """A site of its own with the demonstration set: its address, and a case that was replied to."""
    with opened(None, stage.say) as cluster:
        await prepare(cluster.addresses, stage.say)
        with progress_bar("演示案例 demonstration cases") as bar:
            await load_demo(cluster.addresses.desk, TODAY, bar)
        settings = Settings.model_construct(today=TODAY, port=free_port())
        with api_process(settings, cluster.addresses.public):
            async with Client("127.0.0.1", settings.port) as client:
                answer = await client.get("/api/v1/cases?replied=true&limit=1")
            yield settings.address, orjson.loads(answer.body)["items"][0]["id"]


def _runs(stage: Stage) -> int:
    return RUNS if stage.seconds >= 1 else 1


def score_rows(scores: Mapping[str, Found]) -> list[Row]:
    """A row for each of Lighthouse's figures: the worst page's median, every page in the detail."""
    rows = []
    for name, what, unit, divisor, floor in _SCORES:
        each = {page: _median(found[name]) / divisor for page, found in scores.items()}
        worst = sorted(each, key=each.__getitem__)[0 if floor.sign == ">=" else -1]
        words = f"page, Lighthouse's {what}, worst of {len(each)} pages: {worst}"
        # What it found wrong stands in the file once, with the performance.
        detail = scores if name == "performance" else each
        rows.append(Row(f"page.{name}", words, unit, each[worst], floor=floor, detail=detail))
    return rows


def weight_rows(weights: Mapping[str, Found]) -> list[Row]:
    """Kilobytes (1000 bytes), compressed and with heads, of the heavier language."""

    def row(view: str, what: str, most: float) -> Row:
        ours = max(found[view]["bytes"] for found in weights.values()) / 1000
        detail = {lang: found[view] for lang, found in weights.items()}
        floor = Floor("ours", "<=", most)
        return Row(f"page.weight-{view}", what, "kB", ours, floor=floor, detail=detail)

    return [
        row("list", "page, transferred until the list stands, phone", 100),
        row("map", "page, transferred until the first map view stands, phone", 650),
    ]


def change_rows(kind: Kind, found: Found) -> list[Row]:
    """The longest task, the heap after the last change, and how soon the list is there.

    On a phone no map is drawn, and a task is as long as it takes. Beside a map that is drawn
    without a graphics card every task waits for a processor, so there its own time on one counts.
    """
    per, time = {"phone": ("ownWall", ""), "wide": ("ownCpu", " of processor time")}[kind]
    made: Sequence[Found] = found["made"]
    longest = max(_median(_longest(tasks, per) for tasks in change["tries"]) for change in made)
    shown = [way["shown"] for change in made for way in change["ways"]]
    where = {"phone": "phone", "wide": "beside the map"}[kind]
    changes = f"{len(shown)} filter changes at {found['before']['total']:,} cases, {where}"
    return [
        Row(
            f"page.task-{kind}",
            f"page, longest task{time} in {changes}",
            "ms",
            longest,
            floor=Floor("ours", "<=", 100),
            detail=found,
        ),
        Row(
            f"page.heap-{kind}",
            f"page, heap after {changes}",
            "MB",
            found["heap"] / 1e6,
            floor=Floor("ours", "<=", 150),
            detail={"before": found["before"]["heap"] / 1e6},
        ),
        Row(
            f"page.shown-{kind}",
            f"page, until list and counts are there, {where}",
            "ms",
            median(shown),
            detail={"longest": max(shown)},
        ),
    ]


def _longest(tasks: Sequence[Found], per: str) -> float:
    """Milliseconds; tasks below 50 are not long, and not noted."""
    return max((task[per] for task in tasks), default=0.0)


def _median(figures: float | Iterable[float]) -> float:
    return median(figures) if isinstance(figures, Iterable) else figures
