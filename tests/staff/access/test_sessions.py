"""Sessions (S24): when they end, that they end at once, and that nothing brings one back."""

import asyncio
from contextvars import ContextVar

import asyncpg
import pytest
from fastapi import FastAPI

from api.staff.access import sessions
from tests.asking import API, refused
from tests.staff.access.test_login import LOGIN, asked
from tests.staff.people import HOST, PASSWORD, MakePerson, Person

ME = f"{API}/staff/me"
NEW = "nine roofs under a walking cat"


async def alive(person: Person) -> bool:
    status = (await person.get(ME)).status_code
    assert status in (200, 401)
    return status == 200


def cookie_of(person: Person) -> str:
    return person.cookies[sessions.COOKIE]


async def second_browser(app: FastAPI, person: Person) -> Person:
    """The same account in another browser."""
    other = Person(app, person.name, person.role, person.secret)
    async with app.state.database.transaction() as session:
        other.cookies.set(sessions.COOKIE, await sessions.begin(session, person.id), domain=HOST)
    return other


async def test_a_session_has_256_bits_and_only_their_hash_is_kept(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    import base64
    from hashlib import sha256

    li = await person("viewer")
    cookie = cookie_of(li)
    assert len(base64.urlsafe_b64decode(cookie + "=")) == 32
    assert (
        await owner.fetchval("SELECT hash FROM desk.sessions") == sha256(cookie.encode()).digest()
    )


async def test_what_is_no_session_is_nobodys(person: MakePerson, stranger: Person) -> None:
    li = await person("viewer")
    cookie = cookie_of(li)
    forged = (cookie[:-1], cookie + "A", cookie.swapcase(), "", "x", "'; --", "é", "A" * 43)
    for other in forged:
        refused(
            await stranger.get(ME, headers={b"Cookie": f"{sessions.COOKIE}={other}".encode()}), 401
        )
    # Without the prefix a neighbour of this host could have set it.
    refused(await stranger.get(ME, headers={"Cookie": f"qiuzhu={cookie}"}), 401)
    assert await alive(li)


@pytest.mark.parametrize(
    ("column", "still", "over"),
    [("seen_at", "29 minutes", "30 minutes"), ("made_at", "7 hours 59 minutes", "8 hours")],
)
async def test_it_ends_by_itself(
    person: MakePerson, owner: asyncpg.Connection, column: str, still: str, over: str
) -> None:
    li = await person("viewer")
    turn = f"UPDATE desk.sessions SET {column} = now() - interval "
    await owner.execute(f"{turn} '{still}'")
    assert await alive(li)
    await owner.execute(f"{turn} '{over}'")
    assert not await alive(li)
    # What is over is cleared away by the next login, of whomever.
    await person("viewer")
    assert await owner.fetchval("SELECT count(*) FROM desk.sessions") == 1


async def test_use_keeps_it_alive_and_is_noted_once_a_minute(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("viewer")
    seen = "SELECT seen_at FROM desk.sessions"
    before = await owner.fetchval(seen)
    assert await alive(li)
    assert await owner.fetchval(seen) == before
    await owner.execute("UPDATE desk.sessions SET seen_at = now() - interval '20 minutes'")
    assert await alive(li)
    assert await owner.fetchval(seen) > before


async def test_a_late_write_revives_nothing(
    staff_app: FastAPI, person: MakePerson, owner: asyncpg.Connection
) -> None:
    """The race of SecureDrop: a request found the session alive, then it is ended, then that
    request writes that it was used."""
    li = await person("viewer")
    await owner.execute("UPDATE desk.sessions SET seen_at = now() - interval '20 minutes'")
    desk = staff_app.state.database
    blocked, go_on = asyncio.Event(), asyncio.Event()
    opened = desk.transaction
    # What the process does in the background writes too, and is not held up.
    of_request = ContextVar("of_request", default=False)

    def late() -> object:
        if not of_request.get():
            return opened()

        class Waiting:
            async def __aenter__(self) -> object:
                blocked.set()
                await go_on.wait()
                self.inner = opened()
                return await self.inner.__aenter__()

            async def __aexit__(self, *error: object) -> None:
                await self.inner.__aexit__(*error)

        return Waiting()

    desk.transaction = late
    of_request.set(True)
    asking = asyncio.create_task(li.get(ME))
    await blocked.wait()
    desk.transaction = opened
    assert await owner.execute("DELETE FROM desk.sessions") == "DELETE 1"
    go_on.set()
    assert (await asking).status_code == 200, "it was alive when it came"
    assert await owner.fetchval("SELECT count(*) FROM desk.sessions") == 0
    assert not await alive(li)


async def test_logging_out_ends_it_for_whoever_copied_the_cookie(
    person: MakePerson, staff_app: FastAPI
) -> None:
    li = await person("viewer")
    other = await second_browser(staff_app, li)
    thief = Person(staff_app)
    thief.cookies.set(sessions.COOKIE, cookie_of(li), domain=HOST)
    assert await alive(thief)
    answer = await li.post(f"{API}/staff/logout")
    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert sessions.COOKIE not in li.cookies
    assert not await alive(thief)
    assert await alive(other), "another browser of the same person goes on"
    for client in (thief, other):
        await client.aclose()


async def test_a_login_begins_another_session(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    """Also in a browser in which somebody is logged in: the former one is over."""
    li = await person("viewer")
    before = cookie_of(li)
    assert (await li.post(LOGIN, json=asked(li))).status_code == 200
    assert cookie_of(li) != before
    assert await alive(li)
    assert await owner.fetchval("SELECT count(*) FROM desk.sessions") == 1


async def test_a_new_password_ends_all_sessions(person: MakePerson, staff_app: FastAPI) -> None:
    li = await person("moderator", fresh=True)
    thief = Person(staff_app)
    thief.cookies.set(sessions.COOKIE, cookie_of(li), domain=HOST)
    other = await second_browser(staff_app, li)
    wang = await person("moderator")
    change = {"old": PASSWORD, "new": NEW, "code": li.code()}
    assert (await li.post(f"{API}/staff/password", json=change)).status_code == 204
    assert [await alive(each) for each in (li, thief, other, wang)] == [True, False, False, True]
    assert (await li.get(ME)).json()["fresh"] is False
    refused(await li.post(f"{API}/staff/password", json=change), 401)
    for client in (thief, other):
        await client.aclose()


@pytest.mark.parametrize("act", ["disable", "reset"])
async def test_stopping_somebody_throws_him_out(
    person: MakePerson, staff_app: FastAPI, owner: asyncpg.Connection, act: str
) -> None:
    admin, li = await person("admin"), await person("publisher")
    made = {"label": "s", "scopes": ["read"], "days": 1}
    token = (await li.post(f"{API}/staff/tokens", json=made)).json()["token"]
    script = Person(staff_app)
    script.headers["Authorization"] = f"Bearer {token}"
    assert await alive(script)
    answer = await admin.post(f"{API}/staff/accounts/{li.name}/{act}")
    assert answer.is_success
    assert [await alive(each) for each in (li, script, admin)] == [False, False, True]
    await script.aclose()
    for table in ("sessions", "devices", "tokens"):
        left = f"SELECT count(*) FROM desk.{table} WHERE staff_id = $1"
        assert await owner.fetchval(left, li.id) == 0
    # Let in again, his former session stays over.
    await admin.post(f"{API}/staff/accounts/{li.name}/enable")
    assert not await alive(li)


async def test_stopped_by_hand_in_the_table_he_is_out_too(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("admin")
    await owner.execute("UPDATE desk.staff SET disabled = true")
    assert not await alive(li)


async def test_another_role_counts_from_the_next_request_on(person: MakePerson) -> None:
    admin, li = await person("admin"), await person("admin")
    role = {"role": "viewer"}
    assert (await li.get(f"{API}/staff/accounts")).status_code == 200
    answer = await admin.post(f"{API}/staff/accounts/{li.name}/role", json=role)
    assert answer.status_code == 204
    refused(await li.get(f"{API}/staff/accounts"), 403)
