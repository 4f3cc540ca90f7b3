"""An archive of one's own, and who follows it."""

from collections.abc import AsyncIterator

import pytest

from api.cluster.roles import Addresses
from api.db import Database
from api.index.following import Follower
from api.reference import Reference


@pytest.fixture
async def database(archive: Addresses) -> AsyncIterator[Database]:
    opened = Database(archive.public)
    yield opened
    await opened.close()


@pytest.fixture
async def follower(database: Database) -> AsyncIterator[Follower]:
    """It looks whenever it is asked."""
    followed = Follower(database, Reference(database), fresh=0)
    async with followed.running():
        yield followed
