"""Who starts the server, who joins it and who stops it."""

import os
import signal
import subprocess
from pathlib import Path

from api.cluster import running
from api.cluster.programs import psql
from tests.cluster.conftest import Starts, line_with, quiet
from tests.folders import becomes_empty, inside


def _server(data: Path) -> int:
    return int((data / "pg/postmaster.pid").read_text().split()[0])


def _begun(data: Path) -> str:
    """The server's log since its latest start."""
    return (data / "postgres.log").read_text().rpartition("starting PostgreSQL")[2]


def test_the_last_one_to_leave_stops_it(data: Path, starts: Starts) -> None:
    said: list[str] = []
    with running(data, said.append):
        server = _server(data)
        assert any("starting the database" in line for line in said)
        with running(data, said.append) as again:  # a second time in the same process
            assert psql(again.bin, again.addresses.owner, "SELECT 1;") == "1\n"
        other = starts(data)
        line_with(other, "up")
        assert _server(data) == server
    assert inside(data), "another command still used it"
    other.communicate()
    assert becomes_empty(data)
    assert other.returncode == 0
    assert "received fast shutdown request" in _begun(data)


def test_two_first_starts_at_once_make_one_cluster(folder: Path, starts: Starts) -> None:
    data = folder / "data"
    first, second = starts(data), starts(data)
    line_with(first, "up")
    line_with(second, "up")
    assert _begun(data).count("ready to accept connections") == 1
    first.communicate()
    assert inside(data)
    second.communicate()
    assert becomes_empty(data)


def test_a_server_whose_user_was_killed_is_joined_and_stopped(data: Path, starts: Starts) -> None:
    user = starts(data)
    line_with(user, "up")
    server = _server(data)
    user.kill()
    user.wait()
    assert inside(data)
    with running(data, quiet):
        assert _server(data) == server
    assert becomes_empty(data)


def test_a_killed_server_is_started_afresh_and_has_lost_nothing(data: Path) -> None:
    with running(data, quiet) as cluster:
        psql(cluster.bin, cluster.addresses.owner, "CREATE TABLE kept AS SELECT 7 AS n;")
        server = _server(data)
        os.kill(server, signal.SIGKILL)
        with running(data, quiet) as again:
            assert _server(data) != server
            assert psql(again.bin, again.addresses.owner, "TABLE kept;") == "7\n"
    assert becomes_empty(data)


def test_a_number_that_now_belongs_to_another_program_is_no_server(data: Path) -> None:
    with running(data, quiet):
        note = (data / "pg/postmaster.pid").read_text()
        owner = (data / "pg").stat()
    # The same user's, as after the restart of a container: PostgreSQL itself would give up here.
    with subprocess.Popen(
        ["/bin/sleep", "60"], user=owner.st_uid, group=owner.st_gid, cwd="/"
    ) as other:
        stale = data / "pg/postmaster.pid"
        stale.write_text("\n".join([str(other.pid), *note.splitlines()[1:]]))
        os.chown(stale, owner.st_uid, owner.st_gid)
        with running(data, quiet) as cluster:
            assert psql(cluster.bin, cluster.addresses.owner, "SELECT 1;") == "1\n"
        assert other.poll() is None
        other.kill()


def test_a_copy_of_a_running_cluster_is_another_cluster(data: Path) -> None:
    with running(data, quiet) as cluster:
        psql(cluster.bin, cluster.superuser, "CHECKPOINT;")
        copy = data.with_name("copy")
        subprocess.run(["/bin/cp", "-a", data, copy], check=True)
        server = _server(data)
        with running(copy, quiet) as other:
            psql(other.bin, other.addresses.owner, "CREATE TABLE of_the_copy (n int);")
            assert _server(copy) != server
        assert _server(data) == server
        tables = psql(cluster.bin, cluster.addresses.owner, "SELECT to_regclass('of_the_copy');")
        assert tables == "\n"


def test_a_second_start_makes_nothing_anew(data: Path) -> None:
    files = [data / "prepared", *sorted((data / "secrets").iterdir())]
    before = [(file.read_text(), file.stat().st_mtime_ns) for file in files]
    said: list[str] = []
    with running(data, said.append):
        assert [(file.read_text(), file.stat().st_mtime_ns) for file in files] == before
    assert len(said) == 1
    assert "starting the database" in said[0]


def test_setting_up_that_was_interrupted_is_finished(data: Path) -> None:
    with running(data, quiet) as cluster:
        drop = "DROP EXTENSION postgis; DROP OWNED BY qiuzhu_mail; DROP ROLE qiuzhu_mail;"
        psql(cluster.bin, cluster.superuser, drop)
    (data / "prepared").unlink()
    with running(data, quiet) as cluster:
        assert psql(cluster.bin, cluster.addresses.mail, "SELECT postgis_lib_version();")
