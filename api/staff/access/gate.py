"""The gate before every route of the desk: who comes, what is asked, and whether the matrix allows.

Before a body is read: a stranger can make this process read nothing but his headers.
"""

import asyncio

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.alerts.bodies import media_type
from api.errors import Problem
from api.staff.access import sessions, tokens
from api.staff.access.acting import Acting
from api.staff.access.crossing import SAFE, refuse_crossing
from api.staff.access.guard import KEY, ROUTE
from api.staff.access.matrix import ROOM, Rule, Way, read_matrix, ways_of
from api.staff.access.proving import Prover
from api.staff.surroundings import refuse

# Bytes of a JSON body: a case with all its texts, and what somebody logs in with.
LONGEST, LOGIN = 2_000_000, 4_000
FILE = "application/octet-stream"
# Seconds for a body of JSON.
_PATIENCE = 60


def protect(app: FastAPI) -> None:
    """Puts the gate before the routes of `app`, all of which must have been included.

    Raises ValueError for a route that the matrix does not know, or that asks nobody who he is.
    """
    app.state.ways = ways_of(app, read_matrix())
    app.state.prover = Prover(app.state.ring, app.state.lock)
    # The innermost, so that its refusals get the headers of all others.
    app.user_middleware.append(Middleware(Gate))


class Gate:
    """Lets through who may; leaves what is not the desk's alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or (path != ROOM and not path.startswith(f"{ROOM}/")):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            way = _way(request)
            rule = way.rule if way else None
            who = None
            if rule is not None and rule.open:
                refuse_crossing(request)
            else:
                who = await _comer(request)
                _refuse_forbidden(rule, who)
            if request.method not in SAFE:
                receive = await _checked(request, rule, who, receive)
        except Problem as problem:
            await refuse(request, problem)(scope, receive, send)
            return
        # Whoever asks for what there is not is told so by the router, as nobody.
        if way is not None:
            scope = {**scope, KEY: who, ROUTE: way.endpoint}
        await self._app(scope, receive, send)


def _way(request: Request) -> Way | None:
    ways: tuple[Way, ...] = request.app.state.ways
    path = request.scope["path"]
    matching = (w for w in ways if w.method == request.method and w.address.match(path))
    return next(matching, None)


async def _comer(request: Request) -> Acting:
    """Who comes, by token or by cookie, never by both."""
    state = request.app.state
    who = None
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        who = await tokens.find(state.database, token.strip(), state.clock())
    elif cookie := request.cookies.get(sessions.COOKIE):
        refuse_crossing(request)
        who = await sessions.find(state.database, cookie)
    if who is None:
        raise Problem("not-logged-in", headers={"WWW-Authenticate": "Bearer"})
    return who


def _refuse_forbidden(rule: Rule | None, who: Acting) -> None:
    if rule is None:
        return
    if not rule.allows(who):
        raise Problem("forbidden")
    if who.fresh and not rule.fresh:
        raise Problem("forbidden", extra={"fresh": True})


async def _checked(
    request: Request, rule: Rule | None, who: Acting | None, receive: Receive
) -> Receive:
    """The body for the route, of a type that no site can make a browser send without asking us.

    A file is left to its route to read. Raises Problem.
    """
    by_browser = who is None or who.token is None
    if rule is not None and rule.file:
        if by_browser and media_type(request) != FILE:
            raise Problem("unsupported-media-type")
        return receive
    most = LOGIN if who is None else LONGEST
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise Problem("too-large")
    except (TimeoutError, ClientDisconnect):
        raise Problem("bad-request") from None
    if body and by_browser and media_type(request) != "application/json":
        raise Problem("unsupported-media-type")
    return _again(bytes(body), receive)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body as it came, for the route; after it whatever comes next."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return messages.pop() if messages else await receive()

    return replayed
