"""Contacts before readers (S9): by consent and two people, one by one, and gone at once."""

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from api.staff.contacts.showing import follow_due, follow_gone
from tests.archives import TODAY
from tests.asking import API
from tests.staff.contacts.desks import (
    PHONE,
    WECHAT,
    asked,
    everything,
    history,
    kept,
    published,
    seen,
    shown,
)
from tests.staff.people import MakePerson

BULK = ("/cases?map=all&since=all", "/cases/export.ndjson?map=all&since=all",
        "/cases/export.csv?map=all&since=all", "/cases/feed.json?map=all")  # fmt: skip


async def test_each_is_public_by_its_own_two_people(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wang, zhao = await person("moderator"), await person("publisher"), await person("publisher")
    case = await published(staff_app)
    phone = await kept(li, case)
    other = await kept(li, case, WECHAT, channel="wechat")
    private = await kept(li, case, "kanarienvogel@example.org", channel="email", consent="none")
    assert await seen(own_client, case) == []
    request = await asked(wang, phone)
    assert await seen(own_client, case) == []
    assert (await wang.post(f"{API}/staff/requests/{request}/approval")).status_code == 403
    assert await seen(own_client, case) == []
    assert (await zhao.post(f"{API}/staff/requests/{request}/approval")).status_code == 200
    assert await seen(own_client, case) == [{"channel": "phone", "value": PHONE}]
    last = (await history(own_client, case))[-1]
    assert (last["revision"], last["kind"], last["fields"]) == (2, "changed", ["contacts"])
    assert all(last["reason"].values())
    await shown(zhao, wang, other)
    assert len(await seen(own_client, case)) == 2
    answer = await own_client.get(f"{API}/cases/{case}")
    assert answer.headers["cache-control"] == "no-cache"
    assert (await own_client.get(f"{API}/cases?map=all&since=all&has_contact=true")).json()["total"]
    # Never in bulk, and what nobody asked for nowhere.
    for path in BULK:
        bulk = await own_client.get(f"{API}{path}")
        assert bulk.status_code == 200, path
        assert case in bulk.text
        assert PHONE not in bulk.text
        assert WECHAT not in bulk.text
    assert private not in await everything(owner, "pub")
    assert "kanarienvogel@" not in await everything(owner, "pub", "desk")


@pytest.mark.parametrize("how", ["consent", "value", "delete", "publication"])
async def test_what_is_taken_back_is_gone_from_every_document(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
    how: str,
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    phone = await kept(li, case)
    await shown(li, wang, phone)
    path = f"{API}/staff/contacts/{phone}"
    if how == "consent":
        answer = await li.patch(path, json={"consent": "helpers"})
    elif how == "value":
        answer = await li.patch(path, json={"value": WECHAT})
    else:
        answer = await li.delete(path if how == "delete" else f"{path}/publication")
    assert answer.status_code == 204, answer.text
    assert await seen(own_client, case) == []
    revisions = await history(own_client, case)
    assert [entry["document"] is None for entry in revisions] == [True, True, False]
    assert revisions[2]["fields"] == ["contacts"]
    stored = await everything(owner, "pub", "desk")
    assert PHONE not in stored
    assert WECHAT not in stored
    assert not await owner.fetchval("SELECT bool_or(has_contact) FROM pub.cases")
    if how != "delete":
        # What was approved once is not approved for ever.
        if how == "consent":
            await li.patch(path, json={"consent": "public"})
        assert await seen(own_client, case) == []
        await shown(wang, li, phone)
        value = WECHAT if how == "value" else PHONE
        assert await seen(own_client, case) == [{"channel": "phone", "value": value}]


async def test_edits_that_nobody_published_do_not_come_along(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    await owner.execute("UPDATE desk.cases SET title_en = 'half done', edit = edit + 1")
    phone = await kept(li, case)
    await shown(li, wang, phone)
    assert (await li.delete(f"{API}/staff/contacts/{phone}/publication")).status_code == 204
    assert await seen(own_client, case) == []
    assert "half done" not in await everything(owner, "pub")
    assert await owner.fetchval("SELECT title_en FROM desk.cases") == "half done"


async def test_a_case_from_an_alert_shows_with_the_batch_and_hides_at_once(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app, from_alert=True)
    desk = staff_app.state.database
    phone, other = await kept(li, case), await kept(li, case, WECHAT, channel="wechat")
    await shown(li, wang, phone)
    assert await seen(own_client, case) == []
    assert await follow_due(desk, TODAY) == 1
    assert await follow_due(desk, TODAY) == 0
    assert len(await seen(own_client, case)) == 1
    await shown(li, wang, other)
    assert len(await seen(own_client, case)) == 1
    # Taking one back does not bring the other before its batch.
    assert (await li.delete(f"{API}/staff/contacts/{phone}")).status_code == 204
    assert await seen(own_client, case) == []
    assert await follow_due(desk, TODAY) == 1
    assert await seen(own_client, case) == [{"channel": "wechat", "value": WECHAT}]


async def test_a_contact_deleted_by_its_sender_leaves_the_public_document(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app, from_alert=True)
    await shown(li, wang, await kept(li, case))
    await follow_due(staff_app.state.database, TODAY)
    await owner.execute("DELETE FROM desk.contacts")
    # The application does the same on its own.
    await follow_gone(staff_app.state.database, TODAY)
    assert await seen(own_client, case) == []
    assert PHONE not in await everything(owner, "pub", "desk")
    assert await follow_gone(staff_app.state.database, TODAY) == 0


async def test_a_draft_shows_its_approved_contacts_once_it_is_published(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    await owner.execute("DELETE FROM pub.cases")
    await owner.execute("UPDATE desk.cases SET state = 'draft'")
    await shown(li, wang, await kept(li, case))
    assert await owner.fetchval("SELECT has_contact FROM desk.cases")
    assert await owner.fetchval("SELECT count(*) FROM pub.revisions") == 1
