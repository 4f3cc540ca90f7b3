"""Nothing leaves the machine: not by a connection, not by a name; sources are never fetched."""

import asyncio
import socket
import urllib.request
from collections.abc import Callable, Iterator

import httpx
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.staff.drafts import DraftSource
from tests import outbound
from tests.asking import API
from tests.outbound import OutboundRefused
from tests.staff.drafts import call
from tests.staff.test_publishing import put


@pytest.fixture
def noted() -> Iterator[list[str]]:
    """What the test itself tries, taken off the list of the suite."""
    before = len(outbound.tried)
    yield outbound.tried
    del outbound.tried[before:]


# An address for documentation: nothing answers there, were it ever asked.
TRIES: tuple[Callable[[], object], ...] = (
    lambda: socket.create_connection(("192.0.2.1", 80), 1),
    lambda: socket.create_connection(("2001:db8::1", 80), 1),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    lambda: socket.getaddrinfo("example.org", 443),
    lambda: socket.gethostbyname("example.org"),
    lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=1),
    lambda: httpx.get("https://example.org/", timeout=1),
)


@pytest.mark.parametrize("attempt", TRIES, ids=range(len(TRIES)))
def test_the_guard_refuses(attempt: Callable[[], object], noted: list[str]) -> None:
    before = len(noted)
    with pytest.raises(OutboundRefused):
        attempt()
    assert len(noted) == before + 1


async def test_the_guard_refuses_in_the_event_loop(noted: list[str]) -> None:
    with pytest.raises(OutboundRefused):
        await asyncio.open_connection("192.0.2.1", 80)
    assert noted


async def test_sources_are_stored_and_never_fetched(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    visited = asyncio.Event()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.set()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/post"
    paths = (
        *("/cases", "/cases/export.csv", "/cases/export.xlsx", "/cases/export.ndjson"),
        *("/cases/feed.atom", "/cases/stats?by=platform", "/filters?counts=true"),
    )
    async with server:
        draft = call(sources=[DraftSource("weibo", url)])
        async with writing(archive.desk) as session:
            await put(session, draft)
        for path in paths:
            assert (await own_client.get(f"{API}{path}")).status_code == 200
        assert url in (await own_client.get(f"{API}/cases/{draft.id}")).text
        assert not visited.is_set()
        # The trap itself works.
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await visited.wait()
