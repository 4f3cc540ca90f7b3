"""Published cases of which only the searched texts matter, and what SQL finds in them."""

from datetime import date
from functools import partial

from sqlalchemy import delete, insert, select

from api.cases.filters import FILTERS
from api.cluster.roles import Addresses
from api.db import Database, WriteSession, writing
from api.folding import fold
from api.ids import new_id
from api.models import PublicCase, Revision
from api.search.words import Field, Search
from api.staff.posting import post_all
from api.staff.publishing import next_changes

DAY = date(2026, 11, 20)
_FILTERS: dict[Field, str] = {"search": "q", "employer": "company"}


async def tell(session: WriteSession, *texts: str) -> dict[str, str]:
    """Publishes a case of each text, which is its employer's name too; answers text -> id."""
    first = await next_changes(session, len(texts))
    ids = {}
    for change, text in enumerate(texts, first):
        ids[text] = new_id()
        await session.execute(
            insert(PublicCase).values(
                id=ids[text],
                map="calls",
                date=DAY,
                date_precision="day",
                search=fold(text),
                employer=fold(text[:40]),
                summary="{}",
                document="{}",
                revision=1,
                change=change,
                published_on=DAY,
            )
        )
        await session.execute(
            insert(Revision).values(
                case_id=ids[text], revision=1, change=change, day=DAY, kind="published"
            )
        )
    return ids


async def seal(archive: Addresses) -> int:
    """Puts all that is published into a block; answers how many changes that were."""
    return await post_all(partial(writing, archive.desk), least=1)


async def found(database: Database, search: Search, field: Field, *words: str) -> list[int]:
    """The changes of the cases that have the words, as the caller of Search comes to them."""
    condition = FILTERS[_FILTERS[field]].where(PublicCase, " ".join(words))
    assert condition is not None
    sql = select(PublicCase.change).where(condition)
    hits = await search.hits(database, field, words)
    async with database.read() as session:
        alive = {row.change for row in await session.all(select(PublicCase.change))}
        judged = sorted(row.change for row in await session.all(sql))
    changes = hits.changes.tolist()
    assert changes == sorted(set(changes))
    alive &= set(changes)
    assert alive >= set(judged), words
    assert set(hits.doubtful) <= set(changes)
    assert alive - set(judged) <= set(hits.doubtful), words
    return judged


async def take_back(session: WriteSession, case_id: str) -> None:
    """What a withdrawal leaves of a case that `tell` published."""
    change = await next_changes(session, 1)
    await session.execute(delete(PublicCase).where(PublicCase.id == case_id))
    await session.execute(
        insert(Revision).values(
            case_id=case_id, revision=2, change=change, day=DAY, kind="withdrawn"
        )
    )
