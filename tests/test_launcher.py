"""The launcher, copied beside lock files of its own: no test downloads anything."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHELL_TOOLS = ("sh", "cat", "cmp", "grep", "head", "mkdir", "mv", "readlink", "rm")
MAIN = """
import os, sys
print(sys.argv[1:], os.getcwd(), sys.prefix, sep="|")
"""


def _tool(name: str) -> str:
    found = shutil.which(name)
    assert found, name
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project of the launcher, a package that only says how it was called, and empty locks."""
    project = tmp_path / "pro ject"
    (project / "api").mkdir(parents=True)
    shutil.copy(PROJECT / "qiuzhu", project)
    (project / "api/__main__.py").write_text(MAIN)
    (project / "requirements.lock").write_text("# one\n")
    (project / "requirements-test.lock").write_text("# one and two\n")
    return project


def _path(tmp_path: Path, *tools: str) -> str:
    """A folder for PATH in which there is only what is named."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for tool in tools:
        (folder / tool).symlink_to(_tool(tool))
    return str(folder)


def _run(
    launcher: Path, *words: str, cwd: Path | None = None, path: str = "/usr/bin:/bin"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launcher, *words],
        cwd=cwd or launcher.parent,
        env={"PATH": path, "HOME": "/nonexistent"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_it_is_a_script_that_any_shell_can_read() -> None:
    launcher = PROJECT / "qiuzhu"
    assert launcher.stat().st_mode & 0o111 == 0o111
    assert subprocess.run(["sh", "-n", launcher]).returncode == 0
    text = launcher.read_text()
    assert text.startswith("#!/bin/sh\n")
    assert not re.search(r"https?://|index-url|trusted-host", text)


def test_the_locks_have_hashes_no_hosts_and_the_same_versions() -> None:
    pins = {}
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (PROJECT / name).read_text()
        assert not re.search(r"https?://|^\s*--(?!hash)", text, re.MULTILINE)
        entries = re.findall(r"^([\w.-]+)==(\S+)((?:.*\\\n)+.*)", text, re.MULTILINE)
        assert len(entries) == len(re.findall("^[^# \n]", text, re.MULTILINE))
        assert all("--hash=sha256:" in rest for _, _, rest in entries)
        pins[name] = {(package, version) for package, version, _ in entries}
    # The launcher takes an environment made for the tests for any command.
    assert pins["requirements.lock"] < pins["requirements-test.lock"]


def test_without_python_it_says_what_to_install(copy: Path, tmp_path: Path) -> None:
    done = _run(copy / "qiuzhu", "up", path=_path(tmp_path, *SHELL_TOOLS))
    assert done.returncode == 1
    assert "需要 Python 3.11" in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "apt install python3" in done.stderr
    assert done.stdout == ""
    assert not (copy / ".venv").exists()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ("*version_info?<*) exit 1 ;;", "Python 3.11 or newer is needed"),
        ("*ensurepip*) exit 1 ;;", "apt install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_named(
    copy: Path, tmp_path: Path, answers: str, says: str
) -> None:
    path = _path(tmp_path, *SHELL_TOOLS)
    # What an old Python, or one of Debian's without its venv package, answers.
    real = sys.executable  # the one on PATH may be a wrapper that needs more tools
    python = Path(path, "python3")
    python.write_text(f'#!/bin/sh\ncase $* in {answers} esac\nexec {real} "$@"\n')
    python.chmod(0o755)
    done = _run(copy / "qiuzhu", "up", path=path)
    assert done.returncode == 1
    assert says in done.stderr
    assert re.search("[一-鿿]", done.stderr)


def test_its_environment_is_made_once_and_again_when_the_lock_changes(
    copy: Path, tmp_path: Path
) -> None:
    launcher, made_from = copy / "qiuzhu", copy / ".venv/made-from"
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "api.py").write_text("raise SystemExit('loaded from where it was called')")
    (elsewhere / "os.py").write_text("raise SystemExit('loaded from where it was called')")
    (tmp_path / "link").symlink_to("pro ject/qiuzhu")
    said = f"{elsewhere}|{copy / '.venv'}\n"

    # From another directory, through a link, with words that a shell could spoil.
    done = _run(tmp_path / "link", "up", "a  b", "$c", "*", cwd=elsewhere)
    assert (done.returncode, done.stdout) == (0, f"['up', 'a  b', '$c', '*']|{said}"), done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2  # pip has no more than a remark to add
    assert "# one\n" in made_from.read_text()

    def speaks(*words: str) -> bool:
        done = _run(launcher, *words, cwd=elsewhere)
        assert done.stdout == f"{list(words)}|{said}", done.stderr
        return "preparing" in done.stderr

    assert not speaks("up")
    assert speaks("test")
    assert not speaks("test")
    assert not speaks("up"), "what the tests need has all that the rest needs"
    (copy / "requirements.lock").write_text("# three\n")
    assert not speaks("up")
    (copy / "requirements-test.lock").write_text("# three and four\n")
    assert speaks("up")
    assert not speaks("up")

    # One made by hand is filled up; what a developer has put there stays.
    made_from.unlink()
    (copy / ".venv/mine").touch()
    assert speaks("up")
    assert (copy / ".venv/mine").exists()
    # One that was interrupted is made anew.
    (copy / ".venv/unfinished").touch()
    made_from.unlink()
    assert speaks("up")
    assert not (copy / ".venv/mine").exists()
    assert not (copy / ".venv/unfinished").exists()
    # A failure says so and is no success the next time.
    (copy / "requirements.lock").write_text("absent-example==1 --hash=sha256:00\n")
    for _ in range(2):
        done = _run(launcher, "up")
        assert done.returncode == 1
        assert "could not be prepared" in done.stderr
        assert done.stdout == ""


def test_two_at_once_take_turns_and_one_that_is_killed_spoils_nothing(copy: Path) -> None:
    argv = [str(copy / "qiuzhu"), "up"]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            argv,
            cwd=copy,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    killed = start()
    while not (copy / ".venv/bin").exists():
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert (copy / ".venv/unfinished").exists()

    both = [start(), start()]
    said = [user.communicate() for user in both]
    assert [user.returncode for user in both] == [0, 0]
    assert len({out for out, _ in said}) == 1
    errors = "".join(err for _, err in said)
    assert errors.count("preparing the Python environment") == 1
    assert errors.count("waiting") == 1
    assert (copy / ".venv/made-from").exists()
