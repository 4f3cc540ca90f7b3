"""Whatever is sent and done in confidence changes no byte and no header of a public answer (S8)."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.alerts.forms import KINDS
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import writing
from api.ids import encode_id
from tests.alerts.senders import ask, send, taking
from tests.archives import copied
from tests.asking import API
from tests.staff.drafts import call
from tests.staff.test_publishing import put

PUBLISHED = [encode_id(number) for number in range(4)]
PAGES = ("", "graphs", "about", "privacy", "alert", "alert/receipt")
ROUTES = (
    *(f"{API}/cases?{query}" for query in ("", "map=all&since=all", "q=讨薪", "region=440000")),
    *(f"{API}/{path}" for path in ("cases/stats?since=all", "filters?counts=true", "vocabulary")),
    *(f"{API}/cases/export.{form}?since=all" for form in ("csv", "ndjson", "geojson", "xlsx")),
    *(f"{API}/cases/feed.{form}" for form in ("atom", "json")),
    *(f"{API}/cases/tiles/{tile}.mvt?since=all" for tile in ("0/0/0", "6/52/27", "12/3343/1784")),
    *(f"{API}/{path}" for path in ("cases/changes", "openapi.json", "nothing", "cases?nope=1")),
    *(f"{API}/cases/{case}" for case in (*PUBLISHED, "0000000000000")),
    *(f"{API}/cases/{case}/revisions" for case in PUBLISHED),
    *(f"/{page}?lang={lang}" for page in PAGES for lang in ("zh", "en")),
    *("/sitemap.xml", "/robots.txt", "/livez", "/readyz", f"/cases/{PUBLISHED[0]}"),
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: text.strip() != ""
)
CONTACTS = ("name", "phone", "wechat", "other")
FORMS = st.fixed_dictionaries(
    {"kind": st.lists(st.sampled_from(KINDS), min_size=1, max_size=3), "story": WORDS},
    optional={
        **dict.fromkeys(("place", "company", "links"), WORDS),
        **{f"contact_{name}": WORDS for name in CONTACTS},
        **{f"consent_{name}": st.sampled_from(["staff", "helpers", "public"]) for name in CONTACTS},
        "email": st.integers(0, 999).map(lambda number: f"somebody{number}@example.org"),
        "amount_owed": st.integers(0, 10**7),
        "people": st.integers(0, 10_000),
        "happened": st.dates().map(lambda day: day.isoformat()),
        "exact_place": st.booleans(),
        "reply_lang": st.sampled_from(["zh", "en"]),
    },
)
# What staff do with an alert; a published one would name its case to whoever holds the receipt.
DECISIONS = st.sampled_from(["received", "checking", "rejected", "spam", "withdrawn by sender"])
AFTER = st.tuples(FORMS, DECISIONS, WORDS, st.booleans())


@dataclass
class Site:
    """One of two archives with the same cases, and what was done to it in confidence."""

    client: httpx.AsyncClient
    desk: asyncpg.Connection

    async def take(self, done: tuple[dict[str, Any], str, str, bool]) -> None:
        form, decision, note, added = done
        answer = await send(self.client, form)
        assert answer.status_code == 201, answer.text
        receipt = answer.json()["receipt"]
        if added:
            assert (await ask(self.client, "additions", receipt, text=note)).status_code == 200
        if decision == "withdrawn by sender":
            assert (await ask(self.client, "withdrawal", receipt)).status_code == 200
        else:
            await self.desk.execute(
                "UPDATE intake.alerts SET state = $1, assignee = $2, reason = 'other'"
                " WHERE state = 'received'",
                decision,
                note,
            )


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.mark.parametrize("pairs", [30, pytest.param(300, marks=pytest.mark.long)])
def test_pairs_are_equal(
    cluster: Cluster, empty_template: str, runner: asyncio.Runner, pairs: int
) -> None:
    stack = AsyncExitStack()
    chance = random.Random(8)
    here, there = (runner.run(_opened(stack, cluster, empty_template)) for _ in range(2))

    @settings(max_examples=pairs, deadline=None, suppress_health_check=list(HealthCheck))
    @given(AFTER, st.lists(AFTER, max_size=2))
    def compare(one: Any, others: list[Any]) -> None:
        runner.run(_compared(here, there, one, others, chance.sample(ROUTES, 4)))

    try:
        compare()
        runner.run(_equal(here, there, ROUTES))
        assert runner.run(_counted(here)) >= pairs
    finally:
        runner.run(stack.aclose())


async def _opened(stack: AsyncExitStack, cluster: Cluster, template: str) -> Site:
    addresses: Addresses = await stack.enter_async_context(copied(cluster, template))
    async with writing(addresses.desk) as session:
        await put(session, *(call(id=case) for case in PUBLISHED))
    # An hour's budget is per process, and not what this is about.
    client = await stack.enter_async_context(taking(addresses, plain_hourly=10**6))
    desk = await asyncpg.connect(addresses.desk)
    stack.push_async_callback(desk.close)
    return Site(client, desk)


async def _compared(here: Site, there: Site, one: Any, others: list[Any], paths: list[str]) -> None:
    await here.take(one)
    for other in others:
        await there.take(other)
    await _equal(here, there, paths)


async def _equal(here: Site, there: Site, paths: Any) -> None:
    for path in paths:
        mine, yours = await here.client.get(path), await there.client.get(path)
        assert mine.status_code == yours.status_code, path
        assert mine.content == yours.content, path
        assert mine.headers.multi_items() == yours.headers.multi_items(), path


async def _counted(site: Site) -> int:
    count: int = await site.desk.fetchval("SELECT count(*) FROM intake.alerts")
    return count
