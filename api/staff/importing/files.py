"""What kind of file this is, from its first bytes, and what is refused before it is opened.

Nothing is read of a file that is too large. What is inside workbooks is checked in containers.py.
"""

import os
import stat
from pathlib import Path
from typing import Literal

from api.trouble import Trouble

Kind = Literal["xls", "xlsx", "csv", "jsonl"]

# Bytes. A workbook is held in memory; text is read line by line, and a million cases of our own
# export are 3 GB.
LARGEST_WORKBOOK = 100 * 1024 * 1024
LARGEST_TEXT = 8 * 1024 * 1024 * 1024
EXTENSIONS: dict[str, Kind] = {
    ".xls": "xls",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What the content is, in words, for the message about a wrong extension.
_WORDS: dict[str, tuple[str, str]] = {
    "zip": ("Excel 工作簿（.xlsx）或压缩文件", "an Excel workbook (.xlsx) or another zip file"),
    "ole": ("旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"),
    "markup": ("网页或 XML", "a web page or XML"),
    "jsonl": ("JSON 行", "JSON lines"),
    "csv": ("文本", "plain text"),
    "binary": ("无法识别的二进制数据", "binary data of an unknown kind"),
}


class FileRejected(Trouble):
    """The whole file is refused: nothing of it may be imported."""

    @property
    def zh(self) -> str:
        return self.text.zh or ""

    @property
    def en(self) -> str:
        return self.text.en or ""


def empty() -> FileRejected:
    return FileRejected("文件为空：没有任何数据行。", "The file is empty: it has no rows.")


def damaged() -> FileRejected:
    return FileRejected(
        "文件不完整或已损坏，无法读取。请重新下载，或重新另存一次。",
        "The file is truncated or damaged and cannot be read. Download it or save it once more.",
    )


def locked() -> FileRejected:
    return FileRejected(
        "文件有密码保护。请在表格软件中去掉密码，另存后再导入。",
        "The file is password-protected. Remove the password in a spreadsheet program and save it.",
    )


def identify(path: Path) -> Kind:
    """The kind of an importable file; FileRejected where content and extension disagree."""
    expected = EXTENSIONS.get(path.suffix.lower())
    head = _head(path, text=expected in ("csv", "jsonl"))
    if expected is None:
        raise FileRejected(
            "文件扩展名须为 .xls、.xlsx、.csv、.jsonl 或 .ndjson。",
            "The file name must end in .xls, .xlsx, .csv, .jsonl or .ndjson.",
        )
    found = _signature(head)
    # Only the first character tells a JSON line from a cell of text, so a text extension decides.
    fits = {"xls": {"ole"}, "xlsx": {"zip"}, "csv": {"csv", "markup"}, "jsonl": {"jsonl"}}
    if found in fits[expected]:
        return expected
    if expected == "xlsx" and found == "ole":
        # Excel wraps a workbook with a password into the old container: containers.py tells.
        return "xlsx"
    if expected == "jsonl" and found == "csv" and head.lstrip().startswith(b"["):
        raise FileRejected(
            "这是一个 JSON 数组。请改为 JSON 行：每行一个对象，没有外层方括号。",
            "This is one JSON array. Give JSON lines: one object a line, without outer brackets.",
        )
    zh, en = _WORDS[found]
    raise FileRejected(
        f"扩展名 {path.suffix.lower()} 与内容不符：内容是{zh}。请用正确的扩展名另存。",
        f"The extension {path.suffix.lower()} does not fit the content, which is {en}. "
        "Save it under the right one.",
    )


def _head(path: Path, *, text: bool) -> bytes:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise FileRejected("这不是一个文件。", "This is not a file.")
        if status.st_size > (LARGEST_TEXT if text else LARGEST_WORKBOOK):
            most = "8 GB" if text else "100 MB"
            raise FileRejected(
                f"文件大于 {most}，未读取。请分成几个文件，或另存为 CSV。",
                f"The file is larger than {most} and was not read. Split it into several, or save "
                "it as CSV.",
            )
        if status.st_size == 0:
            raise empty()
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise FileRejected("没有这个文件。", "There is no such file.") from None
    except OSError:
        raise FileRejected("文件无法打开。", "The file cannot be opened.") from None


def _signature(head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    # A file cut inside its first bytes is still what it began as: "truncated" says more.
    if head.startswith(_OLE) or (len(head) < len(_OLE) and _OLE.startswith(head)):
        return "ole"
    bom = next((bom for bom in _BOMS if head.startswith(bom)), b"")
    if b"\0" in head and bom not in _BOMS[1:]:
        return "binary"
    text = head[len(bom) :].replace(b"\0", b"").lstrip()
    if text.startswith(b"{"):
        return "jsonl"
    return "markup" if text.startswith(b"<") else "csv"
