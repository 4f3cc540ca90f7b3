"""Answers made while sent: refusals, giving way, hang-ups, stalled clients, HEAD, the queue."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any

import pytest
from starlette.types import Message, Receive, Send

from api import giving_way
from api.cases import streaming
from api.cases.streaming import Flow, Slots, Streamed
from api.errors import Problem
from api.giving_way import note_request


class Source:
    """Chunks that say how far they were read and whether they were closed."""

    def __init__(self, count: int, fails_at: int | None = None) -> None:
        self.count, self.fails_at = count, fails_at
        self.given, self.closed = 0, False

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        try:
            for number in range(self.count):
                if number == self.fails_at:
                    raise Problem("failed")
                self.given += 1
                yield b"x"
                await asyncio.sleep(0)
        finally:
            self.closed = True

    async def opened(self) -> Flow:
        return Flow({"Cache-Control": "public"}, self.chunks())


class Client:
    """What a server would do with the answer."""

    def __init__(self, leaves_after: int | None = None, stalls: bool = False) -> None:
        self.messages: list[Message] = []
        self.leaves_after, self.stalls = leaves_after, stalls
        self._left = asyncio.Event()

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if self.stalls and message["type"] == "http.response.body":
            await asyncio.sleep(3600)
        if self.leaves_after is not None and len(self.messages) > self.leaves_after:
            self._left.set()

    async def receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)


async def answered(source: Source, client: Client, **scope: Any) -> None:
    answer = Streamed(source.opened, "text/plain")
    receive: Receive = client.receive
    send: Send = client.send
    await answer({"type": "http", "method": "GET", **scope}, receive, send)


async def test_everything_is_sent_and_ends() -> None:
    source, client = Source(5), Client()
    await answered(source, client)
    start = client.messages[0]
    assert (start["status"], client.body) == (200, b"xxxxx")
    assert dict(start["headers"])[b"cache-control"] == b"public"
    assert b"content-length" not in dict(start["headers"])
    assert [message["more_body"] for message in client.messages[1:]] == [True] * 5 + [False]
    assert source.closed


async def test_an_empty_source_is_an_empty_answer() -> None:
    client = Client()
    await answered(Source(0), client)
    assert (client.messages[0]["status"], client.body) == (200, b"")


async def test_a_failure_before_the_first_chunk_is_a_problem() -> None:
    source, client = Source(5, fails_at=0), Client()
    with pytest.raises(Problem):
        await answered(source, client)
    assert not client.messages
    assert source.closed


async def test_a_failure_after_it_breaks_the_answer() -> None:
    source, client = Source(5, fails_at=3), Client()
    with pytest.raises(Problem):
        await answered(source, client)
    # No last message: nobody may take this for the whole file.
    assert all(message.get("more_body", True) for message in client.messages)
    assert source.closed


async def test_who_asks_meanwhile_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "REST", 3600)
    note_request()
    # What came before has been answered or waits no longer than this does.
    undisturbed, source, client = Source(5), Source(5), Client()
    await answered(undisturbed, Client())
    assert undisturbed.given == 5

    async def disturbed() -> Flow:
        return Flow({}, _between(source.chunks(), {2: note_request}))

    sending = asyncio.ensure_future(
        Streamed(disturbed, "text/plain")({"type": "http"}, client.receive, client.send)
    )
    await asyncio.wait((sending,), timeout=0.05)
    assert (source.given, sending.done()) == (3, False)
    client._left.set()
    await asyncio.wait_for(sending, 5)
    assert source.closed


async def test_a_rest_ends() -> None:
    source, client = Source(5), Client()

    async def disturbed() -> Flow:
        return Flow({}, _between(source.chunks(), dict.fromkeys(range(5), note_request)))

    await Streamed(disturbed, "text/plain")({"type": "http"}, client.receive, client.send)
    assert client.body == b"xxxxx"


async def _between(
    chunks: AsyncGenerator[bytes, None], deeds: Mapping[int, Callable[[], None]]
) -> AsyncGenerator[bytes, None]:
    """The chunks, and what is done before the one of a number."""
    async with aclosing(chunks):
        number = 0
        async for chunk in chunks:
            deeds.get(number, lambda: None)()
            yield chunk
            number += 1


async def test_who_hangs_up_ends_the_work() -> None:
    source, client = Source(100_000), Client(leaves_after=10)
    await answered(source, client)
    assert source.given < 100
    assert source.closed


async def test_who_hangs_up_before_the_first_chunk_ends_the_work() -> None:
    closed = False

    async def endless() -> AsyncGenerator[bytes, None]:
        nonlocal closed
        try:
            await asyncio.sleep(3600)
            yield b""
        finally:
            closed = True

    async def opened() -> Flow:
        return Flow({}, endless())

    client = Client()
    task = asyncio.ensure_future(
        Streamed(opened, "text/plain")({"type": "http"}, client.receive, client.send)
    )
    await asyncio.sleep(0.01)
    client._left.set()
    await asyncio.wait_for(task, 5)
    assert closed


async def test_a_cancelled_answer_closes_its_source() -> None:
    source, client = Source(100_000), Client()
    task = asyncio.ensure_future(answered(source, client))
    await asyncio.sleep(0.01)
    assert source.given
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert source.closed


async def test_who_takes_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "STALLED", 0.05)
    source, client = Source(5), Client(stalls=True)
    with pytest.raises(TimeoutError):
        await answered(source, client)
    assert source.closed


async def test_nobody_reads_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LONGEST", 0.05)
    source, client = Source(10**9), Client()
    with pytest.raises(TimeoutError):
        await answered(source, client)
    assert source.closed


async def test_head_asks_for_no_chunk() -> None:
    source, client = Source(5), Client()
    await answered(source, client, **{"qiuzhu.head": True})
    assert (source.given, client.body) == (0, b"")
    assert client.messages[-1]["more_body"] is False
    assert client.messages[0]["status"] == 200


async def test_a_full_queue_is_busy() -> None:
    slots = Slots(running=2, waiting=1)
    inside, out = 0, asyncio.Event()

    async def work() -> None:
        nonlocal inside
        async with slots.one():
            inside += 1
            await out.wait()

    tasks = [asyncio.ensure_future(work()) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert inside == 2
    with pytest.raises(Problem) as raised:
        async with slots.one():
            pass
    assert raised.value.kind == "busy"
    # Who gives up waiting makes room.
    tasks[2].cancel()
    await asyncio.gather(tasks[2], return_exceptions=True)
    tasks[2] = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    out.set()
    await asyncio.gather(*tasks)
    assert inside == 3
    async with slots.one():
        pass
