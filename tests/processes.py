"""The public process as it is started in production, for tests of what only a process shows."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
_SERVE = (sys.executable, "-m", "api", "serve")


def environment(**variables: str) -> dict[str, str]:
    """Nothing of the machine's but what finds programs."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables}


def refuse_to_serve(
    folder: Path, *options: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs `serve` where it is expected to end by itself; both streams are joined."""
    return subprocess.run(
        (*_SERVE, *options),
        cwd=folder,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )


@dataclass(frozen=True)
class Served:
    """A running process: a reader of it, its port, and the file that holds all it says."""

    client: httpx.AsyncClient
    port: int
    log: Path
    process: asyncio.subprocess.Process


@asynccontextmanager
async def served(folder: Path, **variables: str) -> AsyncIterator[Served]:
    """A process that answers; it is ended with the block."""
    with socket.socket() as chooser:
        chooser.bind(("127.0.0.1", 0))
        port = chooser.getsockname()[1]
    log = folder / "output.txt"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *_SERVE,
            cwd=folder,
            env=environment(QIUZHU_PORT=str(port), **variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        # Sooner than the process closes an idle connection, or both might use it and close it.
        limits = httpx.Limits(keepalive_expiry=1)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits) as client:
            await _answering(client, process)
            yield Served(client, port, log, process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answering(client: httpx.AsyncClient, process: asyncio.subprocess.Process) -> None:
    while process.returncode is None:
        try:
            await client.get("/livez")
        except httpx.TransportError:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError(f"it ended with {process.returncode}")


def children(program: str) -> list[int]:
    """Processes of a program that this process has started and that still live."""
    found = []
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with suppress(OSError):
            if program in Path(f"/proc/{pid}/cmdline").read_text():
                found.append(int(pid))
    return found


def told(pid: int, what: str) -> bytes:
    """What the kernel says of a process."""
    return Path(f"/proc/{pid}/{what}").read_bytes()
