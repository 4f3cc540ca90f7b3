"""Prepares the rows of a file in a process of its own, ahead of whoever stores them.

To prepare a row takes about as long as to store it. `python -m` of this is told the file on its
input and writes what it says to its output: each a batch of rows, at last what became of the
columns, or why the whole file is refused; pickled, behind its length.
"""

import asyncio
import gc
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import islice
from pathlib import Path

import orjson

from api.lang import Pair
from api.places.gazetteer import load_gazetteer
from api.staff.importing.files import FileRejected
from api.staff.importing.headers import Columns
from api.staff.importing.preparing import Row, prepared
from api.staff.importing.reading import FileToRead, read_file
from api.staff.mapping.applying import Known
from api.terms.vocabulary import load_terms

PROGRAM = "api.staff.importing.preparing_process"
_ROOT = Path(__file__).parents[3]
# Bytes of a length.
_LENGTH = 4

# Kind, what is stated, code.
Mappings = Sequence[tuple[str, str, str]]
Said = list[Row] | Columns | Pair


async def prepared_rows(
    file: FileToRead, mappings: Mappings, most: int
) -> AsyncGenerator[list[Row] | Columns, None]:
    """The rows in batches of `most`, the next of which is made meanwhile, and at last the columns.

    Raises FileRejected where only reading on shows that the file is broken, RuntimeError where the
    process dies. Whoever closes this ends the process.
    """
    given = [str(file.path), file.map, file.mapping and str(file.mapping)]
    async with _running(orjson.dumps([given, mappings, most])) as child:
        coming = asyncio.ensure_future(_heard(child))
        try:
            while isinstance(said := await coming, list):
                coming = asyncio.ensure_future(_heard(child))
                yield said
        finally:
            coming.cancel()
            # Two cannot listen to the same process.
            await asyncio.gather(coming, return_exceptions=True)
        if isinstance(said, Pair):
            raise FileRejected(said.zh or "", said.en or "")
        yield said


async def _heard(child: Process) -> Said:
    assert child.stdout is not None
    try:
        length = await child.stdout.readexactly(_LENGTH)
        body = await child.stdout.readexactly(int.from_bytes(length, "big"))
    except asyncio.IncompleteReadError:
        raise RuntimeError("the process that prepares rows has died") from None
    # Our own child's; beside the loop, because thousands of rows take a moment.
    said: Said = await asyncio.to_thread(pickle.loads, body)
    return said


@asynccontextmanager
async def _running(task: bytes) -> AsyncIterator[Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        PROGRAM,
        stdin=PIPE,
        stdout=PIPE,
        # A traceback would repeat the texts it stumbled over.
        stderr=DEVNULL,
        cwd=_ROOT,
        # No database address and nothing else of ours.
        env={"LC_ALL": "C.UTF-8"},
    )
    assert child.stdin is not None
    try:
        # Who has died at once is noticed where he is listened to.
        with suppress(ConnectionError):
            child.stdin.write(task)
            await child.stdin.drain()
            child.stdin.close()
        yield child
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
        # A process counts as ended once all it wrote has been read.
        while child.stdout is not None and await child.stdout.read(1 << 20):
            pass
        await child.wait()


def _said(file: FileToRead, mappings: Mappings, most: int) -> Iterator[Said]:
    try:
        reading = read_file(file)
        known = Known(mappings, load_terms())
        rows = prepared(reading, known, load_gazetteer())
        # What is loaded by now stays until the end, and nobody need look through it.
        gc.freeze()
        while batch := list(islice(rows, most)):
            yield batch
        yield reading.columns
    except FileRejected as refusal:
        yield refusal.text


def main() -> None:
    (path, map_name, mapping), mappings, most = orjson.loads(sys.stdin.buffer.read())
    file = FileToRead(Path(path), map_name, mapping and Path(mapping))
    # Nobody listens any more: nothing is left to do.
    with suppress(BrokenPipeError):
        for said in _said(file, mappings, most):
            body = pickle.dumps(said, protocol=pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.write(len(body).to_bytes(_LENGTH, "big") + body)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
