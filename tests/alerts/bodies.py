"""Form bodies on their way: whole, in chunks, slow, or broken off."""

import asyncio
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"
CHUNK = 1 << 16


class Sent:
    """A body on its way; `read` says how much of it was taken."""

    def __init__(self, parts: Iterable[bytes], *, pause: float = 0, breaks: bool = False) -> None:
        self._parts, self._pause, self._breaks = iter(parts), pause, breaks
        self.read = 0

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(self._pause)
        part = next(self._parts, None)
        if part is None and self._breaks:
            return {"type": "http.disconnect"}
        self.read += len(part or b"")
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}


def request(sent: Sent, media: str | None = MULTIPART, **headers: str) -> Request:
    given = {**headers, **({"content-type": media} if media is not None else {})}
    raw = [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in given.items()]
    return Request({"type": "http", "method": "POST", "headers": raw}, sent.receive)


def cut(body: bytes) -> list[bytes]:
    return [body[at : at + CHUNK] for at in range(0, len(body), CHUNK)]


def part(name: str, value: bytes, file: str | None = None, headers: bytes = b"") -> bytes:
    named = f'name="{name}"' + (f'; filename="{file}"' if file is not None else "")
    head = f"--edge\r\nContent-Disposition: form-data; {named}\r\n".encode() + headers
    return head + b"\r\n" + value + b"\r\n"


def whole(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--edge--\r\n"
