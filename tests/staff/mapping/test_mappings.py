"""Wordings of imports mapped over HTTP: all rows get the term, published ones as a revision."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select, update

from api.cluster.roles import Addresses
from api.db import Desk, writing
from api.models import AuditEntry, DeskCase, Mapping
from api.places.gazetteer import load_gazetteer
from api.reference import Reference, read_vocabulary
from api.staff.drafts import Draft, DraftSource
from api.staff.mapping import working
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.verifying import check
from api.staff.writing import write_drafts
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.drafts import call
from tests.staff.people import MakePerson, Person

FOOD = {"kind": "issue", "stated": "伙食太差", "code": "work_conditions"}


def stating(**changes: Any) -> Draft:
    return call(issues=["wage_arrears", "other"], **changes)


async def put(archive: Addresses, drafts: Sequence[Draft], *, published: bool) -> None:
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), drafts)
        if published:
            renderer = Renderer(await read_vocabulary(session))
            await publish(session, renderer, [d.id for d in drafts], actor="console", day=TODAY)


async def settled(client: Person) -> list[dict[str, Any]]:
    """The mappings, once nothing is left to do."""
    for _ in range(200):
        items: list[dict[str, Any]] = (await fetch(client, "/staff/mappings"))["items"]
        if not any(item["left"] for item in items):
            return items
        await asyncio.sleep(0.05)
    raise AssertionError("it never ends")


async def test_one_mapping_for_all_rows(
    archive: Addresses, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    drafts, published = [stating() for _ in range(3)], [stating() for _ in range(4)]
    await put(archive, drafts, published=False)
    await put(archive, published, published=True)
    moderator = await person("moderator")
    page = await fetch(moderator, "/staff/unmatched")
    assert (page["total"], page["next"]) == (1, None)
    assert page["items"][0] | {"guess": None} == {
        "kind": "issue",
        "stated": "伙食太差",
        "count": 7,
        "guess": None,
    }
    answer = await moderator.put(f"{API}/staff/mappings", json=FOOD)
    assert (answer.status_code, answer.json()) == (202, {"left": 7})
    made = await settled(moderator)
    told = {**FOOD, "left": 0, "made_by": moderator.name, "made_on": TODAY.isoformat()}
    assert made == [told]
    assert (await fetch(moderator, "/staff/unmatched"))["items"] == []
    async with writing(archive.desk) as session:
        rows = await session.all(select(DeskCase.issues, DeskCase.stated, DeskCase.edit))
        assert {(tuple(row.issues), row.edit) for row in rows} == {
            (("wage_arrears", "work_conditions"), 1)
        }
        assert all(row.stated == {} for row in rows)
        assert (await check(session)).broken is None
        acts = await session.all(select(AuditEntry.act, AuditEntry.actor, AuditEntry.subject))
    mine = {act.act for act in acts if act.actor == moderator.name}
    assert mine == {"mapping", "map", "publish"}
    assert "伙食太差" not in str(acts)
    history = (await own_client.get(f"{API}/cases/{published[0].id}/revisions")).json()
    assert [entry["kind"] for entry in history["revisions"]] == ["published", "changed"]
    assert history["revisions"][1]["reason"] == {"zh": "术语归类", "en": "Terms mapped"}
    assert history["revisions"][1]["fields"] == ["issues", "stated"]
    total = (await own_client.get(f"{API}/cases?since=all&issue=work_conditions")).json()
    assert total["total"] == 4, "drafts are as little public as before"


async def test_an_edit_that_is_not_public_is_not_published_with_it(
    archive: Addresses, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    case = stating()
    await put(archive, [case], published=True)
    async with writing(archive.desk) as session:
        values = {"title_en": "Half a thought", "edit": 1}
        await session.execute(update(DeskCase).values(**values))
    moderator = await person("moderator")
    await moderator.put(f"{API}/staff/mappings", json=FOOD)
    await settled(moderator)
    assert (await own_client.get(f"{API}/cases/{case.id}")).json()["revision"] == 1
    async with writing(archive.desk) as session:
        row = await session.first(select(DeskCase.stated, DeskCase.edit, DeskCase.published_edit))
    assert row is not None
    assert (row.stated, row.edit, row.published_edit) == ({}, 2, 0)


async def test_sources_get_their_platform(archive: Addresses, person: MakePerson) -> None:
    source = DraftSource("other", "https://example.org/1", TODAY)
    case = call(stated={"platform": ["某论坛"]}, sources=[source])
    await put(archive, [case], published=True)
    publisher = await person("publisher")
    body = {"kind": "platform", "stated": "某论坛", "code": "wechat"}
    await publisher.put(f"{API}/staff/mappings", json=body)
    await settled(publisher)
    stored = await fetch(publisher, f"/staff/cases/{case.id}")
    assert [each["platform"] for each in stored["sources"]] == ["wechat"]
    listed = await fetch(publisher, "/staff/cases", {"platform": "wechat"})
    assert listed["total"] == 1


async def test_what_was_interrupted_goes_on(
    archive: Addresses, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "BATCH", 4)
    await put(archive, [stating() for _ in range(10)], published=True)
    desk = Desk(archive.desk)
    reference = Reference(desk)
    try:
        async with desk.transaction() as session:
            row = insert(Mapping).values(**FOOD, made_by="li.na", made_on=TODAY)
            await session.execute(row)
        # As many transactions as a process lived to see; the next one begins where it was.
        vocabulary = await reference.vocabulary()
        assert await working._batch(desk, vocabulary, TODAY) == 4
        left = (await (await person("viewer")).get(f"{API}/staff/mappings")).json()["items"][0]
        assert left["left"] in (0, 2, 6), "or the process of this test has already gone on"
        await working.work_off(desk, reference, TODAY)
        async with desk.read() as session:
            rows = await session.all(select(DeskCase.revision, DeskCase.stated))
        assert {(row.revision, str(row.stated)) for row in rows} == {(2, "{}")}, "each once"
    finally:
        await desk.close()


async def test_the_list_is_paged_and_guesses(archive: Addresses, person: MakePerson) -> None:
    words = [f"说法{number}" for number in range(7)]
    drafts = [call(stated={"issue": [word, "伙食太差"]}) for word in words]
    drafts.append(call(stated={"action": ["Sit in"], "location": ["某地"]}))
    await put(archive, drafts, published=False)
    viewer = await person("viewer")
    seen: list[dict[str, Any]] = []
    query = {"limit": "3"}
    while True:
        page = await fetch(viewer, "/staff/unmatched", query)
        assert page["total"] == 9
        seen += page["items"]
        if page["next"] is None:
            break
        query = {"limit": "3", "cursor": page["next"]}
    assert (seen[0]["stated"], seen[0]["count"]) == ("伙食太差", 7)
    assert sorted(item["stated"] for item in seen[1:]) == sorted([*words, "Sit in"])
    guessed = {item["stated"]: item["guess"] for item in seen}
    assert guessed["Sit in"] == "sit_in"
    narrowed = await fetch(viewer, "/staff/unmatched", {"kind": "action"})
    assert [item["stated"] for item in narrowed["items"]] == ["Sit in"]


async def test_what_cannot_be_meant_is_refused(archive: Addresses, person: MakePerson) -> None:
    moderator = await person("moderator")
    path = f"{API}/staff/mappings"
    refused(await moderator.put(path, json={**FOOD, "code": "nothing"}), 422, "code")
    refused(await moderator.put(path, json={**FOOD, "kind": "place"}), 422, "kind")
    refused(await moderator.put(path, json={**FOOD, "more": 1}), 422, "more")
    for cursor in ("x", "WzEsMiwzXQ", "W10"):
        refused(await moderator.get(f"{API}/staff/unmatched?cursor={cursor}"), 422, "cursor")
