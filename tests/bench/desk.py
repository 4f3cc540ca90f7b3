"""The desk: queue page, duplicates of one case and one publication, each against its bare SQL, and
what a mapping of many rows does to who reads meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median

import asyncpg
import orjson

from api.cluster.roles import Addresses
from api.db import Desk
from api.ids import new_id
from api.staff.likeness.candidates import candidates, read_one
from api.staff.likeness.sampling import sample_of
from api.staff.queue import listing
from api.staff.queue.schemas import AlertQuery
from tests.archives import copied
from tests.bench.archive import checkpoint
from tests.bench.cases import TODAY
from tests.bench.client import Answer, Client
from tests.bench.desk_sql import WORDS, publication
from tests.bench.furnishing import furnish
from tests.bench.lists import PATH as LIST
from tests.bench.processes import api_process, desk_process, free_port
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage, connected, median_ratio, repeated, sent, timed
from tests.bench.straight import MOST_LONG

ROOM = "/api/v1/staff"
CASES = 20
# As many times the bare SQL.
FLOOR = Floor("ratio", "<=", 10)
_STEP, _LONGEST = 0.02, 900


@dataclass(frozen=True, slots=True)
class Set:
    """A copy of the archive with its own staff process, and a script at it."""

    stage: Stage
    addresses: Addresses
    client: Client
    headers: dict[str, str]
    drafts: Sequence[str]

    async def get(self, path: str) -> Answer:
        answer = await self.client.get(f"{ROOM}{path}", self.headers)
        assert answer.status == 200, answer.body
        return answer

    async def send(self, method: str, path: str, body: object) -> Answer:
        headers = {**self.headers, "Content-Type": "application/json"}
        answer = await self.client.send(method, f"{ROOM}{path}", headers, orjson.dumps(body))
        assert answer.status in (200, 202), answer.body
        return answer


async def room(stage: Stage) -> Sequence[Row]:
    """Half as many alerts as cases; a script works at the desk.

    The cases of an archive past the door are none of the desk's, so that nothing is like them there
    and no term is to be mapped; the largest archives are not copied.
    """
    rows: list[Row] = []
    if stage.loaded.cases > MOST_LONG:
        return rows
    measures = (_queue, _publishing) if stage.loaded.straight else _MEASURES
    async with copied(stage.cluster, "qiuzhu") as addresses:
        token, drafts = await furnish(stage, addresses)
        port = free_port()
        with desk_process(stage.settings, addresses.desk, port):
            async with stage.client(port) as client:
                headers = {"Authorization": f"Bearer {token}"}
                at = Set(stage, addresses, client, headers, drafts)
                for measure in measures:
                    await checkpoint(stage.cluster.superuser)
                    rows += await measure(at)
    return rows


async def _queue(at: Set) -> Sequence[Row]:
    asked = AlertQuery()
    statements = [listing.count(asked), listing.page(asked, None)]
    bare = [await sent(at.addresses.desk, statement) for statement in statements]
    total = orjson.loads((await at.get("/alerts")).body)["total"]
    async with _at(at.addresses.desk) as connection:
        figures = await at.stage.alternate(
            repeated(lambda: at.get("/alerts")), timed(connection, bare)
        )
    return [_row("desk.queue", f"queue page of 50 (of {total:,} alerts)", *figures)]


async def _duplicates(at: Set) -> Sequence[Row]:
    """Statements and scores of a handful of cases, one after another."""
    vocabulary, bare = at.stage.vocabulary, []
    async with _at(at.addresses.desk) as connection:
        ids = [
            row["id"]
            for row in await connection.fetch(
                "SELECT id FROM desk.cases ORDER BY id LIMIT $1", CASES
            )
        ]
        desk = Desk(at.addresses.desk)
        try:
            sample = await sample_of(desk)
            async with desk.read() as session:
                for id_ in ids:
                    case = await read_one(session, id_)
                    assert case is not None
                    statement = candidates(case, vocabulary.places, sample)
                    bare.append(await sent(at.addresses.desk, statement))
        finally:
            await desk.close()

        async def ours() -> None:
            for id_ in ids:
                await at.get(f"/cases/{id_}/duplicates")

        figures = await at.stage.alternate(repeated(ours), timed(connection, bare))
    figures = [[figure / CASES for figure in side] for side in figures]
    return [_row("desk.duplicates", "duplicates suggested for one case", *figures)]


async def _publishing(at: Set) -> Sequence[Row]:
    drafts = iter(at.drafts)

    async def publish() -> None:
        await at.send("POST", f"/cases/{next(drafts)}/publish", {"edit": 0, "reason": None})

    async with _at(at.addresses.desk) as connection:
        found = await connection.fetch("SELECT id FROM pub.cases ORDER BY id LIMIT 500")
        # No draft of ours: those are published once each.
        models = cycle([row["id"] for row in found])

        async def bare() -> None:
            async with connection.transaction():
                for statement, values in publication(new_id(), next(models), TODAY):
                    await connection.execute(statement, *values)

        figures = await at.stage.alternate(repeated(publish), repeated(bare))
    what = "one draft published"
    if at.stage.loaded.straight:
        what = f"{what} (the desk has no other cases here)"
    within = at.stage.large(Floor("ours", "<=", 20))
    return [
        _row("desk.publish", what, *figures),
        Row("desk.publish-ms", "the same", "ms", median(figures[0]), floor=within),
    ]


async def _mapping(at: Set) -> Sequence[Row]:
    """A reader reads the list all the while, of a public process of his own."""
    settings = at.stage.settings.model_copy(update={"port": free_port()})
    with api_process(settings, at.addresses.public):
        async with at.stage.client(settings.port) as reader:
            quiet = await _reading(reader, asyncio.sleep(max(at.stage.seconds / 2, 0.5)))
            loop = asyncio.get_running_loop()
            began = loop.time()
            body = {"kind": "issue", "stated": WORDS, "code": "work_conditions"}
            left = orjson.loads((await at.send("PUT", "/mappings", body)).body)["left"]
            seen: list[int] = []
            during = await _reading(reader, _watch(at, seen))
            took = loop.time() - began
    assert seen[-1] == 0, "not done"
    assert seen == sorted(seen, reverse=True), "progress goes one way"
    detail = {
        "rows": left,
        "seconds": took,
        "quiet_median_ms": median(quiet) * 1000,
        "during_median_ms": median(during) * 1000,
        "progress": seen[:: max(len(seen) // 20, 1)],
    }
    return [
        Row("desk.mapping", f"a term mapped in {left:,} cases", "rows/s", left / took),
        Row(
            "desk.mapping_readers",
            "slowest list page while that goes on",
            "s",
            max(during),
            max(quiet),
            "slowest before it",
            max(during) / max(quiet),
            Floor("ours", "<=", 1),
            detail=detail,
        ),
    ]


async def _watch(at: Set, seen: list[int]) -> None:
    """Until nothing is left; what is left meanwhile is what a person would see."""
    for _ in range(_LONGEST * 2):
        items = orjson.loads((await at.get("/mappings")).body)["items"]
        seen.append(items[0]["left"])
        if seen[-1] == 0:
            return
        await asyncio.sleep(0.5)


async def _reading(client: Client, meanwhile: Awaitable[object]) -> list[float]:
    """Seconds of each page that was read while something else went on."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(meanwhile)
    took = []
    while not task.done():
        began = loop.time()
        assert (await client.get(LIST)).status == 200
        took.append(loop.time() - began)
        await asyncio.sleep(_STEP)
    await task
    return took


@asynccontextmanager
async def _at(address: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await connected(address)
    try:
        yield connection
    finally:
        await connection.close()


_MEASURES = (_queue, _duplicates, _publishing, _mapping)


def _row(name: str, what: str, ours: Sequence[float], bare: Sequence[float]) -> Row:
    ratio = median_ratio(ours, bare)
    against = "the same SQL, bare"
    return Row(name, what, "ms", median(ours), median(bare), against, ratio, FLOOR)
