"""Stores the rows of one file: new ones as drafts, known ones left as they are, then publishes.

One transaction for the whole file: a crash leaves all of it or none.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing, suppress
from datetime import date
from itertools import islice

from sqlalchemy import ARRAY, Integer, LargeBinary, func, literal, select

from api.db import WriteSession, one_of, writing
from api.models import DeskCase, ImportRow
from api.places.gazetteer import Gazetteer, load_gazetteer
from api.reference import read_vocabulary
from api.staff import audit
from api.staff.importing.reading import Reading
from api.staff.importing.report import Report
from api.staff.importing.rows import Ordinals, ParsedRow, RowRejected
from api.staff.mapping.working import read_known
from api.staff.publishing import BATCH, Progress, publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms

REPEAT = "repeat"
_IDENTITIES = ("hash", "ordinal", "case_id")
Row = ParsedRow | RowRejected
Numbered = tuple[ParsedRow, int]


class _TakenBack(Exception):
    """Ends a dry run's transaction."""


async def import_file(
    address: str,
    reading: Reading,
    *,
    day: date,
    actor: str = audit.CONSOLE,
    publishing: bool = False,
    dry_run: bool = False,
    stored: Progress = lambda _: None,
    published: Progress = lambda _: None,
) -> Report:
    """One file in one transaction as the desk; a dry run does all of it and takes it back.

    Raises FileRejected where only reading on shows that the file is broken.
    """
    report = Report(dry_run=dry_run)
    with suppress(_TakenBack):
        async with writing(address) as session:
            rows = reading.rows()
            ids = await store(
                session, rows, load_gazetteer(), report, day=day, actor=actor, progress=stored
            )
            report.note_file(reading)
            if publishing:
                renderer = Renderer(await read_vocabulary(session))
                await publish_imported(
                    session, renderer, ids, report, day=day, actor=actor, progress=published
                )
            if dry_run:
                raise _TakenBack
    return report


async def store(
    session: WriteSession,
    rows: Iterable[Row],
    gazetteer: Gazetteer,
    report: Report,
    *,
    day: date,
    actor: str = audit.CONSOLE,
    progress: Progress = lambda _: None,
) -> list[str]:
    """Writes what is new and fills the report; answers the ids of all the file's cases.

    What staff have given a term is no longer unmatched.

    A known row changes nothing: neither staff's edits nor a withdrawal are undone by a file.
    """
    ids: list[str] = []
    ordinals = Ordinals()
    mappings = await read_known(session, load_terms())
    async with aclosing(_ahead(rows)) as batches:
        async for batch in batches:
            parsed: list[Numbered] = []
            for row in batch:
                if isinstance(row, ParsedRow):
                    row.apply(mappings)
                report.note(row)
                if isinstance(row, ParsedRow):
                    parsed.append((row, ordinals.next(row.identity)))
            ids += await _store_chunk(session, parsed, gazetteer, report, day, actor)
            progress(report.read)
    return ids


async def _ahead(rows: Iterable[Row]) -> AsyncGenerator[list[Row], None]:
    """The rows in batches, the next of which is read while the caller waits for the database."""
    rest = iter(rows)

    def take() -> list[Row]:
        return list(islice(rest, BATCH))

    following = asyncio.ensure_future(asyncio.to_thread(take))
    try:
        while batch := await following:
            following = asyncio.ensure_future(asyncio.to_thread(take))
            yield batch
    finally:
        # A thread cannot be stopped: where the caller gave up, its last batch is waited for.
        await asyncio.gather(following, return_exceptions=True)


async def _store_chunk(
    session: WriteSession,
    parsed: Sequence[Numbered],
    gazetteer: Gazetteer,
    report: Report,
    day: date,
    actor: str,
) -> list[str]:
    known = await _known(session, parsed)
    fresh: list[Numbered] = []
    taken: set[str] = set()
    for row, ordinal in parsed:
        if ordinal > 0:
            report.flagged += 1
            row.draft.flags.append(REPEAT)
        # Two of our own exports in one file bring the same case twice.
        if (row.identity, ordinal) not in known and row.draft.id not in taken:
            taken.add(row.draft.id)
            fresh.append((row, ordinal))
    await write_drafts(session, gazetteer, [row.draft for row, _ in fresh])
    await session.copy(
        "desk.import_rows",
        _IDENTITIES,
        [(row.identity, ordinal, row.draft.id) for row, ordinal in fresh],
    )
    acts = [audit.Act("import", row.draft.id) for row, _ in fresh]
    await audit.append(session, actor, day, acts)
    report.added += len(fresh)
    report.unchanged += len(parsed) - len(fresh)
    return [known.get((row.identity, ordinal), row.draft.id) for row, ordinal in parsed]


async def _known(session: WriteSession, parsed: Sequence[Numbered]) -> dict[tuple[bytes, int], str]:
    """Case ids of the rows that an earlier import has stored, and of our own exports' cases."""
    wanted = (
        func.unnest(
            literal([row.identity for row, _ in parsed], ARRAY(LargeBinary)),
            literal([ordinal for _, ordinal in parsed], ARRAY(Integer)),
        )
        .table_valued("hash", "ordinal", name="wanted")
        .render_derived()
    )
    rows = await session.all(
        select(ImportRow.hash, ImportRow.ordinal, ImportRow.case_id).join(
            wanted, (ImportRow.hash == wanted.c.hash) & (ImportRow.ordinal == wanted.c.ordinal)
        )
    )
    known = {(bytes(row.hash), row.ordinal): row.case_id for row in rows}
    # A row of our own export brings its id along; a new draft's random id is never found here.
    ids = await session.all(
        select(DeskCase.id).where(one_of(DeskCase.id, [row.draft.id for row, _ in parsed]))
    )
    present = {row.id for row in ids}
    for row, ordinal in parsed:
        if row.draft.id in present:
            known.setdefault((row.identity, ordinal), row.draft.id)
    return known


async def publish_imported(
    session: WriteSession,
    renderer: Renderer,
    ids: Sequence[str],
    report: Report,
    *,
    day: date,
    actor: str = audit.CONSOLE,
    progress: Progress = lambda _: None,
) -> None:
    """Publishes those of the file's cases that are drafts nobody has published before."""
    drafts = await session.all(
        select(DeskCase.id).where(
            one_of(DeskCase.id, ids), DeskCase.state == "draft", DeskCase.revision == 0
        )
    )
    report.published += await publish(
        session,
        renderer,
        [row.id for row in drafts],
        actor=actor,
        day=day,
        progress=progress,
    )
