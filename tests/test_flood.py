"""A real process under questions that nobody should ask: a quiet reader is answered meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from itertools import product
from pathlib import Path

import httpx
import pytest

from api.cluster.roles import Addresses
from api.terms.vocabulary import KINDS, load_terms
from tests.asking import API
from tests.processes import Served, served

AT_ONCE = 24
WORDS = (
    "薪", "讨薪", "工", "a", "e", "1", "0", "wages", "%25", "_", "没有", "公司", "example", "工资",
    "的", "在", "不", "厂", "人", "of", "the",
)  # fmt: skip


@pytest.fixture
async def process(demo_archive: Addresses, tmp_path: Path) -> AsyncIterator[Served]:
    today = {"QIUZHU_TODAY": "2026-11-21"}
    async with served(tmp_path, DATABASE_URL=demo_archive.public, **today) as running:
        yield running


async def flood(process: Served, paths: Iterable[str]) -> Counter[int]:
    """Asks for all of them, many at a time, while a quiet reader reads; status -> how often."""
    address = f"http://127.0.0.1:{process.port}"
    waiting = iter(paths)
    seen: Counter[int] = Counter()

    async def one(client: httpx.AsyncClient) -> None:
        for path in waiting:
            answer = await client.get(f"{API}{path}")
            seen[answer.status_code] += 1
            if answer.status_code in (429, 503):
                assert int(answer.headers["retry-after"]) > 0

    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        crowd = asyncio.gather(*(one(client) for _ in range(AT_ONCE)))
        read = 0
        while not crowd.done() or not read:
            answer = await process.client.get(f"{API}/cases", params={"limit": 7})
            assert answer.status_code == 200
            read += 1
            await asyncio.sleep(0.05)
        await crowd
    return seen


async def test_filters_that_nobody_asked_before(process: Served) -> None:
    days = [f"{2015 + n % 11}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(600)]
    seen = await flood(
        process, (f"/cases?map=all&since={day}&deaths_min={n}" for n, day in enumerate(days))
    )
    assert seen == {200: 600}


async def test_words_by_the_hundred(process: Served) -> None:
    asked = [f"/cases?map=all&since=all&q={one}%20{two}" for one, two in product(WORDS[:12], WORDS)]
    seen = await flood(process, asked)
    assert seen.keys() <= {200, 422, 503}
    assert seen[200] > 0


async def test_every_term_of_every_kind_at_once(process: Served) -> None:
    terms = load_terms()
    every = "&".join(
        f"{kind}={','.join(term.code for term in terms.of(kind)[:200])}" for kind in KINDS
    )
    paths = [f"/cases?map=all&since=all&{every}", f"/cases/stats?map=all&since=all&{every}"]
    paths += [f"/filters?map=all&since=all&counts=true&{every}"]
    seen = await flood(process, [f"{path}&deaths_min={n}" for n in range(20) for path in paths])
    assert seen == {200: 60}


async def test_the_whole_world(process: Served) -> None:
    tiles = [f"/cases/tiles/0/0/0.mvt?map=all&since=all&injuries_min={n}" for n in range(100)]
    assert await flood(process, tiles) == {200: 100}


async def test_exports_beyond_what_is_made_at_once(process: Served) -> None:
    seen = await flood(process, ["/cases/export.ndjson?map=all&since=all"] * 60)
    assert seen.keys() == {200, 503}, "some are told to come again"
