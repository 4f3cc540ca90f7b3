"""Fifty contact details a day: the next one locks the account's views, and everybody can see it."""

import asyncio

import asyncpg
from fastapi import FastAPI

from api.staff.contacts.budget import DAILY
from tests.archives import TODAY
from tests.asking import API, refused
from tests.staff.contacts.desks import PHONE, acts, kept, published
from tests.staff.people import MakePerson


async def test_the_one_that_is_too_many_locks_and_alarms(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("moderator"), await person("moderator")
    contact = await kept(li, await published(staff_app))
    path = f"{API}/staff/contacts/{contact}/view"
    assert DAILY == 50
    for _ in range(DAILY):
        assert (await li.post(path)).json() == {"value": PHONE}
    for _ in range(3):
        refused(await li.post(path), 429, sent=PHONE)
    assert await owner.fetchval("SELECT locked FROM desk.staff WHERE id = $1", li.id)
    # One alarm, not one for each further try, and no look that was not given.
    assert await acts(owner, li.name) == [f"{li.name} contact.budget"]
    assert (await acts(owner, contact)).count(f"{li.name} contact.view") == DAILY
    # Everything else goes on, and nobody else is stopped.
    assert (await li.get(f"{API}/staff/me")).status_code == 200
    assert (await wang.post(path)).json() == {"value": PHONE}


async def test_fifty_at_once_and_more_are_fifty(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    contact = await kept(li, await published(staff_app))
    await owner.execute(
        "INSERT INTO desk.contact_views VALUES ($1, $2, $3)", li.id, TODAY, DAILY - 5
    )
    path = f"{API}/staff/contacts/{contact}/view"
    answers = await asyncio.gather(*(li.post(path) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 7
    assert await acts(owner, li.name) == [f"{li.name} contact.budget"]


async def test_an_admin_unlocks_and_the_next_day_has_a_budget_of_its_own(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, admin = await person("moderator"), await person("admin")
    contact = await kept(li, await published(staff_app))
    path = f"{API}/staff/contacts/{contact}/view"
    await owner.execute("INSERT INTO desk.contact_views VALUES ($1, $2, $3)", li.id, TODAY, DAILY)
    assert (await admin.get(f"{API}/staff/me")).json()["alarms"] == []
    refused(await li.post(path), 429)
    assert (await admin.get(f"{API}/staff/me")).json()["alarms"] == [li.name]
    assert (await li.get(f"{API}/staff/me")).json()["alarms"] == []
    unlock = f"{API}/staff/accounts/{li.name}/unlock"
    refused(await li.post(unlock), 403)
    # A night alone unlocks nobody.
    await owner.execute("UPDATE desk.contact_views SET day = day - 1")
    refused(await li.post(path), 429)
    await owner.execute("UPDATE desk.contact_views SET day = day + 1")
    assert (await admin.post(unlock)).status_code == 204
    assert (await admin.get(f"{API}/staff/me")).json()["alarms"] == []
    assert (await li.post(path)).status_code == 200
    await owner.execute("UPDATE desk.contact_views SET day = day - 1, count = 50")
    assert (await li.post(path)).status_code == 200


async def test_what_is_not_there_costs_nothing(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    refused(await li.post(f"{API}/staff/contacts/0000000000000/view"), 404)
    assert await owner.fetchval("SELECT count(*) FROM desk.contact_views") == 0
