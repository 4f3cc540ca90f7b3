"""Data folders for tests that start clusters, and which servers run for one."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def inside(folder: Path) -> list[int]:
    """The processes that PostgreSQL runs for a folder; initdb and every server name theirs."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            # A command line is what all may read of a process, also in a container.
            words = (entry / "cmdline").read_bytes()
            if os.fsencode(folder) + b"/" in words and b"api.cluster" not in words:
                found.append(int(entry.name))
    return found


def becomes_empty(folder: Path, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while inside(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that any user of the machine may enter; pytest's own are closed to all but us."""
    path = Path(tempfile.mkdtemp(prefix="qiuzhu-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    assert becomes_empty(path), "a server was left running"
    shutil.rmtree(path)
