"""Exports: files of everything against COPY, and what they cost the process."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import monotonic

from tests.bench.asking import DAYS, EVERYTHING, asked
from tests.bench.cases import TODAY
from tests.bench.lists import PATH
from tests.bench.processes import forget_peak, resident
from tests.bench.results import Floor, Row
from tests.bench.stage import BUSY, Side, Stage, connected, median_ratio

ROUNDS = 3
SHEET = 65_000
_COPIED = "SELECT document FROM pub.cases ORDER BY date DESC, id DESC"
# Seconds.
_STEP, _PATIENCE = 0.02, 60


async def files(stage: Stage) -> Sequence[Row]:
    """All documents as JSON lines and as a table, against COPY of the documents alone."""
    before, _ = resident(stage.pid)
    forget_peak(stage.pid)
    database = await connected(stage.cluster.addresses.public)

    async def copied(_: float) -> float:
        began = monotonic()
        await database.copy_from_query(_COPIED, output=_thrown_away)
        return stage.loaded.cases / (monotonic() - began)

    try:
        # Of a large archive each takes minutes, so that only neighbours were slowed alike.
        rounds = 1 if stage.loaded.straight else ROUNDS
        lines = await stage.alternate(_export(stage, "ndjson"), copied, rounds=rounds)
        table = await stage.alternate(_export(stage, "csv"), copied, rounds=rounds)
    finally:
        await database.close()
    most = resident(stage.pid)[1]
    rows = [
        Row(
            f"export.{name}",
            f"export of {stage.loaded.cases:,} {what}",
            "rows/s",
            median(ours),
            median(bare),
            "COPY of the same documents",
            median_ratio(ours, bare),
            stage.large(Floor("ratio", ">=", least)),
            {"ours": ours, "baseline": bare},
        )
        for name, what, (ours, bare), least in (
            ("ndjson", "documents as JSON lines", lines, 0.5),
            ("csv", "cases as CSV", table, 0.15),
        )
    ]
    grown = Row(
        "export.memory",
        "what the API process grew by meanwhile, at most",
        "MB",
        max(most - before, 0),
        floor=stage.large(Floor("ours", "<=", 30)),
        detail={"before": before, "most": most},
    )
    return [*rows, grown]


async def sheet(stage: Stage) -> Sequence[Row]:
    """An old spreadsheet of as many cases as one of its sheets takes."""
    back = DAYS * min(SHEET, stage.loaded.cases) // stage.loaded.cases
    since = TODAY - timedelta(days=back - 1)
    path = f"{PATH}/export.xls?map=all&since={since}&until={TODAY}"
    began = monotonic()
    async with stage.client() as client:
        size = await _drained(client.stream(path))
    return [
        Row(
            "export.xls",
            f"an .xls of about {min(SHEET, stage.loaded.cases):,} rows",
            "s",
            monotonic() - began,
            detail={"bytes": size},
        )
    ]


async def hang_up(stage: Stage) -> Sequence[Row]:
    """A client is gone after the first bytes of an export of everything."""
    database = await connected(stage.cluster.superuser)
    try:
        before = _children(stage.pid)
        async with stage.client() as client, aclosing(client.stream(_path("ndjson"))) as chunks:
            await anext(chunks)
        began = monotonic()
        while await database.fetchval(BUSY) or _children(stage.pid) - before:
            assert monotonic() < began + _PATIENCE, "something is still at work"
            await asyncio.sleep(_STEP)
        took = monotonic() - began
    finally:
        await database.close()
    what = "process and connection are free again after a client hung up"
    return [Row("export.hang-up", what, "s", took or _STEP, floor=Floor("ours", "<=", 2))]


def _path(ending: str) -> str:
    return f"{PATH}/export.{ending}?{asked(EVERYTHING)}"


def _export(stage: Stage, ending: str) -> Side:
    async def side(_: float) -> float:
        began = monotonic()
        async with stage.client() as client:
            lines = 0
            async for chunk in client.stream(_path(ending)):
                lines += chunk.count(b"\n")
        # A table has a line of headings, and line ends within its texts.
        assert lines == stage.loaded.cases or (ending == "csv" and lines > stage.loaded.cases)
        return stage.loaded.cases / (monotonic() - began)

    return side


async def _drained(chunks: AsyncIterator[bytes]) -> int:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
    return size


async def _thrown_away(data: bytes) -> None:
    """COPY wants somebody to take it."""


def _children(pid: int) -> set[str]:
    return {
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    }
