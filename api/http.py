"""HTTP policy in pure ASGI: headers, undecodable queries, HEAD, quiet failures, ETag, cache.

No route and no statement lives here.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

import asyncpg
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.compression import COMPRESSED
from api.errors import DETAILS, Problem, shown_name

log = logging.getLogger("qiuzhu")
# What a database that cannot be asked makes of a question, by either way to it.
_AWAY = (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)

PUBLIC = "public, max-age=60, stale-if-error=86400"
# For documents that carry contact details: a withdrawal must show at once.
REVALIDATE = "no-cache"

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
Headers = Sequence[tuple[bytes, bytes]]
HEADERS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
    # On every answer, not only where a page asks from elsewhere: a cache hands one copy to all.
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Content-Disposition, Retry-After"),
)
# Longer than any address our own page makes with every filter in use.
MAX_QUERY = 16_384
# What a validator ends with where its body was compressed: another form is another representation.
_CODED = re.compile(r'-(?:br|gzip|zstd)"\Z')


def etag(body: bytes) -> str:
    """A strong validator from the content alone, so it is equal for all clients."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def cached(
    request: Request, body: bytes, media_type: str = "application/json", policy: str = PUBLIC
) -> Response:
    """A 200 with validator and cache policy, or 304 where the client holds this very body."""
    tag = etag(body)
    headers = {"ETag": tag, "Cache-Control": policy}
    if media_type.partition(";")[0] in COMPRESSED:
        headers["Vary"] = "Accept-Encoding"
    unchanged = held_tag(request.headers.get("if-none-match", ""), tag)
    if unchanged is not None:
        headers["ETag"] = unchanged
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def held_tag(header: str, tag: str) -> str | None:
    """The validator of a 304 to an If-None-Match, None where what it names is not held any more.

    `tag` is that of the body in any coding: who holds one form need not fetch another.
    """
    plain = _CODED.sub('"', tag)
    # Not by a regular expression, which would take its time over a line of blanks.
    for entry in header.split(","):
        held = entry.strip().removeprefix("W/")
        if held == "*":
            return plain
        if _CODED.sub('"', held) == plain:
            return held
    return None


def speaks_json(path: str) -> bool:
    """Whether an address is for programs; all others are pages for people."""
    return path == "/api" or path.startswith("/api/") or path in ("/livez", "/readyz")


class Policy:
    """Around every answer: headers, HEAD as GET without a body, and failures that say nothing.

    `refuse` makes the answer to a request that fails, for a program or for a person; `headers` are
    put on every answer that does not bring its own.
    """

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request, Problem], Response],
        headers: Headers = HEADERS,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        head = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _with_policy(message["headers"], self._headers)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if head:
            # Whoever makes his answer while it is sent reads this and makes none.
            scope = {**scope, "method": "GET", "qiuzhu.head": True}
        try:
            # Pages leave out what they cannot read, and say so.
            fault = _query_fault(scope["query_string"]) if speaks_json(scope["path"]) else None
            if fault is not None:
                await self._refuse(Request(scope), fault)(scope, receive, guarded)
                return
            await self._app(scope, receive, guarded)
        except Exception as error:  # the last handler: what reaches it must not reach a log whole
            problem = _as_problem(error)
            # Class and route only: message, cause and traceback of a database error hold values.
            route = getattr(scope.get("route"), "path", "unknown route")
            log.error("%s at %s", type(error).__name__, route)
            if started:
                raise BrokenAnswer from None
            await self._refuse(Request(scope), problem)(scope, receive, guarded)


class BrokenAnswer(Exception):
    """An answer failed half way: the connection must break so that nobody takes it for whole."""


def _with_policy(headers: Any, ours: Headers) -> list[tuple[bytes, bytes]]:
    given = _with_one_vary(headers)
    names = {name.lower() for name, _ in given}
    given += [pair for pair in ours if pair[0] not in names]
    if b"content-security-policy" not in names:
        given.append((b"content-security-policy", API_POLICY.encode()))
    return given


def _with_one_vary(headers: Any) -> list[tuple[bytes, bytes]]:
    """Each name in Vary once; and a compressed body under a validator of its own."""
    kept, vary, coding = [], dict[bytes, None](), b""
    for name, value in headers:
        if name.lower() == b"vary":
            vary.update(dict.fromkeys(part.strip() for part in value.split(b",")))
        else:
            kept.append((name, value))
        if name.lower() == b"content-encoding":
            coding = value
    if coding:
        kept = [
            (name, value[:-1] + b"-" + coding + b'"' if name.lower() == b"etag" else value)
            for name, value in kept
        ]
    return [*kept, (b"vary", b", ".join(vary))] if vary else kept


def _query_fault(query: bytes) -> Problem | None:
    """What the framework would silently repair (U+FFFD for broken UTF-8) or hand to PostgreSQL."""
    parts = query.split(b"&")
    if len(query) > MAX_QUERY:
        return _refusal(max(parts, key=len), "string_too_long")
    for part in parts:
        raw = unquote_to_bytes(part)
        try:
            raw.decode()
        except UnicodeDecodeError:
            return _refusal(part, "unreadable_text")
        if b"\0" in raw:
            return _refusal(part, "unreadable_text")
    return None


def _refusal(part: bytes, detail: str) -> Problem:
    name = shown_name(part.partition(b"=")[0].decode("ascii", "replace"))
    return Problem("invalid-parameter", name or "query", DETAILS[detail])


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, PoolTimeout):
        return Problem("busy")
    if isinstance(error, asyncpg.SyntaxOrAccessError):
        return Problem("failed")
    # Our own mistakes in a statement are failures, not a database that is away.
    if isinstance(error, (ProgrammingError, DataError, IntegrityError)):
        return Problem("failed")
    return Problem("unavailable" if isinstance(error, _AWAY) else "failed")
