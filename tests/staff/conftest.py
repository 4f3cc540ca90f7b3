"""The desk in tests: its application over the test's own database, people and scripts at it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.cluster.roles import Addresses
from tests.staff.people import (
    MakePerson,
    MakeScript,
    Person,
    add_person,
    give_token,
    staff_application,
)


@pytest.fixture
async def staff_app(archive: Addresses) -> AsyncIterator[FastAPI]:
    """The real staff application, started; its ring opens what tests.alerts.senders seals."""
    app = staff_application(archive)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def clients() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def person(staff_app: FastAPI, clients: AsyncExitStack) -> MakePerson:
    async def make(role: str, name: str | None = None, **account: Any) -> Person:
        return await clients.enter_async_context(await add_person(staff_app, role, name, **account))

    return make


@pytest.fixture
def script(staff_app: FastAPI, clients: AsyncExitStack) -> MakeScript:
    async def make(role: str, scopes: list[str], name: str | None = None) -> Person:
        owner = await add_person(staff_app, role, name)
        await owner.aclose()
        return await clients.enter_async_context(await give_token(staff_app, owner, scopes))

    return make


@pytest.fixture
async def stranger(staff_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the console's address that has not logged in."""
    async with Person(staff_app) as client:
        yield client
