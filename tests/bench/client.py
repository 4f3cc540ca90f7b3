"""A small HTTP/1.1 client on asyncio streams: one kept-alive connection, bodies by length."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

# Seconds after which a connection is made anew: servers close idle ones after five.
_IDLE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """One connection, for one request after another; `async with` opens and closes it."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    async def __aenter__(self) -> Self:
        await self._connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        status, given = await self._ask(path, headers)
        length = int(given.get("content-length", "0"))
        return Answer(status, given, await self._reader.readexactly(length))

    async def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        return await self.send("POST", path, headers, body)

    async def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        told = {**headers, "Content-Length": str(len(body))}
        status, given = await self._ask(path, told, method, body)
        length = int(given.get("content-length", "0"))
        return Answer(status, given, await self._reader.readexactly(length))

    async def stream(self, path: str) -> AsyncGenerator[bytes, None]:
        """The body in pieces as they come, of an answer that is sent in chunks."""
        status, given = await self._ask(path, None)
        assert status == 200, f"status {status}"
        assert given.get("transfer-encoding") == "chunked"
        async for chunk in self._chunks():
            yield chunk

    async def poured(self, path: str) -> int:
        """The status, when the whole body has been read and thrown away."""
        status, given = await self._ask(path, None)
        if given.get("transfer-encoding") == "chunked":
            async for _ in self._chunks():
                pass
        return status

    async def _chunks(self) -> AsyncGenerator[bytes, None]:
        while size := int(await self._reader.readline(), 16):
            yield await self._reader.readexactly(size)
            await self._reader.readexactly(2)

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(
            self._host, self._port, limit=1 << 20
        )
        self._used = monotonic()

    async def _ask(
        self,
        path: str,
        headers: Mapping[str, str] | None,
        method: str = "GET",
        body: bytes = b"",
    ) -> tuple[int, dict[str, str]]:
        lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{lines}\r\n"
        if monotonic() - self._used > _IDLE:
            self._writer.close()
            await self._connect()
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        self._used = monotonic()
        pairs = (line.split(":", 1) for line in answer[1:] if line)
        return int(answer[0].split()[1]), {name.lower(): value.strip() for name, value in pairs}
