"""`bundle`, and `up` where the page cannot be built: with real processes."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import httpx
import pytest

from tests.folders import open_folder

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240


def environment(root: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QIUZHU_", "DATABASE_"))}
    return {**kept, "PYTHONPATH": str(root), "PYTHONSAFEPATH": "1", **more}


def bundle(root: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "api", "bundle"],
        env=environment(root, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.fixture
def offline() -> Iterator[tuple[Path, dict[str, str]]]:
    """A checkout that was never built, and variables that keep Node and every download away."""
    with open_folder() as root:
        for name in ("api", "migrations"):
            skipped = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, root / name, ignore=skipped)
        shutil.copytree(ROOT / "frontend/public", root / "frontend/public")
        for path in [ROOT / "alembic.ini", *(ROOT / "frontend").glob("*")]:
            if path.is_file():
                shutil.copy(path, root / path.relative_to(ROOT))
        yield root, {"PATH": str(root / "nothing"), "PIP_NO_INDEX": "1"}


def test_the_second_time_there_is_nothing_to_do() -> None:
    assert bundle(ROOT).returncode == 0
    begun = time.monotonic()
    again = bundle(ROOT)
    assert again.returncode == 0
    assert "没有变化 nothing has changed" in again.stderr
    assert time.monotonic() - begun < 5


def test_what_is_missing_is_said(offline: tuple[Path, dict[str, str]]) -> None:
    root, variables = offline
    done = bundle(root, **variables)
    assert done.returncode == 2
    assert "Node.js 20.19" in done.stderr
    assert "需要 Node.js" in done.stderr
    assert not (root / "frontend/dist").exists()


def test_up_serves_without_the_bundle(offline: tuple[Path, dict[str, str]]) -> None:
    root, variables = offline
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "up", "--no-demo", "--data", root / "data",
         "--port", str(port)],
        env=environment(root, **variables),
        cwd=root,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        page = _await(process, f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        said = process.communicate(timeout=60)[1]
    assert "需要 Node.js 20.19" in said
    assert "what reads without scripts is served" in said.replace("\n", " ")
    assert 'type="module"' not in page
    assert "<html" in page


def _await(process: "subprocess.Popen[str]", address: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            assert answer.status_code == 200
            return answer.text
    raise AssertionError("no answer")
