"""Runs the programs that build: silent when all is well, with their last words when it is not."""

import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from api.settings import building_environment

# Lines of a failed program's output that are shown.
_LAST_WORDS = 40


def run(
    argv: Sequence[str],
    folder: Path,
    say: Callable[[str], None],
    lock: int,
    before_path: Path | None = None,
) -> int:
    """The exit code. Where we are interrupted, the program and its children are killed.

    It inherits `lock`, an open file: should we be killed outright, nobody else begins before it
    has ended too.
    """
    child = subprocess.Popen(
        argv,
        cwd=folder,
        env=building_environment(before_path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        # Ctrl-C reaches the whole foreground group; the program is ended by us.
        start_new_session=True,
        pass_fds=(lock,),
    )
    try:
        words, _ = child.communicate()
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    if child.returncode:
        say(f"✗ {shlex.join([Path(argv[0]).name, *argv[1:]])}")
        for line in words.splitlines()[-_LAST_WORDS:]:
            say(f"  {line}")
    return child.returncode
