"""HTTP policy in pure ASGI: headers, undecodable queries, HEAD, quiet failures, ETag, cache.

No route and no statement lives here.
"""

import hashlib
import logging
import re
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import DETAILS, Problem, respond, shown_name

log = logging.getLogger("qiuzhu")

PUBLIC = "public, max-age=60, stale-if-error=86400"
# For documents that carry contact details: a withdrawal must show at once.
REVALIDATE = "no-cache"

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HEADERS = (
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


def etag(body: bytes) -> str:
    """A strong validator from the content alone, so it is equal for all clients."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def cached(
    request: Request, body: bytes, media_type: str = "application/json", policy: str = PUBLIC
) -> Response:
    """A 200 with validator and cache policy, or 304 where the client holds this very body."""
    headers = {"ETag": etag(body), "Cache-Control": policy}
    held = request.headers.get("if-none-match", "")
    if held.strip() == "*" or headers["ETag"] in re.split(r"\s*,\s*", held.replace("W/", "")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


class Policy:
    """Around every answer: headers, HEAD as GET without a body, and failures that say nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
                message["headers"] = _with_policy(message["headers"])
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if head:
            # Whoever makes his answer while it is sent reads this and makes none.
            scope = {**scope, "method": "GET", "qiuzhu.head": True}
        try:
            fault = _query_fault(scope["query_string"])
            if fault is not None:
                await _refuse(scope, receive, guarded, fault)
                return
            await self._app(scope, receive, guarded)
        except Exception as error:  # the last handler: what reaches it must not reach a log whole
            problem = _as_problem(error)
            # Class and route only: message, cause and traceback of a database error hold values.
            route = getattr(scope.get("route"), "path", "unknown route")
            log.error("%s at %s", type(error).__name__, route)
            if started:
                raise BrokenAnswer from None
            await _refuse(scope, receive, guarded, problem)


class BrokenAnswer(Exception):
    """An answer failed half way: the connection must break so that nobody takes it for whole."""


def _with_policy(headers: Any) -> list[tuple[bytes, bytes]]:
    given = list(headers)
    names = {name.lower() for name, _ in given}
    given += [pair for pair in HEADERS if pair[0] not in names]
    if b"content-security-policy" not in names:
        given.append((b"content-security-policy", API_POLICY.encode()))
    return given


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
    # Our own mistakes in a statement are failures, not a database that is away.
    if isinstance(error, (ProgrammingError, DataError, IntegrityError)):
        return Problem("failed")
    return Problem("unavailable" if isinstance(error, (DBAPIError, OSError)) else "failed")


async def _refuse(scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
    # The query may be what is wrong with the request, so it is read by hand and not to its end.
    query = scope["query_string"][:MAX_QUERY].decode("ascii", "replace")
    asked = parse_qs(query).get("lang", [None])[-1]
    answer = respond(problem, asked, Request(scope).headers.get("accept-language"))
    await answer(scope, receive, send)
