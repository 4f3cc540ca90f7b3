"""CSV and JSON lines in constant memory: encoding, delimiter, quotes left open, broken lines."""

import codecs
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from api.staff.importing.files import FileRejected, damaged, empty
from api.staff.importing.sheets import Cell, GridRow

LONGEST = 4 * 1024 * 1024
_DEEPEST = 12
_DELIMITERS = (",", "\t", ";")
HEADER_WITHIN = 10
_CHUNK = 1 << 20
# Characters outside ASCII that read well before one does not: a damaged UTF-8 file, not GB 18030.
_SURELY_UTF8 = 10
# Fed after the last line: a quotation mark left open swallows it, and so is noticed.
_END = "\uffff end of file \uffff"

csv.field_size_limit(LONGEST)


def encoding_of(path: Path) -> str:
    """utf-8 (with or without its mark), utf-16 with its mark, or gb18030; read once to be sure."""
    with path.open("rb") as file:
        head = file.read(3)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if _decodes(path, "utf-16") is not None:
            raise damaged()
        return "utf-16"
    seen = _decodes(path, "utf-8-sig")
    if seen is None:
        return "utf-8-sig"
    if seen >= _SURELY_UTF8 or head.startswith(codecs.BOM_UTF8):
        raise damaged()
    if _decodes(path, "gb18030") is not None:
        raise FileRejected(
            "文字编码无法识别。请另存为 UTF-8。",
            "The encoding of the text is not known. Save it as UTF-8.",
        )
    return "gb18030"


def _decodes(path: Path, encoding: str) -> int | None:
    """None where the whole file decodes, else how many characters outside ASCII did before."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "ignore")
                return seen + _foreign(before)
            if not chunk:
                return None
            seen += _foreign(text)


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _read(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST):
        if len(line) == LONGEST:
            raise FileRejected(
                "有一行超过 400 万字符，无法读取。", "A line is longer than 4 million characters."
            )
        yield line


def csv_rows(path: Path, score: Callable[[list[Cell]], int]) -> Iterator[GridRow]:
    """Records with their number; the delimiter is the one under which the header scores best."""
    encoding = encoding_of(path)

    def records(delimiter: str) -> Iterator[GridRow]:
        with path.open(encoding=encoding, newline="") as file:
            yield from _records(_read(file), delimiter)

    def best(delimiter: str) -> int:
        try:
            return max((score(row) for _, row in islice(records(delimiter), HEADER_WITHIN)))
        except (ValueError, FileRejected):
            return 0

    return records(max(_DELIMITERS, key=best))


def _records(lines: Iterable[str], delimiter: str) -> Iterator[GridRow]:
    number = 0
    try:
        for number, row in enumerate(csv.reader(chain(lines, [_END]), delimiter=delimiter), 1):
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                raise _open_quote(number)
            yield number, [*row]
    except csv.Error:
        raise _open_quote(number + 1) from None


def _open_quote(number: int) -> FileRejected:
    return FileRejected(
        f"第 {number} 行的引号没有闭合，其后内容无法可靠读取（文件可能不完整）。",
        f"A quotation mark opened in row {number} is never closed, so nothing after it can be "
        "trusted (the file may be truncated).",
    )


def json_objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """One object a line with its line number; None for a line that is not one."""
    encoding = encoding_of(path)
    first = True
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(_read(file), 1):
            if not line.strip():
                continue
            found = _object(line)
            if found is None and first:
                raise FileRejected(
                    f"第 {number} 行不是 JSON 行：每行须为一个完整的 JSON 对象。",
                    f"Line {number} is not a JSON line: every line must be one whole JSON object.",
                )
            if found is None and not line.endswith("\n"):
                # The last line breaks off: what else is missing cannot be known.
                raise damaged()
            first = False
            yield number, found
    if first:
        raise empty()


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and not _deeper(found, _DEEPEST) else None


def _deeper(value: Any, levels: int) -> bool:
    """True for lists and objects in more levels than reading one again could bear."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(item, levels - 1) for item in inner)


def _no_constant(name: str) -> None:
    raise ValueError(name)
