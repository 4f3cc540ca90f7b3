"""Every route that changes something, asked by whoever must not (S24): nothing changes.

Generated from the OpenAPI document, so that a new route is tried with the others.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from api.staff.access import sessions
from tests.asking import API, refused
from tests.staff.access.operations import Operation, operations
from tests.staff.people import HOST, MakePerson, MakeScript, Person

_TABLES = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname = ANY('{desk,pub,intake}') ORDER BY 1
"""
_APART = {
    # When it was last seen tells nothing of what was done with it.
    "desk.sessions": "SELECT hash, staff_id, made_at FROM desk.sessions",
    # What the application does by itself.
    "desk.audit": "SELECT actor, act, subject FROM desk.audit WHERE actor <> 'batch'",
    "desk.batches": "SELECT",
}
# What a browser says of a request, and what another site can make it send: never ours.
CROSSING: dict[str, dict[str, str | None]] = {
    "a site elsewhere": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site"},
    "a form elsewhere": {"Sec-Fetch-Site": "cross-site", "Qiuzhu-Desk": None},
    "an old browser, elsewhere": {"Sec-Fetch-Site": None, "Origin": "https://evil.example.org"},
    "an old browser, from nowhere": {"Sec-Fetch-Site": None, "Origin": "null"},
    "another port": {"Sec-Fetch-Site": None, "Origin": f"https://{HOST}:8443"},
    "without the header": {"Qiuzhu-Desk": None},
    "with another value in it": {"Qiuzhu-Desk": "0"},
}
NOBODY: tuple[dict[str, str], ...] = (
    {},
    {"Cookie": f"{sessions.COOKIE}={'A' * 43}"},
    {"Authorization": "Bearer qzt_" + "A" * 43},
    {"Authorization": "Bearer"},
    {"Authorization": "Basic YTpi"},
    {"Authorization": "Bearer qzt_" + "A" * 43, "Cookie": "{cookie}"},
)
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")


async def contents(owner: asyncpg.Connection) -> dict[str, str]:
    """A hash of all that each table holds."""
    found = {}
    for (table,) in await owner.fetch(_TABLES):
        question = _APART.get(table, f"SELECT * FROM {table}")
        rows = sorted(repr(tuple(row)) for row in await owner.fetch(question))
        found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changing(app: FastAPI) -> Iterator[Operation]:
    return (operation for operation in operations(app) if operation.method != "GET")


@pytest.fixture
async def admin(person: MakePerson) -> Person:
    return await person("admin")


async def test_nothing_another_site_makes_a_browser_send_changes_anything(
    staff_app: FastAPI, admin: Person, owner: asyncpg.Connection
) -> None:
    before, usual = await contents(owner), dict(admin.headers)
    for who, changes in CROSSING.items():
        lowered = {name.lower(): value for name, value in changes.items()}
        admin.headers.clear()
        admin.headers.update({n: v for n, v in {**usual, **lowered}.items() if v is not None})
        tried = 0
        for operation in changing(staff_app):
            for body in operation.bodies():
                answer = await admin.request(operation.method, operation.address(), **body)
                kind = refused(answer, 403)["type"]
                assert kind.endswith("#cross-site"), (who, operation.name)
                tried += 1
        assert tried >= 15
        assert await contents(owner) == before, who


async def test_nothing_a_form_could_send_changes_anything(
    staff_app: FastAPI, admin: Person, owner: asyncpg.Connection
) -> None:
    """The types for which no browser asks first; not even with our header."""
    before = await contents(owner)
    for media_type in SIMPLE:
        for operation in changing(staff_app):
            sent: dict[str, Any] = {"content": b"{}", "headers": {"Content-Type": media_type}}
            answer = await admin.request(operation.method, operation.address(), **sent)
            refused(answer, 415)
        assert await contents(owner) == before, media_type


async def test_nobody_changes_anything(
    staff_app: FastAPI, admin: Person, stranger: Person, owner: asyncpg.Connection
) -> None:
    """Without a token, or with one that is none; a wrong one is not made up for by a cookie."""
    before = await contents(owner)
    for headers in NOBODY:
        cookie = f"{sessions.COOKIE}={admin.cookies[sessions.COOKIE]}"
        given = {name: value.format(cookie=cookie) for name, value in headers.items()}
        for operation in operations(staff_app):
            if operation.rule.open:
                continue
            for body in operation.bodies():
                body["headers"] = {**body.get("headers", {}), **given}
                answer = await stranger.request(operation.method, operation.address(), **body)
                kind = refused(answer, 401)["type"]
                assert kind.endswith("#not-logged-in"), (headers, operation.name)
        assert await contents(owner) == before, headers


async def test_a_token_that_is_over_opens_nothing(
    script: MakeScript, owner: asyncpg.Connection
) -> None:
    robot = await script("admin", ["read"])
    turn = "UPDATE desk.tokens SET expires_on = $1::date - $2::int"
    await owner.execute(turn, robot.app.state.clock(), 0)
    assert (await robot.get(f"{API}/staff/me")).status_code == 200, "its last day"
    await owner.execute(turn, robot.app.state.clock(), 1)
    refused(await robot.get(f"{API}/staff/me"), 401)


async def test_reading_is_for_our_own_pages_too(admin: Person) -> None:
    for site, status in (
        ("same-origin", 200),
        ("none", 200),
        ("same-site", 403),
        ("cross-site", 403),
    ):
        answer = await admin.get(f"{API}/staff/me", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status, site
        assert "access-control-allow-origin" not in answer.headers


async def test_an_old_browser_at_our_own_page_is_let_in(admin: Person) -> None:
    del admin.headers["Sec-Fetch-Site"]
    own = {"Origin": f"https://{HOST}"}
    assert (await admin.post(f"{API}/staff/logout", headers=own)).status_code == 204


async def test_bodies_have_an_end(admin: Person, stranger: Person) -> None:
    """Nothing is read of what a stranger sends, and of a person's not more than can be meant."""
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while True:
            sent += 100_000
            yield b" " * 100_000

    headers = {"Content-Type": "application/json"}
    tokens = f"{API}/staff/tokens"
    refused(await stranger.post(tokens, content=endless(), headers=headers), 401)
    assert sent <= 100_000
    refused(await admin.post(tokens, content=endless(), headers=headers), 413)
    assert sent < 2_500_000
