"""Sealed boxes: anybody with the public key closes one, only the private key's holder opens it.

A box is made for one purpose ("alert/ID"), so that it does not open when copied to another row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox

_MARK = b"QZ1"
_ID = 8
# Lengths are rounded up, so that a box does not tell how much somebody had to say.
_BUCKET = 512


class CannotOpen(Exception):
    """A box that was damaged, belongs elsewhere, or was sealed to a key that is not at hand."""


def key_id(key: PublicKey) -> bytes:
    """Eight bytes that name a pair; they stand before each box that it opens."""
    return blake2b(bytes(key), digest_size=16, encoder=RawEncoder)[:_ID]


@dataclass(frozen=True, slots=True)
class Lock:
    """A public key."""

    key: PublicKey

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """A box around `plain`, about as long: 512-byte buckets and some 100 bytes."""
        named = purpose.encode()
        body = len(named).to_bytes(2) + named + len(plain).to_bytes(4) + plain
        padded = body + bytes(-len(body) % _BUCKET)
        return _MARK + key_id(self.key) + SealedBox(self.key).encrypt(padded)


@dataclass(frozen=True, slots=True)
class Ring:
    """Private keys by the id of their pair: the present one and those before it."""

    keys: Mapping[bytes, PrivateKey]

    def open(self, box: bytes, purpose: str) -> bytes:
        """What was sealed for `purpose`. Raises CannotOpen."""
        mark, name, sealed = box[:3], box[3 : 3 + _ID], box[3 + _ID :]
        key = self.keys.get(bytes(name))
        if mark != _MARK or key is None:
            raise CannotOpen
        try:
            padded = SealedBox(key).decrypt(bytes(sealed))
        except CryptoError:
            raise CannotOpen from None
        named = purpose.encode()
        start = 2 + len(named) + 4
        if padded[: start - 4] != len(named).to_bytes(2) + named:
            raise CannotOpen
        return padded[start : start + int.from_bytes(padded[start - 4 : start])]
