"""Logging in (S23): what is proved and how, and that nobody learns more than "wrong"."""

import asyncio
import threading
import time
from collections import Counter
from itertools import islice
from typing import Any

import asyncpg
import httpx
import pyotp
import pytest
from fastapi import FastAPI
from sqlalchemy import event

from api.ids import new_id
from api.models import StaffAccount
from api.staff import audit
from api.staff.access import devices, passwords, sessions, totp
from api.staff.access.throttle import Throttle
from tests.asking import API, refused
from tests.staff.people import HOST, PASSWORD, MakePerson, Person

LOGIN = f"{API}/staff/login"
WRONG = "a cat walks under nine roofs"


@pytest.fixture
async def real(person: MakePerson, owner: asyncpg.Connection) -> Person:
    """Somebody whose password is hashed as all are."""
    li = await person("moderator", "li.na")
    await owner.execute("UPDATE desk.staff SET password = $1", passwords.hash_password(PASSWORD))
    return li


def asked(who: Person, code: str | None = None, **changes: Any) -> dict[str, Any]:
    return {"name": who.name, "password": PASSWORD, "code": code or who.code(), **changes}


async def test_a_login(real: Person, stranger: Person, owner: asyncpg.Connection) -> None:
    answer = await stranger.post(LOGIN, json=asked(real, name=" Li.Na "))
    assert answer.status_code == 200
    assert answer.json() == (await real.get(f"{API}/staff/me")).json()
    session, device = answer.headers.get_list("set-cookie")
    name, _, rest = session.partition("=")
    assert name == "__Host-qiuzhu"
    assert rest.split("; ")[1:] == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"]
    assert len(rest.split(";")[0]) == 43, "256 bits"
    assert device.startswith("__Host-qiuzhu-device=")
    assert device.split("; ")[1:] == [
        "HttpOnly", f"Max-Age={400 * 86400}", "Path=/", "SameSite=strict", "Secure",
    ]  # fmt: skip
    assert answer.headers["cache-control"] == "no-store"
    assert (await stranger.get(f"{API}/staff/me")).status_code == 200
    # What lies in the tables opens nothing.
    kept = repr([tuple(row) for row in await owner.fetch("SELECT * FROM desk.sessions")])
    kept += repr([tuple(row) for row in await owner.fetch("SELECT * FROM desk.devices")])
    for cookie in stranger.cookies.jar:
        assert cookie.value
        assert cookie.value not in kept
    assert await owner.fetchval("SELECT password FROM desk.staff") not in kept
    acts = await owner.fetch("SELECT actor, act FROM desk.audit WHERE act = 'login'")
    assert [tuple(act) for act in acts] == [("li.na", "login")]


async def test_who_holds_the_trail_keeps_nobody_out(
    real: Person, stranger: Person, owner: asyncpg.Connection
) -> None:
    """An import of a hundred thousand rows, say."""
    async with real.app.state.database.transaction() as session:
        await audit.hold(session)
        assert (await stranger.post(LOGIN, json=asked(real))).status_code == 200
    assert await owner.fetchval("SELECT count(*) FROM desk.audit WHERE act = 'login'") == 0


def test_argon2id_costs_what_it_must() -> None:
    _, kind, version, costs, _, _ = passwords.hash_password("x").split("$")
    assert (kind, version) == ("argon2id", "v=19")
    cost = {name: int(value) for name, value in (part.split("=") for part in costs.split(","))}
    assert cost["m"] >= 19 * 1024
    assert cost["t"] >= 2


async def test_a_code_counts_once(real: Person, staff_app: FastAPI) -> None:
    now = int(time.time()) // totp.STEP
    codes = {step: pyotp.TOTP(real.secret).generate_otp(now + step) for step in (-3, -1, 0, 1, 3)}

    async def enter(code: str) -> int:
        async with Person(staff_app) as browser:
            return (await browser.post(LOGIN, json=asked(real, code))).status_code

    assert await enter(codes[-3]) == 401, "too old"
    assert await enter(codes[3]) == 401, "too new"
    assert await enter(f"{codes[0][:3]} {codes[0][3:]}") == 200
    assert await enter(codes[0]) == 401, "used"
    assert await enter(codes[-1]) == 401, "before the one that was used"
    assert await enter(codes[1]) == 200, "a phone that is a little fast"
    assert await enter(codes[1]) == 401


async def test_a_code_opens_one_of_many_doors_at_once(real: Person, staff_app: FastAPI) -> None:
    browsers = [Person(staff_app) for _ in range(5)]
    code = real.code()
    answers = await asyncio.gather(*(b.post(LOGIN, json=asked(real, code)) for b in browsers))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 4}
    for browser in browsers:
        await browser.aclose()


@pytest.mark.parametrize(
    "change",
    [
        {"password": WRONG},
        {"code": "000000"},
        {"code": "x"},
        {"name": "nobody"},
        {"code": "六六六六六六"},
    ],
)
async def test_whatever_is_wrong_is_said_alike(
    real: Person, stranger: Person, change: dict[str, str], owner: asyncpg.Connection
) -> None:
    body = refused(await stranger.post(LOGIN, json=asked(real, **change)), 401)
    assert body["type"].endswith("#wrong-login")
    assert "set-cookie" not in (await stranger.post(LOGIN, json=asked(real, **change))).headers
    assert await owner.fetchval("SELECT count(*) FROM desk.sessions") == 1
    assert await owner.fetchval("SELECT count(*) FROM desk.audit WHERE act = 'login'") == 0
    assert await owner.fetchval("SELECT totp_step FROM desk.staff") == 0


async def test_a_stopped_account_is_nobody(
    real: Person, stranger: Person, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE desk.staff SET disabled = true")
    refused(await stranger.post(LOGIN, json=asked(real)), 401)


@pytest.mark.parametrize("body", [{}, {"name": "li.na"}, {"name": 1}, [], "x", None])
async def test_what_is_no_login_repeats_nothing(real: Person, stranger: Person, body: Any) -> None:
    answer = await stranger.post(LOGIN, json=body)
    assert answer.status_code == 422
    assert "li.na" not in answer.text


async def test_a_password_of_any_length_is_not_hashed(real: Person, stranger: Person) -> None:
    refused(await stranger.post(LOGIN, json=asked(real, password="x" * 201)), 422, "password")
    refused(await stranger.post(LOGIN, json=asked(real, password="x" * 5_000)), 413)


async def test_known_and_unknown_names_look_alike(
    staff_app: FastAPI, real: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 tries: the same answer, after the same work: statements, hashes, codes."""
    staff_app.state.prover.throttle = Throttle(clock=iter(range(0, 10**9, 3600)).__next__)
    done: list[str] = []

    def noted(module: Any, name: str) -> None:
        real_one = getattr(module, name)

        def note(*args: Any) -> Any:
            done.append(name)
            return real_one(*args)

        monkeypatch.setattr(module, name, note)

    noted(passwords, "_verify")
    noted(totp, "step_of")
    noted(pyotp.TOTP, "generate_otp")
    for engine in (staff_app.state.database._engine, staff_app.state.database._writing):
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _c, _k, statement, *_: done.append(statement) if "staff" in statement else None,
        )
    shown: dict[bool, set[tuple[Any, ...]]] = {True: set(), False: set()}
    for number in range(200):
        known = number % 2 == 0
        name = real.name if known else f"li.n{number}"
        done.clear()
        answer = await stranger.post(LOGIN, json=asked(real, "123456", name=name, password=WRONG))
        assert len(done) == 6, "one question, one hash, one check of three codes"
        shown[known].add((answer.status_code, answer.content, *answer.headers.items(), *done))
    assert len(shown[True]) == 1
    assert shown[True] == shown[False]


async def test_never_more_than_four_are_hashed_at_once(
    staff_app: FastAPI, real: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a hundred strangers some wait and the others are told to come back; who is known waits
    behind none of them."""
    at_once, most, lock, release = 0, 0, threading.Lock(), threading.Event()
    decoy = staff_app.state.prover._decoy.password

    def verify(stored: str, password: str) -> bool:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        if stored == decoy:
            release.wait(60)
        with lock:
            at_once -= 1
        return False

    monkeypatch.setattr(passwords, "_verify", verify)
    known = Person(staff_app)
    async with staff_app.state.database.transaction() as session:
        cookie = await devices.remember(session, real.id, None, staff_app.state.clock())
    known.cookies.set(devices.COOKIE, cookie, domain=HOST)

    async def guess(browser: httpx.AsyncClient, name: str) -> int:
        body = asked(real, "123456", name=name)
        return (await browser.post(LOGIN, json=body)).status_code

    async with Person(staff_app) as browser, known:
        crowd = [asyncio.create_task(guess(browser, f"n{number}")) for number in range(100)]
        for sent_away in islice(asyncio.as_completed(crowd), 60):
            assert await sent_away == 503
        assert await guess(known, real.name) == 401
        release.set()
        assert Counter(await asyncio.gather(*crowd)) == {503: 60, 401: 40}
    assert most == 4


def test_the_decoy_is_no_account() -> None:
    assert new_id() != "-"
    assert StaffAccount.__table__.c.id.primary_key
    assert sessions.COOKIE != devices.COOKIE
