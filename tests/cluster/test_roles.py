"""The roles of a fresh cluster, their passwords, and how its server listens and logs."""

import stat
from pathlib import Path

import asyncpg
import pytest

from api.cluster import Cluster, running
from api.cluster.programs import make_address, psql
from api.cluster.server import FIXED
from api.trouble import Trouble
from tests.cluster.conftest import quiet


def _ask(cluster: Cluster, statement: str, address: str | None = None) -> str:
    return psql(cluster.bin, address or cluster.superuser, statement + ";").strip()


def test_secrets_are_closed_to_others(cluster: Cluster) -> None:
    folder = cluster.home / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = sorted(folder.iterdir())
    names = ["postgres", "qiuzhu_desk", "qiuzhu_mail", "qiuzhu_owner", "qiuzhu_public"]
    assert [file.name for file in files] == names
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len({file.read_text() for file in files}) == len(files)
    assert all(len(file.read_text()) > 40 for file in files)
    assert stat.S_IMODE((cluster.home / "postgres.log").stat().st_mode) == 0o600


async def test_each_role_gets_in_by_its_own_address_only(cluster: Cluster) -> None:
    addresses = cluster.addresses
    for role in ("owner", "public", "desk", "mail"):
        connection = await asyncpg.connect(getattr(addresses, role))
        assert await connection.fetchval("SELECT current_user") == f"qiuzhu_{role}"
        await connection.close()
        for password in ("wrong", ""):
            wrong = make_address(f"qiuzhu_{role}", password, cluster.socket, "qiuzhu")
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(wrong)
        for database in ("postgres", "template1"):
            other = getattr(addresses, role).replace("/qiuzhu?", f"/{database}?")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(other)


@pytest.mark.parametrize("role", ["public", "desk", "mail"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMP TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "CREATE EXTENSION hstore",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_reload_conf()",
        "SET ROLE qiuzhu_owner",
        "ALTER SYSTEM SET log_statement = 'all'",
        "SET log_statement = 'all'",
        "SELECT rolpassword FROM pg_authid",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_a_process_role_may_make_and_read_nothing(
    cluster: Cluster, role: str, statement: str
) -> None:
    with pytest.raises(Trouble, match=r"permission denied|must be superuser"):
        _ask(cluster, statement, getattr(cluster.addresses, role))


def test_the_owner_owns_the_database_and_is_no_superuser(cluster: Cluster) -> None:
    owner = cluster.addresses.owner
    _ask(cluster, "CREATE SCHEMA made; GRANT USAGE ON SCHEMA made TO qiuzhu_public", owner)
    _ask(cluster, "DROP SCHEMA made", owner)
    rights = "rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
    assert _ask(cluster, f"SELECT bool_or({rights}) FROM pg_roles WHERE rolname ~ 'qiuzhu'") == "f"


def test_chinese_words_have_trigrams(cluster: Cluster) -> None:
    # With LC_CTYPE = C there would be none, and the keyword index would be of no use.
    assert _ask(cluster, "SELECT array_length(show_trgm('讨薪工人'), 1)") == "5"
    encoding = "SELECT encoding, datctype FROM pg_database WHERE datname = 'qiuzhu'"
    assert _ask(cluster, encoding) == "6|C.UTF-8"
    assert int(_ask(cluster, "SELECT split_part(postgis_lib_version(), '.', 1)")) >= 3


@pytest.mark.parametrize("name", FIXED)
def test_settings_are_in_force(cluster: Cluster, name: str) -> None:
    value = _ask(cluster, f"SELECT setting FROM pg_settings WHERE name = '{name}'")
    assert value == (FIXED[name] or "").strip() or value == FIXED[name]


def test_the_server_listens_on_its_socket_alone(cluster: Cluster) -> None:
    assert _ask(cluster, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
    assert (cluster.socket / ".s.PGSQL.5432").is_socket()


def test_the_log_repeats_no_value(cluster: Cluster) -> None:
    canary = "canary5e1f"
    owner = cluster.addresses.owner
    _ask(cluster, "CREATE TABLE tried (n int UNIQUE CHECK (n < 9), t varchar(3) UNIQUE)", owner)
    for statement in (
        f"SELECT '{canary}'::int",
        f"SELECT '{canary}'::date",
        f"INSERT INTO tried VALUES (99, '{canary}')",
        f"INSERT INTO tried SELECT 99, 'x' WHERE '{canary}' <> ''",
        "INSERT INTO tried VALUES (1, 'can'), (2, 'can')",
        f"SELECT {canary}",
        f"DO $$ BEGIN RAISE WARNING '{canary}'; RAISE EXCEPTION '{canary}'; END $$",
        f"SET statement_timeout = 1; SELECT pg_sleep(9), '{canary}'",
        f"COPY tried FROM STDIN;\n{canary}\tx\n\\.\n",
    ):
        with pytest.raises(Trouble):
            _ask(cluster, statement, owner)
    log = (cluster.home / "postgres.log").read_text()
    assert canary not in log
    assert "can)" not in log
    assert "INSERT" not in log
    assert "ready to accept connections" in log  # so it is the log that is written to


def test_a_removed_password_is_made_anew_save_the_superusers(data: Path) -> None:
    with running(data, quiet) as cluster:
        before = cluster.addresses.desk
        (data / "secrets/qiuzhu_desk").unlink()
        with running(data, quiet) as again:
            assert again.addresses.desk != before
            assert _ask(again, "SELECT 1", again.addresses.desk) == "1"
    (data / "secrets/postgres").unlink()
    with pytest.raises(Trouble, match="secrets/postgres is missing"), running(data, quiet):
        raise AssertionError
