"""What the working copies hold: whether any, which codes they use, and which are invented."""

import asyncpg
from sqlalchemy import Text, exists, func, literal, select, union

from api.db import AnySelect, ReadSession, plain_address
from api.models import DeskCase, Source

_ONE = {"industry": "industry", "ownership": "ownership", "accident_type": "accident_type"}
_MANY = {"issue": "issues", "action": "actions", "response": "responses"}


async def is_empty(session: ReadSession) -> bool:
    """Whether nobody has ever put a case into the archive."""
    return not await session.value(select(exists().where(DeskCase.id.is_not(None))))


async def demo_count(session: ReadSession) -> int:
    """How many cases are invented for demonstration."""
    count = select(func.count()).select_from(DeskCase).where(DeskCase.demo)
    return int(await session.value(count))


async def used_codes(session: ReadSession) -> set[tuple[str, str]]:
    """(kind, code) of every term that a working copy uses."""
    queries: list[AnySelect] = [
        select(literal("platform"), Source.platform).where(Source.platform.is_not(None))
    ]
    for kind, name in _ONE.items():
        column = getattr(DeskCase, name)
        queries.append(select(literal(kind), column).where(column.is_not(None)))
    for kind, name in _MANY.items():
        values = func.unnest(getattr(DeskCase, name), type_=Text)
        queries.append(select(literal(kind), values))
    rows = await session.all(select(union(*queries).subquery()))
    return {(row[0], row[1]) for row in rows}


async def remove_demo(owner_address: str) -> int:
    """Deletes every invented case with all its traces; answers how many there were.

    Only the owner may delete. Change numbers that are then missing are not given out again.
    """
    connection = await asyncpg.connect(plain_address(owner_address))
    try:
        async with connection.transaction():
            for table, column in (
                ("pub.cases", "id"),
                ("pub.revisions", "case_id"),
                ("pub.withdrawn", "id"),
                ("desk.replaced", "case_id"),
                ("desk.import_rows", "case_id"),
            ):
                await connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN"  # noqa: S608 (names from above)
                    " (SELECT id FROM desk.cases WHERE demo)"
                )
            # Made anew of what is left, by whoever publishes much or by the staff process.
            await connection.execute("TRUNCATE pub.blocks, pub.postings")
            gone = await connection.execute("DELETE FROM desk.cases WHERE demo")
            # A change that no revision tells of: who follows the archive reads it anew.
            await connection.execute("UPDATE pub.archive SET change = change + 1")
    finally:
        await connection.close()
    return int(gone.split()[-1])
