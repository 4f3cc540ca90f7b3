"""What tests of the alert's pages stand on: a site with keys, over a database of the test's own."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.cluster.roles import Addresses
from tests.pages.alerting import Desk, desk, taking

KEYS = desk()


@pytest.fixture
def keys() -> Desk:
    return KEYS


@pytest.fixture
async def browser(archive: Addresses, keys: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with taking(archive, keys) as client:
        yield client
