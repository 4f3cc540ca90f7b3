"""The launcher's main job, with real processes: start, answer, share, stop, leave nothing."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import httpx
import pytest

from api.sealing.keys import KINDS
from api.sealing.making import make_pair, make_receipt_key
from api.sealing.stored import with_stored_keys
from api.settings import Settings, serving_environment
from tests.folders import open_folder

ROOT = Path(__file__).resolve().parent.parent.parent
# Seconds until even a loaded machine has done it.
PATIENCE = 240


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QIUZHU_", "DATABASE_"))}
    return {**kept, **more}


@contextmanager
def up(data: Path, port: int, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """`./qiuzhu up` as a process of its own group, once it answers."""
    command = [str(ROOT / "qiuzhu"), "up", "--data", str(data), "--port", str(port), *options]
    process = subprocess.Popen(
        command,
        env=environment(),
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As in a terminal: whoever runs the tests in the background has it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        await_answer(process, f"http://127.0.0.1:{port}/readyz")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def await_answer(process: "subprocess.Popen[str]", address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"no answer in {PATIENCE} s")


def servers_of(data: Path) -> list[str]:
    """Command lines of processes that mention the data folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if str(data) in line and "pytest" not in line:
                found.append(line)
    return found


@pytest.fixture
def data() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "data"


def test_from_nothing_to_cases_and_back(data: Path) -> None:
    port = free_port()
    with up(data, port) as process:
        api = httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=30)
        listed = api.get("/cases").json()
        assert listed["total"] > 100
        case = api.get(f"/cases/{listed['items'][0]['id']}").json()
        assert f"http://127.0.0.1:{port}/cases/{case['id']}" in case["cite"]["en"]
        assert api.get("/vocabulary").json()["demo"] is True
        # Another command joins the running database and leaves it running.
        backup = data.parent / "copy.backup"
        _command("backup", str(backup), "--data", str(data))
        assert backup.stat().st_mode & 0o077 == 0
        assert api.get("/cases").json()["total"] == listed["total"]
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert servers_of(data) == []

    restored = data.parent / "restored"
    _command("restore", str(backup), "--data", str(restored))
    with up(restored, port, "--no-demo"):
        again = httpx.get(f"http://127.0.0.1:{port}/api/v1/cases", timeout=30).json()
        assert (again["total"], again["items"]) == (listed["total"], listed["items"])
    assert servers_of(restored) == []


def test_a_killed_parent_takes_the_server_along(data: Path) -> None:
    port = free_port()
    with up(data, port, "--no-demo") as process:
        assert httpx.get(f"http://127.0.0.1:{port}/api/v1/cases").json()["total"] == 0
        process.kill()
        process.wait()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                httpx.get(f"http://127.0.0.1:{port}/livez", timeout=2)
            except httpx.TransportError:
                break
            time.sleep(0.2)
        else:
            raise AssertionError("the server outlived its parent")
    # The database that was left is joined by the next command, which stops it when it leaves.
    _command("migrate", "--data", str(data))
    assert servers_of(data) == []


def _command(*arguments: str) -> str:
    done = subprocess.run(
        [str(ROOT / "qiuzhu"), *arguments],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_taken_port_is_said_and_leaves_nothing(data: Path) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [str(ROOT / "qiuzhu"), "up", "--data", str(data), "--port", str(port), "--no-demo"],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert servers_of(data) == []


def test_the_public_process_finds_no_address_in_its_environment() -> None:
    settings = Settings.model_construct(
        host="127.0.0.1", port=8000, trusted_proxies=(), public_url=None, today=None,
        database_owner_url="postgresql://owner@/x", database_desk_url="postgresql://desk@/x",
    )  # fmt: skip
    assert not [value for value in serving_environment(settings).values() if "://" in value]


def test_the_public_process_gets_what_seals_and_nothing_that_opens(tmp_path: Path) -> None:
    given = Settings.model_construct(
        data=tmp_path / "data", desk_key="from the environment", rejected_days=7, mail_from="x",
        private_keys=tmp_path / "private", smtp_url="smtp://u:p@mail.example.org",
    )  # fmt: skip
    for kind in KINDS:
        make_pair(given.data, tmp_path / "private", kind, b"an invented passphrase")
    make_receipt_key(given.data)
    passed = serving_environment(with_stored_keys(given))
    assert passed["QIUZHU_DESK_KEY"] == "from the environment"
    assert passed["QIUZHU_MAIL_KEY"].startswith("qiuzhu-mail-public-1:")
    assert len(passed["QIUZHU_RECEIPT_KEY"]) == 44
    assert (passed["QIUZHU_REJECTED_DAYS"], passed["QIUZHU_CONTACT_DAYS"]) == ("7", "90")
    assert passed["QIUZHU_DATA"] == str(given.data)
    assert not {"QIUZHU_PRIVATE_KEYS", "QIUZHU_SMTP_URL", "QIUZHU_MAIL_FROM"} & passed.keys()
    assert "QIUZHU_DESK_KEY" not in serving_environment(
        with_stored_keys(Settings.model_construct(data=tmp_path / "absent"))
    )
