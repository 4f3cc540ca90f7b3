"""Any filters at all: how deep a page may lie, and 500 random filter sets, judged by SQL."""

from asyncio import gather, get_running_loop
from collections.abc import Iterator, Sequence
from itertools import islice
from os import sched_getaffinity
from statistics import median
from typing import Any

import orjson

from api.cases import query
from api.cases.cursors import Cursor, Position
from tests.bench.asking import Combinations, Filters, asked, long_windows, view_of
from tests.bench.cases import TODAY
from tests.bench.client import Client
from tests.bench.lists import LIMIT, PATH
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage, compiled, connected

DEEP = 2_000
PAGES = 60
SETS = 500
# Milliseconds.
HALF, MOST, WORST = 8, 25, 150
_BEFORE = "SELECT date, id FROM pub.cases ORDER BY date, id OFFSET $1 LIMIT 1"


async def depth(stage: Stage) -> Sequence[Row]:
    """The first page and a far one of nearly everything, each time another window."""
    number = min(DEEP, max(stage.loaded.cases // LIMIT // 2, 2))
    database = await connected(stage.cluster.addresses.public)
    try:
        day, id_ = await database.fetchrow(_BEFORE, (number - 1) * LIMIT - 1)
    finally:
        await database.close()
    near: list[float] = []
    far: list[float] = []
    async with stage.client() as client:
        # Oldest first: wherever the window ends, the same case stands before the far page.
        for filters in islice(long_windows(), PAGES):
            digest = view_of(filters, stage.vocabulary).digest
            cursor = Cursor(TODAY, Position(day, id_), f"{digest}date").encode()
            oldest = {**filters, "sort": "date"}
            _, took = await ask(client, oldest)
            near.append(took)
            answer, took = await ask(client, {**oldest, "cursor": cursor})
            assert len(answer["items"]) == LIMIT
            far.append(took)
    # The first ones warm up both.
    ratio = median(theirs / own for theirs, own in zip(far[5:], near[5:], strict=True))
    return [
        Row(
            "list.depth",
            f"page {number:,} of nearly everything",
            "ms",
            median(far[5:]),
            median(near[5:]),
            "page 1 of it",
            ratio,
            stage.large(Floor("ratio", "<=", 1.5)),
            {"far": far, "near": near},
        )
    ]


async def combinations(stage: Stage) -> Sequence[Row]:
    """Filter sets drawn at random, one after another, each asked once; SQL must say the same."""
    draws = Combinations(stage.vocabulary)
    count = stage.fewer(SETS)
    sets = [draws.draw() for _ in range(count)]
    answers: list[Any] = []
    took: list[float] = []
    async with stage.client() as client:
        for filters in sets:
            answer, milliseconds = await ask(client, filters)
            answers.append(answer)
            took.append(milliseconds)
    given = iter(list(zip(sets, answers, strict=True)))
    await gather(*(_judge(stage, given) for _ in sched_getaffinity(0)))
    ordered = sorted(took)
    slowest = sorted(zip(took, map(asked, sets), strict=True), reverse=True)[:10]
    detail = {"slowest": slowest, "found": sum(answer["total"] > 0 for answer in answers)}
    what = f"{count} random filter sets, cold, same as by SQL"
    figures = (
        ("p50", "half of them within", ordered[count // 2], HALF),
        ("p95", "95 of 100 within", ordered[count * 95 // 100], MOST),
        ("worst", "the slowest", ordered[-1], WORST),
    )
    return [
        Row(
            f"filters.{name}",
            f"{what}: {words}",
            "ms",
            figure,
            floor=stage.large(Floor("ours", "<=", most)),
            detail=detail if name == "worst" else {},
        )
        for name, words, figure, most in figures
    ]


async def ask(client: Client, filters: Filters) -> tuple[Any, float]:
    """The list's answer, and milliseconds until it was there."""
    loop = get_running_loop()
    path = f"{PATH}?{asked(filters)}"
    began = loop.time()
    answer = await client.get(path)
    took = (loop.time() - began) * 1000
    assert answer.status == 200, f"{path}: {answer.body!r}"
    return orjson.loads(answer.body), took


async def _judge(stage: Stage, given: Iterator[tuple[Filters, Any]]) -> None:
    """Takes one answer after another, beside others who do, and asks SQL for it."""
    database = await connected(stage.cluster.addresses.public)
    try:
        for filters, answer in given:
            page = query.page(view_of(filters, stage.vocabulary), "-date", LIMIT, None)
            statement = compiled(page)
            total, summaries, *_ = await database.fetchrow(statement.sql, *statement.parameters)
            listed = [orjson.loads(text) for text in summaries or ()]
            assert (answer["total"], answer["items"]) == (total, listed), asked(filters)
    finally:
        await database.close()
