"""Runs `sheets.py` as a process of its own and hands back the finished file.

Both ends are nameless temporary files, so nothing is left behind whoever dies first.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Literal

from api.cases.spool import TOO_LARGE
from api.errors import Problem
from api.lang import Lang, Pair

SheetKind = Literal["xls", "xlsx"]

_ROOT = Path(__file__).parents[2]


def too_many(kind: SheetKind) -> Problem:
    """More than the format holds; says which formats have no such limit."""
    named = [other for other in ("xlsx", "csv", "geojson", "ndjson") if other != kind]
    return Problem(
        "too-many-rows",
        "format",
        Pair(
            f"请改用 {'、'.join(named)}，或缩小筛选范围",
            f"use {', '.join(named)}, or narrow the filters",
        ),
    )


async def make_sheet(kind: SheetKind, lang: Lang, spool: BinaryIO) -> BinaryIO:
    """The workbook of the lines in `spool` (see `spool.line`), open at its beginning.

    Whoever cancels this ends the process too. Raises Problem "too-many-rows" for a workbook that
    is too large to make, and "failed" where the process fails.
    """
    spool.flush()
    spool.seek(0)
    # The file outlives this function on success only.
    made = tempfile.TemporaryFile(prefix="qiuzhu-")  # noqa: SIM115
    try:
        # XlsxWriter's own scratch files have names: they get a private folder that goes with it.
        with tempfile.TemporaryDirectory(prefix="qiuzhu-") as folder:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "api.cases.sheets",
                kind,
                lang,
                stdin=spool,
                stdout=made,
                # A traceback would repeat the texts it stumbled over.
                stderr=asyncio.subprocess.DEVNULL,
                cwd=_ROOT,
                # No database address and nothing else of ours.
                env={"TMPDIR": folder, "LC_ALL": "C.UTF-8"},
            )
            try:
                code = await child.wait()
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if code == TOO_LARGE:
            raise too_many(kind)
        if code != 0:
            raise Problem("failed")
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made
