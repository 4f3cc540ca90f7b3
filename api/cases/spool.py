"""What the serving process and the processes that make files say to each other.

All of them import this, so it imports no workbook library, web framework or database driver.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from api.cases.columns import Cell, case_cells
from api.lang import Lang

# Exit code of the sheet process for a workbook that does not fit into its memory.
TOO_LARGE = 3
# Exit code of the export process where the database is away or gives up.
AWAY = 4

# "lines" are those of `line`, for the sheet process.
Form = Literal["csv", "geojson", "ndjson", "lines"]


@dataclass(frozen=True, slots=True)
class Task:
    """What an export process makes, and where from: one JSON line, on its standard input only."""

    form: Form
    lang: Lang
    # Of the file, without its extension.
    name: str
    # The public address without a trailing slash.
    address: str
    # The database's, as asyncpg takes it: it holds a password.
    database: str = field(repr=False)
    # Rows of `query.documents`; days among the parameters travel as text.
    sql: str
    parameters: list[Any] = field(repr=False)
    # Milliseconds that a batch of rows may take; the first waits for the whole order.
    timeout: int


def line(document: bytes, *, demo: bool) -> bytes:
    """One stored document, unparsed, and whether it is invented, which it does not say itself."""
    return b'{"demo":%b,"case":%b}\n' % (b"true" if demo else b"false", document)


def read_rows(lines: Iterable[bytes], lang: Lang) -> Iterator[list[Cell]]:
    """The cells of each line."""
    for text in lines:
        read = orjson.loads(text)
        yield case_cells({**read["case"], "demo": read["demo"]}, lang)
