"""GET /cases/stats: every dimension against the documents, and the keys where little is known."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.staff.drafts import Draft, DraftReply
from tests.archives import TODAY
from tests.asking import API, Query, fetch, refused
from tests.cases.conftest import Case
from tests.staff.drafts import call
from tests.staff.test_publishing import put

ALL_DIMENSIONS = (
    "month,year,region,industry,issue,action,response,platform,ownership,accident_type,reply_days"
)
Tallies = list[tuple[str | None, int]]
# Publishes the drafts and answers one dimension of the statistics.
Counts = Callable[..., Awaitable[Tallies]]


async def tallies(client: httpx.AsyncClient, by: str, query: Query) -> Tallies:
    stats = await fetch(client, "/cases/stats", {**query, "by": by})
    assert stats.keys() == {"filters", "total", "by"}
    assert stats["by"].keys() == set(by.split(","))
    return [(tally["key"], tally["count"]) for tally in stats["by"][by]]


@pytest.fixture
def counts(archive: Addresses, own_client: httpx.AsyncClient) -> Counts:
    async def count(by: str, *drafts: Draft, **query: str) -> Tallies:
        async with writing(archive.desk) as session:
            await put(session, *drafts)
        return await tallies(own_client, by, {"since": "all", **query})

    return count


def _keys(case: Case, name: str) -> list[str | None]:
    """What a case counts under, read from its document."""
    if name == "month":
        return [case["date"]["value"][:7] if case["date"]["precision"] != "year" else None]
    if name == "year":
        return [case["date"]["value"][:4]]
    if name in ("region", "industry"):
        return [case[name]["path"][0]["code"] if case[name] else None]
    if name == "platform":
        found = {s["platform"]["code"] for s in case["sources"] if s["platform"]}
    elif name in ("ownership", "accident_type"):
        found = {case[name]["code"]} if case[name] else set()
    else:
        field = {"issue": "issues", "action": "actions"}.get(name, name)
        found = {coded["code"] for coded in case[field]}
    return list(found) or [None]


@pytest.mark.parametrize("name", ALL_DIMENSIONS.split(",")[:-1])
async def test_a_dimension_counts_what_the_documents_say(
    client: httpx.AsyncClient, documents: list[Case], name: str
) -> None:
    for map_ in ("all", "calls", "strikes", "accidents"):
        query = {"map": map_, "since": "2024-01-01", "until": "2025-12-31"}
        expected = Counter(
            key
            for case in documents
            if map_ in ("all", case["map"]) and "2024" <= case["date"]["value"] < "2026"
            for key in _keys(case, name)
        )
        found = await tallies(client, name, query)
        assert {key: count for key, count in found if count} == expected
        assert len(found) == len({key for key, _ in found})
        if name not in ("month", "year"):
            assert [count for key, count in found if key] == sorted(
                (count for key, count in found if key), reverse=True
            )
        assert None not in [key for key, _ in found[:-1]], "what is blank comes last"


async def test_what_is_not_asked_for_is_month_industry_and_action(
    client: httpx.AsyncClient,
) -> None:
    stats = await fetch(client, "/cases/stats")
    assert list(stats["by"]) == ["month", "industry", "action"]
    assert [t["key"] for t in stats["by"]["month"]] == [
        f"2026-{month:02}" for month in range(5, 12)
    ]


async def test_dimensions_are_joined_or_repeated(client: httpx.AsyncClient) -> None:
    joined = await client.get(f"{API}/cases/stats?by=month,region,month")
    repeated = await client.get(f"{API}/cases/stats?by=month&by=region")
    assert joined.content == repeated.content
    assert list(joined.json()["by"]) == ["month", "region"]
    for bad in ("", "day", "month,", "Month", "month,day", "map", "title", "search", "%00"):
        refused(await client.get(f"{API}/cases/stats?by={bad}"), 422, "by")


async def test_empty_months_are_zero_and_years_are_whole(counts: Counts) -> None:
    drafts = [call(date=day) for day in (date(2025, 11, 30), date(2026, 2, 1), date(2026, 2, 28))]
    window = {"since": "2025-10", "until": "2026-03-01"}
    assert await counts("month", *drafts, **window) == [
        ("2025-10", 0), ("2025-11", 1), ("2025-12", 0), ("2026-01", 0), ("2026-02", 2),
        ("2026-03", 0),
    ]  # fmt: skip
    assert await counts("year", **window) == [("2025", 1), ("2026", 2)]
    # Without a window, as far as cases reach.
    assert len(await counts("month")) == 4


async def test_of_a_year_alone_no_month_is_known(counts: Counts) -> None:
    drafts = [
        call(date=date(2026, 1, 1), date_precision="year"),
        call(date=date(2026, 1, 1), date_precision="month"),
        call(date=date(2026, 1, 1)),
    ]
    found = await counts("month", *drafts, since="2026-01", until="2026-02")
    assert found == [("2026-01", 2), ("2026-02", 0), (None, 1)]
    assert await counts("year", since="2026-01", until="2026-02") == [("2026", 3)]


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ({"since": "0001", "until": "9999"}, 1_200),
        ({"since": "all"}, 1_200),
        ({"since": "all", "until": "0050"}, 0),
        ({"since": "all", "until": "9999"}, 1_200),
        ({"since": "0001", "until": "0002"}, 24),
        ({"since": "9998", "until": "9999"}, 24),
        ({"since": "all", "q": "no_case_says_this"}, 0),
        ({"since": "0001", "until": "9999", "q": "no_case_says_this"}, 1_200),
    ],
)
async def test_huge_windows_have_few_keys(
    client: httpx.AsyncClient, query: dict[str, str], most: int
) -> None:
    stats = await fetch(client, "/cases/stats", query | {"by": "month,year"})
    for name in ("month", "year"):
        assert len(stats["by"][name]) <= most
        assert sum(tally["count"] for tally in stats["by"][name]) == stats["total"]
        keys = [tally["key"] for tally in stats["by"][name] if tally["key"]]
        assert {len(key) for key in keys} <= {7 if name == "month" else 4}
        assert keys == sorted(keys)


async def test_regions_roll_up_and_one_asked_code_opens(counts: Counts) -> None:
    # Guangdong alone, Shenzhen alone, two of its districts, Guangzhou, Zhejiang, nowhere.
    codes = ("440000", "440300", "440306", "440305", "440100", "330100", None)
    drafts = [call(place=code) for code in codes]
    top = dict(await counts("region", *drafts))
    assert top == {"440000": 5, "330000": 1, None: 1}
    opened = dict(await counts("region", region="440000"))
    assert opened == {"440000": 1, "440300": 3, "440100": 1}
    assert dict(await counts("region", region="440300")) == {"440300": 1, "440306": 1, "440305": 1}
    assert dict(await counts("region", region="440306")) == {"440306": 1}
    assert dict(await counts("region", region="440300,330100")) == {"440000": 3, "330000": 1}


async def test_counties_of_a_municipality_or_a_province_count_as_their_own(counts: Counts) -> None:
    places = load_gazetteer().places.values()
    pseudo = next(place for place in places if place.kind == "pseudo")
    county = next(place for place in places if place.parent == pseudo.code)
    assert pseudo.parent is not None
    codes = ("110000", "110100", "110105", "110108", pseudo.parent, pseudo.code, county.code)
    found = dict(await counts("region", *(call(place=code) for code in codes)))
    assert found == {"110000": 4, pseudo.parent: 3}
    opened = dict(await counts("region", region="110000"))
    assert opened == {"110000": 2, "110105": 1, "110108": 1}
    below = dict(await counts("region", region=pseudo.parent))
    assert below == {pseudo.parent: 2, county.code: 1}
    # What is known no finer counts under the asked code itself, of whatever kind it is.
    assert dict(await counts("region", region="110100")) == {"110100": 1, "110105": 1, "110108": 1}
    assert dict(await counts("region", region=pseudo.code)) == {pseudo.code: 1, county.code: 1}


async def test_industries_roll_up_and_one_asked_code_opens(counts: Counts) -> None:
    codes = ("manufacturing", "electronics", "electronics", "construction", None)
    drafts = [call(industry=code) for code in codes]
    assert dict(await counts("industry", *drafts)) == {
        "manufacturing": 3,
        "construction": 1,
        None: 1,
    }
    opened = dict(await counts("industry", industry="manufacturing"))
    assert opened == {"manufacturing": 1, "electronics": 2}
    assert dict(await counts("industry", industry="electronics")) == {"electronics": 2}
    both = dict(await counts("industry", industry="electronics,construction"))
    assert both == {"manufacturing": 2, "construction": 1}


async def test_a_case_counts_once_under_each_of_its_codes(counts: Counts) -> None:
    drafts = [call(issues=["wage_arrears", "other"]), call(issues=["other"]), call(issues=[])]
    assert await counts("issue", *drafts) == [("other", 2), ("wage_arrears", 1), (None, 1)]


def _answered(days: int | None) -> Draft:
    received = TODAY - timedelta(days=400)
    replied = None if days is None else received + timedelta(days=days)
    text = Pair("已收到。", None)
    return call(replies=[DraftReply(Pair("示例局", None), text, "办理中", received, replied)])


async def test_days_to_a_reply_are_banded(counts: Counts) -> None:
    days = (0, 7, 8, 15, 16, 30, 31, 60, 61, 90, 91, 399, None)
    found = await counts("reply_days", *map(_answered, days), call(replies=[]))
    assert found == [
        ("0-7", 2), ("8-15", 2), ("16-30", 2), ("31-60", 2), ("61-90", 2), ("91+", 2), (None, 2),
    ]  # fmt: skip


async def test_statistics_of_nothing(own_client: httpx.AsyncClient) -> None:
    stats: dict[str, Any] = await fetch(own_client, "/cases/stats", {"by": ALL_DIMENSIONS})
    assert stats["total"] == 0
    assert {tally["count"] for tally in stats["by"]["month"]} == {0}
    assert len(stats["by"]["month"]) == 7
    assert all(not stats["by"][name] for name in ALL_DIMENSIONS.split(",")[2:])
