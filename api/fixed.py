"""Statements that the driver runs by itself, past SQLAlchemy.

Those in which nothing but the values changes, for answers that are made by the thousand: building a
statement takes longer than reading its rows. And those that hand over a million rows.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg
from sqlalchemy import Select, TextClause
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DIALECT = make_url("postgresql+asyncpg://").get_dialect()()


async def copy_out(
    connection: asyncpg.Connection,
    statement: Select[*tuple[Any, ...]],
    take: Callable[[Sequence[Sequence[str]]], None],
) -> None:
    """Hands over the rows of a statement by COPY, thousands at a time, as COPY writes values.

    Raises what SQLAlchemy raises: to whoever asks, this is one way like the other.
    """
    rest = b""

    async def read(data: bytes) -> None:
        nonlocal rest
        whole, found, after = data.rpartition(b"\n")
        if not found:
            rest += data
            return
        lines, rest = (rest + whole).decode().split("\n"), after
        take([line.split("\t") for line in lines])

    # COPY takes no values beside its statement.
    options = {"literal_binds": True}
    sql = statement.compile(dialect=DIALECT, compile_kwargs=options).string
    try:
        await connection.copy_from_query(sql, output=read)
    except asyncpg.SyntaxOrAccessError as error:
        raise ProgrammingError(sql, None, error) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DBAPIError(sql, None, error) from error


class Fixed:
    """A statement compiled once; its bound parameters are given by name."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | TextClause) -> None:
        compiled = statement.compile(dialect=DIALECT)
        self.sql = compiled.string
        self._set = compiled.params
        self._places = tuple(compiled.positiontup or ())

    def values(self, given: dict[str, Any]) -> list[Any]:
        """In the order of the statement's places; what was set when it was made stays."""
        return [given[name] if name in given else self._set[name] for name in self._places]


class Quick:
    """A few connections that only read, beside those of SQLAlchemy; made when they are wanted."""

    def __init__(self, address: str, most: int, patience: float, **settings: str) -> None:
        self._address = address
        self._most = most
        self._patience = patience
        self._settings = settings
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    async def row(self, statement: Fixed, values: dict[str, Any]) -> Sequence[Any]:
        """The one row of a statement.

        Raises SQLAlchemy's TimeoutError where no connection becomes free, the driver's errors else.
        """
        pool = self._pool or await self._opened()
        try:
            connection = await pool.acquire(timeout=self._patience)
        except TimeoutError:
            raise PoolTimeout from None
        try:
            row: Sequence[Any] = await connection.fetchrow(statement.sql, *statement.values(values))
        finally:
            await pool.release(connection)
        return row

    async def _opened(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._address,
                    min_size=0,
                    max_size=self._most,
                    max_inactive_connection_lifetime=1800,
                    timeout=self._patience,
                    server_settings=self._settings,
                    # One statement at a time leaves nothing behind that had to be reset.
                    reset=_as_it_is,
                )
            return self._pool

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()


async def _as_it_is(connection: asyncpg.Connection) -> None:
    """Leaves a connection that is handed back alone."""
