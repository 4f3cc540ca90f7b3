"""The embedded default: a private PostgreSQL + PostGIS cluster under the data folder.

Owns who uses the cluster at the moment: every command joins it or starts it for its own time, and
the last one to leave stops it. Whoever gives database addresses of their own never comes here.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.cluster.home import Home, Say, find_home
from api.cluster.installing import ensure_postgres
from api.cluster.programs import make_address
from api.cluster.roles import (
    DATABASE,
    SUPERUSER,
    Addresses,
    make_addresses,
    prepare,
    read_passwords,
)
from api.cluster.server import Server
from api.cluster.signals import ended_in_order, held_back
from api.trouble import Trouble

__all__ = ["Addresses", "Cluster", "running"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: an address per role, and what backup and tests need besides."""

    addresses: Addresses
    superuser: str
    bin: Path
    socket: Path
    home: Path


@contextmanager
def running(data: Path, say: Say) -> Iterator[Cluster]:
    """The cluster of the data folder, running for as long as the block does.

    `say` gets a line for every step that takes a moment. Raises Trouble where it cannot be had.
    """
    with ended_in_order(), ExitStack() as ending:
        bin = ensure_postgres(say)
        with _denials_named(data):
            home = find_home(data, say)
            server = Server(bin, home)
            users = ending.enter_context(_opened(home.path / "cluster.lock"))
            ending.callback(_leave, server, users)
            with _locked(home, say):
                # Held together with the other users; it goes with the process, however that ends.
                fcntl.flock(users, fcntl.LOCK_SH)
                cluster = _start(server, say)
        yield cluster


def _start(server: Server, say: Say) -> Cluster:
    home = server.home
    passwords = read_passwords(home.data, server.exists())
    if not server.exists():
        server.create(passwords[SUPERUSER], say)
    server.start(say)
    prepare(server.bin, server.socket, passwords, home.path / "prepared")
    superuser = make_address(SUPERUSER, passwords[SUPERUSER], server.socket, DATABASE)
    addresses = make_addresses(server.socket, passwords)
    return Cluster(addresses, superuser, server.bin, server.socket, home.path)


def _leave(server: Server, users: int) -> None:
    """Stops the server where nobody else holds the users' lock."""
    with held_back(), _locked(server.home):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        server.stop()


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


@contextmanager
def _locked(home: Home, say: Say | None = None) -> Iterator[None]:
    """One at a time decides about starting and stopping."""
    with _opened(home.path / "start.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if say:
                say("正在等待另一条命令启动数据库… waiting for another command to start it…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _denials_named(data: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise Trouble(
            f"无权访问 {error.filename}：{data} 属于另一个用户吗？请用 --data 另选目录。",
            f"No permission for {error.filename}: does {data} belong to another user? "
            "Choose another folder with --data.",
        ) from None
