"""GET /cases/export.*: every match of the filters as a file.

What stands in the files: `columns.py`, `writers.py`, `sheets.py`; who makes them: the processes of
`export_process.py` and `sheet_process.py`; how they go: `streaming.py`.
"""

import asyncio
import re
import tempfile
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import date
from typing import Annotated, BinaryIO, NamedTuple, cast
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.cases import query
from api.cases.dependencies import Access, Reading, problems
from api.cases.export_process import chunks_of, fill, task_for
from api.cases.parameters import CaseFilters
from api.cases.sentences import canonical_value
from api.cases.sheet_process import SheetKind, make_sheet, too_many
from api.cases.spool import Form, Task
from api.cases.streaming import Flow, Slots, Streamed
from api.cases.view import View
from api.reference import holds_demo

router = APIRouter(tags=["cases"])

# Two sheets of 65,000 rows; the format itself ends at 65,536 a sheet.
MOST_XLS_ROWS = 130_000
# No validator: the hash of a stream is known when it has been sent. A minute is what every other
# answer may be old; stale-if-error would have caches keep files of a hundred megabytes for a day.
_CACHE = "public, max-age=60"
_CHUNK = 1 << 18
_LONGEST_NAME = 120


class Format(NamedTuple):
    """A file format; `text` is its name for the export process, which makes no workbooks."""

    extension: str
    media_type: str
    summary: str
    text: Form | None = None


FORMATS = (
    Format("xls", "application/vnd.ms-excel", "All matches as an old Excel workbook"),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "All matches as an Excel workbook",
    ),
    Format("csv", "text/csv; charset=utf-8", "All matches as comma-separated values", "csv"),
    Format("geojson", "application/geo+json", "All matches as GeoJSON", "geojson"),
    Format(
        "ndjson", "application/x-ndjson", "All matches as whole documents, one a line", "ndjson"
    ),
)
# What is asked of the database before a file begins: who finds no room here would find none there.
_openings = Slots(running=2, waiting=30)
# A stream holds a process and a database connection for as long as its client reads, a sheet a
# processor.
_streams = Slots(running=4, waiting=8)
_sheets = Slots(running=2, waiting=8)


def _route(form: Format) -> Callable[..., Awaitable[Response]]:
    async def export_cases(asked: Annotated[CaseFilters, Query()], reading: Reading) -> Response:
        """Both languages of every free text; `lang` picks header and labels. Never a contact."""
        view = await reading.view(asked)

        async def opened() -> Flow:
            async with _openings.one():
                async with reading.database.read() as session:
                    demo = await holds_demo(session)
                if form.extension == "xls":
                    await _refuse_too_many(reading, view)
            name = file_name(view, reading.today, demo=demo)
            headers = {
                "Content-Disposition": disposition(f"{name}.{form.extension}"),
                "Cache-Control": _CACHE,
                # Without `lang` the labels follow it.
                "Vary": "Accept-Language",
            }
            task = task_for(
                query.documents(view),
                reading.database.address,
                form.text or "lines",
                lang=reading.lang,
                name=name,
                address=reading.address,
            )
            if form.text is not None:
                return Flow(headers, _text(task))
            return Flow(headers, _sheet(task, cast(SheetKind, form.extension)))

        return Streamed(opened, form.media_type)

    return export_cases


for _form in FORMATS:
    router.add_api_route(
        f"/cases/export.{_form.extension}",
        _route(_form),
        methods=["GET"],
        name=f"export_{_form.extension}",
        response_class=Response,
        responses={200: {"content": {_form.media_type: {}}}, **problems()},
        summary=_form.summary,
    )


async def _refuse_too_many(reading: Access, view: View) -> None:
    finder = await reading.finder()
    if await finder.count(view) > MOST_XLS_ROWS:
        raise too_many("xls")


async def _text(task: Task) -> AsyncGenerator[bytes, None]:
    async with _streams.one(), aclosing(chunks_of(task)) as chunks:
        async for chunk in chunks:
            yield chunk


async def _sheet(task: Task, kind: SheetKind) -> AsyncGenerator[bytes, None]:
    async with _sheets.one():
        # The database is free again before the sheet is made.
        with tempfile.TemporaryFile(prefix="qiuzhu-") as spool:
            await fill(spool, task)
            made = await make_sheet(kind, task.lang, cast(BinaryIO, spool))
    with made:
        while chunk := await asyncio.to_thread(made.read, _CHUNK):
            yield chunk


def file_name(view: View, today: date, *, demo: bool) -> str:
    """qiuzhu-demo-strikes-2026-05-21-2026-11-21-440000-2026-11-21: the filters, then the day."""
    filters = "-".join(
        canonical_value(value)
        if name in ("map", "since", "until", "region")
        else f"{name}-{canonical_value(value)}"
        for name, value in view.values.items()
    )
    # What no file system minds, in any script; the rest is what a reader typed.
    plain = re.sub(r"[^\w.,-]+", "_", unicodedata.normalize("NFC", filters))
    if len(plain) > _LONGEST_NAME:
        plain = f"{plain[:_LONGEST_NAME]}_etc"
    return "-".join(("qiuzhu", *(["demo"] if demo else []), plain, today.isoformat()))


def disposition(name: str) -> str:
    """The header for a file name in any script: RFC 6266, with a plain name for old clients."""
    plain = re.sub("_+", "_", re.sub(r"[^\x21-\x7e]|[\"\\%]", "_", name))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
