"""Brings a database to the schema of this version, and logins to the roles that hold the grants.

Owns calls to Alembic; the schema itself is in migrations/.
"""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from api.db import driver_address

_ROOT = Path(__file__).resolve().parent.parent


class NotPrepared(RuntimeError):
    """The server lacks something that only its administrator can give; says which statement."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


async def migrate(owner_address: str, revision: str = "head") -> None:
    """Upgrades (or, with a named older revision or `base`, downgrades) in one transaction."""

    def run(connection: Connection) -> None:
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        present = MigrationContext.configure(
            connection, opts={"version_table_schema": "public"}
        ).get_current_revision()
        wanted = script.get_current_head() if revision == "head" else revision
        if present == wanted:
            return
        older = {entry.revision for entry in script.iterate_revisions(present, "base")}
        if revision == "base" or (wanted != present and wanted in older):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)

    engine = create_async_engine(driver_address(owner_address), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


async def admit_logins(owner_address: str, logins: dict[str, str]) -> None:
    """Makes the users of the process addresses members of the roles that hold the grants.

    `logins` maps a role (`qiuzhu_public`) to the address of the process that works under it. A
    user that does not exist is created where the owner may do that; otherwise NotPrepared says
    which statements an administrator must run.
    """
    connection = await asyncpg.connect(owner_address)
    try:
        for role, address in logins.items():
            url = make_url(address)
            user = url.username
            if user is None or user == role:
                continue
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", user):
                create = await connection.fetchval(
                    "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', $1::text, $2::text)",
                    user,
                    url.password or "",
                )
                await _run(connection, create, f'CREATE ROLE "{user}" LOGIN PASSWORD …')
            member = "SELECT pg_has_role($1::name, $2::name, 'member')"
            if not await connection.fetchval(member, user, role):
                grant = f'GRANT {role} TO "{user}"'
                await _run(connection, grant, grant)
    finally:
        await connection.close()


async def _run(connection: asyncpg.Connection, statement: str, shown: str) -> None:
    try:
        await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        raise NotPrepared(f"an administrator must run: {shown}") from None
