"""Passwords: Argon2id, few at once, and nothing that tells a known name from an unknown one."""

import asyncio
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from api.errors import DETAILS, Problem

# 32 MiB, two passes: about 40 ms of a core.
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
SHORTEST, LONGEST = 12, 200
# Without what looks alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A password to hand to somebody, of 99 random bits; he must change it."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def hash_password(password: str) -> str:
    return _HASHER.hash(_form(password))


def refuse_weak(password: str, name: str) -> None:
    """Raises Problem for a password that is soon guessed: by whoever knows the name, or by any."""
    plain = _form(password).casefold()
    if not SHORTEST <= len(plain) <= LONGEST or len(set(plain)) < 6 or name in plain:
        raise Problem("invalid-parameter", "new", DETAILS["weak_password"])


def same(one: str, other: str) -> bool:
    return secrets.compare_digest(_form(one).encode(), _form(other).encode())


def _form(password: str) -> str:
    # The same characters, however a keyboard composes them.
    return unicodedata.normalize("NFC", password)


def _verify(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, _form(password))
    except (Argon2Error, InvalidHashError):
        return False


class Kitchen:
    """Where passwords are hashed: `places` at once, of which strangers leave one free.

    So a crowd of strangers can neither take all memory nor keep out whoever comes from a browser
    that is known.
    """

    def __init__(self, places: int = 4, queue: int = 40) -> None:
        self._all = asyncio.Semaphore(places)
        self._strangers = asyncio.Semaphore(places - 1)
        self._queue = queue
        self._waiting = 0

    async def verify(self, stored: str, password: str, *, known: bool) -> bool:
        """Whether it is the password. Raises Problem "busy" where too many strangers wait."""
        async with self._place(known):
            return await asyncio.to_thread(_verify, stored, password)

    async def hash(self, password: str) -> str:
        async with self._all:
            return await asyncio.to_thread(hash_password, password)

    @asynccontextmanager
    async def _place(self, known: bool) -> AsyncIterator[None]:
        if known:
            async with self._all:
                yield
            return
        if self._waiting >= self._queue:
            raise Problem("busy")
        self._waiting += 1
        try:
            async with self._strangers, self._all:
                yield
        finally:
            self._waiting -= 1
