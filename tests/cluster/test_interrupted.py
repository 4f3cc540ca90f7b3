"""Ctrl-C, SIGTERM, SIGHUP and kill -9 at every stage: nothing runs on, nothing is half made."""

import os
import signal
import time
from pathlib import Path

import pytest

from api.cluster import running
from api.cluster.programs import psql
from tests.cluster.conftest import Starts, line_with, quiet
from tests.folders import becomes_empty

# Said by the command, seconds to wait after it, the signal that comes then.
STAGES = [
    ("making the database", 0.2, signal.SIGKILL),
    ("making the database", 0.2, signal.SIGTERM),
    ("making the database", 0.4, signal.SIGINT),
    ("starting the database", 0.0, signal.SIGINT),
    ("starting the database", 0.4, signal.SIGTERM),
    ("starting the database", 0.1, signal.SIGHUP),
    ("up", 0.0, signal.SIGINT),
    ("up", 0.0, signal.SIGTERM),
]


def test_every_stage_may_be_interrupted(folder: Path, starts: Starts) -> None:
    data = folder / "data"
    for words, seconds, number in STAGES:
        user = starts(data)
        line_with(user, words)
        time.sleep(seconds)
        # The terminal sends its Ctrl-C to the whole group.
        os.killpg(user.pid, number)
        user.communicate()
        assert user.returncode != 0
        assert becomes_empty(folder), f"{number.name} at {words!r} left something running"
    log = (data / "postgres.log").read_text()
    assert "was interrupted" not in log
    assert "not properly shut down" not in log
    with running(data, quiet) as cluster:
        listed = psql(cluster.bin, cluster.addresses.owner, "SELECT extname FROM pg_extension;")
        assert {"postgis", "pg_trgm"} <= set(listed.split())
    assert not (data / "pg.new").exists()
    assert not (data / "pg.password").exists()


def test_an_error_of_the_command_itself_stops_the_server(data: Path) -> None:
    with pytest.raises(ZeroDivisionError), running(data, quiet):
        raise ZeroDivisionError
    assert becomes_empty(data)
