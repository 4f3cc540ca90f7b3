"""The way in: a file, checked and with its header understood, then its rows one by one.

Whatever is wrong with the file as a whole is FileRejected, at opening or, where only reading on can
tell (a quotation mark left open, a broken last line), while rows are read: the caller must then
drop what came before.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from api.cases.columns import unescaped
from api.places.gazetteer import load_gazetteer
from api.places.geocoder import load_geocoder
from api.staff.importing.documents import flattened, is_document
from api.staff.importing.fields import Row
from api.staff.importing.files import Kind, empty, identify
from api.staff.importing.headers import (
    Columns,
    Headers,
    no_header,
    read_mapping,
    squash,
)
from api.staff.importing.lines import HEADER_WITHIN, csv_rows, json_objects
from api.staff.importing.rows import ParsedRow, RowReader, RowRejected, refused
from api.staff.importing.sheets import Cell, GridRow, Sheet, workbook_sheets
from api.terms.vocabulary import load_terms


class FileToRead(NamedTuple):
    """A file of cases for a map; `mapping` is a TOML or JSON file of header -> our field.

    `name` is what the report calls it, where that is not the name it has.
    """

    path: Path
    map: str
    mapping: Path | None = None
    name: str | None = None

    @property
    def shown(self) -> str:
        return self.name or self.path.name


@dataclass(slots=True)
class Reading:
    """An opened file. `columns` is complete once `rows` has come to its end."""

    kind: Kind
    columns: Columns
    _first: Row
    _rest: Generator[Row, None, None]
    _reader: RowReader

    def rows(self) -> Iterator[ParsedRow | RowRejected]:
        """The rows, once; may raise FileRejected at any row."""
        own = self.columns.own
        for row in chain([self._first], self._rest):
            if row.broken:
                yield refused(row, "这一行不是完整的 JSON 对象", "the line is no JSON object")
            else:
                yield self._reader.read(row, own=own)

    def close(self) -> None:
        """For whoever wanted to know only whether the file can be imported."""
        self._rest.close()


def read_file(file: FileToRead) -> Reading:
    """Opens a file; FileRejected where it cannot be imported as a whole."""
    path = file.path
    kind = identify(path)
    headers = Headers(read_mapping(file.mapping))
    columns = Columns()
    if kind == "jsonl":
        rows = _json_rows(path, headers, columns)
    elif kind == "csv":
        grid = csv_rows(path, lambda cells: len(headers.names(cells)))
        rows = _grid_rows([Sheet(None, grid)], headers, columns, escaped=True)
    else:
        rows = _grid_rows(workbook_sheets(path, kind), headers, columns, escaped=False)
    first = next(rows, None)
    if first is None:
        raise empty()
    reader = RowReader(file.map, load_terms(), load_geocoder(), load_gazetteer())
    return Reading(kind, columns, first, rows, reader)


def _grid_rows(
    sheets: Iterable[Sheet], headers: Headers, columns: Columns, *, escaped: bool
) -> Generator[Row, None, None]:
    """The rows below the header, of every sheet that has the same header as the first with one."""
    wanted: list[str] | None = None
    anything = False
    for sheet in sheets:
        above = list(islice(sheet.rows, HEADER_WITHIN))
        anything = anything or any(_says_anything(cells) for _, cells in above)
        at = next((i for i, (_, cells) in enumerate(above) if headers.is_header(cells)), None)
        header = _squashed(above[at][1]) if at is not None else []
        if at is None or wanted not in (None, header):
            if sheet.name and any(_says_anything(cells) for _, cells in above):
                columns.ignored_sheets.append(sheet.name)
            continue
        wanted = header
        yield from _below(
            above[at][1],
            chain(above[at + 1 :], sheet.rows),
            headers,
            columns,
            sheet.name,
            escaped=escaped,
        )
    if wanted is None:
        raise no_header() if anything else empty()


def _below(
    header: Sequence[Cell],
    rows: Iterable[GridRow],
    headers: Headers,
    columns: Columns,
    sheet: str | None,
    *,
    escaped: bool,
) -> Generator[Row, None, None]:
    kept = headers.columns(header, columns)
    unnamed = [index for index, cell in enumerate(header) if not str(cell).strip()]
    width = len(header)
    # Only a CSV of our own has the apostrophes that keep spreadsheets from running its text.
    escaped = escaped and columns.own
    for number, cells in rows:
        row = Row(number, sheet)
        for index, name in kept:
            if index >= len(cells):
                break
            cell = cells[index]
            row.add(name, unescaped(cell) if escaped and isinstance(cell, str) else cell)
        if len(cells) > width or unnamed:
            strays = [cells[index] for index in unnamed if index < len(cells)]
            row.stray = _says_anything([*strays, *cells[width:]])
        if row.cells or _says_anything(cells):
            yield row


def _says_anything(cells: Iterable[Cell]) -> bool:
    return any(cell.strip() if isinstance(cell, str) else cell is not None for cell in cells)


def _squashed(header: Iterable[Cell]) -> list[str]:
    return [squash(str(cell)) for cell in header if str(cell).strip()]


def _json_rows(path: Path, headers: Headers, columns: Columns) -> Generator[Row, None, None]:
    """Each line under our names; the first lines together must show known ones."""
    waiting: list[Row] = []
    seen: set[str] = set()
    known = False
    for number, found in json_objects(path):
        row = Row(number, broken=found is None)
        if found is not None:
            document = is_document(found)
            cells = flattened(found) if document else found
            for header, cell in cells.items():
                sort, name = headers.meaning(header)
                columns.note(header, sort, name)
                if sort == "field":
                    row.add(name, cell)
            seen.update(cells)
        if known:
            yield row
            continue
        waiting.append(row)
        known = headers.is_header(seen)
        if known:
            yield from waiting
        elif len(waiting) >= HEADER_WITHIN:
            raise no_header()
    if not known:
        raise no_header()
