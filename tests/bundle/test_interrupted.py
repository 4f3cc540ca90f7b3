"""A build that is interrupted, or not alone: no half bundle, and nothing built twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.bundle import Frontend, ensure_bundle
from tests.bundle.tools import calls_of

ROOT = Path(__file__).resolve().parent.parent.parent
_BUILD = """
import sys
from pathlib import Path
from api.bundle import Frontend, ensure_bundle
ensure_bundle(lambda line: print(line, flush=True), Frontend(Path(sys.argv[1])))
"""


def begin(frontend: Frontend) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(frontend.root)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def await_half(frontend: Frontend) -> None:
    deadline = time.monotonic() + 30
    while not list(frontend.folder.glob(".dist-*/assets/index.js")):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def stale(frontend: Frontend, said: list[str]) -> Frontend:
    """A checkout with a bundle, an edit after it, and a build that takes a moment."""
    ensure_bundle(said.append, frontend)
    calls_of(frontend)
    (frontend.folder / "src/main.ts").write_text("two")
    (frontend.folder / "slow-build").write_text("2")
    return frontend


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_older_bundle_stays_whole(
    stale: Frontend, said: list[str], number: signal.Signals
) -> None:
    process = begin(stale)
    await_half(stale)
    process.send_signal(number)
    process.wait(30)
    assert (stale.bundle / "assets/index.js").read_text() == "one"
    assert (stale.bundle / "index.html").exists()
    if number != signal.SIGKILL:
        assert list(stale.folder.glob(".dist-*")) == []
    (stale.folder / "slow-build").unlink()
    # Killed outright, its tool goes on for two seconds; the next one waits for that.
    assert ensure_bundle(said.append, stale)
    assert (stale.bundle / "assets/index.js").read_text() == "two"
    assert list(stale.folder.glob(".dist-*")) == []
    assert any("另一条命令" in line for line in said) is (number == signal.SIGKILL)


def test_an_interrupted_installation_begins_anew(frontend: Frontend, said: list[str]) -> None:
    (frontend.folder / "slow-npm").write_text("60")
    process = begin(frontend)
    deadline = time.monotonic() + 30
    while not frontend.packages.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    (frontend.folder / "slow-npm").unlink()
    assert ensure_bundle(said.append, frontend)
    assert calls_of(frontend) == ["npm", "npm", "node"]


def test_two_at_once_build_once(stale: Frontend) -> None:
    first = begin(stale)
    await_half(stale)
    second = begin(stale)
    said = second.communicate(timeout=30)[0]
    assert (first.wait(30), second.returncode) == (0, 0)
    assert "another command is building the page" in said
    assert calls_of(stale) == ["node"]
    assert (stale.bundle / "assets/index.js").read_text() == "two"
