"""Backup and restore with real dumps, from one cluster into others that are empty."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.backup import dump, restore
from api.cluster import Cluster, running
from api.cluster.programs import psql
from api.trouble import Trouble
from tests.cluster.conftest import copied, data, folder, made, quiet

__all__ = ["data", "folder", "made"]  # fixtures

SETUP = """
CREATE SCHEMA pub; CREATE SCHEMA desk;
GRANT USAGE ON SCHEMA pub TO qiuzhu_public;
CREATE TABLE pub.cases (id int PRIMARY KEY, point geometry(Point, 4326), title text);
CREATE INDEX ON pub.cases USING gin (title gin_trgm_ops);
CREATE INDEX ON pub.cases USING gist (point);
INSERT INTO pub.cases SELECT n, ST_Point(113 + n / 1e5, 22, 4326), '讨薪 ' || md5(n::text)
    FROM generate_series(1, 20000) n;
GRANT SELECT ON pub.cases TO qiuzhu_public;
CREATE TABLE desk.notes (n int); INSERT INTO desk.notes VALUES (42);
CREATE FUNCTION pub.newest() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = pub AS 'SELECT max(id) FROM cases';
CREATE TABLE public.alembic_version (version_num text); INSERT INTO alembic_version VALUES ('one');
"""
COUNT = "SELECT count(*), sum(ST_X(point))::numeric(12,4), min(title) FROM pub.cases;"


@dataclass(frozen=True)
class Source:
    data: Path
    file: Path
    count: str
    passwords: list[str]


def _ask(cluster: Cluster, statement: str, role: str = "owner") -> str:
    return psql(cluster.bin, getattr(cluster.addresses, role), statement)


@pytest.fixture(scope="module")
def source(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """A cluster with some tables, and a backup of it made through the owner's address."""
    file = tmp_path_factory.mktemp("backup") / "qiuzhu backup.dump"
    with copied(made) as data, running(data, quiet) as cluster:
        _ask(cluster, SETUP)
        dump(cluster.addresses.owner, file, None, quiet)
        passwords = [path.read_text().strip() for path in (data / "secrets").iterdir()]
        yield Source(data, file, _ask(cluster, COUNT), passwords)


@pytest.fixture
def empty(source: Source, folder: Path) -> Iterator[Cluster]:
    """The cluster of a new data directory, as `./qiuzhu restore FILE --data NEW` finds it."""
    with running(folder / "new", quiet) as cluster:
        yield cluster


def test_the_file_is_its_owners_alone_and_holds_no_password(source: Source) -> None:
    assert stat.S_IMODE(source.file.stat().st_mode) == 0o600
    content = source.file.read_bytes()
    assert content[:5] == b"PGDMP"
    assert not any(password.encode() in content for password in source.passwords)
    assert [path.name for path in source.file.parent.iterdir()] == [source.file.name]


def test_everything_comes_back_into_an_empty_directory(source: Source, empty: Cluster) -> None:
    said: list[str] = []
    restore(empty.addresses.owner, source.file, None, said.append)
    assert len(said) == 2
    assert _ask(empty, COUNT) == source.count
    assert source.count.startswith("20000|")
    assert _ask(empty, "TABLE desk.notes;") == "42\n"
    assert _ask(empty, "TABLE alembic_version;") == "one\n"
    # Rights and owners come back too.
    assert _ask(empty, "SELECT count(*) FROM pub.cases;", "public") == "20000\n"
    assert _ask(empty, "SELECT pub.newest();", "public") == "20000\n"
    with pytest.raises(Trouble, match="permission denied"):
        _ask(empty, "DELETE FROM pub.cases;", "public")
    with pytest.raises(Trouble, match="permission denied"):
        _ask(empty, "TABLE desk.notes;", "public")
    owners = """SELECT DISTINCT relowner::regrole FROM pg_class WHERE relnamespace IN
        ('pub'::regnamespace, 'desk'::regnamespace)"""
    assert _ask(empty, owners + ";") == "qiuzhu_owner\n"
    # The planner knows what is there, and an index serves.
    assert "pages" not in _ask(empty, "SELECT reltuples FROM pg_class WHERE relname = 'cases';")
    plan = _ask(empty, "EXPLAIN SELECT * FROM pub.cases WHERE title LIKE '%讨薪 c4ca4%';")
    assert "cases_title_idx" in plan
    # And a second time there is something to lose.
    with pytest.raises(Trouble, match="not empty") as trouble:
        restore(empty.addresses.owner, source.file, empty.bin, quiet)
    assert "不是空的" in str(trouble.value)
    assert _ask(empty, COUNT) == source.count
    # What was restored can be backed up again.
    again = source.file.with_name("again.dump")
    dump(empty.addresses.owner, again, empty.bin, quiet)
    assert again.stat().st_size > 100_000
    again.unlink()


def test_what_cannot_be_restored_leaves_the_database_empty(
    source: Source, empty: Cluster, tmp_path: Path
) -> None:
    whole = source.file.read_bytes()
    for name, content in {
        "empty": b"",
        "text": b"-- PostgreSQL database dump\n",
        "cut in its contents": whole[:300],
        "cut in its data": whole[: len(whole) // 2],
        "damaged": whole[: len(whole) // 2] + b"\0" * 5000 + whole[len(whole) // 2 + 5000 :],
    }.items():
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(Trouble) as trouble:
            restore(empty.addresses.owner, file, empty.bin, quiet)
        zh, en = trouble.value.text
        assert re.search("不是本程序的备份|恢复失败", zh or "")
        assert re.search("is not a backup|failed and changed nothing", en or "")
        schemas = "SELECT count(*) FROM pg_namespace WHERE nspname IN ('pub', 'desk');"
        assert _ask(empty, schemas) == "0\n"
    for file in (tmp_path / "absent", tmp_path):
        with pytest.raises(Trouble, match="Cannot read"):
            restore(empty.addresses.owner, file, empty.bin, quiet)
    restore(empty.addresses.owner, source.file, empty.bin, quiet)
    assert _ask(empty, COUNT) == source.count


@pytest.mark.parametrize("there", ["CREATE SCHEMA pub", "CREATE TABLE kept (n int)"])
def test_whatever_is_there_is_left_alone(source: Source, data: Path, there: str) -> None:
    with running(data, quiet) as cluster:
        _ask(cluster, f"{there};")
        with pytest.raises(Trouble, match="not empty"):
            restore(cluster.addresses.owner, source.file, cluster.bin, quiet)


def test_a_file_that_exists_is_not_overwritten(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with running(source.data, quiet) as cluster:
        for taken in (file, tmp_path / "link"):
            with pytest.raises(Trouble, match="exists and is not overwritten"):
                dump(cluster.addresses.owner, taken, cluster.bin, quiet)
        with pytest.raises(Trouble, match="Cannot write"):
            dump(cluster.addresses.owner, tmp_path / "no/folder", cluster.bin, quiet)
        # The rest of a backup that was interrupted is in nobody's way.
        (tmp_path / "new.part").write_text("half")
        dump(cluster.addresses.owner, tmp_path / "new", cluster.bin, quiet)
    assert file.read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "link", "new"]


def test_a_backup_that_fails_leaves_no_file(source: Source, tmp_path: Path) -> None:
    with running(source.data, quiet) as cluster:
        wrong = cluster.addresses.owner.replace("/qiuzhu?", "/absent?")
        with pytest.raises(Trouble, match="The backup failed"):
            dump(wrong, tmp_path / "new", cluster.bin, quiet)
        # A role that may not read everything makes no backup of a part.
        with pytest.raises(Trouble, match="permission denied"):
            dump(cluster.addresses.public, tmp_path / "new", cluster.bin, quiet)
    assert list(tmp_path.iterdir()) == []
