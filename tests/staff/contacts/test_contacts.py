"""Contacts at the desk: sealed, never listed with a value, noted whenever looked at."""

import asyncpg
import pytest
from fastapi import FastAPI

from api.ids import new_id
from tests.asking import API, refused
from tests.staff.contacts.desks import PHONE, WECHAT, acts, everything, kept, published
from tests.staff.people import MakePerson


async def test_a_value_is_sealed_and_stands_nowhere_in_clear(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await published(staff_app)
    first = await kept(li, case)
    second = await kept(li, case, WECHAT, channel="wechat", consent="none")
    rows = await owner.fetch("SELECT * FROM desk.contacts ORDER BY position")
    assert [(row["id"], row["position"], row["channel"], row["consent"]) for row in rows] == [
        (first, 0, "phone", "public"),
        (second, 1, "wechat", "none"),
    ]
    assert all(row["box"][:3] == b"QZ1" and row["public_value"] is None for row in rows)
    viewed = await li.post(f"{API}/staff/contacts/{second}/view")
    assert viewed.json() == {"value": WECHAT}
    assert viewed.headers["cache-control"] == "no-store"
    stored = await everything(owner, "pub", "desk", "intake")
    assert first in stored
    for canary in (PHONE, WECHAT, PHONE.encode().hex(), WECHAT.encode().hex()):
        assert canary not in stored
    assert await acts(owner, second) == [f"{li.name} contact.add", f"{li.name} contact.view"]


async def test_a_box_opens_for_its_own_contact_only(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await published(staff_app)
    first, second = await kept(li, case), await kept(li, case, WECHAT)
    await owner.execute(
        "UPDATE desk.contacts SET box = (SELECT box FROM desk.contacts WHERE id = $1)"
        " WHERE id = $2",
        first, second,
    )  # fmt: skip
    assert (await li.post(f"{API}/staff/contacts/{second}/view")).json() == {"value": None}


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"channel": "pigeon", "value": PHONE}, "channel"),
        ({"channel": "phone", "value": " \x00\n"}, "value"),
        ({"channel": "phone", "value": "1" * 501}, "value"),
        ({"channel": "phone"}, "value"),
        ({"channel": "phone", "value": PHONE, "consent": "everybody"}, "consent"),
        ({"channel": "phone", "value": PHONE, "public_value": PHONE}, "public_value"),
    ],
)
async def test_what_cannot_be_kept_is_refused_without_repeating_it(
    staff_app: FastAPI, person: MakePerson, body: dict[str, str], parameter: str
) -> None:
    li = await person("moderator")
    answer = await li.post(f"{API}/staff/cases/{await published(staff_app)}/contacts", json=body)
    refused(answer, parameter=parameter, sent=PHONE)


async def test_unknown_cases_and_contacts(staff_app: FastAPI, person: MakePerson) -> None:
    li = await person("publisher")
    body = {"channel": "phone", "value": PHONE}
    refused(await li.post(f"{API}/staff/cases/{new_id()}/contacts", json=body), 404)
    for method, path in (
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/view"),
        ("POST", "/publication"),
        ("DELETE", "/publication"),
    ):
        changed = {"consent": "none"} if method == "PATCH" else None
        answer = await li.request(method, f"{API}/staff/contacts/{new_id()}{path}", json=changed)
        refused(answer, 404)


async def test_a_withdrawn_case_gets_no_contacts(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await published(staff_app)
    await owner.execute("UPDATE desk.cases SET state = 'withdrawn' WHERE id = $1", case)
    body = {"channel": "phone", "value": PHONE}
    refused(await li.post(f"{API}/staff/cases/{case}/contacts", json=body), 409)


async def test_changes_and_deletion_are_noted_by_field(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    contact = await kept(li, await published(staff_app))
    path = f"{API}/staff/contacts/{contact}"
    refused(await li.patch(path, json={}), 422)
    assert (await li.patch(path, json={"value": WECHAT, "consent": "helpers"})).status_code == 204
    assert (await li.post(f"{path}/view")).json() == {"value": WECHAT}
    assert (await li.delete(path)).status_code == 204
    refused(await li.post(f"{path}/view"), 404)
    rows = await owner.fetch(
        "SELECT act, fields FROM desk.audit WHERE subject = $1 ORDER BY number", contact
    )
    assert [tuple(row) for row in rows] == [
        ("contact.add", ["channel", "value", "consent"]),
        ("contact.change", ["consent", "value"]),
        ("contact.view", []),
        ("contact.remove", []),
    ]


async def test_a_viewer_sees_none(staff_app: FastAPI, person: MakePerson) -> None:
    li, guest = await person("moderator"), await person("viewer")
    contact = await kept(li, await published(staff_app))
    refused(await guest.post(f"{API}/staff/contacts/{contact}/view"), 403)
