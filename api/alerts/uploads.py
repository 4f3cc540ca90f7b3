"""Form bodies, read in memory only: the framework's own reader spools parts to the disk.

Every limit holds while the body streams, before memory is used for what lies beyond it; names of
files are never looked at.
"""

import asyncio
import logging
import re
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from api.alerts.files import MAX_FILE
from api.errors import DETAILS, Problem

MAX_FILES, MAX_FIELDS, MAX_FIELD = 5, 80, 64_000
MAX_MULTIPART, MAX_PLAIN = 52_000_000, 256_000
# Multipart bodies that the whole process holds at once; who comes later is asked to come again.
MAX_HELD = 4 * MAX_MULTIPART
# Seconds without a byte, and for a whole body: 50 MB at 45 kB/s.
SILENCE, WHOLE = 30, 1200
_FILES = b"files"
_NAME = re.compile(rb"[a-z_]{1,40}\Z")
_UTF8 = (b"utf-8", b"utf8")
_AS_IS = (b"7bit", b"8bit", b"binary")
# A file control that was left empty sends a part all the same.
_MAX_PARTS = MAX_FIELDS + 2 * MAX_FILES
# Its warnings quote what was sent.
logging.getLogger("python_multipart.multipart").disabled = True


class HalfRead(Problem):
    """A form that was refused on its way; `pairs` are the fields that had come by then."""

    def __init__(self, problem: Problem, pairs: list[tuple[str, str]]) -> None:
        super().__init__(problem.kind)
        self.faults = problem.faults
        self.pairs = pairs


class Held:
    """How many bytes the requests in hand take together; each gives back its own when it ends."""

    def __init__(self, request: Request) -> None:
        self._mine = [0]
        weakref.finalize(request, _give_back, self._mine)

    def take(self, more: int) -> None:
        if _total[0] + more > MAX_HELD:
            raise Problem("busy")
        self._mine[0] += more
        _total[0] += more


_total = [0]


def _give_back(taken: list[int]) -> None:
    _total[0] -= taken[0]


async def read_form(request: Request, *, files: bool) -> tuple[list[tuple[str, str]], list[bytes]]:
    """The fields of a form in their order, and its files. Raises Problem.

    A file beyond MAX_FILE is cut one byte after it, so that `accept` refuses it by itself and
    nobody's words are lost with it; files beyond the fifth, and bodies that hold more than five
    could, are refused whole.
    """
    media, options = parse_options_header(request.headers.get("content-type"))
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    multipart = media == b"multipart/form-data"
    if coding != "identity" or not (multipart or media == b"application/x-www-form-urlencoded"):
        raise Problem("unsupported-media-type")
    _only_utf8(options)
    most = MAX_MULTIPART if multipart and files else MAX_PLAIN
    told = request.headers.get("content-length", "0")
    if len(told) > 12 or (told.isdecimal() and int(told) > most):
        raise Problem("too-large")
    # Our own generator is closed with the block, so that nothing goes on reading after a refusal.
    async with aclosing(_chunks(request, most)) as chunks:
        if multipart:
            return await _multipart(chunks, options.get(b"boundary", b""), Held(request), files)
        return _urlencoded(b"".join([chunk async for chunk in chunks])), []


async def _chunks(request: Request, most: int) -> AsyncGenerator[bytes]:
    """The body as it comes, until it is too large or too slow."""
    size, stream = 0, aiter(request.stream())
    now = asyncio.get_running_loop().time
    end = now() + WHOLE
    try:
        while True:
            async with asyncio.timeout_at(min(now() + SILENCE, end)):
                chunk = await anext(stream, None)
            if chunk is None:
                return
            size += len(chunk)
            if size > most:
                raise Problem("too-large")
            yield chunk
    except (TimeoutError, ClientDisconnect):
        raise Problem("bad-request") from None


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    if body.count(b"&") > MAX_FIELDS:
        raise Problem("too-large")
    pairs = []
    for part in body.split(b"&"):
        if part:
            name, _, value = part.replace(b"+", b" ").partition(b"=")
            if len(value) > 3 * MAX_FIELD:
                raise Problem("too-large")
            pairs.append(_pair(unquote_to_bytes(name), unquote_to_bytes(value)))
    if len(pairs) > MAX_FIELDS:
        raise Problem("too-large")
    return pairs


def _pair(name: bytes, value: bytes) -> tuple[str, str]:
    if not _NAME.match(name):
        raise Problem("unknown-parameter")  # a name that is not ours may be content
    known = name.decode()
    if len(value) > MAX_FIELD:
        raise Problem("too-large", known, DETAILS["string_too_long"])
    try:
        text = value.decode()  # strict: no lone surrogate passes
    except UnicodeDecodeError:
        raise Problem("invalid-parameter", known, DETAILS["unreadable_text"]) from None
    if "\0" in text:
        raise Problem("invalid-parameter", known, DETAILS["unreadable_text"])
    return known, text


def _only_utf8(options: Mapping[bytes, bytes]) -> None:
    if options.get(b"charset", b"utf-8").lower() not in _UTF8:
        raise Problem("invalid-parameter", "charset", DETAILS["unreadable_text"])


class _Parts:
    """What python_multipart calls while it reads; each of its limits is a Problem at once."""

    def __init__(self, files: bool) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.files: list[bytes] = []
        self.ended = False
        self._takes_files = files
        self._parts = 0
        self._header, self._value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._name, self._is_file, self._data = b"", False, bytearray()

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise Problem("too-large")
        self._headers, self._data = {}, bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        name = bytes(self._header).lower()
        if name in self._headers:
            raise Problem("bad-request")
        self._headers[name] = bytes(self._value)
        self._header, self._value = bytearray(), bytearray()

    def on_headers_finished(self) -> None:
        kind, options = parse_options_header(self._headers.get(b"content-disposition"))
        coded = self._headers.get(b"content-transfer-encoding", b"binary").strip().lower()
        if kind != b"form-data" or b"name" not in options or coded not in _AS_IS:
            raise Problem("bad-request")
        self._name, self._is_file = options[b"name"], b"filename" in options
        if not self._is_file:
            _only_utf8(parse_options_header(self._headers.get(b"content-type"))[1])
            if not _NAME.match(self._name) or len(self.pairs) == MAX_FIELDS:
                raise Problem("too-large" if _NAME.match(self._name) else "unknown-parameter")
        elif self._name != _FILES:
            raise Problem("unknown-parameter")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            if not self._takes_files:
                raise Problem("unknown-parameter", "files", DETAILS["extra_forbidden"])
            if len(self.files) == MAX_FILES:
                raise Problem("too-large", "files")
            end = min(end, start + MAX_FILE + 1 - len(self._data))
        elif len(self._data) + end - start > MAX_FIELD:
            raise Problem("too-large", self._name.decode(), DETAILS["string_too_long"])
        self._data += memoryview(data)[start:end]

    def on_part_end(self) -> None:
        if not self._is_file:
            self.pairs.append(_pair(self._name, bytes(self._data)))
        elif self._data:
            self.files.append(bytes(self._data))
        self._data = bytearray()

    def on_end(self) -> None:
        self.ended = True


async def _multipart(
    chunks: AsyncIterator[bytes], boundary: bytes, held: Held, files: bool
) -> tuple[list[tuple[str, str]], list[bytes]]:
    parts = _Parts(files)
    try:
        if not boundary:
            raise Problem("bad-request")
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.on_part_begin,
                "on_header_field": parts.on_header_field,
                "on_header_value": parts.on_header_value,
                "on_header_end": parts.on_header_end,
                "on_headers_finished": parts.on_headers_finished,
                "on_part_data": parts.on_part_data,
                "on_part_end": parts.on_part_end,
                "on_end": parts.on_end,
            },
        )
        async for chunk in chunks:
            held.take(len(chunk))
            parser.write(chunk)
    except FormParserError:
        raise Problem("bad-request") from None
    except Problem as problem:
        # Files come last in a form, so that who typed it need not lose it with them.
        raise HalfRead(problem, parts.pairs) from None
    if not parts.ended:
        raise Problem("bad-request")  # cut off; what came of it may be half of what was said
    return parts.pairs, parts.files
