"""The public site and the desk as two processes, and what the desk refuses to start with."""

import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.sealing.making import make_pair
from tests.cli.test_up import await_answer, free_port, servers_of, up
from tests.folders import open_folder
from tests.processes import refuse_to_serve

PASSPHRASE = "an invented passphrase"
SECRET = "kanarienvogel"
DESK = f"postgresql://qiuzhu_desk:{SECRET}@/qiuzhu?host=/nowhere"


@pytest.fixture
def keyed() -> Iterator[Path]:
    """A folder with data/, the desk's pair in private/ and its passphrase in a file."""
    with open_folder() as folder:
        make_pair(folder / "data", folder / "private", "desk", PASSPHRASE.encode())
        (folder / "passphrase").write_text(PASSPHRASE)
        yield folder


def test_both_surfaces_are_two_processes_with_an_address_each(keyed: Path) -> None:
    public, staff = free_port(), free_port()
    options = ("--surface", "all", "--staff-port", str(staff), "--no-demo",
               "--private", str(keyed / "private"),
               "--passphrase-file", str(keyed / "passphrase"))  # fmt: skip
    with up(keyed / "data", public, *options) as process:
        await_answer(process, f"http://127.0.0.1:{staff}/readyz")
        for port, status in ((public, 404), (staff, 401)):
            answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/staff/me", timeout=30)
            assert answer.status_code == status
        children = _serving(process.pid)
        assert sorted(surface for surface, _ in children) == ["public", "staff"]
        for surface, told in children:
            # What others on the machine could read of it holds neither passphrase nor login.
            assert PASSPHRASE not in told
            assert "postgresql:" not in told
            assert ("QIUZHU_PRIVATE_KEYS" in told) == (surface == "staff")
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert servers_of(keyed / "data") == []
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{staff}/livez", timeout=5)


def _serving(parent: int) -> list[tuple[str, str]]:
    """Surface, and arguments and environment, of the processes that `parent` has begun."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if " serve --surface " in line and _descends(int(entry.name), parent):
                told = (entry / "environ").read_bytes().decode()
                found.append((line.split(" --surface ")[1].split()[0], line + told))
        except OSError:
            continue
    return found


def _descends(process: int, ancestor: int) -> bool:
    while process > 1:
        if process == ancestor:
            return True
        # The second field is a name in brackets, which may hold blanks.
        process = int(
            (Path("/proc") / str(process) / "stat").read_text().rsplit(")")[-1].split()[1]
        )
    return False


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_DESK_URL", ""),
        ("DATABASE_URL", DESK),
        ("DATABASE_OWNER_URL", DESK),
        ("DATABASE_MAIL_URL", DESK),
        ("QIUZHU_SMTP_URL", f"smtp://desk:{SECRET}@mail.example.org:587"),
        ("QIUZHU_TRUSTED_PROXIES", "*"),
        ("QIUZHU_DESK_KEY", ""),
        ("QIUZHU_PRIVATE_KEYS", ""),
    ],
)
def test_what_the_desk_refuses_to_start_with(keyed: Path, variable: str, value: str) -> None:
    given = {
        "DATABASE_DESK_URL": DESK,
        "QIUZHU_PRIVATE_KEYS": str(keyed / "private"),
        "QIUZHU_DESK_KEY": (keyed / "data/keys/desk.public").read_text().strip(),
        variable: value,
    }
    ended = refuse_to_serve(
        keyed, "--surface", "staff", "--passphrase-file", str(keyed / "passphrase"), **given
    )
    assert ended.returncode == 2
    assert variable in " ".join(ended.stdout.split())
    assert "Traceback" not in ended.stdout
    assert SECRET not in ended.stdout


def test_a_wrong_passphrase_is_said_at_once(keyed: Path) -> None:
    (keyed / "passphrase").write_text("another passphrase")
    ended = refuse_to_serve(
        keyed, "--surface", "staff", "--passphrase-file", str(keyed / "passphrase"),
        DATABASE_DESK_URL=DESK, QIUZHU_PRIVATE_KEYS=str(keyed / "private"),
    )  # fmt: skip
    assert ended.returncode == 2
    assert "passphrase does not open" in " ".join(ended.stdout.split())
