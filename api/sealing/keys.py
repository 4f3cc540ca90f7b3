"""Key pairs: the public half as a line of text, the private half in a file under a passphrase.

Where the files lie is the caller's business; the public process is given lines and nothing else.
"""

import base64
import binascii
import os
from pathlib import Path
from typing import Literal

from nacl import pwhash, secret
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey
from nacl.utils import random

from api.sealing.boxes import Lock, Ring, key_id
from api.trouble import Trouble

Kind = Literal["desk", "mail"]
DESK: Kind = "desk"
MAIL: Kind = "mail"
KINDS = (DESK, MAIL)
# Before the salt and the encrypted key of a private file; whoever must not reach one looks for it.
PRIVATE_MARK = b"qiuzhu-private-1\n"
_SALT = pwhash.argon2id.SALTBYTES
# 64 MiB and a third of a second: a stolen file is to be dear to try passphrases on.
_OPS, _MEM = 3, 64 * 2**20


def public_line(kind: Kind, key: PublicKey) -> str:
    """`qiuzhu-desk-public-1:` and 32 bytes in base64, as QIUZHU_DESK_KEY takes it."""
    return f"qiuzhu-{kind}-public-1:{base64.b64encode(bytes(key)).decode()}"


def read_lock(kind: Kind, line: str) -> Lock:
    """The public key in a line. Raises ValueError, which does not repeat the line."""
    name, _, text = line.strip().partition(":")
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if name != f"qiuzhu-{kind}-public-1" or len(key) != PublicKey.SIZE:
        raise ValueError(f"not a public key of the {kind}")
    return Lock(PublicKey(key))


def write_pair(folder: Path, kind: Kind, passphrase: bytes) -> str:
    """Makes a pair, keeps its private half in `folder` (KIND-ID.key), answers the public line."""
    private = PrivateKey.generate()
    salt = random(_SALT)
    sealed = secret.SecretBox(_stretched(passphrase, salt)).encrypt(bytes(private))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{kind}-{key_id(private.public_key).hex()}.key"
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(PRIVATE_MARK + salt + sealed)
        out.flush()
        os.fsync(out.fileno())
    return public_line(kind, private.public_key)


def read_ring(folder: Path, kind: Kind, passphrase: bytes) -> Ring:
    """All private keys of this kind that lie in `folder`; older ones open older boxes.

    Raises Trouble where there is none, or where the passphrase does not open one.
    """
    keys = {}
    for file in sorted(folder.glob(f"{kind}-*.key")):
        private = _unlocked(file, passphrase)
        keys[key_id(private.public_key)] = private
    if not keys:
        raise Trouble(
            f"{folder} 里没有 {kind} 的私钥。",
            f"There is no private key of the {kind} in {folder}.",
        )
    return Ring(keys)


def holds_private_key(folder: Path) -> Path | None:
    """The first file below `folder` that is a private key of ours, if any can be read."""
    for file in sorted(folder.rglob("*.key")):
        try:
            with file.open("rb") as opened:
                if opened.read(len(PRIVATE_MARK)) == PRIVATE_MARK:
                    return file
        except OSError:
            continue
    return None


def _unlocked(file: Path, passphrase: bytes) -> PrivateKey:
    body = file.read_bytes().removeprefix(PRIVATE_MARK)
    try:
        key = secret.SecretBox(_stretched(passphrase, body[:_SALT])).decrypt(body[_SALT:])
    except (CryptoError, ValueError):
        raise Trouble(
            f"口令打不开 {file.name}，或者文件已损坏。",
            f"The passphrase does not open {file.name}, or the file is damaged.",
        ) from None
    return PrivateKey(key)


def _stretched(passphrase: bytes, salt: bytes) -> bytes:
    return pwhash.argon2id.kdf(
        secret.SecretBox.KEY_SIZE, passphrase, salt, opslimit=_OPS, memlimit=_MEM
    )
