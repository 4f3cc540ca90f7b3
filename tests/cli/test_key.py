"""`key new` and `key rotate` as processes: what lies where, what is refused, what is never said."""

import base64
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.sealing.boxes import key_id
from api.sealing.keys import DESK, KINDS, MAIL, PRIVATE_MARK, Kind, read_lock, read_ring
from api.sealing.stored import public_file, receipt_file, with_stored_keys
from api.settings import Settings
from tests.processes import environment

PASSPHRASE = "kanarienvogel-passphrase"
_KEY = (sys.executable, "-m", "api", "key")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def run(
    data: Path, *arguments: str, said: str = PASSPHRASE, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """The command with its passphrase on a descriptor; both streams are joined."""
    reading, writing = os.pipe()
    os.write(writing, said.encode())
    os.close(writing)
    try:
        done = subprocess.run(
            [*_KEY, *arguments, "--passphrase-fd", str(reading), "--data", str(data)],
            cwd=data.parent,
            env=environment(**variables),
            pass_fds=[reading],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        os.close(reading)
    assert "Traceback" not in done.stdout
    assert PASSPHRASE not in done.stdout
    return done


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_new_keys_lie_where_they_belong(data: Path, private: Path) -> None:
    done = run(data, "new", "all", "--private", str(private))
    assert done.returncode == 0, done.stdout
    held = with_stored_keys(Settings.model_construct(data=data))
    lines: dict[Kind, str | None] = {DESK: held.desk_key, MAIL: held.mail_key}
    assert sorted(contents(data)) == ["keys/desk.public", "keys/mail.public", "secrets/receipt"]
    for kind in KINDS:
        line = lines[kind]
        assert line is not None
        assert line in done.stdout.split()
        ring = read_ring(private, kind, PASSPHRASE.encode())
        lock = read_lock(kind, line)
        assert list(ring.keys) == [key_id(lock.key)]
        assert ring.open(lock.seal(b"x", "alert/1"), "alert/1") == b"x"
        assert stat.S_IMODE(public_file(data, kind).stat().st_mode) == 0o644
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    for file in private.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        body = file.read_bytes().removeprefix(PRIVATE_MARK)
        assert base64.b64encode(body[:32]).decode()[:20] not in done.stdout
    assert len(base64.b64decode(held.receipt_key or "")) == 32
    assert stat.S_IMODE(receipt_file(data).stat().st_mode) == 0o600
    assert stat.S_IMODE(receipt_file(data).parent.stat().st_mode) == 0o700
    assert (held.receipt_key or "x") not in done.stdout


def test_nothing_is_written_over(data: Path, private: Path) -> None:
    assert run(data, "new", "desk", "--private", str(private)).returncode == 0
    before = contents(data) | contents(private)
    for which in ("desk", "all"):
        done = run(data, "new", which, "--private", str(private))
        assert done.returncode == 2
        assert "不会覆盖" in done.stdout
        assert "is not overwritten" in done.stdout
        assert contents(data) | contents(private) == before
    # The other pair can follow, and the receipt key stays what it was.
    assert run(data, "new", "mail", "--private", str(private)).returncode == 0
    after = contents(data) | contents(private)
    assert before.items() < after.items()
    assert len(after) == len(before) + 2


def test_private_keys_never_lie_in_the_data_folder(data: Path, private: Path) -> None:
    data.mkdir()
    (data.parent / "link").symlink_to(data)
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    (data / "elsewhere").write_text(f"{elsewhere}\n")
    for inside in (data, data / "keys", data.parent / "link" / "x", elsewhere / "y"):
        for command in ("new", "rotate"):
            done = run(data, command, "desk", "--private", str(inside))
            assert done.returncode == 2
            assert "must not lie in the data folder" in " ".join(done.stdout.split())
    done = run(data, "new", "desk")
    assert done.returncode == 2
    assert "QIUZHU_PRIVATE_KEYS" in done.stdout
    assert sorted(contents(data)) == ["elsewhere"]
    assert run(data, "new", "desk", QIUZHU_PRIVATE_KEYS=str(private)).returncode == 0
    assert len(contents(private)) == 1


def test_rotation_keeps_the_former_key(data: Path, private: Path) -> None:
    stick = ("--private", str(private))
    assert "key new desk" in run(data, "rotate", "desk", *stick).stdout
    assert run(data, "new", "desk", *stick).returncode == 0
    first = public_file(data, DESK).read_text()
    before = contents(data) | contents(private)
    wrong = run(data, "rotate", "desk", *stick, said=PASSPHRASE + "x")
    assert wrong.returncode == 2
    assert "does not open" in wrong.stdout
    assert contents(data) | contents(private) == before
    lost = run(data, "rotate", "desk", "--private", str(private.parent / "other"))
    assert lost.returncode == 2
    assert contents(data) | contents(private) == before
    assert run(data, "rotate", "desk", *stick).returncode == 0
    second = public_file(data, DESK).read_text()
    assert second != first
    ring = read_ring(private, DESK, PASSPHRASE.encode())
    assert len(ring.keys) == 2
    for line in (first, second):
        assert ring.open(read_lock(DESK, line).seal(b"x", "alert/1"), "alert/1") == b"x"


def test_what_is_asked_wrongly_is_explained(data: Path, private: Path, tmp_path: Path) -> None:
    stick = ("--private", str(private))
    assert "desk, mail or all" in run(data, "new", "staff", *stick).stdout
    assert "desk or mail" in run(data, "rotate", "all", *stick).stdout
    assert "at least 12" in run(data, "new", "desk", *stick, said="short\n").stdout
    assert "empty" in run(data, "new", "desk", *stick, said="\n").stdout
    assert "too long" in run(data, "new", "desk", *stick, said="x" * 5000).stdout
    two = run(data, "new", "desk", *stick, "--passphrase-file", str(tmp_path / "absent"))
    assert "not in two" in two.stdout
    assert not data.exists()
    # Without a terminal nothing is read from standard input, where it would be shown.
    done = subprocess.run(
        [*_KEY, "new", "desk", *stick, "--data", str(data)],
        env=environment(), cwd=tmp_path, input=PASSPHRASE * 2, capture_output=True, text=True,
        timeout=60, check=False, start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr
    assert not data.exists()


def test_a_passphrase_from_a_file(data: Path, private: Path, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\r\n")
    done = subprocess.run(
        [*_KEY, "new", "all", "--private", str(private), "--passphrase-file", str(file),
         "--data", str(data)],
        env=environment(), cwd=tmp_path, stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert read_ring(private, DESK, PASSPHRASE.encode()).keys


def test_an_interrupted_command_can_be_run_again(data: Path, private: Path) -> None:
    """Killed at many moments: what is there is whole, and the next run completes it."""
    stick = ("--private", str(private))
    for step in range(8):
        reading, writing = os.pipe()
        os.write(writing, PASSPHRASE.encode())
        os.close(writing)
        process = subprocess.Popen(
            [*_KEY, "new", "all", *stick, "--passphrase-fd", str(reading), "--data", str(data)],
            env=environment(), cwd=data.parent, pass_fds=[reading], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(reading)
        time.sleep(0.4 + step * 0.25)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for kind in KINDS:
            if public_file(data, kind).exists():
                lock = read_lock(kind, public_file(data, kind).read_text())
                assert key_id(lock.key) in read_ring(private, kind, PASSPHRASE.encode()).keys
    for kind in KINDS:
        if not public_file(data, kind).exists():
            assert run(data, "new", kind, *stick).returncode == 0
        assert len(read_ring(private, kind, PASSPHRASE.encode()).keys) == 1
    # A public line that was not written any more is made from the private key that was.
    public = public_file(data, DESK)
    line = public.read_text()
    public.unlink()
    left = private / ".new-left"
    left.mkdir()
    (left / "desk-half.key").write_bytes(PRIVATE_MARK)
    assert "does not open" in run(data, "new", "desk", *stick, said="another-one-of-them").stdout
    assert run(data, "new", "desk", *stick).returncode == 0
    assert public.read_text() == line
    assert not left.exists()
    assert len(list(private.iterdir())) == 2
