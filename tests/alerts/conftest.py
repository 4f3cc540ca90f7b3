"""Sites that take alerts: one over the test's own database, and one that all may write to."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from api.cluster import Cluster, running
from api.cluster.roles import Addresses
from tests.alerts.senders import taking
from tests.archives import copied
from tests.folders import open_folder


@pytest.fixture
async def site(archive: Addresses) -> AsyncIterator[httpx.AsyncClient]:
    async with taking(archive) as client:
        yield client


@pytest.fixture(scope="session")
async def any_site(cluster: Cluster, empty_template: str) -> AsyncIterator[httpx.AsyncClient]:
    """For tests that look at answers only."""
    async with copied(cluster, empty_template) as addresses, taking(addresses) as client:
        yield client


@pytest.fixture
def own_cluster() -> Iterator[tuple[Cluster, Path]]:
    """A cluster, and the folder that holds all of it."""
    with open_folder() as folder, running(folder / "data", lambda line: None) as started:
        assert folder in started.home.parents
        yield started, folder
