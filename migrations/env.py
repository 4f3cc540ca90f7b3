"""Runs the migrations as the owner, over a connection handed in or by the owner's address."""

import asyncio

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from api.db import driver_address
from api.models import Base
from api.settings import read_settings

SCHEMAS = ("pub", "desk", "intake")


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Only our schemas: PostGIS keeps tables of its own in `public`."""
    return name in SCHEMAS if kind == "schema" else True


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        include_name=include_name,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        version_table_schema="public",
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_by_address() -> None:
    address = read_settings().database_owner_url
    if address is None:
        raise SystemExit("DATABASE_OWNER_URL is needed to migrate")
    engine = create_async_engine(driver_address(address))
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


handed_in: Connection | None = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    asyncio.run(run_by_address())
