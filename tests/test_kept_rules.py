"""What is kept, for how long and how much of it: the layer around an application of a few lines."""

import asyncio
from collections.abc import Hashable

import pytest
from starlette.types import Message, Receive, Scope, Send

import api.kept
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import writing
from api.kept import Kept
from tests.archives import application
from tests.asking import API
from tests.doors import door
from tests.sites import Site
from tests.staff.drafts import call
from tests.staff.test_publishing import put

Header = tuple[bytes, bytes]
PUBLIC = (b"cache-control", b"public, max-age=60")
TAG = (b"etag", b'"1"')
BODY = {"type": "http.response.body", "body": b"text"}


class Small:
    """Answers every path alike, with what is kept around it."""

    def __init__(self, *headers: Header, status: int = 200) -> None:
        self.start = {"type": "http.response.start", "status": status, "headers": list(headers)}
        self.parts: list[Message] = [dict(BODY)]
        self.mark: Hashable | None = 1
        self.made = 0
        self.begun = asyncio.Event()
        # Where it is cleared, answers are begun and not finished.
        self.free = asyncio.Event()
        self.free.set()
        self._kept = Kept(self._answer, self._mark)

    async def _mark(self) -> Hashable | None:
        return self.mark

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made += 1
        self.begun.set()
        await self.free.wait()
        for message in (self.start, *self.parts):
            await send(message)

    async def ask(self, path: str = "/", *headers: Header, method: str = "GET") -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "query_string": b"",
                 "headers": list(headers)}  # fmt: skip
        await self._kept(scope, receive, send)
        return sent

    async def makes(self, path: str = "/", *headers: Header, method: str = "GET") -> bool:
        """Whether an answer is made for it now."""
        before = self.made
        assert await self.ask(path, *headers, method=method)
        return self.made > before


async def test_an_answer_is_made_once() -> None:
    small = Small(PUBLIC, TAG)
    first = await small.ask()
    assert await small.ask() == first == [small.start, *small.parts]
    assert small.made == 1
    assert await small.makes("/other")
    assert await small.makes(method="POST")
    assert [part["body"] for part in (await small.ask(method="HEAD"))[1:]] == [b""]
    assert small.made == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ((TAG,), 200),
        ((PUBLIC,), 200),
        (((b"cache-control", b"no-cache"), TAG), 200),
        (((b"cache-control", b"no-store"), TAG), 200),
        (((b"cache-control", b"private, max-age=60"), TAG), 200),
        ((PUBLIC, TAG, (b"vary", b"Accept-Encoding, Cookie")), 200),
        ((PUBLIC, TAG, (b"vary", b"*")), 200),
        ((PUBLIC, TAG, (b"set-cookie", b"a=b")), 200),
        *(((PUBLIC, TAG), status) for status in (201, 206, 301, 302, 404, 410, 500, 503)),
    ],
)
async def test_what_is_not_for_everybody_is_not_kept(
    headers: tuple[Header, ...], status: int
) -> None:
    small = Small(*headers, status=status)
    await small.ask()
    assert await small.makes()


async def test_what_comes_in_parts_is_not_kept() -> None:
    small = Small(PUBLIC, TAG)
    small.parts = [{**BODY, "more_body": True}, {**BODY, "body": b""}]
    assert await small.ask() == [small.start, *small.parts]
    assert await small.makes()


async def test_nothing_large_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Small(PUBLIC, TAG)
    monkeypatch.setattr(api.kept, "LARGEST", 3)
    await small.ask()
    assert await small.makes()
    monkeypatch.setattr(api.kept, "LARGEST", 4)
    await small.ask()
    assert not await small.makes()


async def test_what_was_not_asked_for_longest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Small(PUBLIC, TAG)
    monkeypatch.setattr(api.kept, "MOST", 10 * (api.kept.AROUND + 10))
    for number in range(8):
        await small.ask(f"/{number}")
    assert not await small.makes("/0")
    for number in range(8, 17):
        await small.ask(f"/{number}")
    assert not await small.makes("/0")
    assert not await small.makes("/16")
    assert await small.makes("/1")
    # What is asked for weighs too.
    assert await small.makes("/" + "x" * 100_000)
    assert await small.makes("/" + "x" * 100_000)
    assert await small.makes("/17")
    assert not await small.makes("/17")


async def test_nothing_is_kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Small(PUBLIC, TAG)
    assert api.kept.LONGEST <= 60
    monkeypatch.setattr(api.kept, "LONGEST", -1.0)
    await small.ask()
    assert await small.makes()
    assert await small.makes("/", (b"if-none-match", b"*"))


async def test_all_is_forgotten_when_the_mark_moves() -> None:
    small = Small(PUBLIC, TAG)
    await small.ask("/1")
    small.mark = 2
    await small.ask("/2")
    small.mark = 1
    assert await small.makes("/1"), "also where an earlier mark comes again"
    small.mark = None
    assert await small.makes("/1")
    small.mark = 1
    assert not await small.makes("/1")


@pytest.mark.parametrize("others", [0, 1])
async def test_what_was_made_while_the_mark_moved_is_not_kept(others: int) -> None:
    small = Small(PUBLIC, TAG)
    small.free.clear()
    slow = asyncio.create_task(small.ask())
    await small.begun.wait()
    small.mark = 2
    small.free.set()
    for number in range(others):
        await small.ask(f"/{number}")
    await slow
    assert await small.makes()
    assert not await small.makes()


async def test_a_header_sent_twice_is_for_the_application() -> None:
    small = Small(PUBLIC, TAG)
    await small.ask()
    for name in (b"accept-encoding", b"accept-language", b"origin", b"if-none-match"):
        assert await small.makes("/", (name, b"a"), (name, b"b"))
    assert not await small.makes("/", (b"cookie", b"a=b"), (b"cookie", b"c=d"))


async def test_without_its_database_nothing_is_answered_from_memory(
    cluster: Cluster, archive: Addresses
) -> None:
    async with writing(archive.desk) as session:
        await put(session, call())
    address = f"{API}/cases"
    async with door(cluster.socket) as way:
        app = application(way.address(archive.public))
        async with app.router.lifespan_context(app):
            reader = Site(app)
            await reader.ask(address)
            assert not await reader.makes(address)
            await way.shut()
            assert (await reader.ask(address)).status == 503
            await way.open()
            assert (await reader.ask(address)).status == 200
