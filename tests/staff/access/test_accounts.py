"""Accounts and tokens: what is handed over once, who may never be stopped, what the trail says."""

import asyncio
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import asyncpg
from fastapi import FastAPI
from sqlalchemy import update

from api.errors import Problem
from api.models import StaffAccount
from api.staff.access import passwords
from api.staff.access.accounts import By, add, change_role, disable, new_secrets
from api.staff.verifying import check
from tests.asking import API, refused
from tests.staff.access.test_login import LOGIN
from tests.staff.access.test_sessions import NEW
from tests.staff.people import PASSWORD, MakePerson, MakeScript, Person

ACCOUNTS, TOKENS = f"{API}/staff/accounts", f"{API}/staff/tokens"


async def test_a_new_person_comes_in_and_changes_the_password(
    person: MakePerson, stranger: Person, staff_app: FastAPI
) -> None:
    admin = await person("admin", "root")
    answer = await admin.post(ACCOUNTS, json={"name": "li.na", "role": "publisher"})
    assert answer.status_code == 201
    given = answer.json()
    assert given.keys() == {"name", "role", "password", "secret", "uri"}
    uri = urlsplit(given["uri"])
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Qiuzhu:li.na")
    assert parse_qs(uri.query)["secret"] == [given["secret"]]
    stranger.secret = given["secret"]
    login = {"name": "li.na", "password": given["password"], "code": stranger.code()}
    me = (await stranger.post(LOGIN, json=login)).json()
    assert (me["role"], me["fresh"]) == ("publisher", True)
    assert refused(await stranger.get(TOKENS), 403)["fresh"] is True
    # The code that let him in is used up; the next one is there within half a minute.
    change = {"old": given["password"], "new": NEW, "code": login["code"]}
    refused(await stranger.post(f"{API}/staff/password", json=change), 401)
    async with staff_app.state.database.transaction() as session:
        await session.execute(update(StaffAccount).values(totp_step=0))
    assert (await stranger.post(f"{API}/staff/password", json=change)).status_code == 204
    assert (await stranger.get(TOKENS)).json() == {"items": []}


async def test_the_list_shows_no_secret(person: MakePerson) -> None:
    admin = await person("admin", "root")
    await person("viewer", "b", fresh=True)
    answer = await admin.get(ACCOUNTS)
    today = admin.app.state.clock().isoformat()
    usual = {"made_on": today, "disabled": False, "locked": False}
    assert answer.json() == {
        "items": [
            {"name": "b", "role": "viewer", **usual, "fresh": True},
            {"name": "root", "role": "admin", **usual, "fresh": False},
        ]
    }


NO_NAMES = ("li", "Li.Na", "李娜", "x" * 33, "-li", "li na", "console", "batch", "li\nna", "")


async def test_a_name_that_is_none(person: MakePerson) -> None:
    admin = await person("admin")
    for name in NO_NAMES:
        refused(await admin.post(ACCOUNTS, json={"name": name, "role": "viewer"}), 422, "name")


async def test_names_are_given_once(person: MakePerson, owner: asyncpg.Connection) -> None:
    admin = await person("admin")
    asked = {"name": "li.na", "role": "viewer"}
    answers = await asyncio.gather(*(admin.post(ACCOUNTS, json=asked) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 422: 3}
    assert await owner.fetchval("SELECT count(*) FROM desk.staff WHERE name = 'li.na'") == 1
    refused(await admin.post(ACCOUNTS, json={"name": "wang", "role": "root"}), 422, "role")


async def test_what_is_done_to_an_account_is_in_the_trail(
    person: MakePerson, owner: asyncpg.Connection, staff_app: FastAPI
) -> None:
    admin = await person("admin", "root")
    await admin.post(ACCOUNTS, json={"name": "li.na", "role": "viewer"})
    given = (await admin.post(f"{ACCOUNTS}/li.na/reset")).json()
    assert given["role"] == "viewer"
    for act in ("disable", "enable", "unlock"):
        assert (await admin.post(f"{ACCOUNTS}/li.na/{act}")).status_code == 204
    await admin.post(f"{ACCOUNTS}/li.na/role", json={"role": "moderator"})
    made = (await admin.post(TOKENS, json={"label": "x", "scopes": ["read"], "days": 1})).json()
    await admin.delete(f"{TOKENS}/{made['id']}")
    rows = await owner.fetch(
        "SELECT actor, act, subject, fields FROM desk.audit WHERE actor = 'root' ORDER BY number"
    )
    assert [tuple(row) for row in rows] == [
        ("root", "account.add", "li.na", ["role"]),
        ("root", "account.reset", "li.na", ["password", "totp"]),
        ("root", "account.disable", "li.na", ["disabled"]),
        ("root", "account.enable", "li.na", ["disabled"]),
        ("root", "account.unlock", "li.na", ["locked"]),
        ("root", "account.role", "li.na", ["role"]),
        ("root", "token.add", made["id"], ["read"]),
        ("root", "token.remove", made["id"], []),
    ]
    async with staff_app.state.database.snapshot() as session:
        assert (await check(session)).broken is None
    for act in ("disable", "enable", "unlock", "reset"):
        refused(await admin.post(f"{ACCOUNTS}/nobody/{act}"), 404)


async def test_a_locked_account_is_an_alarm_until_an_admin_has_looked(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    admin, li = await person("admin"), await person("moderator", "li.na")
    await owner.execute("UPDATE desk.staff SET locked = true WHERE name = 'li.na'")
    assert (await admin.get(f"{API}/staff/me")).json()["alarms"] == ["li.na"]
    assert (await li.get(f"{API}/staff/me")).json()["alarms"] == []
    await admin.post(f"{ACCOUNTS}/li.na/unlock")
    assert (await admin.get(f"{API}/staff/me")).json()["alarms"] == []


async def test_the_last_admin_stays(person: MakePerson, owner: asyncpg.Connection) -> None:
    one = await person("admin", "one")
    await person("admin", "other")
    viewer = {"role": "viewer"}
    assert (await one.post(f"{ACCOUNTS}/other/disable")).status_code == 204
    for answer in (
        await one.post(f"{ACCOUNTS}/one/disable"),
        await one.post(f"{ACCOUNTS}/one/role", json=viewer),
    ):
        assert refused(answer, 409)["type"].endswith("#last-admin")
    await one.post(f"{ACCOUNTS}/other/enable")
    assert (await one.post(f"{ACCOUNTS}/one/role", json=viewer)).status_code == 204
    refused(await one.get(ACCOUNTS), 403)


async def test_two_admins_cannot_stop_each_other_at_once(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    await person("admin", "one")
    await person("admin", "other")
    desk, by = staff_app.state.database, By("root", staff_app.state.clock())

    async def second() -> str:
        try:
            async with desk.transaction() as session:
                await change_role(session, "one", "viewer", by)
        except Problem as problem:
            return problem.kind
        return "done"

    async with desk.transaction() as session:
        await disable(session, "other", by)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        assert not waiting.done()
    assert await waiting == "last-admin"
    left = "SELECT array_agg(name) FROM desk.staff WHERE role = 'admin' AND NOT disabled"
    assert await owner.fetchval(left) == ["one"]


WEAK = ("short", "x" * 201, "aaaaaaaaaaaaaa", "abababababababab", "my name is li.na", PASSWORD)


async def test_a_weak_password_is_none(person: MakePerson) -> None:
    li = await person("viewer", "li.na")
    for new in WEAK:
        asked = {"old": PASSWORD, "new": new, "code": li.code()}
        refused(await li.post(f"{API}/staff/password", json=asked), 422, "new", sent=new)


async def test_guessing_the_old_password_is_throttled_too(person: MakePerson) -> None:
    li = await person("viewer", "li.na")
    asked = {"old": "wrong", "new": NEW, "code": li.code()}
    statuses = [(await li.post(f"{API}/staff/password", json=asked)).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert (await li.get(f"{API}/staff/me")).status_code == 200


async def test_a_token_is_ones_own_and_said_once(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("publisher", "li.na"), await person("admin", "wang")
    asked = {"label": "夜间导入", "scopes": ["import", "read", "read"], "days": 365}
    made = (await li.post(TOKENS, json=asked)).json()
    assert made.pop("token").startswith("qzt_")
    assert (made["label"], made["scopes"]) == ("夜间导入", ["import", "read"])
    assert made["made_on"] < made["expires_on"]
    assert (await li.get(TOKENS)).json() == {"items": [made]}
    assert (await wang.get(TOKENS)).json() == {"items": []}
    refused(await wang.delete(f"{TOKENS}/{made['id']}"), 404)
    assert (await li.delete(f"{TOKENS}/{made['id']}")).status_code == 204
    refused(await li.delete(f"{TOKENS}/{made['id']}"), 404)


NO_TOKENS: tuple[tuple[str, object], ...] = (
    ("days", 0),
    ("days", 366),
    ("scopes", []),
    ("scopes", ["all"]),
    ("label", ""),
    ("label", "a\nb"),
    ("label", "x" * 61),
)


async def test_a_token_that_is_none(person: MakePerson) -> None:
    li = await person("viewer")
    for parameter, value in NO_TOKENS:
        asked = {"label": "x", "scopes": ["read"], "days": 1, parameter: value}
        refused(await li.post(TOKENS, json=asked), 422, parameter)


async def test_a_token_has_no_more_rights_than_its_owner(
    script: MakeScript, owner: asyncpg.Connection
) -> None:
    robot = await script("viewer", ["read", "edit", "publish", "import"])
    me = (await robot.get(f"{API}/staff/me")).json()
    assert {operation.partition(" ")[0] for operation in me["operations"]} == {"GET"}
    await owner.execute("UPDATE desk.staff SET role = 'publisher'")
    me = (await robot.get(f"{API}/staff/me")).json()
    assert {operation.partition(" ")[0] for operation in me["operations"]} > {"GET"}


async def test_given_passwords_are_random(staff_app: FastAPI) -> None:
    made = {passwords.new_password() for _ in range(1000)}
    assert len(made) == 1000
    for password in made:
        passwords.refuse_weak(password, "li.na")
    given = await new_secrets(staff_app.state.prover.kitchen)
    assert given.password not in repr(given)
    assert given.secret not in repr(given)
    async with staff_app.state.database.transaction() as session:
        by = By("root", staff_app.state.clock())
        await add(session, staff_app.state.lock, given, "li.na", "viewer", by)
