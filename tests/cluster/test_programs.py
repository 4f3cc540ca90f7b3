"""Finding PostgreSQL, and calling its programs without giving anything away."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.cluster.installing import ensure_postgres
from api.cluster.programs import find_client, find_postgres, hide_password, make_address, run
from api.trouble import Trouble

TOOLS = ("initdb", "postgres", "pg_ctl", "pg_isready", "psql", "pg_dump", "pg_restore")


def _install(root: Path, version: str, postgis: str | None, leave_out: str = "") -> Path:
    folder = root / "lib/postgresql" / version / "bin"
    folder.mkdir(parents=True)
    for tool in TOOLS:
        if tool != leave_out:
            (folder / tool).touch()
    share = root / "share/postgresql" / version / "extension"
    share.mkdir(parents=True)
    if postgis:
        (share / "postgis.control").write_text(f"# geo\ndefault_version = '{postgis}'\n")
    return folder


def test_the_newest_that_has_postgis_3_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no pg_config
    assert find_postgres(tmp_path) is None
    _install(tmp_path, "9.6", "3.0.0")
    _install(tmp_path, "14", "3.4.1")
    _install(tmp_path, "18", "2.5.0")
    _install(tmp_path, "19", None)
    _install(tmp_path, "20", "3.9.0", leave_out="postgres")
    assert find_postgres(tmp_path) is None
    wanted = _install(tmp_path, "15", "3.3.2")
    assert find_postgres(tmp_path) == wanted
    wanted = _install(tmp_path, "17", "4.0.0")
    assert find_postgres(tmp_path) == wanted


def test_the_tools_of_the_servers_own_version_are_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_client(15, tmp_path) is None
    own, newest = _install(tmp_path, "15", None), _install(tmp_path, "17", None)
    assert find_client(15, tmp_path) == own
    assert find_client(16, tmp_path) == find_client(0, tmp_path) == newest


def test_otherwise_pg_config_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _install(tmp_path / "opt", "16", "3.4.0")
    share = tmp_path / "opt/share/postgresql/16"
    config = tmp_path / "pg_config"
    monkeypatch.setenv("PATH", str(tmp_path))
    for version, found in (("14.2", None), ("16.1 (Homebrew)", folder)):
        config.write_text(f"#!/bin/sh\necho '{folder}\n{share}\nPostgreSQL {version}'\n")
        config.chmod(0o755)
        assert find_postgres(tmp_path / "usr") == found


def test_this_machine_has_it() -> None:
    said: list[str] = []
    assert (ensure_postgres(said.append) / "initdb").exists()
    assert said == []


def test_where_nothing_may_be_installed_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt-get nor sudo
    monkeypatch.setattr("api.cluster.installing.find_postgres", lambda: None)
    said: list[str] = []
    with pytest.raises(Trouble) as trouble:
        ensure_postgres(said.append)
    zh, en = trouble.value.text
    assert zh is not None
    assert en is not None
    for text in (zh, en):
        assert "PostgreSQL" in text
        assert "apt install postgresql-15-postgis-3" in text
        assert "DATABASE_OWNER_URL" in text


@pytest.mark.parametrize(
    ("address", "plain", "password"),
    [
        (
            make_address("qiuzhu_desk", "p@s/s w:", Path("/run/a b&c"), "qiuzhu"),
            "postgresql://qiuzhu_desk@/qiuzhu?host=/run/a%20b%26c&port=5432",
            "p@s/s w:",
        ),
        (
            "postgresql://owner:secret@db.example.org:6432/cases?sslmode=require",
            "postgresql://owner@db.example.org:6432/cases?sslmode=require",
            "secret",
        ),
        (
            "postgres://db.example.org/cases?user=owner&password=s%26t",
            "postgresql://db.example.org/cases?user=owner",
            "s&t",
        ),
        ("postgresql://owner@[::1]/cases", "postgresql://owner@[::1]/cases", None),
    ],
)
def test_a_password_goes_into_the_environment(
    address: str, plain: str, password: str | None
) -> None:
    variables = {} if password is None else {"PGPASSWORD": password}
    assert hide_password(address) == (plain, variables)


def test_a_program_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://secret")
    monkeypatch.setenv("PGOPTIONS", "-c log_statement=all")
    said = run(["/usr/bin/env"], variables={"PGDATA": "x"}).stdout
    assert sorted(line.partition("=")[0] for line in said.splitlines()) == [
        "LC_ALL",
        "PATH",
        "PGDATA",
    ]


def test_an_interrupted_program_is_killed_with_its_children(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from api.cluster.programs import run
run(["/bin/sh", "-c", "sleep 61 & echo $! > {tmp_path}/pid; wait"])
"""
    user = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    pid = tmp_path / "pid"
    while not pid.exists() or not pid.read_text().strip():
        time.sleep(0.02)
    user.send_signal(signal.SIGINT)
    assert user.wait(10) != 0
    state = Path(f"/proc/{pid.read_text().strip()}/stat")
    time.sleep(0.1)
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_what_a_program_is_fed_arrives_whole() -> None:
    assert run(["/bin/sh", "-c", "sleep 0.2; cat"], feed="x" * 200_000).stdout == "x" * 200_000


def test_output_is_whole_although_somebody_watches() -> None:
    calls: list[float] = []
    script = "sleep 1.2; head -c 200000 /dev/zero | tr '\\0' x; cat; exit 3"
    done = run(["/bin/sh", "-c", script], meanwhile=lambda: calls.append(time.monotonic()))
    assert (done.stdout, done.returncode) == ("x" * 200_000, 3)
    assert len(calls) >= 2
