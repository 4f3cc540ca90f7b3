"""What stands around every answer of the desk: headers, nothing kept anywhere, failures in JSON."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Problem, respond, to_problem

# No other site may read, embed or open any of it.
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
    (b"x-robots-tag", b"noindex"),
)
# The console: like the public page, without blob addresses and workers.
CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


class Private:
    """No cache keeps an answer of the desk; only the bundle's files, which say nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                del headers["ETag"]
            await send(message)

        bundled = scope["type"] != "http" or scope["path"].startswith("/assets/")
        await self._app(scope, receive, send if bundled else unkept)


def refuse(request: Request, problem: Problem) -> Response:
    """The answer to a request that fails with `problem`."""
    return respond(
        problem, request.query_params.get("lang"), request.headers.get("accept-language")
    )


async def on_failure(request: Request, error: Exception) -> Response:
    """The exception handler of the staff surface."""
    return refuse(request, to_problem(error))
