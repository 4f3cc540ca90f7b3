"""A small checkout with a page in it, and a PATH that begins with stand-ins for Node and npm."""

import os
from pathlib import Path

import pytest

from api.bundle import Frontend
from tests.bundle.tools import make_frontend, make_tools


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frontend:
    tools = make_tools(tmp_path / "tools")
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return make_frontend(tmp_path / "check out")


@pytest.fixture
def said() -> list[str]:
    """What was told to the person at the terminal."""
    return []
