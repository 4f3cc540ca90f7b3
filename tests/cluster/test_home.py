"""Where a cluster lives: root or not, folders out of reach, paths too long for a socket."""

import multiprocessing
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cluster import home as homes
from api.cluster import running
from api.cluster.home import LONGEST_SOCKET, find_home, is_private
from api.cluster.programs import MYSELF, psql
from api.trouble import Trouble
from tests.cluster.conftest import quiet
from tests.folders import becomes_empty

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can lend a cluster")


def _start(data: Path) -> dict[str, Any]:
    with running(data, quiet) as cluster:
        return {
            "owner": (cluster.home / "pg").stat().st_uid,
            "mode": stat.S_IMODE(data.stat().st_mode),
            "home": cluster.home,
            "socket": cluster.socket,
            "socket_mode": stat.S_IMODE(cluster.socket.stat().st_mode),
            "user": psql(cluster.bin, cluster.addresses.desk, "SELECT current_user;").strip(),
        }


def _as_nobody(function: Callable[[Path], Any], data: Path) -> Any:
    """Calls a function in a child that has become the user nobody for good."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def child() -> None:
        entry = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        os.chdir("/")
        try:
            theirs.send(function(data))
        except BaseException as error:
            theirs.send(repr(error))

    process = context.Process(target=child)
    process.start()
    assert ours.poll(60)
    answer = ours.recv()
    process.join()
    return answer


def test_an_ordinary_user_keeps_everything_to_itself(folder: Path) -> None:
    data = folder / "sub" / "data"
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        found = _as_nobody(_start, data)
    else:
        found = _start(data)
    assert isinstance(found, dict), found
    assert found["owner"] == data.stat().st_uid != 0
    assert found["mode"] == 0o700
    assert found["home"] == data
    assert found["socket"] == data / "run"
    assert found["socket_mode"] == 0o700
    assert found["user"] == "qiuzhu_desk"


@root_only
def test_root_lends_the_cluster_and_works_on_with_that_of_another_user(folder: Path) -> None:
    found = _start(folder / "data")
    assert found["owner"] == pwd.getpwnam("postgres").pw_uid
    assert found["home"] == folder / "data"
    assert found["socket_mode"] == 0o700
    # The cluster of an ordinary user stays that user's.
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, nobody, -1)
    _as_nobody(_start, folder / "theirs")
    assert _start(folder / "theirs")["owner"] == nobody
    assert isinstance(_as_nobody(_start, folder / "theirs"), dict)


@root_only
def test_the_cluster_of_another_user_is_refused_with_a_reason(data: Path) -> None:
    said = _as_nobody(_start, data)
    assert "Trouble" in said
    assert "belong to another user" in said
    assert "属于另一个用户" in said


@root_only
def test_a_folder_out_of_reach_is_replaced_by_another_for_good(folder: Path) -> None:
    folder.chmod(0o700)  # as root's home is
    data, elsewhere = folder / "data", Path(tempfile.mkdtemp(dir="/var/lib"))
    elsewhere.chmod(0o711)
    try:
        said: list[str] = []
        home = find_home(data, said.append, elsewhere)
        assert home.path.parent == elsewhere
        assert (home.path / "belongs-to").read_text().strip() == str(data)
        assert sum(str(home.path) in line for line in said) == 2
        assert find_home(data, quiet, elsewhere) == home
        found = _start(data)
        assert found["home"] == home.path
        assert found["user"] == "qiuzhu_desk"
        assert (data / "secrets/postgres").exists()
        assert (data / "postgres.log").exists()
        assert _start(data)["home"] == home.path
        # Whoever deletes the data folder wants to begin anew, not to meet what was there.
        shutil.rmtree(data)
        assert find_home(data, quiet, elsewhere).path != home.path
        assert becomes_empty(elsewhere)
    finally:
        shutil.rmtree(elsewhere)


@root_only
def test_a_cluster_that_went_out_of_reach_is_never_replaced(data: Path) -> None:
    data.parent.chmod(0o700)
    with pytest.raises(Trouble, match="cannot enter"), running(data, quiet):
        raise AssertionError


@pytest.mark.parametrize("spare", [0, -1])
def test_a_path_too_long_for_a_socket_gets_a_short_one(folder: Path, spare: int) -> None:
    rest = len(os.fsencode(folder / "x" / "run" / ".s.PGSQL.5432")) - 1
    data = folder / ("d" * (LONGEST_SOCKET - rest - spare))
    found = _start(data)
    assert found["user"] == "qiuzhu_desk"
    assert found["socket_mode"] == 0o700
    if spare == 0:
        assert found["socket"] == data / "run"
    else:
        assert found["socket"].parent == Path("/tmp")
        assert found["home"] == data
        assert not found["socket"].exists(), "it was left behind"


def test_a_path_with_a_comma_works_too(folder: Path) -> None:
    # libpq would take what stands behind it for another host.
    assert _start(folder / "a,b")["user"] == "qiuzhu_desk"


def test_only_a_folder_of_ones_own_is_private(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(mine)
    assert is_private(mine, MYSELF)
    assert not is_private(tmp_path / "link", MYSELF)
    assert not is_private(tmp_path / "absent", MYSELF)
    mine.chmod(0o710)
    assert not is_private(mine, MYSELF)
    assert not is_private(Path("/tmp"), MYSELF)
    if os.geteuid() == 0:
        mine.chmod(0o700)
        os.chown(mine, 65534, -1)
        assert not is_private(mine, MYSELF)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(Trouble, match="is not a folder"):
        homes.find_home(tmp_path / "data", quiet)
