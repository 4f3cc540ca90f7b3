"""Stores the rows of one file: new ones as cases, known ones left as they are; publishes if asked.

One transaction for the whole file: a crash leaves all of it or none.
"""

from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Integer, LargeBinary, func, literal, select

from api.db import WriteSession, one_of, writing
from api.models import DeskCase, ImportRow
from api.reference import read_vocabulary
from api.staff import audit
from api.staff.importing.headers import Columns
from api.staff.importing.preparing import PreparedRow, Row
from api.staff.importing.preparing_process import prepared_rows
from api.staff.importing.reading import FileToRead
from api.staff.importing.report import Report
from api.staff.mapping.working import read_mappings
from api.staff.publishing import BATCH, Progress, publish
from api.staff.rendering import Renderer
from api.staff.writing import write_records

_IDENTITIES = ("hash", "ordinal", "case_id")


class _TakenBack(Exception):
    """Ends a dry run's transaction."""


async def import_file(
    address: str,
    file: FileToRead,
    *,
    day: date,
    actor: str = audit.CONSOLE,
    publishing: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
) -> Report:
    """One file in one transaction as the desk; a dry run does all of it and takes it back.

    With `publishing` what is new becomes public, and what an earlier import left as a draft.
    `progress` is told the number of rows done. Raises FileRejected where the file is refused.
    """
    report = Report(dry_run=dry_run)
    with suppress(_TakenBack):
        async with writing(address) as session:
            renderer = Renderer(await read_vocabulary(session)) if publishing else None
            storing = _Storing(session, report, day, actor, renderer)
            mappings = await read_mappings(session)
            async with aclosing(prepared_rows(file, mappings, BATCH)) as batches:
                async for batch in batches:
                    if isinstance(batch, Columns):
                        report.note_file(file.shown, batch)
                    else:
                        await storing.store(batch)
                        progress(report.read)
            if dry_run:
                raise _TakenBack
    return report


@dataclass(slots=True)
class _Storing:
    """The import of one file; without a renderer nothing is published."""

    session: WriteSession
    report: Report
    day: date
    actor: str
    renderer: Renderer | None

    async def store(self, batch: Sequence[Row]) -> None:
        """Writes what is new.

        A known row changes nothing: neither staff's edits nor a withdrawal are undone by a file.
        """
        for row in batch:
            self.report.note(row)
        rows = [row for row in batch if isinstance(row, PreparedRow)]
        known = await self._known(rows)
        fresh: dict[str, PreparedRow] = {}
        for row in rows:
            # Two of our own exports in one file bring the same case twice.
            if (row.identity, row.ordinal) not in known:
                fresh.setdefault(row.case_id, row)
        await self._write([*fresh.values()])
        self.report.added += len(fresh)
        self.report.unchanged += len(rows) - len(fresh)
        if self.renderer is not None:
            await self._publish(self.renderer, [*fresh], [*known.values()])

    async def _known(self, rows: Sequence[PreparedRow]) -> dict[tuple[bytes, int], str]:
        """Case ids of the rows that an earlier import stored, and of our own exports' cases."""
        wanted = (
            func.unnest(
                literal([row.identity for row in rows], ARRAY(LargeBinary)),
                literal([row.ordinal for row in rows], ARRAY(Integer)),
            )
            .table_valued("hash", "ordinal", name="wanted")
            .render_derived()
        )
        stored = await self.session.all(
            select(ImportRow.hash, ImportRow.ordinal, ImportRow.case_id).join(
                wanted, (ImportRow.hash == wanted.c.hash) & (ImportRow.ordinal == wanted.c.ordinal)
            )
        )
        known = {(bytes(row.hash), row.ordinal): row.case_id for row in stored}
        # A row of our own export brings its id along; a new draft's random id is never found here.
        ids = await self.session.all(
            select(DeskCase.id).where(one_of(DeskCase.id, [row.case_id for row in rows]))
        )
        present = {row.id for row in ids}
        for row in rows:
            if row.case_id in present:
                known.setdefault((row.identity, row.ordinal), row.case_id)
        return known

    async def _write(self, rows: Sequence[PreparedRow]) -> None:
        records = [row.records for row in rows]
        await write_records(self.session, records, published=self.renderer is not None)
        await self.session.copy(
            "desk.import_rows",
            _IDENTITIES,
            [(row.identity, row.ordinal, row.case_id) for row in rows],
        )
        acts = [audit.Act("import", row.case_id) for row in rows]
        await audit.append(self.session, self.actor, self.day, acts)

    async def _publish(
        self, renderer: Renderer, fresh: Sequence[str], known: Sequence[str]
    ) -> None:
        """What was just written, and drafts that nobody has published before."""
        drafts = await self.session.all(
            select(DeskCase.id).where(
                one_of(DeskCase.id, known), DeskCase.state == "draft", DeskCase.revision == 0
            )
        )
        for ids, written in ((fresh, True), ([row.id for row in drafts], False)):
            self.report.published += await publish(
                self.session, renderer, ids, actor=self.actor, day=self.day, written=written
            )
