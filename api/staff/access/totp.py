"""Codes of an authenticator: six digits for half a minute, each of use once."""

import time
from hmac import compare_digest

import pyotp

from api.sealing.boxes import CannotOpen, Lock, Ring

STEP = 30
# A phone's clock may be that many steps off, either way.
_OFF = 1


def new_secret() -> str:
    """160 random bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Qiuzhu")


def sealed(lock: Lock, secret: str, staff_id: str) -> bytes:
    """The secret as it is stored."""
    return lock.seal(secret.encode(), _purpose(staff_id))


def step_of(ring: Ring, box: bytes, staff_id: str, code: str) -> int | None:
    """The step of which `code` is the code, if it is one of about now."""
    try:
        secret = ring.open(box, _purpose(staff_id)).decode()
    except CannotOpen:
        return None
    generator, now = pyotp.TOTP(secret), int(time.time()) // STEP
    matching = None
    # All of them, so that it takes the same time whichever it is.
    for step in range(now - _OFF, now + _OFF + 1):
        if compare_digest(generator.generate_otp(step).encode(), code.encode()):
            matching = step
    return matching


def _purpose(staff_id: str) -> str:
    return f"totp/{staff_id}"
