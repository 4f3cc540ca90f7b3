"""What is inside a workbook file, looked at before calamine opens it: passwords, bombs, far cells.

calamine holds a sheet as one dense grid and aborts the whole process when memory runs out, so a
5 kB file with one cell in the last corner must be found here.
"""

import copy
import mmap
import re
import struct
import zipfile
import zlib
from pathlib import Path

from api.staff.importing.files import FileRejected, damaged, locked

# A workbook of 100 MB is far below this unless it was made to fill memory.
LARGEST_UNPACKED = 1 << 30
_ABSURD_RATIO = 200
_SMALL_UNPACKED = 100 << 20
_MOST_PARTS = 10_000
# 640 MB as calamine keeps cells; an xls sheet cannot have more.
_MOST_CELLS = 20_000_000
_CHUNK = 1 << 20
# A cell that holds something: calamine skips cells that only have a style, which end in "/>".
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>/]*\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'][^>/]*>""")
_TAG_LENGTH = 256


def check_xlsx(path: Path) -> None:
    """FileRejected unless this is a whole xlsx workbook of sane size without a password."""
    with path.open("rb") as file:
        if file.read(8).startswith(b"\xd0\xcf\x11\xe0"):
            _check_wrapped(path)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts(parts, path.stat().st_size)
            unpacked = 0
            for part in parts:
                unpacked = _check_part(archive, part, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise damaged() from None


def check_xls(path: Path) -> None:
    """FileRejected unless this is an old Excel workbook without a password."""
    if path.stat().st_size < 512:
        raise damaged()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if _entry(view, "EncryptedPackage") is not None:
            raise _not_xls()
        entry = _entry(view, "Workbook") or _entry(view, "Book")
        if entry is None:
            # The list of streams lies anywhere in the file: cut off, or another Office document.
            raise damaged() if _entry(view, "Root Entry") is None else _not_xls()
        if _has_filepass(view, entry):
            raise locked()


def _check_wrapped(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if _entry(view, "EncryptedPackage") is not None:
            raise locked()
    raise FileRejected(
        "扩展名 .xlsx 与内容不符：内容是旧版 Office 文件。请用正确的扩展名另存。",
        "The extension .xlsx does not fit the content, which is an old Office file. "
        "Save it under the right one.",
    )


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise locked()
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        raise FileRejected(
            "这是压缩文件，但不是 .xlsx 工作簿。请在表格软件中另存为 .xlsx。",
            "This is a zip file but no .xlsx workbook. Save it as .xlsx in a spreadsheet program.",
        )
    unpacked = sum(part.file_size for part in parts)
    absurd = unpacked > _SMALL_UNPACKED and unpacked > size * _ABSURD_RATIO
    if unpacked > LARGEST_UNPACKED or absurd or len(parts) > _MOST_PARTS:
        raise _bomb()


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int) -> int:
    # The directory of a bomb may lie about sizes: unpack to the stream's own end and count.
    part = copy.copy(part)
    part.file_size = LARGEST_UNPACKED + 1
    columns, last_row, tail = 0, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > LARGEST_UNPACKED:
                raise _bomb()
            cells = _CELL.findall(tail + chunk)
            tail = chunk[-_TAG_LENGTH:]
            if cells:
                columns = max(columns, *map(_column, {letters for letters, _ in cells}))
                last_row = max(last_row, max(int(row) for _, row in cells))
    if columns * last_row > _MOST_CELLS:
        raise FileRejected(
            f"工作表过大：最后一格在第 {last_row} 行第 {columns} 列。"
            "请删除远处的零散单元格后再导入。",
            f"A sheet is too large: its last cell is in row {last_row}, column {columns}. "
            "Delete stray cells far from the data and retry.",
        )
    return unpacked


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _bomb() -> FileRejected:
    return FileRejected(
        "文件解压后过大（超过 1 GB 或压缩比异常），未导入。",
        "The file unpacks to an absurd size (over 1 GB, or an impossible ratio) and is refused.",
    )


def _not_xls() -> FileRejected:
    return FileRejected(
        "这不是 .xls 工作簿，而是另一种 Office 文件。请用正确的扩展名另存。",
        "This is not an .xls workbook but another Office file. Save it under the right extension.",
    )


def _entry(view: mmap.mmap, name: str) -> int | None:
    """Where the container lists a stream: entries are 128 bytes, name first, then its length."""
    wanted = name.encode("utf-16-le")
    length = struct.pack("<H", len(wanted) + 2)
    at = view.find(wanted)
    while at >= 0:
        if at % 128 == 0 and view[at + 64 : at + 66] == length:
            return at
        at = view.find(wanted, at + 2)
    return None


def _has_filepass(view: mmap.mmap, entry: int) -> bool:
    """A FILEPASS record (0x2F) follows the stream's first record when the workbook is encrypted."""
    (power,) = struct.unpack_from("<H", view, 30)
    if power not in (9, 12) or entry + 120 > len(view):
        return False
    (sector,) = struct.unpack_from("<I", view, entry + 116)
    at = (sector + 1) << power
    end = min(at + (1 << power), len(view)) - 4
    for _ in range(8):
        if at > end:
            return False
        record, length = struct.unpack_from("<HH", view, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False
