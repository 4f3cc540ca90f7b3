"""Two cases become one: what goes over, where ids lead, and what stays shut."""

import asyncio

import asyncpg
import httpx
import pytest

from tests.asking import API, fetch, refused
from tests.staff.editing.cases import CONTENT, act, made, published, read, saved
from tests.staff.people import MakePerson

OTHER = [
    {"platform": "douyin", "url": "https://example.org/2"},
    {"platform": "wechat", "url": "https://example.org/1"},
]
REPLY = {
    "office": {"zh": "另一单位", "en": None},
    "text": {"zh": "已支付。", "en": None},
    "status": "已办理",
}


async def test_public_cases_become_one(
    person: MakePerson, own_client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    wu = await person("publisher")
    into = await published(wu)
    this = await published(wu, sources=OTHER, replies=[*CONTENT["replies"], REPLY])
    answer = await act(wu, this["id"], "merge", into=into["id"], edit=this["edit"])
    now = answer.json()
    assert (now["id"], now["edit"], now["revision"], now["pending"]) == (into["id"], 1, 2, False)
    # The address was there already, and so was the first reply.
    urls = ["https://example.org/1", "https://example.org/2"]
    assert [source["url"] for source in now["sources"]] == urls
    assert len(now["replies"]) == 2
    moved = await own_client.get(f"{API}/cases/{this['id']}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"{API}/cases/{into['id']}")
    page = await own_client.get(f"/cases/{this['id']}")
    assert page.status_code == 301
    document = await fetch(own_client, f"/cases/{into['id']}")
    assert [source["url"] for source in document["sources"]] == urls
    history = (await fetch(own_client, f"/cases/{into['id']}/revisions"))["revisions"]
    assert history[1]["fields"] == ["replies", "sources"]
    assert history[1]["reason"]["en"].startswith("A case about the same matter")
    assert (await fetch(own_client, "/cases"))["total"] == 1
    rows = await owner.fetch("SELECT act, subject FROM desk.audit ORDER BY number DESC LIMIT 3")
    assert {(row["act"], row["subject"]) for row in rows} == {
        ("merge", into["id"]),
        ("withdraw", this["id"]),
        ("publish", into["id"]),
    }


async def test_earlier_merges_lead_on(person: MakePerson, own_client: httpx.AsyncClient) -> None:
    wu = await person("publisher")
    first, second, third = [await published(wu) for _ in range(3)]
    await act(wu, first["id"], "merge", into=second["id"], edit=0)
    second = await read(wu, second["id"])
    answer = await act(wu, second["id"], "merge", into=third["id"], edit=second["edit"])
    assert answer.status_code == 200
    for case in (first, second):
        moved = await own_client.get(f"{API}/cases/{case['id']}")
        assert moved.headers["location"] == f"{API}/cases/{third['id']}"


async def test_a_draft_goes_over_without_a_trace(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    into, this = await published(wu), await made(wu, sources=OTHER)
    now = (await act(wu, this["id"], "merge", into=into["id"], edit=0)).json()
    assert len(now["sources"]) == 2
    assert (await read(wu, this["id"]))["state"] == "withdrawn"
    assert (await own_client.get(f"{API}/cases/{this['id']}")).status_code == 404
    assert this["id"] not in (await own_client.get(f"{API}/cases/changes")).text
    # Two drafts: the other one is still one.
    left, right = await made(wu), await made(wu, sources=OTHER)
    now = (await act(wu, right["id"], "merge", into=left["id"], edit=0)).json()
    assert (now["state"], now["edit"]) == ("draft", 1)


async def test_what_cannot_be_merged_stays_as_it_is(person: MakePerson) -> None:
    li, wu = await person("moderator"), await person("publisher")
    public, draft, other = await published(wu), await made(wu), await published(wu)
    refused(await act(wu, public["id"], "merge", into=public["id"], edit=0), 422, "into")
    refused(await act(wu, public["id"], "merge", into="0000000000000", edit=0), 404)
    # An id that is public cannot lead to what is not.
    refused(await act(wu, public["id"], "merge", into=draft["id"], edit=0), 409)
    await saved(li, public, text={"zh": "改过", "en": None})
    body = refused(await act(wu, public["id"], "merge", into=other["id"], edit=0), 409)
    assert body["changed"] == ["text"]
    # What a moderator has saved does not become public by a merge.
    body = refused(await act(wu, other["id"], "merge", into=public["id"], edit=0), 409)
    assert body["pending"] is True
    await act(wu, other["id"], "withdraw", reason="mistaken")
    refused(await act(wu, public["id"], "merge", into=other["id"], edit=1), 409)
    refused(await act(li, public["id"], "merge", into=draft["id"], edit=1), 403)
    assert (await read(wu, public["id"]))["state"] == "published"


@pytest.mark.parametrize("states", [("draft", "published"), ("published", "published")])
async def test_alerts_are_told_of_the_case_that_is_left(
    person: MakePerson, owner: asyncpg.Connection, states: tuple[str, str]
) -> None:
    wu = await person("publisher")
    this = await (made if states[0] == "draft" else published)(wu)
    into = await published(wu)
    await owner.execute(
        "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, state, case_id)"
        " VALUES ('A', '2026-11-01', 'proven', 'zh', 'r', 'checking', $1)",
        this["id"],
    )
    await act(wu, this["id"], "merge", into=into["id"], edit=0)
    assert await owner.fetchval("SELECT case_id FROM intake.alerts") == into["id"]
    assert (await read(wu, into["id"]))["alert"] == "A"


async def test_two_who_merge_each_into_the_other(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    one, two = await published(wu), await published(wu)
    answers = await asyncio.gather(
        act(wu, one["id"], "merge", into=two["id"], edit=0),
        act(wu, two["id"], "merge", into=one["id"], edit=0),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await fetch(own_client, "/cases"))["total"] == 1
