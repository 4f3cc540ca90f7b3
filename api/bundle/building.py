"""The two steps to a bundle: npm's packages, then Vite. Each is whole or not there."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.bundle.frontend import Frontend, mark
from api.bundle.node import Node, ensure_node
from api.bundle.running import run
from api.cluster.signals import ended_in_order, held_back
from api.trouble import Trouble

Say = Callable[[str], None]
# No package needs a script of its own to be run, and none is trusted to. What builds the page are
# development and optional packages, which npm leaves out where a setting says so. Without a
# network it gives up within seconds rather than minutes: somebody waits for `up`.
_CI = ("ci", "--ignore-scripts", "--include=dev", "--include=optional", "--prefer-offline",
       "--loglevel=error", "--no-progress", "--no-audit", "--no-fund",
       "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=5000",
       "--fetch-timeout=60000")  # fmt: skip


def ensure_bundle(say: Say, frontend: Frontend | None = None) -> bool:
    """Builds frontend/dist where it is missing or stale; True where it did.

    Raises Trouble where it could not; an older bundle then stays as it was.
    """
    frontend = frontend or Frontend()
    _refuse_without_sources(frontend)
    if frontend.is_built():
        return False
    with _alone(frontend, say) as lock:
        if frontend.is_built():
            return False
        node = _install(frontend, say, lock)
        _build(frontend, node, say, lock)
    return True


def ensure_packages(say: Say, frontend: Frontend | None = None) -> Node:
    """Makes node_modules what package-lock.json says, and answers the Node to run them with."""
    frontend = frontend or Frontend()
    _refuse_without_sources(frontend)
    with _alone(frontend, say) as lock:
        return _install(frontend, say, lock)


def _install(frontend: Frontend, say: Say, lock: int) -> Node:
    node = ensure_node(frontend, say, lock)
    if not frontend.is_installed():
        say("正在安装构建网页的软件包，约需半分钟…")
        say("installing the packages that build the page, about half a minute…")
        begun, stamp = time.monotonic(), frontend.packages_stamp()
        if run([*node.npm, *_CI], frontend.folder, say, lock, node.folder) != 0:
            raise Trouble(
                "未能安装构建网页的软件包，原因见上。首次构建需要网络。",
                "The packages that build the page could not be installed, see above. "
                "The first build needs the network.",
            )
        # npm removes the folder first, and the old mark with it.
        mark(frontend.packages, stamp)
        say(f"  {time.monotonic() - begun:.1f} s")
    return node


def _build(frontend: Frontend, node: Node, say: Say, lock: int) -> None:
    say("正在构建网页… building the page…")
    # Taken first: what is edited meanwhile makes the result stale.
    begun, stamp = time.monotonic(), frontend.bundle_stamp()
    for left in frontend.folder.glob(".dist-*"):
        shutil.rmtree(left)
    made = frontend.folder / f".dist-{os.getpid()}"
    vite = [str(node.folder / "node"), "node_modules/vite/bin/vite.js", "build"]
    try:
        options = ["--outDir", made.name, "--emptyOutDir", "--logLevel", "warn"]
        if run([*vite, *options], frontend.folder, say, lock, node.folder) != 0:
            raise Trouble("网页未能构建，原因见上。", "The page could not be built, see above.")
        mark(made, stamp)
        with held_back():
            if frontend.bundle.exists():
                frontend.bundle.rename(made.with_name(f"{made.name}-old"))
            made.rename(frontend.bundle)
    finally:
        for left in frontend.folder.glob(f"{made.name}*"):
            shutil.rmtree(left, ignore_errors=True)
    say(f"  {time.monotonic() - begun:.1f} s")


@contextmanager
def _alone(frontend: Frontend, say: Say) -> Iterator[int]:
    """One at a time. The lock is on the open folder, so it leaves no file behind."""
    lock = os.open(frontend.folder, os.O_RDONLY)
    try:
        with ended_in_order():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一条命令正在构建，请稍候… another command is building the page, waiting…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
    except PermissionError as denied:
        raise Trouble(
            f"没有写入权限：{denied.filename}", f"no permission to write: {denied.filename}"
        ) from None
    finally:
        os.close(lock)


def _refuse_without_sources(frontend: Frontend) -> None:
    if not frontend.has_sources():
        raise Trouble(
            "构建网页需要完整的项目目录（缺少 frontend/package-lock.json）。",
            "Building the page needs the whole checkout (frontend/package-lock.json is missing).",
        )
