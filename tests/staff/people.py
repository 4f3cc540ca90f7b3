"""People at the desk in tests: accounts, browsers that have logged in, scripts with tokens."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import cache
from itertools import count
from typing import Any

import httpx
import pyotp
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import insert

from api.clock import fixed
from api.cluster.roles import Addresses
from api.ids import new_id
from api.models import StaffAccount
from api.sealing.boxes import Lock
from api.sealing.keys import read_lock
from api.settings import Settings
from api.staff.access import sessions, tokens
from api.staff.app import create_staff_app
from tests.alerts.senders import KEYS, RING
from tests.archives import TODAY

HOST = "desk.example.org"
PASSWORD = "a cat walks over nine roofs"
_numbers = count(1)


class Person(httpx.AsyncClient):
    """A browser at the console, or a script; what it would log in with is remembered."""

    def __init__(self, app: FastAPI, name: str = "", role: str = "", secret: str = "") -> None:
        super().__init__(
            # Cookies for secure addresses alone want one.
            base_url=f"https://{HOST}",
            transport=httpx.ASGITransport(app),
            headers={"Qiuzhu-Desk": "1", "Sec-Fetch-Site": "same-origin"},
        )
        self.app, self.name, self.role, self.secret = app, name, role, secret
        self.id = ""

    def code(self) -> str:
        """What his authenticator shows now."""
        return pyotp.TOTP(self.secret).now()


def staff_application(archive: Addresses, today: date = TODAY, **further: Any) -> FastAPI:
    """The real staff application, not yet started."""
    settings = Settings.model_construct(database_desk_url=archive.desk, **further)
    return create_staff_app(settings, RING, desk_lock(), clock=fixed(today))


def desk_lock() -> Lock:
    """The public half of the pair that the site of tests.alerts.senders seals alerts with."""
    return read_lock("desk", KEYS["desk_key"])


# The fixtures of conftest.py. person("moderator") or person("moderator", "li.na"): a browser that
# has logged in; script("publisher", ["read", "publish"]): a token of an account of its own.
MakePerson = Callable[..., Awaitable[Person]]
MakeScript = Callable[..., Awaitable[Person]]


@cache
def _password() -> str:
    # As cheap as it gets; what the real ones cost is measured in access/test_login.py.
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


async def add_person(
    app: FastAPI, role: str, name: str | None = None, *, fresh: bool = False, **account: Any
) -> Person:
    """An account with PASSWORD, and a browser in which it has logged in."""
    client = Person(app, name or f"{role}{next(_numbers)}", role, pyotp.random_base32())
    client.id = new_id()
    values = {
        "id": client.id,
        "name": client.name,
        "role": role,
        "password": _password(),
        "totp": app.state.lock.seal(client.secret.encode(), f"totp/{client.id}"),
        "made_on": app.state.clock(),
        "fresh": fresh,
        **account,
    }
    async with app.state.database.transaction() as session:
        await session.execute(insert(StaffAccount).values(**values))
        cookie = await sessions.begin(session, client.id)
    client.cookies.set(sessions.COOKIE, cookie, domain=HOST)
    return client


async def give_token(app: FastAPI, owner: Person, scopes: list[str]) -> Person:
    """A script with a token of `owner`."""
    async with app.state.database.transaction() as session:
        _, token = await tokens.make(session, owner.id, "script", scopes, app.state.clock(), 30)
    client = Person(app, owner.name, owner.role, owner.secret)
    client.id = owner.id
    client.headers.clear()
    client.headers["Authorization"] = f"Bearer {token}"
    return client
