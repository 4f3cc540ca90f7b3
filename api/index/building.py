"""Makes the whole index in a process of its own, so that readers wait for none of it.

`python -m api.index.building` is told the database's address on its input and writes the segment,
pickled, to its output.
"""

import asyncio
import gc
import os
import pickle
import sys
from pathlib import Path

from api.cases import query
from api.db import Database
from api.index.archive import State
from api.index.making import Maker
from api.index.segment import Segment
from api.reference import read_vocabulary

PROGRAM = "api.index.building"
_ROOT = Path(__file__).parents[2]
# Behind whoever serves readers.
_NICE = 5


async def build(address: str) -> tuple[Segment, State]:
    """A segment of all published cases, and the state of the archive that it is of.

    Whoever cancels this ends the process. Raises RuntimeError where it fails.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # A traceback of the driver's would hold the address.
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={"LC_ALL": "C.UTF-8"},
    )
    try:
        written, _ = await child.communicate(address.encode())
    finally:
        if child.returncode is None:
            child.kill()
            # It has ended only when its output was read to the end.
            await child.communicate()
    if child.returncode != 0:
        raise RuntimeError("the index could not be made")
    # Our own child's; beside the loop, because a million cases take a moment.
    made: tuple[Segment, State] = await asyncio.to_thread(pickle.loads, written)
    return made


async def _made(address: str) -> tuple[Segment, State]:
    database = Database(address, pool=1)
    try:
        async with database.snapshot() as session:
            state = State(*(await session.first(query.state()) or (0, "")))
            vocabulary = await read_vocabulary(session)
            maker = Maker(vocabulary.places)
            await session.copied(query.indexed(0), maker.add)
        return maker.segment(), state
    finally:
        await database.close()


def main() -> None:
    os.nice(_NICE)
    # Millions of texts come and go, and none of them is in a ring.
    gc.disable()
    made = asyncio.run(_made(sys.stdin.readline().strip()))
    pickle.dump(made, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
