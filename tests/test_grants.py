"""Every right that any role holds, compared both ways with the checked-in matrix."""

import tomllib
from collections import defaultdict
from pathlib import Path

import asyncpg
import pytest

from api.cluster.roles import ROLES, Addresses
from api.models import Base

MATRIX = Path(__file__).parent.parent / "migrations" / "grants.toml"
OURS = ("pub", "desk", "intake")
# Schema, table (or none), role.
Rights = dict[tuple[str, str, str], set[str]]
_TABLES = """
SELECT n.nspname, c.relname, coalesce(r.rolname, 'PUBLIC') AS role, a.privilege_type
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
    aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
"""
_SCHEMAS = """
SELECT n.nspname, '' AS relname, coalesce(r.rolname, 'PUBLIC') AS role, a.privilege_type
FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = ANY($1)
"""
# A right to some columns, in the order of the table.
_COLUMNS = """
SELECT n.nspname, c.relname, coalesce(r.rolname, 'PUBLIC') AS role,
    a.privilege_type || ' (' || string_agg(t.attname, ', ' ORDER BY t.attnum) || ')'
FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(t.attacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = ANY($1) GROUP BY 1, 2, 3, a.privilege_type
"""
_FUNCTIONS = """
SELECT p.oid::regprocedure::text AS name, array_remove(array_agg(r.rolname::text), NULL) AS roles
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    ON a.grantee <> p.proowner
LEFT JOIN LATERAL (SELECT rolname FROM pg_roles WHERE oid = a.grantee
    UNION ALL SELECT 'PUBLIC' WHERE a.grantee = 0) r ON true
WHERE n.nspname = ANY($1) OR EXISTS (
    SELECT FROM aclexplode(p.proacl) b JOIN pg_roles q ON q.oid = b.grantee
    -- What tells sizes and numbers was everybody's; who does not serve the public keeps it.
    WHERE q.rolname = ANY($2) AND NOT (n.nspname = 'pg_catalog'
        AND q.rolname IN ('qiuzhu_owner', 'qiuzhu_desk')))
GROUP BY p.oid
"""


def matrix() -> dict[str, dict[str, dict[str, list[str]]]]:
    return {name: part for name, part in tomllib.loads(MATRIX.read_text()).items() if name in OURS}


def checked_in() -> Rights:
    rights: Rights = {}
    for schema, tables in matrix().items():
        for table, roles in tables.items():
            for role, privileges in roles.items():
                # `schema` names the schema itself.
                rights[schema, "" if table == "schema" else table, role] = set(privileges)
    return rights


async def granted(owner: asyncpg.Connection) -> Rights:
    rights: Rights = defaultdict(set)
    for question in (_TABLES, _SCHEMAS, _COLUMNS):
        for schema, table, role, privilege in await owner.fetch(question, OURS):
            # What belongs to the owner needs no grant.
            if role != "qiuzhu_owner":
                rights[schema, table, role].add(privilege)
    return dict(rights)


async def test_the_matrix_is_what_is_granted(owner: asyncpg.Connection) -> None:
    assert await granted(owner) == checked_in()


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON desk.replies TO qiuzhu_public",
        "GRANT DELETE ON desk.audit TO qiuzhu_desk",
        "GRANT USAGE ON SCHEMA desk TO qiuzhu_mail",
        "GRANT SELECT ON pub.cases TO PUBLIC",
        "REVOKE SELECT ON pub.terms FROM qiuzhu_public",
        "CREATE VIEW pub.peek AS SELECT id FROM desk.cases; GRANT SELECT ON pub.peek TO PUBLIC",
        "CREATE SEQUENCE pub.counter; GRANT USAGE ON SEQUENCE pub.counter TO qiuzhu_public",
    ],
)
async def test_any_other_right_is_found_out(owner: asyncpg.Connection, statement: str) -> None:
    await owner.execute(statement)
    assert await granted(owner) != checked_in()


async def test_every_table_is_in_the_matrix(owner: asyncpg.Connection) -> None:
    """Also one that nobody was given a right to: it says so with an empty entry."""
    stored = await owner.fetch(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY($1)", OURS
    )
    named = {
        (schema, table)
        for schema, tables in matrix().items()
        for table in tables
        if table != "schema"
    }
    assert {tuple(row) for row in stored} == named
    assert {(table.schema, table.name) for table in Base.metadata.tables.values()} == named


async def test_no_right_hides_in_a_function_or_a_default(owner: asyncpg.Connection) -> None:
    functions = dict(await owner.fetch(_FUNCTIONS, OURS, ROLES))
    assert functions == tomllib.loads(MATRIX.read_text())["functions"]
    assert await owner.fetch("SELECT * FROM pg_default_acl") == []
    assert await owner.fetch("SELECT * FROM pg_policy") == []
    sequences = "SELECT * FROM pg_class WHERE relkind = 'S' AND relnamespace::regnamespace::text"
    assert await owner.fetch(f"{sequences} = ANY($1)", OURS) == []


async def test_roles_are_nothing_beyond_their_grants(
    owner: asyncpg.Connection, archive: Addresses
) -> None:
    for row in await owner.fetch("SELECT * FROM pg_roles WHERE rolname = ANY($1)", ROLES):
        for right in ("super", "createrole", "createdb", "replication", "bypassrls"):
            assert row[f"rol{right}"] is False, (row["rolname"], right)
        assert row["rolconfig"] is None
    members = "SELECT * FROM pg_auth_members WHERE member::regrole::text = ANY($1)"
    assert await owner.fetch(members, ROLES) == []
    owned = "SELECT relname FROM pg_class WHERE relowner::regrole::text = ANY($1)"
    assert await owner.fetch(owned, ROLES[1:]) == []
    database = (
        "SELECT r.rolname, a.privilege_type FROM pg_database d, aclexplode(d.datacl) a"
        " LEFT JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE d.datname = current_database() AND a.grantee <> d.datdba"
    )
    granted = {tuple(row) for row in await owner.fetch(database)}
    assert granted == {(role, "CONNECT") for role in ROLES[1:]}


async def test_nothing_lends_a_process_somebody_elses_rights(owner: asyncpg.Connection) -> None:
    lent = await owner.fetch(
        "SELECT p.oid::regprocedure::text FROM pg_proc p, unnest($1::text[]) role"
        " WHERE p.prosecdef AND has_function_privilege(role, p.oid, 'EXECUTE')",
        ROLES[1:],
    )
    # Each answers to one exact hash and is asked by the public process alone.
    assert {name for (name,) in lent} == {
        name for name, roles in tomllib.loads(MATRIX.read_text())["functions"].items() if roles
    }


async def test_what_belongs_to_everybody_is_taken_away(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(_SCHEMAS, ["public"])
    assert {row["privilege_type"] for row in rows if row["role"] == "PUBLIC"} == {"USAGE"}
    # PostGIS shows its table of projections to all; the version of the schema is nobody's.
    shown = {
        row["relname"] for row in await owner.fetch(_TABLES, ["public"]) if row["role"] == "PUBLIC"
    }
    assert shown <= {"spatial_ref_sys", "geometry_columns", "geography_columns"}
