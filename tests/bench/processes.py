"""Processes that are measured: started here, asked how much memory they hold, and ended by us."""

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from api.index import building
from api.settings import Settings, serving_environment
from tests.bench.bare import Order

ROOT = Path(__file__).resolve().parent.parent.parent
# Seconds.
_PATIENCE, _PATIENCE_WITH_INDEX = 30, 600
_PR_SET_PDEATHSIG = 1
# Seconds of a look at what a process uses, and the share of them that one at rest may use.
_LOOK, _RESTING = 0.1, 0.3


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def api_process(settings: Settings, address: str) -> Iterator[int]:
    """One public process as a container runs it; its number, for as long as the block runs."""
    with _running(["-m", "api", "serve"], settings, settings.port, address) as pid:
        yield pid


@contextmanager
def bare_handler(settings: Settings, order: Order) -> Iterator[str]:
    """Where the bare handler listens, for as long as the block runs."""
    command = ["-m", "tests.bench.bare"]
    with _running(command, settings, order.port, order.address, pickle.dumps(order)):
        yield f"http://127.0.0.1:{order.port}"


@contextmanager
def desk_process(settings: Settings, address: str, port: int) -> Iterator[int]:
    """One staff process, with keys that open nothing; its number."""
    told = pickle.dumps((address, port))
    with _running(["-m", "tests.bench.desk_process"], settings, port, "", told) as pid:
        yield pid


@contextmanager
def _running(
    command: Sequence[str], settings: Settings, port: int, address: str, told: bytes = b""
) -> Iterator[int]:
    environment = serving_environment(settings) | {"DATABASE_URL": address}
    with running_program([sys.executable, *command], environment, port, told) as pid:
        yield pid


@contextmanager
def running_program(
    command: Sequence[str], environment: Mapping[str, str], port: int, told: bytes = b""
) -> Iterator[int]:
    """The process of a program that listens on `port`, `told` something on its standard input."""
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        # Ctrl-C reaches us alone, and we end it in order.
        start_new_session=True,
        preexec_fn=_end_with_bench,
    )
    assert process.stdin is not None
    try:
        process.stdin.write(told)
        process.stdin.close()
        _await_port(process, port)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_with_bench() -> None:
    """Also where the bench is killed without a chance to end it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _await_port(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start")


def await_index(pid: int) -> None:
    """Until a public process that was asked once, and that nobody asks now, has its index.

    A small one it makes while it is asked; a large one is made by a process of its own, and then
    takes some seconds to be taken over.
    """
    until = time.monotonic() + _PATIENCE_WITH_INDEX
    while _makes_index(pid) or _works(pid):
        if time.monotonic() > until:
            raise RuntimeError("its index was not made")
        time.sleep(0.02)


def _makes_index(pid: int) -> bool:
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            # It may have ended since.
            with suppress(OSError):
                if building.PROGRAM.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                    return True
    return False


def _works(pid: int) -> bool:
    """Whether a process uses more than it needs to wait. It takes a moment to say so."""
    before = _used(pid)
    time.sleep(_LOOK)
    return _used(pid) - before > _LOOK * _RESTING


def _used(pid: int) -> float:
    """Seconds of processor time so far."""
    # The name, in brackets, may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> tuple[float, float]:
    """Resident memory of a process now, and the most it ever was, in MB (10^6 bytes)."""
    status = Path(f"/proc/{pid}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    now, most = (int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return now, most


def forget_peak(pid: int) -> None:
    """From now on the most that a process holds is counted anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
