"""The queue over HTTP: its order, its filters, its pages, and that it opens nothing."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from tests.archives import TODAY
from tests.asking import API, refused
from tests.staff.people import MakePerson
from tests.staff.queue.alerts import acts, put, put_plain

PATH = f"{API}/staff/alerts"


async def listed(client: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await client.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def ids(client: httpx.AsyncClient, **query: Any) -> list[str]:
    """Of all pages, whose total is the same each time."""
    found: list[str] = []
    page = await listed(client, **query)
    total = page["total"]
    while True:
        assert page["total"] == total
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            assert len(found) == total
            return found
        page = await listed(client, **query, cursor=page["next"])


async def test_an_alert_in_the_list(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    made = await put(owner, files=2)
    page = await listed(li)
    assert page == {
        "total": 1,
        "next": None,
        "items": [
            {
                "id": made.id, "received_on": TODAY.isoformat(), "lane": "proven", "lang": "zh",
                "state": "received", "changed_on": None, "reason": None, "case_id": None,
                "assignee": None, "flagged": False, "confirmed": False, "emptied": False,
                "files": 2, "additions": 0, "later": 0,
            }
        ],
    }  # fmt: skip
    assert await acts(owner, "alert.%") == []


async def test_order_and_pages(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    rows = [
        (rank, TODAY - timedelta(day), await put_plain(owner, lane, state, TODAY - timedelta(day)))
        for rank, lane in enumerate(("proven", "plain", "unproven"))
        for state in ("received", "checking", "spam")
        for day in (0, 1, 1, 5)
    ]
    right = [name for _, _, name in sorted(rows)]
    assert await ids(li) == right
    for limit in (1, 4, 5, 36, 200):
        assert await ids(li, limit=limit) == right
    received = await ids(li, state="received", limit=3)
    assert received == [name for name in right if name in received]
    assert len(received) == 12
    assert len(await ids(li, state="received,checking", lane=["plain", "unproven"], limit=7)) == 16
    since, until = (TODAY - timedelta(1)).isoformat(), TODAY.isoformat()
    assert len(await ids(li, since=since, until=until, limit=5)) == 27
    assert len(await ids(li, until=since, lane="proven")) == 9


async def test_what_a_page_behind_shows_when_the_list_moves(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    names = [await put_plain(owner) for _ in range(6)]
    first = await listed(li, limit=3)
    # Somebody decides on one of the first page, and a new one comes in front of it.
    await owner.execute(
        "UPDATE intake.alerts SET state = 'spam' WHERE id = $1", first["items"][0]["id"]
    )
    await put_plain(owner, on=TODAY - timedelta(9))
    rest = await listed(li, limit=3, cursor=first["next"])
    assert [item["id"] for item in rest["items"]] == sorted(names)[3:]


async def test_assignees_and_flags(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator", "li.na")
    mine = await put_plain(owner, assignee="li.na")
    other = await put_plain(owner, assignee="wang", flagged=True)
    nobodys = await put_plain(owner)
    assert await ids(li, assignee="li.na") == [mine]
    assert await ids(li, assignee="none") == [nobodys]
    assert await ids(li, flagged="true") == [other]
    assert set(await ids(li, flagged="false")) == {mine, nobodys}
    assert await ids(li, assignee="zhang") == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"lane": "fast"}, "lane"),
        ({"state": "received,' OR 1=1"}, "state"),
        ({"since": "2026-13-01"}, "since"),
        ({"since": "1700000000"}, "since"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "since"),
        ({"assignee": "Li Na"}, "assignee"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": ["5", "6"]}, "limit"),
        ({"cursor": "AAAA"}, "cursor"),
        ({"company": "x"}, "company"),
    ],
)
async def test_what_is_refused(query: dict[str, Any], parameter: str, person: MakePerson) -> None:
    li = await person("moderator")
    refused(await li.get(PATH, params=query), 422, parameter)


async def test_a_cursor_belongs_to_its_list(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    for _ in range(3):
        await put_plain(owner)
    cursor = (await listed(li, limit=1))["next"]
    assert cursor is not None
    refused(await li.get(PATH, params={"cursor": cursor, "lane": "plain"}), 422, "cursor")
    assert (await listed(li, limit=2, cursor=cursor))["next"] is None
