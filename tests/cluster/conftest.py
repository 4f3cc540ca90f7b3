"""Folders and processes for tests that start clusters of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.cluster import Cluster, running
from tests.folders import open_folder

PROJECT = Path(__file__).resolve().parents[2]
# Joins the cluster of a folder, says so, and stays until its standard input ends.
_USER = """
import sys
from pathlib import Path
from api.cluster import running
with running(Path(sys.argv[1]), lambda line: print(line, flush=True)):
    print("up", flush=True)
    sys.stdin.read()
"""
User = subprocess.Popen[str]
Starts = Callable[[Path], User]


def quiet(_line: str) -> None:
    """For those who need not be told what takes a moment."""


def line_with(user: User, words: str) -> str:
    """Reads what a user says until a line holds these words."""
    assert user.stdout is not None
    for line in user.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended with {user.wait()} and never said {words!r}")


@contextmanager
def copied(made: Path) -> Iterator[Path]:
    """A copy of a data folder whose cluster does not run: ten times as quick as a first start."""
    with open_folder() as path:
        subprocess.run(["/bin/cp", "-a", made, path / "data"], check=True)
        yield path / "data"


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """The data folder of a cluster that has been started and stopped once."""
    with open_folder() as path:
        with running(path / "data", quiet):
            pass
        yield path / "data"


@pytest.fixture
def data(made: Path) -> Iterator[Path]:
    with copied(made) as path:
        yield path


@pytest.fixture
def starts() -> Iterator[Starts]:
    """Starts processes that use a cluster; they are ended with the test."""
    users: list[User] = []

    def start(data: Path) -> User:
        argv = [sys.executable, "-c", _USER, str(data)]
        user = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            start_new_session=True,
        )
        users.append(user)
        return user

    yield start
    for user in users:
        try:
            user.communicate(timeout=30)  # the end of its input is its sign to leave
        except subprocess.TimeoutExpired:
            user.kill()
            user.communicate()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One running cluster for the tests of a module, in a folder whose name is no help at all."""
    with open_folder() as path, running(path / "a 'b' \"c\" $(d) é", quiet) as cluster:
        yield cluster
