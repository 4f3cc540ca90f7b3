"""The order of a run: archive, API process, measurements one after another, table and JSON.

To add a measurement, write a function Stage -> rows and name it in one of the two lists below.
"""

import asyncio
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from rich.console import Console

from api.cluster import Cluster
from api.cluster.home import Say
from api.db import Database
from api.reference import read_vocabulary
from api.settings import Settings
from tests.bench import (
    alerts,
    beside,
    desk,
    exporting,
    filtering,
    growing,
    importing,
    lists,
    memory,
    page,
    reading,
    searching,
    starting,
    tallying,
    tiles,
)
from tests.bench.archive import Loaded, fill, opened
from tests.bench.cases import TODAY
from tests.bench.chromium import ensure_browser
from tests.bench.load import find_load
from tests.bench.processes import api_process, await_index, free_port
from tests.bench.results import Row, table, write_json
from tests.bench.stage import Measure, Stage, connected

# While the API process runs; the last one looks at what the others have done to it.
SERVED: tuple[Measure, ...] = (
    lists.page,
    lists.cold,
    # Before others ask the same words.
    searching.keywords,
    filtering.depth,
    filtering.combinations,
    tallying.default_window,
    tallying.all_years,
    tallying.options,
    tiles.against_tipg,
    tiles.largest,
    reading.addresses,
    growing.latencies,
    exporting.files,
    exporting.sheet,
    exporting.hang_up,
    beside.export,
    beside.strange,
    beside.heavy,
    beside.exports,
    page.filter_changes,
    alerts.submit,
    alerts.receipts,
    alerts.among_readers,
    memory.after_load,
)
# When it has ended, and nobody is connected to the archive.
ALONE: tuple[Measure, ...] = (starting.ready, page.cold_start, desk.room, importing.files)
Part = Literal["service", "page"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told."""

    cases: int
    seconds: float
    json: Path
    data: Path | None
    # One part of the measurements; None: all of them.
    only: Part | None


def run(options: Options, say: Say) -> bool:
    """Measures, prints the table, writes the JSON; answers whether every floor is met."""
    # What else runs here makes every figure worse and the ratios less sure.
    busy = os.getloadavg()[0]
    if options.only != "service":
        # The API process reads the built page when it starts, and looks for no other.
        asyncio.run(ensure_browser(say))
    with opened(options.data, say) as cluster:
        loaded = asyncio.run(fill(cluster, options.data, options.cases, say))
        head, rows = asyncio.run(_measured(cluster, loaded, options, say))
    head["machine"]["load_average_before"] = busy
    write_json(options.json, head, rows)
    screen = Console()
    # In a file or a log the table stays in one piece; a terminal is as wide as it is.
    screen.width = screen.width if screen.is_terminal else 160
    screen.print(table(rows, f"{options.cases:,} cases · {head['machine']['load']}"))
    return all(row.met is not False for row in rows)


async def _measured(
    cluster: Cluster, loaded: Loaded, options: Options, say: Say
) -> tuple[dict[str, Any], list[Row]]:
    settings = Settings.model_construct(today=TODAY, port=free_port(), **alerts.KEYS)
    database = Database(cluster.addresses.public)
    async with database.read() as session:
        vocabulary = await read_vocabulary(session)
    await database.close()
    load = find_load(options.seconds, say)
    stage = Stage(cluster, loaded, settings, vocabulary, load, options.seconds, 0, say)
    rows = [_door(loaded)] if loaded.seconds else []
    with api_process(settings, cluster.addresses.public) as pid:
        async with stage.client() as client:
            await client.get(lists.PATH)
        await_index(pid)
        for measure in _wanted(SERVED, options.only):
            rows += await _one(measure, replace(stage, pid=pid))
    for measure in _wanted(ALONE, options.only):
        rows += await _one(measure, stage)
    head = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cases": loaded.cases,
        "seconds": options.seconds,
        "machine": {**await _machine(cluster), "load": load.name},
    }
    return head, rows


def _wanted(measures: Sequence[Measure], only: Part | None) -> list[Measure]:
    def part(measure: Measure) -> Part:
        return "page" if measure in page.MEASURES else "service"

    return [measure for measure in measures if only in (None, part(measure))]


async def _one(measure: Measure, stage: Stage) -> list[Row]:
    words = (measure.__doc__ or "").strip().split("\n")[0]
    stage.say(f"▶ {measure.__module__.rpartition('.')[2]}.{measure.__name__}: {words}")
    return list(await measure(stage))


def _door(loaded: Loaded) -> Row:
    what = "drafts written and published, straight through the door"
    if loaded.straight:
        what = "cases invented, rendered and copied straight into pub, past door and desk"
    return Row("door", what, "cases/s", loaded.cases / loaded.seconds)


async def _machine(cluster: Cluster) -> dict[str, Any]:
    connection = await connected(cluster.superuser)
    try:
        postgres = await connection.fetchval("SHOW server_version")
    finally:
        await connection.close()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "postgres": postgres,
        "processor": _processor(),
        "system": platform.platform(terse=True),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
