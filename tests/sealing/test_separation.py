"""All that the public process has, its environment, files and login, opens none of 50 rows (S2)."""

import base64
import re
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from nacl.public import PrivateKey

from api.cluster.roles import Addresses
from api.sealing.boxes import CannotOpen, Ring, key_id
from api.sealing.keys import DESK, KINDS, MAIL, read_lock, read_ring
from api.sealing.making import make_pair, make_receipt_key
from api.sealing.stored import with_stored_keys
from api.settings import Settings, serving_environment
from tests.alerts.rows import put_alert

PASSPHRASE = b"an invented passphrase"


def secrets_in(text: bytes) -> set[bytes]:
    """Every 32 bytes that a thief could take for a key: raw, base64 and hexadecimal."""
    found = {text[at : at + 32] for at in range(max(0, len(text) - 31))}
    for word in re.findall(rb"[A-Za-z0-9+/_=-]{43,}", text):
        with suppress(ValueError):
            found.add(base64.b64decode(word + b"==")[:32])
    for word in re.findall(rb"[0-9a-fA-F]{64}", text):
        found.add(bytes.fromhex(word.decode()))
    return {key for key in found if len(key) == 32}


async def test_what_the_public_process_holds_opens_nothing(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    data, private = tmp_path / "data", tmp_path / "private"
    locks = {kind: read_lock(kind, make_pair(data, private, kind, PASSPHRASE)) for kind in KINDS}
    make_receipt_key(data)
    public = await asyncpg.connect(archive.public)
    for _ in range(50):
        await put_alert(public, locks[DESK], locks[MAIL], files=0)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await public.fetch("SELECT id, box FROM intake.alerts")
    await public.close()

    settings = with_stored_keys(Settings.model_construct(data=data, database_url=archive.public))
    held = [value.encode() for value in serving_environment(settings).values()]
    held += [file.read_bytes() for file in data.rglob("*") if file.is_file()]
    tried = set().union(*(secrets_in(text) for text in held))
    assert len(tried) > 50
    # Each is tried as the private key of either pair, with the rows as a stolen dump has them.
    rows = await owner.fetch("SELECT id, box FROM intake.alerts")
    assert len(rows) == 50

    def opened(ring: Ring) -> int:
        count = 0
        for row in rows:
            with suppress(CannotOpen):
                ring.open(row["box"], f"alert/{row['id']}")
                count += 1
        return count

    assert sum(opened(Ring({key_id(locks[DESK].key): PrivateKey(key)})) for key in tried) == 0
    assert opened(read_ring(private, MAIL, PASSPHRASE)) == 0
    assert opened(read_ring(private, DESK, PASSPHRASE)) == 50
