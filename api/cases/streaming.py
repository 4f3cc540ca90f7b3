"""An answer that is made while it is sent: slots, giving way, hang-ups, stalled clients.

Nothing here knows cases; what is sent comes from `export.py`.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from api.errors import Problem
from api.giving_way import GivingWay

# Seconds. A client that takes no byte for so long is gone, and nobody reads for longer than that.
STALLED = 60
LONGEST = 1800


class Slots:
    """So many at once and so many waiting behind them; who comes then is told to come again."""

    def __init__(self, running: int, waiting: int) -> None:
        self._semaphore = asyncio.Semaphore(running)
        self._free = running + waiting

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A slot for as long as it is open. Raises Problem "busy" when the queue is full."""
        if self._free == 0:
            raise Problem("busy")
        self._free -= 1
        try:
            async with self._semaphore:
                yield
        finally:
            self._free += 1


@dataclass(frozen=True, slots=True)
class Flow:
    """Headers, and the chunks that follow. Chunks are not asked for where only HEAD was."""

    headers: dict[str, str]
    chunks: AsyncGenerator[bytes, None]


class Streamed(Response):
    """Opens its source when it is sent and closes it in the same task, whatever happens.

    The first chunk is made before the status goes out, so that a refusal is still a problem.
    """

    def __init__(self, opened: Callable[[], Awaitable[Flow]], media_type: str) -> None:
        self._opened = opened
        super().__init__(media_type=media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Under the GET that the HTTP policy makes of HEAD, nobody would read the body.
        head = scope.get("qiuzhu.head", False)
        sending = asyncio.ensure_future(self._send(send, head=head))
        leaving = asyncio.ensure_future(_hung_up(receive))
        try:
            async with asyncio.timeout(LONGEST):
                await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Send, *, head: bool) -> None:
        async def put(message: Message) -> None:
            async with asyncio.timeout(STALLED):
                await send(message)

        flow = await self._opened()
        way = GivingWay()
        async with aclosing(flow.chunks) as chunks:
            first = b"" if head else await anext(chunks, b"")
            self.headers.update(flow.headers)
            del self.headers["content-length"]
            await put({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await put({"type": "http.response.body", "body": first, "more_body": not head})
            if head:
                return
            async for chunk in chunks:
                await put({"type": "http.response.body", "body": chunk, "more_body": True})
                await way.rest()
            # Last, when the source is closed: the client may hang up from here on.
            await put({"type": "http.response.body", "body": b"", "more_body": False})


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
