"""The keys that lie in the data folder: public lines and the receipt key, never a private key."""

import base64
import binascii
from pathlib import Path

from api.sealing.boxes import Lock, Ring, key_id
from api.sealing.keys import DESK, MAIL, Kind, holds_private_key, read_lock
from api.settings import Settings
from api.trouble import Trouble

RECEIPT_BYTES = 32
# Longer than any line of ours.
_LONGEST = 4096


def public_file(data: Path, kind: Kind) -> Path:
    return data / "keys" / f"{kind}.public"


def receipt_file(data: Path) -> Path:
    return data / "secrets" / "receipt"


def with_stored_keys(settings: Settings) -> Settings:
    """The settings, with keys of the data folder where the environment gives none."""
    data = settings.data
    return settings.model_copy(
        update={
            "desk_key": settings.desk_key or _line(public_file(data, DESK)),
            "mail_key": settings.mail_key or _line(public_file(data, MAIL)),
            "receipt_key": settings.receipt_key or _line(receipt_file(data)),
        }
    )


def read_receipt_key(text: str) -> bytes:
    """The 32 bytes of a receipt key. Raises ValueError, which does not repeat the text."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != RECEIPT_BYTES:
        raise ValueError("not a receipt key")
    return key


def lock_of(settings: Settings, ring: Ring) -> Lock:
    """What the desk seals with. Raises Trouble where `ring` could not open it again."""
    lock = read_lock(DESK, settings.desk_key) if settings.desk_key else None
    if lock is None or key_id(lock.key) not in ring.keys:
        raise Trouble(
            "数据目录里的 desk 公钥与私钥不配对，或者没有公钥（QIUZHU_DESK_KEY）。",
            "The desk's public key is missing (QIUZHU_DESK_KEY), or is of another pair than the "
            "private keys.",
        )
    return lock


def faulty_key(settings: Settings) -> str | None:
    """The variable of the first key that is none."""
    for kind, line in ((DESK, settings.desk_key), (MAIL, settings.mail_key)):
        try:
            if line is not None:
                read_lock(kind, line)
        except ValueError:
            return f"QIUZHU_{kind.upper()}_KEY"
    try:
        if settings.receipt_key is not None:
            read_receipt_key(settings.receipt_key)
    except ValueError:
        return "QIUZHU_RECEIPT_KEY"
    return None


def misplaced_key(data: Path) -> Path | None:
    """A private key where the public process finds its own."""
    for folder in (data / "keys", data / "secrets"):
        found = holds_private_key(folder)
        if found is not None:
            return found
    return None


def _line(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            return opened.read(_LONGEST).decode("utf-8", "replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
