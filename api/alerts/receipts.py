"""Receipts: 24 characters that only the person has; we keep a hash under a key of our own.

120 bits need no slow hash, which anybody could have used to keep the process busy.
"""

import secrets
from dataclasses import dataclass
from hashlib import blake2b

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, _GROUP = 24, 4
# What hands and eyes mistake for one another.
_READ = str.maketrans("OIL", "011")


def new_receipt() -> str:
    """A receipt as it is shown: six groups of four."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def read_receipt(text: str) -> str | None:
    """The 24 characters in whatever was typed: any case, blanks, dashes, full width, O, I and L."""
    kept = "".join(_narrow(character) for character in text[:200] if character.isalnum())
    code = kept.upper().translate(_READ)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def _narrow(character: str) -> str:
    # A Chinese keyboard writes ＡＢＣ１２３ when it is set to full width.
    point = ord(character)
    return chr(point - 0xFEE0) if 0xFF01 <= point <= 0xFF5E else character


@dataclass(frozen=True, slots=True)
class Hashes:
    """Keyed hashes for what is looked up; each use has its own, none answers for another."""

    key: bytes

    def receipt(self, code: str) -> bytes:
        """Of the 24 characters that `read_receipt` answers."""
        return self._of(code.encode(), b"")

    def idempotency_key(self, key: str) -> bytes:
        return self._of(key.encode(), b"key")

    def answer_key(self, key: str) -> bytes:
        """Encrypts what a client was answered: it takes the client's own key to read it."""
        return self._of(key.encode(), b"answer")

    def body_key(self, key: str) -> bytes:
        return self._of(key.encode(), b"body")

    def confirmation(self, token: str) -> bytes:
        return self._of(token.encode(), b"confirm")

    def work(self) -> bytes:
        """The key that signs challenges; the same in every process of this deployment."""
        return self._of(b"", b"work")

    def spent(self, nonce: str) -> bytes:
        return self._of(nonce.encode(), b"spent")

    def _of(self, value: bytes, use: bytes) -> bytes:
        return blake2b(value, digest_size=32, key=self.key, person=use).digest()
