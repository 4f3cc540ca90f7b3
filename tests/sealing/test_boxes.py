"""What is sealed opens with the private key, whole and for its purpose, or not at all (S2)."""

import os
import random
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from api.sealing.boxes import CannotOpen, Lock, Ring, key_id
from api.sealing.keys import DESK, MAIL, read_lock, read_ring
from api.sealing.making import make_pair, renew_pair
from api.trouble import Trouble

PASSPHRASE = b"an invented passphrase"
TEXTS = [f"kanarienvogel {number} 讨薪 ".encode() * (number * 7) for number in range(50)]


def pair() -> tuple[Lock, Ring]:
    private = PrivateKey.generate()
    return Lock(private.public_key), Ring({key_id(private.public_key): private})


def opened(ring: Ring, boxes: list[bytes]) -> int:
    count = 0
    for number, box in enumerate(boxes):
        try:
            count += ring.open(box, f"alert/{number}") == TEXTS[number]
        except CannotOpen:
            continue
    return count


def test_only_the_private_key_opens() -> None:
    lock, ring = pair()
    boxes = [lock.seal(text, f"alert/{number}") for number, text in enumerate(TEXTS)]
    assert not any(b"kanarienvogel" in box for box in boxes)
    # All that the public process holds is the public key: another pair, or its bytes as a secret.
    _, strange = pair()
    public = {key_id(lock.key): PrivateKey(bytes(lock.key))}
    assert opened(ring, boxes) == 50
    assert opened(Ring({}), boxes) == 0
    assert opened(strange, boxes) == 0
    assert opened(Ring(public), boxes) == 0
    # Neither does it open what it has sealed itself: the other half of the box is thrown away.
    assert lock.seal(b"x", "alert/1") != lock.seal(b"x", "alert/1")


def test_a_single_wrong_bit_opens_nothing() -> None:
    lock, ring = pair()
    box = lock.seal(TEXTS[40], "alert/40")
    chance = random.Random(4)
    for position in chance.sample(range(len(box) * 8), 200):
        damaged = bytearray(box)
        damaged[position // 8] ^= 1 << position % 8
        with pytest.raises(CannotOpen):
            ring.open(bytes(damaged), "alert/40")
    for length in (0, 3, 11, 12, 59, len(box) - 1):
        with pytest.raises(CannotOpen):
            ring.open(box[:length], "alert/40")
    with pytest.raises(CannotOpen):
        ring.open(box + b"\0", "alert/40")


@pytest.mark.parametrize(
    "other", ["alert/4", "alert/400", "alert/41", "file/40", "alert/40\0", "", "addition/40"]
)
def test_a_box_opens_for_its_own_row_and_column_only(other: str) -> None:
    lock, ring = pair()
    box = lock.seal(TEXTS[40], "alert/40")
    assert ring.open(box, "alert/40") == TEXTS[40]
    with pytest.raises(CannotOpen):
        ring.open(box, other)


def test_a_box_tells_little_of_the_length() -> None:
    lock, ring = pair()
    lengths = {len(lock.seal(b"x" * size, "alert/1")) for size in range(0, 490, 7)}
    assert len(lengths) == 1
    for size in (0, 1, 497, 498, 499, 511, 512, 513, 70_000):
        text = os.urandom(size)
        assert ring.open(lock.seal(text, "alert/1"), "alert/1") == text


def test_rotation_keeps_everything_readable(tmp_path: Path) -> None:
    data, private = tmp_path / "data", tmp_path / "private"
    first = read_lock(DESK, make_pair(data, private, DESK, PASSPHRASE))
    boxes = [first.seal(text, f"alert/{number}") for number, text in enumerate(TEXTS[:25])]
    second = read_lock(DESK, renew_pair(data, private, DESK, PASSPHRASE))
    assert second != first
    boxes += [second.seal(text, f"alert/{25 + number}") for number, text in enumerate(TEXTS[25:])]
    assert opened(read_ring(private, DESK, PASSPHRASE), boxes) == 50
    # A former key that is lost takes its own boxes along and no others.
    (private / f"desk-{key_id(first.key).hex()}.key").rename(tmp_path / "lost")
    assert opened(read_ring(private, DESK, PASSPHRASE), boxes) == 25


def test_the_mail_worker_and_the_desk_open_their_own(tmp_path: Path) -> None:
    data, private = tmp_path / "data", tmp_path / "private"
    locks = {
        kind: read_lock(kind, make_pair(data, private, kind, PASSPHRASE)) for kind in (DESK, MAIL)
    }
    for mine, other in ((DESK, MAIL), (MAIL, DESK)):
        ring = read_ring(private, mine, PASSPHRASE)
        assert ring.open(locks[mine].seal(b"x", "outbox/1"), "outbox/1") == b"x"
        with pytest.raises(CannotOpen):
            ring.open(locks[other].seal(b"x", "outbox/1"), "outbox/1")


def test_a_wrong_passphrase_or_a_damaged_file_opens_nothing(tmp_path: Path) -> None:
    data, private = tmp_path / "data", tmp_path / "private"
    make_pair(data, private, DESK, PASSPHRASE)
    (file,) = private.glob("*.key")
    for passphrase in (b"", PASSPHRASE + b"\n", PASSPHRASE.upper()):
        with pytest.raises(Trouble, match="does not open"):
            read_ring(private, DESK, passphrase)
    body = file.read_bytes()
    for damaged in (body[:-1], body[:20], b"", body[:-1] + bytes([body[-1] ^ 1])):
        file.write_bytes(damaged)
        with pytest.raises(Trouble, match="does not open"):
            read_ring(private, DESK, PASSPHRASE)
