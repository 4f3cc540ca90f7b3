"""The public application as tests of what is kept see it: bytes on the wire, and who made them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

import httpx
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.cluster.roles import Addresses
from api.kept import Kept
from tests.archives import application


class Sent(NamedTuple):
    """An answer as it goes over the wire."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def is_finished(self) -> bool:
        """Whether all may have it again: public, with a validator."""
        given = dict(self.headers)
        policy = given.get(b"cache-control", b"")
        return self.status == 200 and b"etag" in given and policy.startswith(b"public")

    @property
    def tag(self) -> str:
        return dict(self.headers)[b"etag"].decode()


class Counting:
    """Notes which paths reach the application."""

    def __init__(self, app: ASGIApp, made: list[str]) -> None:
        self._app = app
        self._made = made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._made.append(scope["path"])
        await self._app(scope, receive, send)


class Site:
    """The real application, and which paths it had to make an answer for."""

    def __init__(self, app: FastAPI) -> None:
        self.made: list[str] = []
        app.user_middleware.append(Middleware(Counting, made=self.made))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        # Only what a test says is sent.
        self.client.headers.clear()

    async def ask(
        self, address: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Sent:
        given = [(k.encode(), v.encode("latin-1")) for k, v in (headers or {}).items()]
        async with self.client.stream(method, address, headers=given) as answer:
            body = b"".join([part async for part in answer.aiter_raw()])
        if answer.headers.get("content-encoding") == "gzip" and body:
            # It holds the second in which it was packed.
            body = body[:4] + body[8:]
        return Sent(answer.status_code, answer.headers.raw, body)

    async def makes(
        self, address: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> bool:
        """Whether the application has to make this answer now."""
        self.made.clear()
        await self.ask(address, headers, method)
        return bool(self.made)


@asynccontextmanager
async def site(at: Addresses, *, keeping: bool = True) -> AsyncIterator[Site]:
    app = application(at.public)
    outermost: object = app.user_middleware[0].cls
    assert outermost is Kept, "so that the work of all others is kept"
    if not keeping:
        del app.user_middleware[0]
    async with app.router.lifespan_context(app):
        async with asyncio.timeout(60):
            # Nothing is kept before there is an index, which a process of its own may make.
            while await app.state.follower.mark() is None:  # noqa: ASYNC110 (no event tells)
                await asyncio.sleep(0.05)
        yield Site(app)
