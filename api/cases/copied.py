"""What COPY sends in PostgreSQL's binary format, as the fields of its rows.

The format: https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format". Nothing is converted
here. A message holds whole rows, as the server's protocol promises.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from struct import Struct
from typing import Any

# Before the rows: signature, flags, and the length of an extension that nobody has made.
_SIGNATURE = b"PGCOPY\n\xff\r\n\0"
_HEADER = len(_SIGNATURE) + 8
_COUNT, _LENGTH = Struct(">h").unpack_from, Struct(">i").unpack_from
# Days are counted from here.
_FIRST_DAY = date(2000, 1, 1).toordinal()

# Each is bytes, or None for NULL; which may be NULL, the table knows.
Fields = Sequence[Any]


def rows(data: bytes) -> Iterator[Fields]:
    """The rows of the next messages of a COPY."""
    at, end = _HEADER if data.startswith(_SIGNATURE) else 0, len(data)
    while at < end:
        (count,) = _COUNT(data, at)
        at += 2
        # After the last row stands -1 for a count, as -1 for a length stands for NULL.
        fields: list[bytes | None] = []
        for _ in range(count):
            (length,) = _LENGTH(data, at)
            at += 4
            if length < 0:
                fields.append(None)
            else:
                fields.append(data[at : at + length])
                at += length
        if count >= 0:
            yield fields


def text(field: bytes | None) -> str | None:
    """A text, of a connection that speaks UTF-8."""
    return None if field is None else field.decode()


def integer(field: bytes) -> int:
    """An integer of any size."""
    return int.from_bytes(field, "big", signed=True)


def day(field: bytes) -> date:
    """A date."""
    return date.fromordinal(_FIRST_DAY + integer(field))


def truth(field: bytes) -> bool:
    """A boolean."""
    return field == b"\1"
