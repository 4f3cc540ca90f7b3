"""Contacts through a case's life: its publication, a correction, a merge, a withdrawal."""

import asyncpg
import httpx
from fastapi import FastAPI

from tests.asking import API
from tests.staff.contacts.desks import (
    PHONE,
    WECHAT,
    everything,
    history,
    kept,
    published,
    seen,
    shown,
)
from tests.staff.people import MakePerson, Person

WHY = {"zh": "更正", "en": "A correction"}


async def edit_of(who: Person, case: str) -> int:
    edit: int = (await who.get(f"{API}/staff/cases/{case}")).json()["edit"]
    return edit


async def correct(who: Person, case: str) -> None:
    body = {"edit": await edit_of(who, case), "reason": WHY}
    answer = await who.post(f"{API}/staff/cases/{case}/publish", json=body)
    assert answer.status_code == 200, answer.text


async def test_it_comes_with_the_publication_and_stays_with_a_correction(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    body = {"map": "calls", "date": {"value": "2026-10-03"}, "title": {"zh": "讨薪", "en": "Wages"}}
    case = (await li.post(f"{API}/staff/cases", json=body)).json()["id"]
    phone = await kept(li, case)
    await shown(li, wang, phone)
    assert (await own_client.get(f"{API}/cases/{case}")).status_code == 404
    await correct(li, case)
    public = [{"channel": "phone", "value": PHONE}]
    assert await seen(own_client, case) == public
    await correct(li, case)
    assert await seen(own_client, case) == public
    listed = (await li.get(f"{API}/staff/cases/{case}")).json()["contacts"]
    assert listed == [
        {"id": phone, "channel": "phone", "consent": "public", "public": True, "asked": False}
    ]
    assert PHONE in (await own_client.get(f"/cases/{case}")).text


async def test_a_withdrawal_leaves_nothing_in_clear(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    await shown(li, wang, await kept(li, case))
    assert PHONE in await everything(owner, "pub", "desk")
    answer = await li.post(f"{API}/staff/cases/{case}/withdraw", json={"reason": "privacy"})
    assert answer.status_code == 200, answer.text
    assert PHONE not in await everything(owner, "pub", "desk")
    assert PHONE not in (await own_client.get(f"{API}/cases/{case}/revisions")).text


async def test_a_merge_takes_contacts_along_and_shows_none_unasked(
    staff_app: FastAPI,
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case, into = await published(staff_app), await published(staff_app)
    there, moved = await kept(li, into, WECHAT, channel="wechat"), await kept(li, case)
    await shown(li, wang, there)
    await shown(li, wang, moved)
    edit = await edit_of(li, case)
    answer = await li.post(f"{API}/staff/cases/{case}/merge", json={"into": into, "edit": edit})
    assert answer.status_code == 200, answer.text
    contacts = {each["id"]: each["public"] for each in answer.json()["contacts"]}
    assert contacts == {there: True, moved: False}
    assert await seen(own_client, into) == [{"channel": "wechat", "value": WECHAT}]
    assert PHONE not in await everything(owner, "pub", "desk")
    await shown(wang, li, moved)
    assert len(await seen(own_client, into)) == 2
    assert all(entry["document"] is None for entry in await history(own_client, case))
