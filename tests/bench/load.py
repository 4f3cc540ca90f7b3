"""Load on an address: by wrk, or by a client of our own where wrk is not to be had.

What is sent and what is made of the figures stand in the measurements.
"""

import asyncio
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from api.cluster.home import Say
from api.cluster.installing import ensure_program
from tests.bench.client import Client

# As many as the API has database connections: more would only queue.
CONNECTIONS = 8
# For wrk: each request asks the next of the paths that stand in a file, one a line.
_DISTINCT = """\
local paths, at = {{}}, 0
for line in io.lines("{file}") do paths[#paths + 1] = line end
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""
_TIMES = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Sample:
    """What one stretch of load gave; milliseconds are those of one request."""

    per_second: float
    mean: float
    p50: float
    p99: float


class Load(Protocol):
    """Keeps `connections` busy for `seconds` with one GET; wrong answers raise WrongAnswers.

    With `paths` each request asks another of them, and each is asked once.
    """

    name: str
    # Of one stretch, in seconds.
    shortest: float

    async def run(
        self,
        url: str,
        seconds: float,
        connections: int = CONNECTIONS,
        headers: Mapping[str, str] | None = None,
        paths: Sequence[str] = (),
    ) -> Sample: ...


class WrongAnswers(RuntimeError):
    """Some answers were errors, so the figure would be of something else."""


def find_load(seconds: float, say: Say) -> Load:
    """wrk where it is or may be installed; our own client otherwise, and for tiny trials."""
    if seconds >= 1:
        program = ensure_program("wrk", "wrk", say)
        if program is not None:
            return Wrk(program)
        say("没有 wrk，改用自带的客户端，数字会偏低。Debian、Ubuntu：apt install wrk")
        say("wrk is missing, so our own client is used and figures are lower: apt install wrk")
    return OwnClient()


class Wrk:
    """Will Glozer's wrk: one thread, so that a core is left for what is measured."""

    shortest = 1.0

    def __init__(self, program: str) -> None:
        self._program = program
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        version = re.search(r"wrk (?:debian/)?(\S+)", said)
        self.name = f"wrk {version[1] if version else '?'}"

    async def run(
        self,
        url: str,
        seconds: float,
        connections: int = CONNECTIONS,
        headers: Mapping[str, str] | None = None,
        paths: Sequence[str] = (),
    ) -> Sample:
        with _script(paths) as script:
            sample = await self._pressed([*script, url], seconds, connections, headers)
        if paths and sample.per_second * seconds > len(paths):
            raise WrongAnswers(f"{len(paths)} addresses did not last")
        return sample

    async def _pressed(
        self,
        asked: Sequence[str],
        seconds: float,
        connections: int,
        headers: Mapping[str, str] | None,
    ) -> Sample:
        lines = [
            part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")
        ]
        process = await asyncio.create_subprocess_exec(
            self._program, "-t1", f"-c{connections}", f"-d{round(seconds)}s", "--latency",
            "--timeout", "20s", *lines, *asked, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            said, _ = await process.communicate()
        except BaseException:
            process.kill()
            raise
        return read_wrk(said.decode())


@contextmanager
def _script(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """What tells wrk to ask these."""
    if not paths:
        yield ()
        return
    with tempfile.TemporaryDirectory(prefix="qiuzhu-bench-") as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "distinct.lua"
        listed.write_text("\n".join(paths))
        script.write_text(_DISTINCT.format(file=listed))
        yield ("-s", str(script))


def read_wrk(said: str) -> Sample:
    """The figures of wrk's report."""
    if wrong := re.search(r"(Non-2xx or 3xx responses: \d+|Socket errors: .*)", said):
        raise WrongAnswers(wrong[1])
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", said)
    mean = re.search(r"Latency\s+([\d.]+)(us|ms|s|m)\b", said)
    spread = {
        share: float(number) * _TIMES[unit]
        for share, number, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", said)
    }
    if per_second is None or mean is None or not float(per_second[1]):
        raise WrongAnswers("no answer")
    return Sample(
        float(per_second[1]), float(mean[1]) * _TIMES[mean[2]], spread["50"], spread["99"]
    )


class OwnClient:
    """Plain asyncio, in this process: slower than wrk, and needs nothing."""

    name = "own client"
    shortest = 0.05

    async def run(
        self,
        url: str,
        seconds: float,
        connections: int = CONNECTIONS,
        headers: Mapping[str, str] | None = None,
        paths: Sequence[str] = (),
    ) -> Sample:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        distinct = iter(paths)
        clients = [Client(parts.hostname or "", parts.port or 80) for _ in range(connections)]
        times: list[float] = []
        loop = asyncio.get_running_loop()
        began = loop.time()

        async def ask(client: Client) -> None:
            async with client:
                # Somebody asks once, also where to connect took all of a short stretch.
                while not times or loop.time() < began + seconds:
                    sent = loop.time()
                    asked = next(distinct, None) if paths else path
                    if asked is None:
                        # A quick machine is done with all of them before the time is up.
                        break
                    status = (await client.get(asked, headers)).status
                    times.append((loop.time() - sent) * 1000)
                    if status >= 400:
                        raise WrongAnswers(f"status {status}")

        await asyncio.gather(*(ask(client) for client in clients))
        taken = loop.time() - began
        times.sort()
        count = len(times)
        return Sample(
            count / taken, sum(times) / count, times[count // 2], times[count * 99 // 100]
        )
