"""Makes and renews key pairs: each file appears whole or not at all, and none is written over.

The private half comes first: whatever is interrupted, what was sealed can be opened.
"""

import base64
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nacl.utils import random

from api.sealing.boxes import key_id
from api.sealing.keys import Kind, public_line, read_lock, read_ring, write_pair
from api.sealing.stored import RECEIPT_BYTES, public_file, receipt_file
from api.trouble import Trouble


def refuse_within(data: Path, private: Path) -> None:
    """Raises Trouble where private keys would lie in the data folder or beside the database."""
    reach = [data.resolve()]
    pointer = data / "elsewhere"
    if pointer.exists():
        reach.append(Path(pointer.read_text().strip()).resolve())
    if any(private.resolve().is_relative_to(folder) for folder in reach):
        raise Trouble(
            f"私钥不能放在数据目录里：{private}。请用 --private 指定别处，最好是另一台设备。",
            f"Private keys must not lie in the data folder: {private}. Name another place with "
            "--private, best on another device.",
        )


def refuse_second(data: Path, kind: Kind) -> None:
    """Raises Trouble where there is a public key already."""
    if os.path.lexists(public_file(data, kind)):
        raise _taken(data, kind)


def make_pair(data: Path, private: Path, kind: Kind, passphrase: bytes) -> str:
    """Makes the first pair and answers its public line.

    One whose making was interrupted is finished, if the passphrase is the same. Raises Trouble.
    """
    refuse_within(data, private)
    with _alone(private):
        refuse_second(data, kind)
        if any(private.glob(f"{kind}-*.key")):
            newest = max(private.glob(f"{kind}-*.key"), key=lambda file: file.stat().st_mtime_ns)
            ring = read_ring(private, kind, passphrase)
            key = ring.keys[bytes.fromhex(newest.stem.removeprefix(f"{kind}-"))]
            line = public_line(kind, key.public_key)
        else:
            line = _written(private, kind, passphrase)
        try:
            _put(public_file(data, kind), f"{line}\n", 0o644)
        except FileExistsError:
            raise _taken(data, kind) from None
    return line


def renew_pair(data: Path, private: Path, kind: Kind, passphrase: bytes) -> str:
    """Makes a further pair under the passphrase of the former ones, which stay.

    Raises Trouble where the present pair's private half is not there or does not open.
    """
    refuse_within(data, private)
    file = public_file(data, kind)
    with _alone(private):
        try:
            present = read_lock(kind, file.read_text("utf-8"))
        except (OSError, ValueError):
            raise Trouble(
                f"{file} 里没有公钥。请先运行 ./qiuzhu key new {kind}。",
                f"There is no public key in {file}. Run ./qiuzhu key new {kind} first.",
            ) from None
        if key_id(present.key) not in read_ring(private, kind, passphrase).keys:
            raise Trouble(
                f"{private} 里没有与 {file} 相配的私钥。",
                f"The private key that belongs to {file} is not in {private}.",
            )
        line = _written(private, kind, passphrase)
        _put(file, f"{line}\n", 0o644, replace=True)
    return line


def make_receipt_key(data: Path) -> bool:
    """Makes the key under which receipts are stored, unless there is one."""
    file = receipt_file(data)
    if os.path.lexists(file):
        return False
    try:
        _put(file, base64.b64encode(random(RECEIPT_BYTES)).decode() + "\n", 0o600)
    except FileExistsError:
        return False  # another command was faster, and its key is the one
    return True


def _taken(data: Path, kind: Kind) -> Trouble:
    file = public_file(data, kind)
    return Trouble(
        f"{file} 已存在，不会覆盖。要换新密钥，请运行 ./qiuzhu key rotate {kind}。",
        f"{file} exists and is not overwritten. For a new key, run ./qiuzhu key rotate {kind}.",
    )


@contextmanager
def _alone(private: Path) -> Iterator[None]:
    """One command at a time in the folder; what an interrupted one left half made is removed."""
    try:
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(private, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Trouble(
            f"无法使用目录 {private}。", f"Cannot use the folder {private}: {error.strerror}."
        ) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        for left in private.glob(".new-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(folder)


def _written(private: Path, kind: Kind, passphrase: bytes) -> str:
    """Writes the pair's private half aside, then gives it its name."""
    try:
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=private))
        try:
            line = write_pair(draft, kind, passphrase)
            for file in draft.iterdir():
                file.rename(private / file.name)
            _keep(private)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise Trouble(
            f"无法写入 {private}。", f"Cannot write into {private}: {error.strerror}."
        ) from None
    return line


def _put(file: Path, text: str, mode: int, *, replace: bool = False) -> None:
    """Raises FileExistsError where the file is there and not to be replaced."""
    # Both folders may stand before there is a database; only the first is for others to read.
    file.parent.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    file.parent.mkdir(mode=0o755 if mode & 0o044 else 0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    draft = Path(name)
    try:
        with open(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fchmod(out.fileno(), mode)
            os.fsync(out.fileno())
        if replace:
            draft.rename(file)
        else:
            os.link(draft, file)
        _keep(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def _keep(folder: Path) -> None:
    """Makes the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
