"""Finished public answers, kept in memory around the whole application and sent again unmade.

What an answer is made of beside its request has a mark: when that moves, all that was kept is
forgotten. Which answers may be kept is said by themselves: Cache-Control, ETag, Vary.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.giving_way import note_request
from api.http import held_tag
from api.lang import Lang, asked_lang

# Of all that is kept, and of one answer; in bytes.
MOST, LARGEST = 32_000_000, 512_000
# Seconds. What has no part in the mark (boundaries, a label) is no older than caches may hold it.
LONGEST = 60.0
# What an answer takes beside its texts, in bytes: headers, tuples, its place in the table.
AROUND = 2_500
# The headers by which an answer may differ: one that names others in Vary is not kept.
_VARYING = frozenset((b"accept-encoding", b"accept-language", b"origin"))
_READ = _VARYING | {b"if-none-match"}
# What a 304 has no body to say of.
_OF_BODY = frozenset((b"content-length", b"content-type", b"content-encoding"))
_NOTHING: Message = {"type": "http.response.body", "body": b""}

# As `marking.py` makes it. It is asked for before an answer is made, so that no answer is older
# than its mark; None where nothing may be answered from memory now.
Mark = Callable[[], Awaitable[Hashable | None]]
Headers = Sequence[tuple[bytes, bytes]]


class Asked(NamedTuple):
    """All of a request that an answer can differ by."""

    path: str
    query: bytes
    coding: bytes | None
    lang: Lang | None
    origin: bytes | None
    # If-None-Match.
    held: bytes | None


class Answer(NamedTuple):
    """Both messages of an answer, and the moment until which it may be sent."""

    start: Message
    body: Message
    until: float


class Shelf:
    """What was made while the mark was this one; the least recently asked for goes first."""

    def __init__(self, mark: Hashable) -> None:
        self.mark = mark
        self.weight = 0
        self._answers: OrderedDict[Asked, Answer] = OrderedDict()

    def get(self, asked: Asked) -> Answer | None:
        answer = self._answers.get(asked)
        if answer is None:
            return self._unchanged(asked) if asked.held is not None else None
        if answer.until < monotonic():
            self._forget(asked)
            return None
        self._answers.move_to_end(asked)
        return answer

    def put(self, asked: Asked, answer: Answer) -> None:
        if asked in self._answers:
            self._forget(asked)
        self._answers[asked] = answer
        self.weight += _weight(asked, answer)
        while self.weight > MOST:
            self._forget(next(iter(self._answers)))

    def _unchanged(self, asked: Asked) -> Answer | None:
        """From the whole answer: 304 to who holds it, itself to who holds another."""
        whole = self.get(asked._replace(held=None))
        if whole is None or asked.held is None:
            return None
        headers: Headers = whole.start["headers"]
        own = next(value for name, value in headers if name == b"etag")
        tag = held_tag(asked.held.decode("latin-1"), own.decode("latin-1"))
        if tag is None:
            return whole
        left = [
            (name, tag.encode("latin-1") if name == b"etag" else value)
            for name, value in headers
            if name not in _OF_BODY
        ]
        answer = Answer({**whole.start, "status": 304, "headers": left}, _NOTHING, whole.until)
        self.put(asked, answer)
        return answer

    def _forget(self, asked: Asked) -> None:
        self.weight -= _weight(asked, self._answers.pop(asked))


def _weight(asked: Asked, answer: Answer) -> int:
    texts = (asked.path, asked.query, asked.coding, asked.origin, asked.held, answer.body["body"])
    return AROUND + sum(len(text) for text in texts if text)


class Kept:
    """Around the application, outermost: nothing but time tells whether an answer was kept."""

    def __init__(self, app: ASGIApp, mark: Mark) -> None:
        self._app = app
        self._mark = mark
        self._shelf = Shelf(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            note_request()
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        mark = await self._mark()
        asked = _asked(scope)
        if mark is None or asked is None:
            await self._app(scope, receive, send)
            return
        if mark != self._shelf.mark:
            self._shelf = Shelf(mark)
        answer = self._shelf.get(asked)
        if answer is not None:
            await send(answer.start)
            await send(answer.body if scope["method"] == "GET" else _NOTHING)
        elif scope["method"] == "GET":
            await self._app(scope, receive, _Keeping(send, self._shelf, asked))
        else:
            await self._app(scope, receive, send)


def _asked(scope: Scope) -> Asked | None:
    """None where a header that counts was sent twice: that is for the application to read."""
    headers = scope["headers"]
    given: dict[bytes, bytes] = dict(headers)
    if len(given) < len(headers):
        names = [name for name, _ in headers if name in _READ]
        if len(set(names)) < len(names):
            return None
    return Asked(
        scope["path"],
        scope["query_string"],
        given.get(b"accept-encoding"),
        _language(given.get(b"accept-language", b"")[:500]),
        given.get(b"origin"),
        given.get(b"if-none-match"),
    )


@lru_cache(1024)
def _language(header: bytes) -> Lang | None:
    """Browsers write it in a thousand ways, and all that answers differ by is this."""
    return asked_lang(None, header.decode("latin-1"))


class _Keeping:
    """Passes an answer on as it comes, and puts it on the shelf where it was made in one piece.

    On the shelf of its own mark: where that has moved since, nobody looks there any more.
    """

    def __init__(self, send: Send, shelf: Shelf, asked: Asked) -> None:
        self._send = send
        self._shelf = shelf
        self._asked = asked
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        start, self._start = self._start, None
        if message["type"] == "http.response.start":
            self._start = message if _is_public(message) else None
        elif start is not None and not message.get("more_body", False):
            body: bytes = message.get("body", b"")
            if len(body) <= LARGEST:
                answer = Answer(start, {**message, "body": body}, monotonic() + LONGEST)
                # Whole, it is the answer to whoever holds none or another.
                whole = start["status"] == 200
                self._shelf.put(self._asked._replace(held=None) if whole else self._asked, answer)
        await self._send(message)


def _is_public(start: Message) -> bool:
    """Whether every reader may have the same answer, and can ask whether it is still the same."""
    if start["status"] not in (200, 304):
        return False
    given: dict[bytes, Any] = dict(start["headers"])
    varies = {name.strip().lower() for name in given.get(b"vary", b"").split(b",")}
    return (
        b"etag" in given
        and given.get(b"cache-control", b"").startswith(b"public")
        and varies <= _VARYING | {b""}
        and b"set-cookie" not in given
    )
