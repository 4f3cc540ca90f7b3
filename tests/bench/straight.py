"""A large archive straight into `pub` by COPY: the same texts as through the door, and no desk.

The door writes some hundred cases a second; here every core invents, renders and copies.
"""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from math import ceil
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any

import asyncpg
from sqlalchemy import update

from api.cli.terminal import Bar
from api.clock import months_before
from api.cluster.roles import Addresses
from api.db import plain_address, writing
from api.ids import ALPHABET
from api.models import Archive, PublicCase
from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary
from api.staff import placing
from api.staff.drafts import Draft, DraftReply
from api.staff.finishing import Finished
from api.staff.rendering import Renderer
from api.staff.writing import columns_of
from api.terms.vocabulary import load_terms
from tests.bench.cases import LONGEST, SHORTEST, TODAY, Inventor

# Cases made and copied at a time, in one transaction.
STRETCH = 4_000
# Above it texts are a third as long and first revisions keep no document, as after corrections:
# ten million cases would fill a disk otherwise. Of those only so many are invented, and the others
# are these again, under ids of their own.
MOST_LONG, INVENTED = 2_000_000, 500_000
PUBLIC = [column.name for column in PublicCase.__table__.columns]
HISTORY = ("case_id", "revision", "change", "day", "kind", "fields", "document")
# $1 and $2: the digits of ids and those that take their places; $3: the last change before these;
# $4: how many. The first digit stays, for it is one of fewer.
_NEW_ID = "left(id, 1) || translate(substr(id, 2), $1, $2)"
_CHANGED = {
    "id": "new_id",
    "change": "change + $3",
    "summary": "replace(summary, id, new_id)",
    "document": "replace(document, id, new_id)",
}
_AGAIN = (
    f"INSERT INTO pub.cases ({', '.join(PUBLIC)})"
    f" SELECT {', '.join(_CHANGED.get(name, name) for name in PUBLIC)}"
    f" FROM (SELECT *, {_NEW_ID} AS new_id FROM pub.cases WHERE change <= $4) AS cases"
)
_HISTORY_AGAIN = (
    "INSERT INTO pub.revisions (case_id, revision, change, day, kind, fields)"
    f" SELECT {_NEW_ID.replace('id', 'case_id')}, revision, change + $3, day, kind, fields"
    " FROM pub.revisions WHERE change <= $4"
)
_INDEXES = (
    "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made"
    " FROM pg_index WHERE indrelid = 'pub.cases'::regclass AND NOT indisunique ORDER BY 1"
)


async def load(addresses: Addresses, cases: int, bar: Bar) -> None:
    """`cases` published cases in an empty archive, the oldest first.

    Interrupted, it leaves an archive that nobody should keep. Indexes are made anew at the end,
    which takes a fraction of what keeping them meanwhile would.
    """
    owner = await asyncpg.connect(plain_address(addresses.owner))
    try:
        indexes = await owner.fetch(_INDEXES)
        for index in indexes:
            await owner.execute(f"DROP INDEX {index['name']}")
        is_large = cases > MOST_LONG
        invented = INVENTED if is_large else cases
        await _spread(addresses.owner, invented, bar, short=is_large)
        await repeat(addresses.owner, invented, cases, bar)
        await owner.execute("SET maintenance_work_mem = '512MB'")
        indexed = bar.step("索引 indexes")
        for number, index in enumerate(indexes):
            indexed(cases * number // len(indexes))
            await owner.execute(index["made"])
    finally:
        await owner.close()
    async with writing(addresses.owner) as session:
        await session.execute(update(Archive).values(change=cases))


async def repeat(owner: str, invented: int, cases: int, bar: Bar) -> None:
    """Fills an archive of `invented` cases with the same ones again, until there are `cases`."""
    copies = iter(range(1, ceil(cases / invented)))

    async def copy() -> None:
        connection = await asyncpg.connect(plain_address(owner))
        try:
            for number in copies:
                before = number * invented
                async with connection.transaction():
                    for statement in (_AGAIN, _HISTORY_AGAIN):
                        of = (before, min(invented, cases - before))
                        await connection.execute(statement, ALPHABET, _turned(number), *of)
                bar.done(before + invented)
        finally:
            await connection.close()

    await asyncio.gather(*(copy() for _ in os.sched_getaffinity(0)))


def _turned(number: int) -> str:
    """The digits of ids, so many places on: by it a case gets the id of its copy."""
    return ALPHABET[number:] + ALPHABET[:number]


async def _spread(owner: str, cases: int, bar: Bar, *, short: bool) -> None:
    done = 0
    loop = asyncio.get_running_loop()
    workers = ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("spawn"))
    try:
        stretches = [
            loop.run_in_executor(workers, _stretch, owner, first, cases, short)
            for first in range(0, cases, STRETCH)
        ]
        for made in asyncio.as_completed(stretches):
            done += await made
            bar.done(done)
    finally:
        workers.shutdown(cancel_futures=True)


def _stretch(owner: str, first: int, cases: int, short: bool) -> int:
    """In a worker: the cases from number `first` on; answers how many."""
    public: list[Any] = []
    history: list[Any] = []
    made = drafts(first, min(STRETCH, cases - first), cases, short=short)
    for change, draft in enumerate(made, first + 1):
        case, row = published(draft, change)
        public.append(case)
        history.append((*row[:-1], None) if short else row)
    asyncio.run(_copy(owner, public, history))
    return len(public)


def drafts(first: int, count: int, cases: int, *, short: bool = False) -> Iterator[Draft]:
    """The same ones whoever asks, for the same `first` of the same number of `cases`."""
    part = 3 if short else 1
    lengths = (SHORTEST // part, LONGEST // part)
    inventor = Inventor(load_gazetteer(), load_terms(), seed=10**9 + first, lengths=lengths)
    return inventor.stretch(first, count, cases)


async def _copy(owner: str, public: list[Any], history: list[Any]) -> None:
    async with writing(owner) as session:
        await session.copy("pub.cases", PUBLIC, public)
        await session.copy("pub.revisions", HISTORY, history)


def published(draft: Draft, change: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What the door would have made of a draft: its row, and the row of its first revision."""
    renderer, day = _renderer(), day_of(draft.date.replace(day=1))
    columns = columns_of(draft, renderer.places, sketched=False)
    columns |= {"stated": draft.stated, "has_contact": False}
    case: Any = SimpleNamespace(**columns, lon=None, lat=None)
    where = placing.placed(renderer.places, case)
    replies: Any = [_reply(reply) for reply in draft.replies]
    sources: Any = draft.sources
    summary, document = renderer.render(case, where, draft.stated, sources, replies, (), 1, day)
    searched = placing.words(renderer.places, case, where.place)
    columns |= Finished(summary, document, where, searched, False).shown
    columns |= {"summary": summary, "document": document}
    columns |= {"revision": 1, "change": change, "published_on": day}
    first: tuple[Any, ...] = (draft.id, 1, change, day, "published", [], document)
    return tuple(columns[name] for name in PUBLIC), first


def _reply(reply: DraftReply) -> SimpleNamespace:
    """As a row of the desk's table."""
    row = SimpleNamespace(**{name: getattr(reply, name) for name in DraftReply.__slots__})
    row.office_zh, row.office_en = reply.office
    row.text_zh, row.text_en = reply.text
    row.outcome_zh, row.outcome_en = reply.outcome
    return row


@cache
def _renderer() -> Renderer:
    return Renderer(Vocabulary("", load_gazetteer(), load_terms()))


@cache
def day_of(month: date) -> date:
    """The day on which an archive that grew would have published the cases of a month."""
    return min(months_before(month, -1), TODAY)
