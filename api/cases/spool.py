"""What the serving process and the sheet process say to each other: one JSON line a case.

Both import this, so it imports neither a workbook library nor the web framework.
"""

from collections.abc import Iterable, Iterator

import orjson

from api.cases.columns import Cell, case_cells
from api.lang import Lang

# Exit code of the sheet process for a workbook that does not fit into its memory.
TOO_LARGE = 3


def line(document: str, *, demo: bool) -> bytes:
    """One stored document, unparsed, and whether it is invented, which it does not say itself."""
    return f'{{"demo":{"true" if demo else "false"},"case":{document}}}\n'.encode()


def read_rows(lines: Iterable[bytes], lang: Lang) -> Iterator[list[Cell]]:
    """The cells of each line."""
    for text in lines:
        read = orjson.loads(text)
        yield case_cells({**read["case"], "demo": read["demo"]}, lang)
