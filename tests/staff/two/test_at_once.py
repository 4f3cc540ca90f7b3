"""Two people at the same moment: one word counts, nothing waits for ever, nothing happens twice."""

import asyncio

import httpx
from fastapi import FastAPI

from tests.asking import API
from tests.staff.contacts.desks import asked, history, kept, published, seen
from tests.staff.people import MakePerson


async def test_of_two_words_at_once_one_counts(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang, zhao = [await person("publisher") for _ in range(3)]
    case = await published(staff_app)
    path = f"{API}/staff/requests/{await asked(li, await kept(li, case))}"
    answers = await asyncio.gather(
        *(who.post(f"{path}/{word}") for who in (wang, zhao) for word in ("approval", "refusal"))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    state = next(a.json()["state"] for a in answers if a.status_code == 200)
    assert len(await seen(own_client, case)) == (state == "approved")


async def test_what_is_taken_back_while_it_is_approved_is_not_shown(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    for _ in range(4):
        case = await published(staff_app)
        contact = await kept(li, case)
        request = await asked(li, contact)
        approval, change = await asyncio.gather(
            wang.post(f"{API}/staff/requests/{request}/approval"),
            li.patch(f"{API}/staff/contacts/{contact}", json={"consent": "none"}),
        )
        assert change.status_code == 204
        assert approval.status_code in (200, 409)
        # Whichever came first: nothing of it is public, in no revision.
        assert await seen(own_client, case) == []
        for entry in await history(own_client, case):
            assert not entry["document"] or entry["document"]["contacts"] == []


async def test_many_contacts_of_one_case_approved_at_once(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wang = await person("publisher"), await person("publisher")
    case = await published(staff_app)
    requests = [await asked(li, await kept(li, case, f"1990000000{n}")) for n in range(5)]
    answers = await asyncio.gather(
        *(wang.post(f"{API}/staff/requests/{request}/approval") for request in requests)
    )
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [c["value"] for c in await seen(own_client, case)] == [
        f"1990000000{n}" for n in range(5)
    ]
    assert [entry["revision"] for entry in await history(own_client, case)] == [1, 2, 3, 4, 5, 6]
