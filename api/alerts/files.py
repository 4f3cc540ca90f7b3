"""Which files are kept, and in which form: pictures as new pixels, documents as they came.

Promised: a jpeg, png or webp (10 MB, 25 megapixels, no film) is decoded in a process of its own and
written anew, upright and in sRGB: no place, serial number, preview, comment, profile or stowaway is
left. Its original is kept, to the byte, only where the person asks. Nothing touches the disk.
Not promised: a PDF is kept as it is and never opened here, with its own metadata and whatever else
it carries; it is sealed like all files, and for staff only. What is *seen* in a picture stays.
"""

import asyncio
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

MAX_FILE = 10_000_000
# A picture may grow when it is written anew, but not without bounds.
_MAX_MADE = 2 * MAX_FILE
_CHILD = Path(__file__).with_name("reencode.py")
# Children at once; seconds to wait for a turn, and for the child.
_CHILDREN, _TURN, _PATIENCE = 2, 15, 20
# The child's exit codes, as in reencode.py; importing it would load the decoders into this process.
_CODES = {3: "type", 4: "pixels"}
_SIGNATURES = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL),
    "webp": re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL),
    "pdf": re.compile(rb"%PDF-[0-9]"),
}
_PDF_TAIL = 1024
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class FileRefused(Exception):
    """A file is not kept; `code` is type, size, pixels, damaged or busy."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kept:
    """A file to seal. `original` is what came, where that was to be kept and differs."""

    kind: str
    body: bytes
    original: bytes | None


async def accept(body: bytes, *, keep_original: bool) -> Kept:
    """The form in which a file is kept. Raises FileRefused."""
    if len(body) > MAX_FILE:
        raise FileRefused("size")
    kind = next((name for name, start in _SIGNATURES.items() if start.match(body)), None)
    if kind is None:
        raise FileRefused("type")
    if kind == "pdf":
        if b"%%EOF" not in body[-_PDF_TAIL:]:
            raise FileRefused("damaged")
        return Kept(kind, body, None)
    async with _turn():
        made = await _reencoded(kind, body)
    return Kept(kind, made, body if keep_original else None)


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    turns = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_CHILDREN))
    try:
        async with asyncio.timeout(_TURN):
            await turns.acquire()
    except TimeoutError:
        raise FileRefused("busy") from None
    try:
        yield
    finally:
        turns.release()


async def _reencoded(kind: str, body: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        # Isolated: no variable, no folder and no file of the user's decides what is imported.
        *(sys.executable, "-I", "-B", str(_CHILD), kind, str(os.getpid())),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            _, made = await asyncio.gather(_fed(child, body), _said(child))
            code = await child.wait()
    except TimeoutError:
        raise FileRefused("busy") from None
    finally:
        if child.returncode is None:
            await asyncio.shield(_ended(child))
    if len(made) > _MAX_MADE:
        raise FileRefused("size")
    if code or not made:
        raise FileRefused(_CODES.get(code, "damaged"))
    return bytes(made)


async def _fed(child: Process, body: bytes) -> None:
    assert child.stdin is not None
    # It may end without having read all of it.
    with suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(body)
        await child.stdin.drain()
    child.stdin.close()


async def _said(child: Process) -> bytearray:
    """All that it says; it is ended where that is too much."""
    assert child.stdout is not None
    made = bytearray()
    while part := await child.stdout.read(1 << 18):
        made += part
        if len(made) > _MAX_MADE:
            await _ended(child)
    return made


async def _ended(child: Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
    assert child.stdout is not None
    # What is in the pipe must be taken out of it, else its end is not noticed.
    while await child.stdout.read(1 << 18):
        pass
    await child.wait()
