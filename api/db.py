"""How code reaches the database: an engine per role, sessions whose type says if they may write.

No statement lives here, and nothing here reads the environment.
"""

import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Executable,
    Row,
    Select,
    Text,
    TextClause,
    any_,
    bindparam,
    literal,
)
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from api.fixed import Fixed, Quick, copy_out

# What a reading session takes; PostgreSQL refuses whatever in it would write.
AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]
Question = AnySelect | TextClause
# Milliseconds. A seat belt: the role itself could set it off, so it is no lock.
STATEMENT_TIMEOUT = 10_000
EXPORT_TIMEOUT = 300_000
LOCK_TIMEOUT = 3_000
# How COPY writes that there is no value.
NULL = r"\N"
# Seconds for which a reader waits for a connection.
PATIENCE = 5


def driver_address(address: str) -> str:
    """A postgresql:// address as SQLAlchemy's asyncpg dialect wants it."""
    url = make_url(address).set(drivername="postgresql+asyncpg")
    return url.render_as_string(hide_password=False)


def plain_address(address: str) -> str:
    """The same address as asyncpg and libpq take it."""
    url = make_url(address).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def one_of(column: Any, values: Sequence[str]) -> ColumnElement[bool]:
    """`column = ANY(values)`: one bound array, so the statement does not grow with the values."""
    matches: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(Text)))
    return matches


def one_of_given(column: Any, name: str) -> ColumnElement[bool]:
    """The same where the statement is made once and its values are given each time."""
    matches: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(Text)))
    return matches


def point_bytes(longitude: float, latitude: float) -> bytes:
    """A WGS 84 point as little-endian EWKB, the form COPY takes."""
    return struct.pack("<BIIdd", 1, 0x20000001, 4326, longitude, latitude)


class ReadSession:
    """A connection that may only read; PostgreSQL refuses anything else on it.

    `values` are for a statement made once for all: to make one takes longer than to run it.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, statement: Question, **values: Any) -> Sequence[AnyRow]:
        return (await self._connection.execute(statement, values or None)).all()

    async def first(self, statement: Question, **values: Any) -> AnyRow | None:
        return (await self._connection.execute(statement, values or None)).first()

    async def value(self, statement: Question) -> Any:
        return (await self._connection.execute(statement)).scalar_one()

    async def stream(self, statement: Question, chunk: int = 500) -> AsyncIterator[AnyRow]:
        """Rows from a server-side cursor, `chunk` at a time; memory stays flat."""
        options = {"yield_per": chunk}
        async with self._connection.stream(statement, execution_options=options) as result:
            async for row in result:
                yield row

    async def copied(
        self, statement: AnySelect, take: Callable[[Sequence[Sequence[str]]], None]
    ) -> None:
        """Rows by COPY, thousands at a time, each value as its text or NULL: the quickest way, for
        codes, numbers and dates. What COPY would have to escape stays escaped."""
        driver = (await self._connection.get_raw_connection()).driver_connection
        assert driver is not None
        await copy_out(driver, statement, take)


class WriteSession(ReadSession):
    """A connection inside one transaction; its opener commits, never the code it is handed to."""

    _copies_points = False

    async def returned(self, statement: Executable, **values: Any) -> Any:
        """The one value that a statement with RETURNING answers."""
        return (await self._connection.execute(statement, values or None)).scalar_one()

    async def execute(self, statement: Executable, rows: Sequence[Mapping[str, Any]] = ()) -> int:
        """Runs a statement, once or for each of `rows`; answers the number of rows it touched."""
        given = rows[0] if len(rows) == 1 else list(rows) or None
        result = await self._connection.execute(statement, given)
        return result.rowcount

    async def copy(
        self, table: str, columns: Sequence[str], records: Sequence[Sequence[Any]]
    ) -> None:
        """COPY into `schema.table`; far faster than INSERT for thousands of rows."""
        schema, name = table.split(".")
        raw = await self._connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        if not self._copies_points:
            # COPY is binary and PostGIS's binary form is EWKB, which asyncpg need not understand.
            await driver.set_type_codec(
                "geometry", schema="public", encoder=bytes, decoder=bytes, format="binary"
            )
            self._copies_points = True
        await driver.copy_records_to_table(
            name, schema_name=schema, columns=columns, records=records
        )


class Database:
    """The public process's way to `pub`: reads only."""

    def __init__(self, address: str, *, pool: int = 8) -> None:
        # For a process of ours that reads by itself.
        self.address = address
        reading = {
            "default_transaction_read_only": "on",
            "statement_timeout": str(STATEMENT_TIMEOUT),
        }
        self._engine = _engine(address, pool, **reading)
        self._quick = Quick(plain_address(address), max(pool // 2, 1), PATIENCE, **reading)
        # One statement an answer needs no BEGIN and no ROLLBACK around it.
        self._single = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def row(self, statement: Fixed, **values: Any) -> Sequence[Any]:
        """The one row of a statement that was made beforehand."""
        return await self._quick.row(statement, values)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """For answers of single statements: each statement sees its own snapshot."""
        async with self._single.connect() as connection:
            yield ReadSession(connection)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[ReadSession]:
        """For long answers: one snapshot over all statements, and a longer timeout."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        async with self._engine.connect() as connection:
            await connection.execution_options(**options)
            await connection.exec_driver_sql(f"SET LOCAL statement_timeout = {EXPORT_TIMEOUT}")
            yield ReadSession(connection)

    async def close(self) -> None:
        await self._quick.close()
        await self._engine.dispose()


class Adding:
    """The public process's way to `intake`: transactions on connections of its own, so that readers
    never wait before who sends an alert, nor he before them."""

    def __init__(self, address: str, *, pool: int = 4) -> None:
        self._engine = _engine(
            address,
            pool,
            statement_timeout=str(STATEMENT_TIMEOUT),
            # For another attempt at the same alert to end.
            lock_timeout=str(LOCK_TIMEOUT),
        )
        self._single = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[ReadSession]:
        """For a single question to one of the functions that answer the public role."""
        async with self._single.connect() as connection:
            yield ReadSession(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[WriteSession]:
        """Committed at the end of the block, or rolled back whole."""
        async with self._engine.begin() as connection:
            yield WriteSession(connection)

    async def close(self) -> None:
        await self._engine.dispose()


class Desk(Database):
    """The staff process's way to all schemas: reads like any other, and writes in transactions."""

    def __init__(self, address: str, *, pool: int = 8) -> None:
        super().__init__(address, pool=pool)
        self._writing = _engine(
            address, pool, statement_timeout=str(EXPORT_TIMEOUT), lock_timeout=str(LOCK_TIMEOUT)
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[WriteSession]:
        """Committed at the end of the block, or rolled back whole."""
        async with self._writing.begin() as connection:
            yield WriteSession(connection)

    async def close(self) -> None:
        await self._writing.dispose()
        await super().close()


@asynccontextmanager
async def writing(address: str) -> AsyncIterator[WriteSession]:
    """One transaction as the desk or the owner: committed at the end, or rolled back whole."""
    engine = _engine(address, 1)
    try:
        async with engine.begin() as connection:
            yield WriteSession(connection)
    finally:
        await engine.dispose()


def _engine(address: str, pool: int, **server_settings: str) -> AsyncEngine:
    return create_async_engine(
        driver_address(address),
        pool_size=pool,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={"server_settings": server_settings, "timeout": 5},
    )
