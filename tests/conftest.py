"""What tests stand on: a real cluster, an archive to read and archives of their own to change."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest

from api.cluster import Cluster, running
from api.cluster.roles import Addresses
from api.db import WriteSession, writing
from api.demo.loading import load_demo
from api.preparing import prepare
from tests.archives import TODAY, Silent, copied, serving
from tests.folders import open_folder
from tests.outbound import guard, tried

guard()


@pytest.fixture(scope="session", autouse=True)
def nothing_leaves_the_machine() -> Iterator[None]:
    yield
    assert tried == [], "also what was tried in vain, or by a library"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with open_folder() as folder, running(folder / "data", lambda line: None) as started:
        yield started


@pytest.fixture(scope="session")
def empty_template(cluster: Cluster) -> str:
    """The name of a database with places and terms and no case; nothing may connect to it."""
    asyncio.run(prepare(cluster.addresses, lambda line: None))
    return "qiuzhu"


@pytest.fixture(scope="session")
async def demo_archive(cluster: Cluster, empty_template: str) -> AsyncIterator[Addresses]:
    """A database with the demonstration set, for tests that only read."""
    async with copied(cluster, empty_template) as addresses:
        await load_demo(addresses.desk, TODAY, Silent())
        connection = await asyncpg.connect(addresses.owner)
        await connection.execute("ANALYZE")
        await connection.close()
        yield addresses


@pytest.fixture
async def archive(cluster: Cluster, empty_template: str) -> AsyncIterator[Addresses]:
    """An empty database of the test's own."""
    async with copied(cluster, empty_template) as addresses:
        yield addresses


@pytest.fixture
async def owner(archive: Addresses) -> AsyncIterator[asyncpg.Connection]:
    """A connection as owner to the test's own database."""
    connection = await asyncpg.connect(archive.owner)
    yield connection
    await connection.close()


@pytest.fixture
async def desk(archive: Addresses) -> AsyncIterator[WriteSession]:
    """A transaction as the desk in the test's own database, rolled back unless committed."""
    async with writing(archive.desk) as session:
        yield session


@pytest.fixture(scope="session")
async def client(demo_archive: Addresses) -> AsyncIterator[httpx.AsyncClient]:
    """A reader of the demonstration archive."""
    async with serving(demo_archive) as reader:
        yield reader


@pytest.fixture
async def own_client(archive: Addresses) -> AsyncIterator[httpx.AsyncClient]:
    """A reader of the test's own database."""
    async with serving(archive) as reader:
        yield reader
