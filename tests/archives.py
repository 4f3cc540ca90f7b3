"""Databases and sites for tests: copies of a prepared template, and the real app over one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import count
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI
from sqlalchemy.engine import make_url

from api.clock import fixed
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import plain_address
from api.main import create_app
from api.settings import Settings

# The day on which every test takes place.
TODAY = date(2026, 11, 21)
_numbers = count()


class Silent:
    """Progress that nobody watches."""

    def done(self, count: int) -> None:
        assert count >= 0


def database_of(cluster: Cluster, name: str) -> Addresses:
    """The four addresses of another database of the cluster."""

    def renamed(address: str) -> str:
        return plain_address(
            make_url(address).set(database=name).render_as_string(hide_password=False)
        )

    each = cluster.addresses
    return Addresses(
        renamed(each.public), renamed(each.owner), renamed(each.desk), renamed(each.mail)
    )


@asynccontextmanager
async def copied(cluster: Cluster, template: str) -> AsyncIterator[Addresses]:
    """A database of its own, copied from `template` in a fraction of a second."""
    name = f"test_{next(_numbers)}"
    # From another database: nobody else may be in the one that is copied.
    administrator = await asyncpg.connect(cluster.superuser, database="postgres")
    try:
        await administrator.execute(
            f"CREATE DATABASE {name} TEMPLATE {template} OWNER qiuzhu_owner"
        )
        # Grants on a database are not copied with it.
        await administrator.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        roles = "qiuzhu_owner, qiuzhu_public, qiuzhu_desk, qiuzhu_mail"
        await administrator.execute(f"GRANT CONNECT ON DATABASE {name} TO {roles}")
        yield database_of(cluster, name)
    finally:
        await administrator.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await administrator.close()


def application(address: str, today: date = TODAY, **further: Any) -> FastAPI:
    """The real public application over a database, not yet started; `further` settings are told.

    It asks the archive each time, so that what a test publishes is there at once.
    """
    told = {"public_url": "https://qiuzhu.example.org", "fresh_seconds": 0, **further}
    settings = Settings.model_construct(database_url=address, **told)
    return create_app(settings, clock=fixed(today))


@asynccontextmanager
async def serving(addresses: Addresses, today: date = TODAY) -> AsyncIterator[httpx.AsyncClient]:
    """The real application over ASGI, started and stopped like a process."""
    app = application(addresses.public, today)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://test", follow_redirects=False
        ) as client:
            yield client
