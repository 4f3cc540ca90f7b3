"""The child that decodes: alone, poor, short-lived, and gone with its parent (S18)."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api.alerts import files
from api.alerts.files import FileRefused, accept
from tests.alerts.pictures import saved, scene
from tests.processes import ROOT, environment

Writer = Callable[[str], Path]
CHILD = ROOT / "api/alerts/reencode.py"
PNG = saved(scene(16, 16), "PNG")
# What hostile code in the child would try; each line it prints is something that it could do.
TRIES = f"""
import os, socket, sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("child", {str(CHILD)!r})
child = module_from_spec(spec)
spec.loader.exec_module(child)
child.lock_in(os.getppid())
def attempt(name, what):
    try:
        what()
    except (OSError, MemoryError):
        return
    os.write(1, (name + "\\n").encode())
attempt("keeps a file", lambda: os.fstat(int(sys.argv[1])))
attempt("works", lambda: child.reencode("png", bytes.fromhex({PNG.hex()!r})))
for turn in ("", " with a number to spare"):
    attempt("reads" + turn, lambda: open("/etc/passwd"))
    attempt("lists" + turn, lambda: os.listdir("/"))
    attempt("writes" + turn, lambda: open("/tmp/left-behind", "w"))
    attempt("makes folders" + turn, lambda: os.mkdir("/tmp/left-behind"))
    attempt("connects" + turn, lambda: socket.create_connection(("127.0.0.1", 1), 1))
    attempt("sockets", lambda: socket.socket())
    attempt("runs" + turn, lambda: os.execv("/bin/true", ["true"]))
    attempt("grows", lambda: bytearray(2 << 30))
    os.close(0)
"""


def gone(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def another_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Puts a script in the child's place."""
    path = tmp_path / "child.py"
    monkeypatch.setattr(files, "_CHILD", path)

    def write(script: str) -> Path:
        path.write_text(script)
        return path

    return write


def test_it_can_open_nothing_and_grow_no_further() -> None:
    with Path("/etc/passwd").open() as leaked:
        done = subprocess.run(
            [sys.executable, "-I", "-c", TRIES, str(leaked.fileno())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=[leaked.fileno()],
            check=False,
        )
    could = done.stdout.decode().splitlines()
    assert could[0] == "works"
    # Once code of a stranger's runs there and has closed a stream, it may have a socket again, but
    # by Landlock no file and no connection.
    assert set(could[1:]) <= {"sockets"}, done.stderr


async def test_it_gets_no_variable_of_ours(another_child: Writer) -> None:
    path = another_child(
        "import os\n"
        "told = open('/proc/self/environ', 'rb').read()\n"
        "os.write(1, repr((told, os.getcwd(), os.getsid(0) == os.getpid())).encode())"
    )
    assert (await accept(PNG, keep_original=False)).body == b"(b'', '/', True)"
    # As in production, where the loop is another.
    script = (
        "import sys, uvloop\nfrom pathlib import Path\nfrom api.alerts import files\n"
        "files._CHILD = Path(sys.argv[1])\nbody = sys.stdin.buffer.read()\n"
        "made = uvloop.run(files.accept(body, keep_original=False))\n"
        "sys.stdout.buffer.write(made.body)"
    )
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script, str(path)],
        input=PNG,
        capture_output=True,
        env=environment(QIUZHU_RECEIPT_KEY="secret"),
        check=True,
    )
    assert done.stdout == b"(b'', '/', True)"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("raise SystemExit(4)", "pixels"),
        ("raise SystemExit(1)", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("pass", "damaged"),
        ("import os\nwhile True: os.write(1, bytes(65536))", "size"),
    ],
)
async def test_every_end_has_a_code(another_child: Writer, script: str, code: str) -> None:
    another_child(script)
    with pytest.raises(FileRefused, match=code):
        await accept(PNG + bytes(9_000_000), keep_original=False)


async def test_nobody_waits_for_ever(
    another_child: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = another_child(
        "import os, time\nopen(os.path.dirname(__file__) + f'/{os.getpid()}.pid', 'w')\n"
        "time.sleep(60)"
    ).parent

    def started() -> list[int]:
        return [int(path.stem) for path in folder.glob("*.pid")]

    monkeypatch.setattr(files, "_TURN", 0.05)
    first = [asyncio.create_task(accept(PNG, keep_original=False)) for _ in range(2)]
    while len(started()) < 2:  # noqa: ASYNC110 (another process tells)
        await asyncio.sleep(0.02)
    with pytest.raises(FileRefused, match="busy"):  # a third has no turn
        await accept(PNG, keep_original=False)
    assert len(started()) == 2
    for task in first:  # whoever sent it went away
        task.cancel()
    await asyncio.wait(first)
    assert all(gone(pid) for pid in started())
    monkeypatch.setattr(files, "_PATIENCE", 1)
    with pytest.raises(FileRefused, match="busy"):
        await accept(PNG, keep_original=False)
    assert all(gone(pid) for pid in started())


def test_it_ends_with_its_parent() -> None:
    # Its input stays open here, so that only the parent's death can end it.
    ours, theirs = os.pipe()
    parent = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import os, subprocess, sys, time\n"
            f"argv = [sys.executable, '-I', {str(CHILD)!r}, 'png', str(os.getpid())]\n"
            "print(subprocess.Popen(argv, stdin=0, start_new_session=True).pid, flush=True)\n"
            "time.sleep(60)",
        ],
        stdin=ours,
        stdout=subprocess.PIPE,
    )
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until = time.monotonic() + 20
        while "Max open files            3 " not in Path(f"/proc/{child}/limits").read_text():
            assert time.monotonic() < until
            time.sleep(0.02)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert gone(child)
    finally:
        parent.kill()
        parent.wait()
        parent.stdout and parent.stdout.close()
        os.close(ours)
        os.close(theirs)
