"""Sent twice, taken once: what a key was answered, readable only with that key.

Within a process the attempts at one key wait for each other; between processes they wait in the
database for the row that only one of them can add.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import blake2b

import orjson
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from api.alerts.receipts import Hashes
from api.alerts.told import Left, Submitted
from api.errors import DETAILS, Problem

SHORTEST, LONGEST = 16, 200
PATTERN = f"[!-~]{{{SHORTEST},{LONGEST}}}"
_KEY = re.compile(PATTERN + r"\Z")
# Seconds for which an attempt waits for another one with the same key.
PATIENCE = 3.0


def read_key(key: str | None) -> str:
    """The Idempotency-Key of a request. Raises Problem where it is missing or no key."""
    if not key:
        raise Problem("idempotency-key-missing")
    if not _KEY.match(key):
        raise Problem("invalid-parameter", "idempotency_key", DETAILS["key_length"])
    return key


def still_running() -> Problem:
    return Problem("still-running", headers={"Retry-After": "3"})


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    # Who holds it or waits for it.
    count: int = 0


class Keys:
    """The keys that are in work in this process, and what is stored under a key."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """One attempt at a time. Raises Problem "still-running" for one that waits too long."""
        turn = self._turns.setdefault(key, _Turn())
        turn.count += 1
        try:
            try:
                async with asyncio.timeout(PATIENCE):
                    await turn.lock.acquire()
            except TimeoutError:
                raise still_running() from None
            try:
                yield
            finally:
                turn.lock.release()
        finally:
            turn.count -= 1
            if not turn.count:
                del self._turns[key]

    def digest(self, key: str, form: bytes, files: Sequence[bytes]) -> bytes:
        """32 bytes that tell two bodies apart, and mean nothing to who lacks the client's key."""
        digest = blake2b(digest_size=32, key=self._hashes.body_key(key))
        for part in (form, *files):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        return digest.digest()

    def locked(self, key: str, told: Submitted) -> bytes:
        """An answer under a key made from the client's own."""
        plain = orjson.dumps([told.receipt, told.kept, [list(left) for left in told.refused]])
        return bytes(SecretBox(self._hashes.answer_key(key)).encrypt(plain))

    def opened(self, key: str, answer: bytes) -> Submitted:
        """Raises Problem where our own key was changed since: nobody can read it any more."""
        try:
            plain = SecretBox(self._hashes.answer_key(key)).decrypt(answer)
        except CryptoError:
            raise Problem("idempotency-conflict") from None
        receipt, kept, refused = orjson.loads(plain)
        return Submitted(receipt, kept, tuple(Left(*left) for left in refused))
