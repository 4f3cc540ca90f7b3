"""The public process's login may read what is published and nothing else, whatever it tries."""

from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.staff.writing import write_drafts
from tests.archives import copied
from tests.staff.drafts import call
from tests.staff.test_publishing import put

PUB = ("archive", "cases", "places", "revisions", "terms", "withdrawn")
DESK = ("cases", "sources", "replies", "import_rows", "audit")
READING = (
    *(f"SELECT * FROM desk.{table}" for table in DESK),
    *(f"SELECT count(*) FROM desk.{table}" for table in DESK),
    "TABLE desk.cases LIMIT 0",
    "COPY desk.cases TO STDOUT",
    "SELECT EXISTS (SELECT FROM desk.cases)",
    "SELECT query_to_xml('SELECT * FROM desk.cases', true, true, '')",
    "SELECT table_to_xml('desk.cases', true, true, '')",
    "SELECT schema_to_xml('desk', true, true, '')",
    "SELECT st_estimatedextent('desk', 'cases', 'point')",
    "SELECT st_findextent('desk', 'cases', 'point')",
    "DO $$ BEGIN PERFORM FROM desk.cases; END $$",
    "EXPLAIN ANALYZE SELECT * FROM desk.cases",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_statistic_ext_data",
    "SELECT * FROM pg_user_mapping",
    "SELECT * FROM pg_largeobject",
    "SELECT subconninfo FROM pg_subscription",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_file_settings",
    "SELECT * FROM pg_backend_memory_contexts",
    "SELECT * FROM public.alembic_version",
)
WRITING = (
    *(f"DELETE FROM pub.{table}" for table in PUB),
    *(f"TRUNCATE pub.{table} CASCADE" for table in PUB),
    "INSERT INTO pub.withdrawn VALUES ('0000000000000', '2026-01-01', 'privacy', NULL)",
    "INSERT INTO pub.terms SELECT * FROM pub.terms",
    "INSERT INTO desk.audit SELECT 1, current_date, '', '', '', '{}', ''",
    "UPDATE pub.archive SET change = 0",
    "UPDATE pub.terms SET zh = ''",
    "UPDATE pub.cases SET document = '' RETURNING id",
    "MERGE INTO pub.archive USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM pub.cases RETURNING *) SELECT * FROM gone",
    "SELECT * FROM pub.cases FOR UPDATE",
    "SELECT * FROM pub.cases FOR KEY SHARE",
    "LOCK TABLE pub.cases IN SHARE MODE",
    "COPY pub.cases FROM STDIN",
    "DROP TABLE pub.cases",
    "ALTER TABLE pub.cases ADD COLUMN x int",
    "CREATE INDEX ON pub.cases (id)",
    "CREATE RULE r AS ON SELECT TO pub.cases DO INSTEAD NOTHING",
    "CREATE POLICY p ON pub.cases",
    "COMMENT ON TABLE pub.cases IS ''",
    "REINDEX TABLE pub.cases",
    "CREATE TABLE public.mine (n int)",
    "CREATE TABLE pub.mine (n int)",
    "CREATE TABLE desk.mine (n int)",
    "CREATE TEMP TABLE mine (n int)",
    "SELECT 1 AS n INTO TEMP mine",
    "CREATE VIEW public.peek AS SELECT 1",
    "CREATE SEQUENCE public.counter",
    "CREATE TYPE public.mine AS (n int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION file_fdw",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE FOREIGN DATA WRAPPER mine",
    "UPDATE public.alembic_version SET version_num = ''",
    "SELECT addgeometrycolumn('pub', 'cases', 'g', 4326, 'POINT', 2)",
    "SELECT dropgeometrytable('pub', 'cases')",
    # Large objects are a table that anybody may write to, unless it is taken away.
    "SELECT lo_create(0)",
    "SELECT lo_creat(-1)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/x')",
    "SELECT lo_get(1)",
)
BECOMING = (
    *(f"SET ROLE {role}" for role in ("qiuzhu_owner", "qiuzhu_desk", "qiuzhu_mail", "postgres")),
    "SET SESSION AUTHORIZATION qiuzhu_desk",
    "SET SESSION AUTHORIZATION postgres",
    "GRANT qiuzhu_desk TO qiuzhu_public",
    "GRANT pg_read_all_data TO qiuzhu_public",
    "GRANT pg_read_server_files TO qiuzhu_public",
    "ALTER ROLE qiuzhu_public SUPERUSER",
    "ALTER ROLE qiuzhu_public BYPASSRLS",
    "ALTER ROLE qiuzhu_public CONNECTION LIMIT 1000",
    "ALTER ROLE qiuzhu_desk PASSWORD 'x'",
    "ALTER DATABASE qiuzhu SET search_path = ''",
    "CREATE ROLE mine",
    "DROP ROLE qiuzhu_mail",
    "REASSIGN OWNED BY qiuzhu_owner TO qiuzhu_public",
    "SET session_replication_role = replica",
    "SET log_statement = 'all'",
    "SET log_min_error_statement = debug5",
    "SET session_preload_libraries = 'x'",
    "LOAD 'pgoutput'",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'qiuzhu_desk'",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'qiuzhu_desk'",
)
SERVER = (
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_ls_logdir()",
    "SELECT pg_ls_waldir()",
    "SELECT pg_ls_tmpdir()",
    "SELECT pg_stat_file('PG_VERSION')",
    "SELECT pg_current_logfile()",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_restore_point('x')",
    "SELECT pg_backup_start('x')",
    "SELECT pg_stat_reset()",
    "SELECT pg_log_backend_memory_contexts(pg_backend_pid())",
    "SELECT pg_create_physical_replication_slot('x')",
    "SELECT pg_promote()",
    "COPY pub.terms TO '/tmp/terms'",
    "COPY pub.terms FROM '/etc/passwd'",
    "COPY pub.terms TO PROGRAM 'true'",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)
# What may be added to, by the columns a person fills, and never read.
SEALED = ("alerts", "attachments", "additions", "addition_files", "outbox", "confirmations",
          "idempotency", "spent")  # fmt: skip
_ALERT = "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt"
_VALUES = "VALUES ('x', current_date, 'plain', 'zh', 'x'"
INTAKE = (
    *(f"SELECT FROM intake.{table}" for table in SEALED),
    *(f"DELETE FROM intake.{table}" for table in SEALED),
    *(f"COPY intake.{table} TO STDOUT" for table in SEALED),
    "SELECT count(*) FROM intake.alerts",
    "SELECT query_to_xml('SELECT * FROM intake.alerts', true, true, '')",
    "UPDATE intake.alerts SET state = 'spam'",
    "UPDATE intake.outbox SET state = 'sent' WHERE false",
    "TRUNCATE intake.alerts CASCADE",
    f"{_ALERT}) {_VALUES}) RETURNING id",
    f"{_ALERT}) {_VALUES}) ON CONFLICT (receipt) DO NOTHING",
    f"{_ALERT}) {_VALUES}) ON CONFLICT (id) DO UPDATE SET lang = ''",
    f"{_ALERT}, state) {_VALUES}, 'published')",
    f"{_ALERT}, confirmed) {_VALUES}, true)",
    "INSERT INTO intake.idempotency (key, body, answer, made_at) VALUES ('', '', '', now())",
    "SELECT intake.take_addition()",
    "CREATE OR REPLACE FUNCTION intake.answer_to(bytea, bytea) RETURNS int LANGUAGE sql AS ''",
    "CREATE TABLE intake.mine (n int)",
    "LOCK TABLE intake.alerts IN SHARE MODE",
)
# What runs in no transaction.
ALONE = (
    "CREATE DATABASE mine",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "ALTER SYSTEM SET log_statement = 'all'",
    "CREATE SUBSCRIPTION mine CONNECTION '' PUBLICATION other",
    "CHECKPOINT",
)
EMPTY = (
    "SELECT * FROM pg_stats WHERE schemaname = 'desk'",
    "SELECT * FROM pg_stats_ext WHERE schemaname = 'desk'",
    "SELECT * FROM information_schema.tables WHERE table_schema = 'desk'",
    "SELECT * FROM information_schema.columns WHERE table_schema = 'desk'",
    "SELECT * FROM information_schema.table_privileges WHERE grantee = 'qiuzhu_public'"
    " AND (table_schema <> 'pub' OR privilege_type <> 'SELECT')",
    "SELECT * FROM information_schema.role_table_grants WHERE table_schema = 'desk'",
    "SELECT * FROM information_schema.sequences",
    "SELECT * FROM intake.state_of('')",
    "SELECT * FROM intake.answer_to('', '')",
    "SELECT * FROM pg_stats WHERE schemaname = 'intake'",
    "SELECT * FROM pg_sequences",
    "SELECT passwd FROM pg_user WHERE passwd <> '********'",
    "SELECT * FROM pg_auth_members WHERE member = 'qiuzhu_public'::regrole",
)


@pytest.fixture(scope="module")
async def filled(cluster: Cluster, empty_template: str) -> AsyncIterator[Addresses]:
    """One case published and one not; the desk is at work while the public role tries."""
    async with copied(cluster, empty_template) as addresses:
        async with writing(addresses.desk) as session:
            await put(session, call())
            drafted = call(title=Pair("CANARY", "CANARY"))
            await write_drafts(session, load_gazetteer(), [drafted])
        owner = await asyncpg.connect(addresses.owner)
        # So that there are statistics of what the drafts hold.
        await owner.execute("ANALYZE")
        await owner.close()
        desk = await asyncpg.connect(addresses.desk)
        assert await desk.fetchval("SELECT count(*) FROM desk.cases WHERE title_zh = 'CANARY'") == 1
        yield addresses
        assert await desk.fetchval("SELECT count(*) FROM desk.cases") == 2, "still connected"
        await desk.close()


@pytest.fixture(scope="module")
async def public(filled: Addresses) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(filled.public)
    yield connection
    await connection.close()


@pytest.mark.parametrize("statement", [*READING, *WRITING, *INTAKE, *BECOMING, *SERVER])
async def test_refused(public: asyncpg.Connection, statement: str) -> None:
    # Whatever were let through would be undone.
    trial = public.transaction()
    await trial.start()
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await public.execute(statement)
    finally:
        with suppress(asyncpg.InterfaceError):
            await trial.rollback()


@pytest.mark.parametrize("statement", ALONE)
async def test_refused_outside_a_transaction(public: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await public.execute(statement)


@pytest.mark.parametrize("statement", EMPTY)
async def test_empty(public: asyncpg.Connection, statement: str) -> None:
    assert await public.fetchval(f"SELECT count(*) FROM ({statement}) found") == 0


@pytest.mark.parametrize("table", PUB)
async def test_what_is_published_can_be_read(public: asyncpg.Connection, table: str) -> None:
    rows = await public.fetch(f"SELECT * FROM pub.{table}")
    assert len(rows) > 0 or table == "withdrawn"
    assert "CANARY" not in str(rows)


async def test_other_databases_are_closed(filled: Addresses) -> None:
    for name in ("postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(filled.public, database=name)
