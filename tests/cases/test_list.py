"""GET /cases: order, pages, cursors that cannot be bent, and the shape of every summary."""

import base64
import hashlib
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from api.cases.schemas import CaseList, Summary
from api.cluster.roles import Addresses
from api.db import writing
from tests.archives import TODAY, serving
from tests.asking import fetch, listed, refused
from tests.cases.conftest import Case
from tests.staff.drafts import call
from tests.staff.test_publishing import put

WIDE = {"map": "all", "since": "2026-01"}


async def test_every_summary_is_one_and_equals_its_document(
    client: httpx.AsyncClient, documents: list[Case]
) -> None:
    held = {case["id"]: case for case in documents}
    page: dict[str, str] = {"map": "all", "since": "all", "limit": "200"}
    seen = 0
    while True:
        body = await fetch(client, "/cases", page)
        CaseList.model_validate(body)
        assert body["total"] == len(documents)
        for item in body["items"]:
            Summary.model_validate(item)
            document = held[item["id"]]
            expected = {name: document[name] for name in item}
            assert item == expected | {"sources": len(document["sources"])}
        seen += len(body["items"])
        if body["next"] is None:
            break
        page |= {"cursor": body["next"]}
    assert seen == len(documents)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("-date", lambda case: (case["date"]["value"], case["id"])),
        ("date", lambda case: (case["date"]["value"], case["id"])),
        ("-updated", lambda case: (case["updated"], case["id"])),
    ],
)
@pytest.mark.parametrize("limit", ["7", "50", "200"])
async def test_sorts_hold_over_pages(
    client: httpx.AsyncClient, documents: list[Case], sort: str, key: Any, limit: str
) -> None:
    query = {"map": "all", "since": "2026-10", "sort": sort, "limit": limit}
    total, ids = await listed(client, query)
    near = [case for case in documents if "2026-10" <= case["date"]["value"] <= "2026-11-21"]
    expected = [case["id"] for case in sorted(near, key=key, reverse=sort.startswith("-"))]
    assert ids == expected
    assert total == len(expected) > 100


async def test_what_no_sort_says_is_newest_first_fifty_at_a_time(client: httpx.AsyncClient) -> None:
    plain = await fetch(client, "/cases")
    assert plain == await fetch(client, "/cases", {"sort": "-date", "limit": "50"})
    assert plain.keys() == {"filters", "total", "items", "next"}
    assert len(plain["items"]) == 50 < plain["total"]
    days = [item["date"]["value"] for item in plain["items"]]
    assert days == sorted(days, reverse=True)


async def test_the_last_page_has_no_next(client: httpx.AsyncClient) -> None:
    total = (await fetch(client, "/cases", {**WIDE, "deaths_min": "3", "limit": "1"}))["total"]
    assert 0 < total <= 200
    query = {**WIDE, "deaths_min": "3", "limit": str(total)}
    assert (await fetch(client, "/cases", query))["next"] is None
    assert (await fetch(client, "/cases", {**WIDE, "q": "no_case_says_this"}))["items"] == []


async def _cursor(client: httpx.AsyncClient, **query: str) -> str:
    cursor: str = (await fetch(client, "/cases", {**WIDE, **query}))["next"]
    return cursor


def _read(cursor: str) -> str:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()


def _written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


async def test_a_cursor_belongs_to_its_filters_and_order(client: httpx.AsyncClient) -> None:
    cursor = await _cursor(client)
    for other in (
        {},
        {"map": "all"},
        {**WIDE, "sort": "date"},
        {**WIDE, "sort": "-updated"},
        {**WIDE, "q": "工"},
        {**WIDE, "region": "440000"},
        {**WIDE, "map": "calls"},
    ):
        answer = await client.get("/api/v1/cases", params={**other, "cursor": cursor})
        assert refused(answer, 422, "cursor")["type"].endswith("#invalid-cursor")
    # The size of a page and the language are no part of what it is for.
    await fetch(client, "/cases", {**WIDE, "cursor": cursor, "limit": "3", "lang": "zh"})


async def test_an_altered_cursor_is_refused(client: httpx.AsyncClient) -> None:
    cursor = await _cursor(client)
    for at in range(len(cursor)):
        other = "A" if cursor[at] != "A" else "B"
        altered = cursor[:at] + other + cursor[at + 1 :]
        answer = await client.get("/api/v1/cases", params={**WIDE, "cursor": altered})
        refused(answer, 422, "cursor", sent=altered)
    for altered in (cursor[:-1], cursor + "A", cursor + "=", cursor + "\n", cursor.lower(), "~"):
        answer = await client.get("/api/v1/cases", params={**WIDE, "cursor": altered})
        refused(answer, 422, "cursor")


async def test_a_forged_cursor_is_refused(client: httpx.AsyncClient) -> None:
    made_on, day, id_, made_for, check = _read(await _cursor(client)).split("|")
    forged = [
        (made_on, "0001-01-01", id_, made_for, check),
        (made_on, day, "' OR 1=1 --", made_for, check),
        (made_on, day, id_, made_for, hashlib.sha256(b"").hexdigest()[:12]),
        (made_on, day, id_, made_for),
        (made_on, day, id_, made_for, check, check),
        ("", "", "", "", ""),
        ("张三", day, id_, made_for, check),
        ("\0", day, id_, made_for, check),
    ]
    for parts in forged:
        query = {**WIDE, "cursor": _written("|".join(parts))}
        refused(await client.get("/api/v1/cases", params=query), 422, "cursor")


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 200), (2, 200), (3, 422), (400, 422)])
async def test_a_cursor_goes_stale(
    demo_archive: Addresses, client: httpx.AsyncClient, days: int, status: int
) -> None:
    cursor = await _cursor(client)
    async with serving(demo_archive, TODAY + timedelta(days=days)) as later:
        # The window that was asked for ends today by default, and so moves with the day.
        answer = await later.get("/api/v1/cases", params={**WIDE, "cursor": cursor})
        if status == 200:
            assert answer.status_code == 200
            assert answer.json()["filters"]["canonical"].endswith(f"until={TODAY}")
        else:
            refused(answer, 422, "cursor")


async def test_paging_over_midnight_shows_each_case_once(
    demo_archive: Addresses, client: httpx.AsyncClient
) -> None:
    total, expected = await listed(client, {"limit": "200"})
    first = await fetch(client, "/cases", {"limit": "200"})
    ids = [item["id"] for item in first["items"]]
    async with serving(demo_archive, TODAY + timedelta(days=1)) as tomorrow:
        cursor = first["next"]
        while cursor is not None:
            body = await fetch(tomorrow, "/cases", {"limit": "200", "cursor": cursor})
            assert body["total"] == total
            assert body["filters"] == first["filters"]
            ids += [item["id"] for item in body["items"]]
            cursor = body["next"]
        fresh = await fetch(tomorrow, "/cases")
        assert fresh["filters"]["canonical"] != first["filters"]["canonical"]
    assert ids == expected
    assert len(ids) > 200


async def test_ties_are_neither_shown_twice_nor_skipped(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    drafts = [call(date=date(2026, 10, 3 + number // 20)) for number in range(40)]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
    for sort in ("-date", "date", "-updated"):
        total, ids = await listed(own_client, {"sort": sort, "limit": "3"})
        assert sorted(ids) == sorted(draft.id for draft in drafts)
        assert total == 40


async def test_the_total_and_the_page_are_of_one_moment(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    assert await listed(own_client, {}) == (0, [])
    async with writing(archive.desk) as session:
        await put(session, call(), call(map="strikes"))
    assert (await fetch(own_client, "/cases"))["total"] == 1
    assert (await fetch(own_client, "/cases", {"map": "all"}))["total"] == 2
