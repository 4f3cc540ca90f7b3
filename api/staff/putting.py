"""Rows into a table: INSERT for a single one, COPY for many.

COPY asks the database about every column first, which takes longer than a row does.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, insert

from api.db import WriteSession


async def put(
    session: WriteSession, table: Any, columns: Sequence[str], records: Sequence[Sequence[Any]]
) -> None:
    """`records` as COPY takes them, points as EWKB; for tables without JSON."""
    assert isinstance(table, Table)
    if len(records) != 1:
        await session.copy(f"{table.schema}.{table.name}", columns, records)
        return
    row = dict(zip(columns, records[0], strict=True))
    if isinstance(row.get("point"), bytes):
        # The type's own function reads hexadecimal EWKB as well as text.
        row["point"] = row["point"].hex()
    # Values beside the statement: within it each would be made an expression of its own.
    await session.execute(insert(table), [row])
