"""Thousands of random reader inputs, the same on every run: answered or refused, never a fault."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from random import Random
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes

import httpx
import pytest

from api.cases.filters import FILTERS
from api.cluster import Cluster
from api.db import writing
from api.ids import encode_id
from api.staff.publishing import withdraw
from tests.archives import copied, serving
from tests.asking import API, raw
from tests.hostile import BOXES, BYTES, CODES, DATES, NUMBERS, TEXTS
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

AT_ONCE = 8
EXPECTED = {200, 301, 304, 404, 410, 422}
FILTERED = (
    *(f"{API}/cases", f"{API}/cases/stats", f"{API}/cases/feed.atom", f"{API}/cases/feed.json"),
    *(f"{API}/filters", f"{API}/cases/export.csv", f"{API}/cases/export.ndjson"),
    *(f"{API}/cases/export.geojson", f"{API}/cases/tiles/{{}}/{{}}/{{}}.mvt"),
)
OTHERS = (
    *(f"{API}/cases/{{}}", f"{API}/cases/{{}}/revisions", f"{API}/cases/changes"),
    *(f"{API}/vocabulary", f"{API}/docs", f"{API}/{{}}", "/{}", f"{API}/cases/export.{{}}"),
)
# A workbook costs a process: now and then only.
SHEETS = (f"{API}/cases/export.xls", f"{API}/cases/export.xlsx")
OWN = ("limit", "cursor", "sort", "by", "counts", "since", "lang")


class Request(NamedTuple):
    template: str
    path: str
    query: bytes


def _value(random: Random) -> str:
    """A value as it stands in an address."""
    pool = random.choice((NUMBERS, DATES, BOXES, TEXTS, TEXTS, CODES, CODES))
    chance = random.random()
    if chance < 0.08:
        return quote_from_bytes(random.choice(BYTES) + random.randbytes(random.randrange(3)))
    if chance < 0.10:
        return quote_from_bytes(random.randbytes(random.randrange(1, 60)))
    if chance < 0.101:
        return random.choice("aé工%") * 1_000_000
    if chance < 0.12:
        return quote(random.choice(TEXTS) * random.choice((10, 100, 3_000)))
    if chance < 0.15:
        return ",".join(quote(random.choice(pool)) for _ in range(random.choice((2, 4, 250))))
    value = random.choice(pool)
    # Now and then unquoted, as a careless client would send it.
    return value if chance < 0.2 else quote(value)


def _path_part(random: Random) -> str:
    id_ = encode_id(random.randrange(5))
    part = random.choice((id_, id_, _value(random), "1", "0", "13"))
    return part[:2_000]


def _request(random: Random) -> Request:
    chance = random.random()
    some = FILTERED if chance < 0.75 else OTHERS if chance < 0.99 else SHEETS
    template = random.choice(some)
    path = template.format(*(_path_part(random) for _ in range(3)))
    names = [*FILTERS, *FILTERS, *OWN, "nope", "q[]", "", _value(random)[:40]]
    count = random.choice((0, 1, 1, 1, 2, 2, 3, 8) if some is FILTERED else (0, 0, 1))
    pairs = [f"{random.choice(names)}={_value(random)}" for _ in range(count)]
    # Long windows too, so that not all fall to the default one.
    pairs += ["map=all&since=all"] if some is FILTERED and random.random() < 0.2 else []
    query = random.choice(("&", "&", "&", ";", "&&")).join(pairs)
    return Request(template, path, query.encode("utf-8", "replace"))


@pytest.fixture(scope="module")
async def small(cluster: Cluster, empty_template: str) -> AsyncIterator[httpx.AsyncClient]:
    """Forty cases of known ids, the first two no longer there."""
    drafts = [
        call(id=encode_id(number), map=("calls", "strikes", "accidents")[number % 3])
        for number in range(40)
    ]
    ids = [draft.id for draft in drafts]
    async with copied(cluster, empty_template) as archive:
        async with writing(archive.desk) as session:
            await put(session, *drafts)
            await withdraw(session, ids[0], reason="legal", actor="c", day=DAY)
            await withdraw(
                session, ids[1], reason="duplicate", actor="c", day=DAY, merged_into=ids[2]
            )
        async with serving(archive) as client:
            yield client


@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.long)])
async def test_nothing_a_reader_sends_is_a_fault(small: httpx.AsyncClient, count: int) -> None:
    random = Random(44)
    requests = iter([_request(random) for _ in range(count)])
    statuses: Counter[int] = Counter()
    answered: Counter[str] = Counter()

    async def ask() -> None:
        for request in requests:
            try:
                answer = await raw(small, request.path, request.query)
                assert answer.status_code in EXPECTED, answer.text[:300]
                if answer.status_code >= 400:
                    page = not request.path.startswith("/api")
                    kind = "text/html; charset=utf-8" if page else "application/problem+json"
                    assert answer.headers["content-type"] == kind
                    assert len(answer.content) < 4_000, "nothing long is repeated"
            except Exception as error:
                error.add_note(f"{request.path[:300]}?{request.query[:600]!r}")
                raise
            statuses[answer.status_code] += 1
            answered[request.template] += answer.status_code == 200

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(ask())
    assert statuses.total() == count
    assert statuses.keys() >= EXPECTED - {304}
    # Random as they are, many mean something, on every surface.
    assert statuses[200] > count / 10
    assert all(answered[template] > count / 500 for template in FILTERED)
