"""The archive that is measured: a cluster of the bench's own, filled once through the real door.

A large one goes straight into `pub`, by straight.py.
"""

import asyncio
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from time import monotonic

import asyncpg
import orjson

from api.cli.terminal import Bar, progress_bar, say
from api.clock import months_before
from api.cluster import Cluster, running
from api.cluster.home import Say
from api.cluster.roles import Addresses
from api.db import plain_address, writing
from api.places.gazetteer import load_gazetteer
from api.preparing import prepare
from api.reference import read_vocabulary
from api.staff import audit
from api.staff.drafts import Draft
from api.staff.posting import post_all
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms
from api.trouble import Trouble
from tests.bench import straight
from tests.bench.cases import TODAY, Inventor

_ROOT = Path(__file__).resolve().parent.parent.parent
_INVENTED = ("tests/bench/cases.py", "tests/bench/words.py")
# Cases made by other versions of these would be other cases.
_MAKERS = (*_INVENTED, "api/staff/*.py", "api/models/*.py", "migrations/versions/*.py")
# What takes minutes is kept longer: migrations are run on it.
_STRAIGHT_MAKERS = (*_INVENTED, "tests/bench/straight.py", "api/staff/rendering.py")
# More than these do not go through the door.
MOST_THROUGH_DOOR = 100_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many cases there are, and how long they took; 0 seconds: kept from before."""

    cases: int
    seconds: float

    @property
    def straight(self) -> bool:
        """They did not come through the door, so the desk knows nothing of them."""
        return self.cases > MOST_THROUGH_DOOR


@contextmanager
def opened(data: Path | None, say: Say) -> Iterator[Cluster]:
    """The cluster of `data`, or a temporary one that nothing is left of."""
    if data is not None:
        with running(data, say) as cluster:
            yield cluster
        return
    folder = Path(tempfile.mkdtemp(prefix="qiuzhu-bench-"))
    home = folder
    # Root lends the cluster to a user who must be able to pass through.
    folder.chmod(0o711)
    try:
        with running(folder / "data", say) as cluster:
            home = cluster.home
            yield cluster
    finally:
        for path in (home, folder):
            shutil.rmtree(path, ignore_errors=True)


async def fill(cluster: Cluster, data: Path | None, cases: int, say: Say) -> Loaded:
    """Makes sure that exactly `cases` invented cases are published and nothing else is there."""
    is_large = cases > MOST_THROUGH_DOOR
    mark = {"cases": cases, "made_by": _digest(_STRAIGHT_MAKERS if is_large else _MAKERS)}
    note = None if data is None else data / "bench-cases.json"
    if note is not None and note.exists():
        if orjson.loads(note.read_bytes()) != mark:
            raise Trouble(
                f"{data} 中是另一数量或另一版本的测速案例，请删除该目录或另选一个。",
                f"{data} holds the bench's cases in another number or of another version: "
                "delete it or choose another folder.",
            )
        await prepare(cluster.addresses, say)
        await _post(cluster.addresses, cases)
        return Loaded(cases, 0)
    # Asked before anything is done, for preparing alone would migrate somebody's archive.
    if note is not None and await _is_in_use(cluster.addresses):
        raise Trouble(
            f"{data} 中已有档案，测速不会往里添加案例，请另选目录。",
            f"{data} holds an archive, to which the bench adds nothing: choose another folder.",
        )
    await prepare(cluster.addresses, say)
    began = monotonic()
    with progress_bar("虚构案例 invented cases", cases) as bar:
        await (straight.load if is_large else _load)(cluster.addresses, cases, bar)
    seconds = monotonic() - began
    await _post(cluster.addresses, cases)
    say("正在整理数据库… tidying the database…")
    await _tidy(cluster.superuser)
    if note is not None:
        note.write_bytes(orjson.dumps(mark))
    return Loaded(cases, seconds)


async def checkpoint(superuser: str) -> None:
    """Writes out what is dirty, so that nobody's figure pays for what was done before it."""
    await _execute(superuser, "CHECKPOINT")


async def _post(addresses: Addresses, cases: int) -> None:
    """Lets keywords be found, also in a kept archive that is from before them."""
    with progress_bar("关键词 keywords", cases) as bar:
        await post_all(partial(writing, addresses.desk), bar.done)


async def _tidy(superuser: str) -> None:
    # What autovacuum would do sooner or later, perhaps in the middle of a measurement.
    await _execute(superuser, "VACUUM (ANALYZE)")
    await checkpoint(superuser)


async def _execute(address: str, statement: str) -> None:
    connection = await asyncpg.connect(plain_address(address))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _is_in_use(addresses: Addresses) -> bool:
    connection = await asyncpg.connect(plain_address(addresses.owner))
    try:
        return await connection.fetchval("SELECT to_regclass('pub.cases') IS NOT NULL") is True
    finally:
        await connection.close()


async def _load(addresses: Addresses, cases: int, bar: Bar) -> None:
    gazetteer = load_gazetteer()
    done = 0
    # A year a transaction, and a month a day of publication, as an archive that grew would have.
    for _, year in groupby(Inventor(gazetteer, load_terms()).cases(cases), lambda d: d.date.year):
        async with writing(addresses.desk) as session:
            renderer = Renderer(await read_vocabulary(session))
            for month in _months(year):
                await write_drafts(session, gazetteer, month)
                day = min(months_before(month[0].date.replace(day=1), -1), TODAY)
                ids = [draft.id for draft in month]
                await publish(session, renderer, ids, actor=audit.CONSOLE, day=day)
                done += len(month)
                bar.done(done)


def _months(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    for _, month in groupby(drafts, lambda draft: draft.date.month):
        yield list(month)


def _digest(patterns: Sequence[str]) -> str:
    files = sorted(path for pattern in patterns for path in _ROOT.glob(pattern))
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Makes an archive and leaves it there: `python -m tests.bench.archive CASES FOLDER`."""
    cases, folder = int(sys.argv[1]), Path(sys.argv[2])
    with opened(folder, say) as cluster:
        loaded = asyncio.run(fill(cluster, folder, cases, say))
    say(f"{loaded.cases:,} cases in {loaded.seconds:,.0f} s")


if __name__ == "__main__":
    main()
