"""The exports that are plain text: csv, geojson and ndjson, made batch by batch from query rows.

Nothing here knows the database or HTTP, and nothing heavy is imported: `exporting.py` runs it.
Sheets are made by `sheets.py`, from `Lines`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

import orjson

from api.cases.cite import cite, cited
from api.cases.columns import COLUMNS, Cell, case_cells, cells, escaped, header, written
from api.cases.spool import line
from api.lang import Lang, Pair

# Excel on Chinese Windows reads a CSV file without it as GBK.
_BOM = b"\xef\xbb\xbf"
_CONTACTS, _NO_CONTACTS = b'"contacts":', b'"contacts":[]'


class Found(NamedTuple):
    """A row of `query.documents`, its columns in that order."""

    document: bytes
    id: str
    title_zh: str | None
    title_en: str | None
    revision: int
    published_on: date
    demo: bool


class Writer(Protocol):
    """A text format: what stands before, for and after the rows of `query.documents`."""

    def opening(self) -> bytes: ...
    def lines(self, rows: Sequence[Found]) -> bytes: ...
    def closing(self) -> bytes: ...


class Csv:
    """RFC 4180 in UTF-8. Only text is escaped: a negative number is no formula."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def opening(self) -> bytes:
        return _BOM + _csv([header(self._lang)])

    def lines(self, rows: Sequence[Found]) -> bytes:
        return _csv(written(cells(row.document, self._lang, demo=row.demo)) for row in rows)

    def closing(self) -> bytes:
        return b""


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    # The standard library looks at each character by itself, which took half of all the time.
    return "".join(f"{','.join(map(_written, row))}\r\n" for row in rows).encode()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        text = escaped(cell)
        if '"' in text:
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text
    return "" if cell is None else repr(cell)


class GeoJson:
    """RFC 7946. Keys are the English column names in either language: programs read them."""

    _names = tuple(column.name for column in COLUMNS)

    def __init__(self, lang: Lang, name: str) -> None:
        self._lang = lang
        self._name = name
        self._separator = b""

    def opening(self) -> bytes:
        # `name` is what desktop GIS calls the layer.
        name = orjson.dumps(self._name)
        return b'{"type":"FeatureCollection","name":' + name + b',"features":['

    def lines(self, rows: Sequence[Found]) -> bytes:
        parts: list[bytes] = []
        for row in rows:
            parts += (self._separator, self._feature(row), b"\n")
            self._separator = b","
        return b"".join(parts)

    def closing(self) -> bytes:
        return b"]}\n"

    def _feature(self, row: Found) -> bytes:
        case = {**orjson.loads(row.document), "demo": row.demo}
        point = case["point"]
        return orjson.dumps(
            {
                "type": "Feature",
                "id": case["id"],
                "geometry": point and {"type": "Point", "coordinates": point},
                "properties": dict(zip(self._names, case_cells(case, self._lang), strict=True)),
            }
        )


class NdJson:
    """One complete document a line: the bytes that GET /cases/{id} answers, without contacts."""

    def __init__(self, address: str) -> None:
        self._address = address

    def opening(self) -> bytes:
        return b""

    def lines(self, rows: Sequence[Found]) -> bytes:
        parts: list[bytes | memoryview] = []
        for row in rows:
            parts += cited(without_contacts(row.document), self._cite(row))
            parts.append(b"\n")
        return b"".join(parts)

    def closing(self) -> bytes:
        return b""

    def _cite(self, row: Found) -> dict[str, str]:
        title = Pair(row.title_zh, row.title_en)
        return cite(self._address, row.id, title, row.revision, row.published_on, demo=row.demo)


class Lines:
    """What the sheet process reads."""

    def opening(self) -> bytes:
        return b""

    def lines(self, rows: Sequence[Found]) -> bytes:
        return b"".join(line(row.document, demo=row.demo) for row in rows)

    def closing(self) -> bytes:
        return b""


def without_contacts(document: bytes) -> bytes:
    """The document with an empty `contacts`: what a single case may show, a bulk file may not."""
    # Inside a JSON string the quotes would be escaped, so the only hit is the member itself; a
    # second one (a key of `stated`) makes us look closer.
    at = document.find(_CONTACTS)
    if document.startswith(_NO_CONTACTS, at) and document.find(_CONTACTS, at + 1) < 0:
        return document
    return orjson.dumps({**orjson.loads(document), "contacts": []})
