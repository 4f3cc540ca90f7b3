"""The rows of a file as they are stored: with what staff have mapped, and equal ones numbered.

Everything is done to a row that can be done without asking the archive about it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from api.places.gazetteer import Gazetteer
from api.staff.importing.reading import Reading
from api.staff.importing.rows import Ordinals, RowRejected
from api.staff.mapping.applying import Known
from api.staff.writing import Records, records_of

REPEAT = "repeat"


class PreparedRow(NamedTuple):
    """A row that becomes a case, unless an earlier import has stored it.

    `ordinal` numbers equal rows of the file from 0; `unmatched` are kind and words.
    """

    case_id: str
    identity: bytes
    ordinal: int
    unplaced: bool
    unmatched: list[tuple[str, str]]
    records: Records


Row = PreparedRow | RowRejected


def prepared(reading: Reading, mappings: Known, gazetteer: Gazetteer) -> Iterator[Row]:
    """Every row, once; may raise FileRejected at any of them."""
    ordinals = Ordinals()
    for row in reading.rows():
        if isinstance(row, RowRejected):
            yield row
            continue
        row.apply(mappings)
        ordinal = ordinals.next(row.identity)
        draft = row.draft
        if ordinal:
            draft.flags.append(REPEAT)
        records = records_of(draft, gazetteer)
        yield PreparedRow(draft.id, row.identity, ordinal, row.unplaced, row.unmatched, records)
