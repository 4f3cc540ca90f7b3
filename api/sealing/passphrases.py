"""Passphrases: typed at a terminal, or read from a file or an open descriptor; never printed."""

import getpass
import os
import warnings
from pathlib import Path

from api.trouble import Trouble

# Characters of a new one. What opens every alert must not be guessed offline.
SHORTEST = 12
_LONGEST = 4096


def read_passphrase(
    subject: str, file: Path | None = None, descriptor: int | None = None, *, new: bool = False
) -> bytes:
    """The passphrase of the keys of `subject`; a `new` one is typed twice and not too short.

    Raises Trouble, which never repeats it.
    """
    if file is not None and descriptor is not None:
        raise Trouble("口令只能来自一处。", "Give the passphrase in one way, not in two.")
    if file is not None:
        said = _from_file(file)
    elif descriptor is not None:
        said = _from_descriptor(descriptor)
    else:
        said = _typed(f"口令 passphrase ({subject}): ")
        if new and said != _typed(f"再次输入 again ({subject}): "):
            raise Trouble("两次输入的口令不同。", "The two passphrases differ.")
    if not said:
        raise Trouble("口令为空。", "The passphrase is empty.")
    if new and len(said.decode("utf-8", "replace")) < SHORTEST:
        raise Trouble(
            f"口令至少要有 {SHORTEST} 个字符。",
            f"A passphrase must have at least {SHORTEST} characters.",
        )
    return said


def _from_file(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return _line(opened.read(_LONGEST + 1))
    except OSError as error:
        raise Trouble(f"无法读取 {file}。", f"Cannot read {file}: {error.strerror}.") from None


def _from_descriptor(descriptor: int) -> bytes:
    body = b""
    try:
        while len(body) <= _LONGEST and (part := os.read(descriptor, _LONGEST + 1 - len(body))):
            body += part
    except OSError as error:
        raise Trouble(
            f"无法从描述符 {descriptor} 读取。",
            f"Cannot read from descriptor {descriptor}: {error.strerror}.",
        ) from None
    return _line(body)


def _line(body: bytes) -> bytes:
    """What stands there, without the line's end that an editor adds."""
    if len(body) > _LONGEST:
        raise Trouble("口令太长。", "The passphrase is too long.")
    return body.removesuffix(b"\n").removesuffix(b"\r")


def _typed(prompt: str) -> bytes:
    with warnings.catch_warnings():
        # Without a terminal it would be read, and shown, from standard input.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt).encode()
        except (getpass.GetPassWarning, EOFError):
            raise Trouble(
                "这里没有终端：请用 --passphrase-file 或 --passphrase-fd。",
                "There is no terminal here: use --passphrase-file or --passphrase-fd.",
            ) from None
