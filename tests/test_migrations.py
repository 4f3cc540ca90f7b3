"""Migrations up, down and up again with cases in the database; models equal what they make."""

from typing import Any

import asyncpg
import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from api.cluster.roles import Addresses
from api.db import driver_address, writing
from api.migrating import migrate
from api.models import Base
from api.preparing import prepare
from api.staff.publishing import withdraw
from tests.archives import serving
from tests.asking import API, fetch
from tests.processes import ROOT
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

SCHEMAS = ("pub", "desk", "intake")


def revisions() -> list[str]:
    """Every revision, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    return [step.revision for step in script.walk_revisions()][::-1]


async def in_sync(address: str, work: Any) -> Any:
    engine = create_async_engine(driver_address(address), poolclass=NullPool)
    async with engine.connect() as connection:
        result = await connection.run_sync(work)
    await engine.dispose()
    return result


def differences(connection: Connection) -> list[Any]:
    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return name in SCHEMAS if kind == "schema" else True

    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": ours,
            "include_object": alembic_helpers.include_object,
            "compare_type": True,
            "compare_server_default": True,
        },
    )
    found: list[Any] = compare_metadata(context, Base.metadata)
    return found


# Tables with columns, types, defaults, constraints and indexes: all of the schema but its data.
_SHAPE = """
SELECT table_schema || '.' || table_name || '.' || column_name, data_type || udt_name || is_nullable
    || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = ANY($1)
UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace::regnamespace::text = ANY($1)
UNION ALL SELECT schemaname || '.' || indexname, indexdef FROM pg_indexes
    WHERE schemaname = ANY($1)
UNION ALL SELECT oid::regclass::text || '.acl', relacl::text FROM pg_class
    WHERE relnamespace::regnamespace::text = ANY($1) AND relkind = 'r'
UNION ALL SELECT nspname, nspacl::text FROM pg_namespace WHERE nspname = ANY($1)
ORDER BY 1, 2
"""


async def shape(address: str) -> list[tuple[str, str]]:
    connection = await asyncpg.connect(address)
    rows = [tuple(row) for row in await connection.fetch(_SHAPE, SCHEMAS)]
    await connection.close()
    return rows


@pytest.fixture
async def filled(archive: Addresses) -> Addresses:
    """Cases with sources and replies, one of them withdrawn, one with an exact point."""
    drafts = [call(), call(map="strikes"), call(exact_point=(114.0, 22.6))]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
        await withdraw(session, drafts[0].id, reason="privacy", actor="console", day=DAY)
    return archive


async def test_models_equal_the_migrated_database(archive: Addresses) -> None:
    assert await in_sync(archive.owner, differences) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE pub.cases DROP COLUMN deaths",
        "ALTER TABLE desk.cases ALTER notes SET NOT NULL",
        "ALTER TABLE desk.sources ALTER url TYPE varchar(10)",
        "DROP INDEX pub.ix_pub_cases_point",
        "CREATE TABLE pub.forgotten (n int)",
    ],
)
async def test_any_difference_is_found_out(archive: Addresses, change: str) -> None:
    connection = await asyncpg.connect(archive.owner)
    await connection.execute(change)
    await connection.close()
    assert await in_sync(archive.owner, differences) != []


async def test_each_step_goes_down_and_up_again_with_data(filled: Addresses) -> None:
    steps = revisions()
    shapes = {steps[-1]: await shape(filled.owner)}
    assert len(shapes[steps[-1]]) > 100
    for step in reversed(steps[:-1]):
        await migrate(filled.owner, step)
        shapes[step] = await shape(filled.owner)
    await migrate(filled.owner, "base")
    assert await shape(filled.owner) == []
    for step in steps:
        await migrate(filled.owner, step)
        assert await shape(filled.owner) == shapes[step], step
    # Each step alone, from the top, as one who must go back would do it.
    for above, below in zip(steps[:0:-1], steps[-2::-1], strict=True):
        await migrate(filled.owner, below)
        await migrate(filled.owner, above)
        assert await shape(filled.owner) == shapes[above]
        await migrate(filled.owner, below)
    await migrate(filled.owner)
    assert await shape(filled.owner) == shapes[steps[-1]]


async def test_the_head_changes_nothing_when_it_is_there(
    filled: Addresses, own_client: httpx.AsyncClient
) -> None:
    before = (await own_client.get(f"{API}/cases/export.ndjson?map=all&since=all")).content
    assert before.count(b"\n") == 2
    await migrate(filled.owner)
    assert await prepare(filled, lambda line: None) is False
    after = (await own_client.get(f"{API}/cases/export.ndjson?map=all&since=all")).content
    assert after == before


@pytest.mark.parametrize("step", ["base", *revisions()])
async def test_whoever_goes_back_can_come_again(filled: Addresses, step: str) -> None:
    await migrate(filled.owner, step)
    # Places and terms that went with their tables are loaded anew, once.
    await prepare(filled, lambda line: None)
    assert await prepare(filled, lambda line: None) is False
    draft = call()
    async with writing(filled.desk) as session:
        await put(session, draft)
    async with serving(filled) as client:
        items = (await fetch(client, "/cases", {"limit": "200"}))["items"]
        assert draft.id in [item["id"] for item in items]
