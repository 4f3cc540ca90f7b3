"""Public ids: 64 random bits as 13 Crockford base-32 characters, never made by the database."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# To the digits by which Python writes numbers of base 32.
_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
# 64 bits fill twelve characters and four bits of a thirteenth, so the first is one of 0-F.
_ID = re.compile(r"[0-9A-F][0-9A-HJKMNP-TV-Z]{12}\Z")


def new_id() -> str:
    """A new random id. Random, so that it tells neither order nor time of submission."""
    return encode_id(secrets.randbits(64))


def encode_id(number: int) -> str:
    """64 bits as an id; the demonstration data makes its ids from a seed."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def decode_id(id_: str) -> int:
    """The 64 bits of an id: numbers stand in the order of their ids."""
    return int(id_.translate(_DIGITS), 32)


def is_id(text: str) -> bool:
    return _ID.match(text) is not None
