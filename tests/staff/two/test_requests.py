"""What takes two people (S26): asked by one, approved by another, and the table says the same."""

import asyncpg
import httpx
import orjson
import pytest
from fastapi import FastAPI

from api.ids import new_id
from tests.asking import API, refused
from tests.staff.contacts.desks import PHONE, WECHAT, acts, asked, history, kept, published, seen
from tests.staff.people import MakePerson, Person

REQUESTS = f"{API}/staff/requests"
EXPORT = {"kind": "export", "asked": {"query": "map=all&since=2026-01"}}


async def asks(who: Person, body: object) -> str:
    answer = await who.post(REQUESTS, json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "open"
    name: str = answer.json()["id"]
    return name


async def test_a_request_says_who_asked_and_who_decided(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    phone = await kept(li, case)
    request = await asked(li, phone)
    (waiting,) = (await wang.get(f"{REQUESTS}?state=open")).json()["items"]
    assert waiting == {
        "id": request,
        "kind": "contact",
        "subject": phone,
        "case_id": case,
        "asked": {"channel": "phone"},
        "asked_by": li.name,
        "asked_on": "2026-11-21",
        "state": "open",
        "decided_by": None,
        "decided_on": None,
    }
    for word in ("approval", "refusal"):
        body = refused(await li.post(f"{REQUESTS}/{request}/{word}"), 403)
        assert body["type"].endswith("second-person")
    answer = await wang.post(f"{REQUESTS}/{request}/refusal")
    assert answer.json() == {
        **waiting, "state": "refused", "decided_by": wang.name, "decided_on": "2026-11-21",
    }  # fmt: skip
    for word in ("approval", "refusal"):
        refused(await wang.post(f"{REQUESTS}/{request}/{word}"), 409)
    assert (await wang.get(f"{REQUESTS}?state=open")).json() == {"items": []}
    assert (await acts(owner, phone))[-2:] == [
        f"{li.name} contact.ask",
        f"{wang.name} contact.refuse",
    ]
    refused(await wang.post(f"{REQUESTS}/{new_id()}/approval"), 404)


async def test_only_what_was_asked_can_be_approved(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    phone = await kept(li, case, consent="helpers")
    path = f"{API}/staff/contacts/{phone}"
    # Without consent nobody can even ask, and nobody asks twice.
    refused(await li.post(f"{path}/publication"), 409)
    await li.patch(path, json={"consent": "public"})
    request = await asked(li, phone)
    refused(await wang.post(f"{path}/publication"), 409)
    # Another value than the one that was asked for, then no consent any more.
    await li.patch(path, json={"value": WECHAT})
    refused(await wang.post(f"{REQUESTS}/{request}/approval"), 409)
    assert (await wang.post(f"{REQUESTS}/{request}/refusal")).status_code == 200
    request = await asked(li, phone)
    await li.patch(path, json={"consent": "none"})
    refused(await wang.post(f"{REQUESTS}/{request}/approval"), 409)
    assert await seen(own_client, case) == []
    assert len(await history(own_client, case)) == 1
    # And nothing of what is no more.
    await li.delete(path)
    refused(await wang.post(f"{REQUESTS}/{request}/approval"), 409)
    (item,) = (await li.get(f"{REQUESTS}?state=open")).json()["items"]
    assert (item["id"], item["case_id"]) == (request, None)


async def test_roles_of_those_who_ask_and_decide(staff_app: FastAPI, person: MakePerson) -> None:
    li, wang = await person("moderator"), await person("publisher")
    phone = await kept(li, await published(staff_app))
    refused(await li.post(f"{API}/staff/contacts/{phone}/publication"), 403)
    request = await asked(wang, phone)
    refused(await li.post(f"{REQUESTS}/{request}/approval"), 403)
    refused(await li.get(REQUESTS), 403)
    retention = {"kind": "retention", "asked": {"name": "rejected_days", "length": 7}}
    refused(await wang.post(REQUESTS, json=retention), 403)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE desk.requests SET state = 'approved', decided_by = asked_by, decided_on = asked_on",
        "UPDATE desk.requests SET state = 'approved'",
        "UPDATE desk.requests SET state = 'approved', decided_on = asked_on",
        "UPDATE desk.requests SET asked_by = (SELECT id FROM desk.staff WHERE id <> asked_by)",
        "DELETE FROM desk.requests",
        "UPDATE desk.contacts SET consent = 'none', public_value = 'x'",
    ],
)
async def test_the_tables_refuse_it_too(
    staff_app: FastAPI,
    person: MakePerson,
    owner: asyncpg.Connection,
    archive: object,
    statement: str,
) -> None:
    li, _ = await person("publisher"), await person("publisher")
    await asked(li, await kept(li, await published(staff_app)))
    before = await owner.fetch("SELECT * FROM desk.requests")
    desk = await asyncpg.connect(archive.desk)  # type: ignore[attr-defined]
    try:
        with pytest.raises((asyncpg.CheckViolationError, asyncpg.InsufficientPrivilegeError)):
            await desk.execute(statement)
    finally:
        await desk.close()
    assert await owner.fetch("SELECT * FROM desk.requests") == before


async def test_an_export_is_its_askers_once_another_approved_and_for_a_day(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("publisher"), await person("admin")
    case, old = await published(staff_app), await published(staff_app)
    await owner.execute("UPDATE desk.cases SET date = '2020-01-01' WHERE id = $1", old)
    await owner.execute("UPDATE desk.cases SET notes = 'for the desk' WHERE id = $1", case)
    phone = await kept(li, case)
    request = await asks(li, EXPORT)
    path = f"{REQUESTS}/{request}/export"
    refused(await li.get(path), 409)
    refused(await li.post(f"{REQUESTS}/{request}/approval"), 403)
    assert (await wang.post(f"{REQUESTS}/{request}/approval")).status_code == 200
    refused(await wang.get(path), 404)
    answer = await li.get(path)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    (line,) = [orjson.loads(line) for line in answer.text.splitlines()]
    assert (line["id"], line["state"], line["notes"]) == (case, "published", "for the desk")
    assert line["text"]["zh"]
    assert line["replies"][0]["office"]["zh"]
    assert line["contacts"] == [
        {"id": phone, "channel": "phone", "consent": "public", "public": False, "asked": False}
    ]
    assert PHONE not in answer.text
    assert await acts(owner, request) == [
        f"{li.name} export.ask",
        f"{wang.name} export.approve",
        f"{li.name} export.take",
    ]
    await owner.execute("UPDATE desk.requests SET decided_on = decided_on - 1")
    refused(await li.get(path), 409)


async def test_an_export_of_more_than_one_batch_is_whole(
    staff_app: FastAPI, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.staff.two.exporting._BATCH", 2)
    li, wang = await person("publisher"), await person("publisher")
    cases = {await published(staff_app) for _ in range(5)}
    query = "?q=讨薪&issue=wage_arrears&issue=wage_deductions&state=published"
    request = await asks(li, {"kind": "export", "asked": {"query": query}})
    await wang.post(f"{REQUESTS}/{request}/approval")
    lines = (await li.get(f"{REQUESTS}/{request}/export")).text.splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == sorted(cases, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "state=lost",
        "cursor=x",
        "state=draft&state=draft",
        "since=2026-13",
        "issue=nothing_of_ours",
        "limit=5",
        "since=2026&since=2025",
    ],
)
async def test_filters_that_mean_nothing_cannot_be_asked(person: MakePerson, query: str) -> None:
    li = await person("publisher")
    refused(await li.post(REQUESTS, json={"kind": "export", "asked": {"query": query}}), 422)
    assert (await li.get(REQUESTS)).json() == {"items": []}


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "contact", "asked": {}},
        {"kind": "export", "asked": {"query": "map=all", "all": True}},
        {"kind": "retention", "asked": {"name": "spent_days", "length": 1}},
        {"kind": "retention", "asked": {"name": "rejected_days", "length": 0}},
        {"kind": "retention", "asked": {"name": "rejected_days", "length": 366}},
        {"kind": "retention", "asked": {"name": "rejected_days", "length": "long"}},
        {},
    ],
)
async def test_what_cannot_be_asked(person: MakePerson, body: object) -> None:
    refused(await (await person("admin")).post(REQUESTS, json=body), 422)
