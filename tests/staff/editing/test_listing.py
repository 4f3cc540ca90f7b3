"""Cases at the desk are found by the filters of the public side, and by the desk's own states."""

from typing import Any

import httpx
import pytest

from tests.asking import API, refused
from tests.staff.editing.cases import made, published, saved
from tests.staff.people import MakePerson

QUERIES = (
    "since=all",
    "map=all&since=all",
    "region=440000&since=all",
    "since=2026-10&until=2026-10",
    "q=讨薪&since=all",
    "company=示例&since=all",
    "issue=wage_arrears&industry=electronics&since=all",
    "replied=true&since=all",
    "has_source=false&since=all",
    "placed=true&since=all",
    "bbox=113,22,115,23&since=all",
    "has_contact=false&since=all",
)


async def test_the_same_filters_find_the_same_cases(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    variants: tuple[dict[str, Any], ...] = (
        {},
        {"map": "strikes", "place": "110105"},
        {"company": {"zh": "甲厂", "en": None}, "sources": [], "replies": []},
        {"date": {"value": "2020-01-05", "precision": "day"}, "place": None, "issues": []},
    )
    for members in variants:
        await published(wu, **members)
    await made(wu)
    for query in QUERIES:
        public = (await own_client.get(f"{API}/cases?{query}")).json()
        desk = (await wu.get(f"{API}/staff/cases?state=published&{query}")).json()
        assert desk["total"] == public["total"], query
        ids = [item["id"] for item in public["items"]]
        assert [item["id"] for item in desk["items"]] == ids, query
        assert desk["filters"] == public["filters"]
        for mine, theirs in zip(desk["items"], public["items"], strict=True):
            assert {n: mine[n] for n in ("title", "region", "date", "company")} == {
                n: theirs[n] for n in ("title", "region", "date", "company")
            }


async def test_the_desk_has_states_of_its_own(person: MakePerson) -> None:
    wu = await person("publisher")
    draft = await made(wu, title={"zh": "只有中文", "en": None})
    public = await published(wu)
    edited = await published(wu)
    await saved(wu, edited, title={"zh": "新题", "en": "New"})

    async def found(query: str) -> set[str]:
        body = (await wu.get(f"{API}/staff/cases?{query}")).json()
        assert body["total"] == len(body["items"])
        return {item["id"] for item in body["items"]}

    assert await found("") == {draft["id"], public["id"], edited["id"]}
    assert await found("state=draft") == {draft["id"]}
    assert await found("pending=true") == {edited["id"]}
    assert await found("state=published&pending=false") == {public["id"]}
    assert await found("waiting=true") == set()
    assert await found("flag=repeat") == set()
    assert await found("map=strikes") == set()
    items = (await wu.get(f"{API}/staff/cases?state=draft")).json()["items"]
    assert items[0]["missing"] == ["en"]
    assert items[0]["state"] == "draft"


@pytest.mark.parametrize("sort", ["-date", "date"])
async def test_pages_hold_every_case_once(person: MakePerson, sort: str) -> None:
    li = await person("moderator")
    ids = [
        (await made(li, date={"value": f"2026-10-0{1 + n // 3}", "precision": "day"}))["id"]
        for n in range(7)
    ]
    seen: list[str] = []
    asked = f"sort={sort}&limit=3"
    while True:
        body = (await li.get(f"{API}/staff/cases?{asked}")).json()
        assert body["total"] == 7
        seen += [item["id"] for item in body["items"]]
        if body["next"] is None:
            break
        asked = f"sort={sort}&limit=3&cursor={body['next']}"
    assert sorted(seen) == sorted(ids)
    assert len(seen) == 7
    refused(await li.get(f"{API}/staff/cases?state=draft&{asked}"), 422, "cursor")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("state=hidden", "state"),
        ("region=999999", "region"),
        ("limit=201", "limit"),
        ("sort=-updated", "sort"),
        ("map=calls&map=strikes", "map"),
        ("colour=red", "colour"),
        ("cursor=nothing", "cursor"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    person: MakePerson, query: str, parameter: str
) -> None:
    li = await person("moderator")
    refused(await li.get(f"{API}/staff/cases?{query}"), 422, parameter)
