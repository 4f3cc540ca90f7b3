"""The list: pages of 50 with their total, against the bare handler that runs the same SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from statistics import median
from typing import Any

import orjson

from api.cases import query
from api.reference import Vocabulary
from tests.bench.asking import asked, view_of, windows
from tests.bench.bare import HELD, Order
from tests.bench.load import CONNECTIONS, Sample
from tests.bench.processes import bare_handler, free_port
from tests.bench.results import Floor, Row
from tests.bench.stage import Sent, Stage, compiled, median_ratio, sent

LIMIT = 50
PATH = "/api/v1/cases"
# Different addresses for a second of load: more than any side answers.
A_SECOND = 8_000
# So many of them are compared before.
COMPARED = 20
_BARE = "bare Starlette + asyncpg, same SQL"


async def page(stage: Stage) -> Sequence[Row]:
    """The default window again and again, and what who holds it already is told."""
    overheard = await sent(stage.cluster.addresses.public, _statement(stage, {}))
    async with stage.client() as client:
        first = await client.get(PATH)
    ours = first.body
    order = _order(stage, overheard.sql, {"": overheard.parameters}, *_around(ours))
    holding = {"If-None-Match": first.headers["etag"]}
    with bare_handler(stage.settings, order) as address:
        async with stage.client(order.port) as client:
            # Byte for byte the same answer, or the ratio would be of different work.
            assert (await client.get("/cases")).body == ours
        sides = [
            Pressed(stage, stage.url(PATH)),
            Pressed(stage, f"{address}/cases"),
            Pressed(stage, stage.url(PATH), headers=holding),
            Pressed(stage, f"{address}/held"),
        ]
        again, bare, unchanged, held = await stage.alternate(*sides)
    total = orjson.loads(ours)["total"]
    return [
        Row(
            "list.page",
            f"list of {LIMIT} with total (of {total:,}), the same again and again",
            "requests/s",
            median(again),
            median(bare),
            _BARE,
            median_ratio(again, bare),
            stage.large(Floor("ratio", ">=", 4), Floor("ratio", ">=", 0.25)),
            {"connections": CONNECTIONS, "bytes": len(ours)} | kept(sides[0], sides[1]),
        ),
        Row(
            "list.unchanged",
            "the same, which the reader holds already: 304",
            "requests/s",
            median(unchanged),
            median(held),
            f"bare Starlette, {len(HELD) // 1000} kB from memory",
            median_ratio(unchanged, held),
            stage.large(Floor("ratio", ">=", 0.5)),
            kept(sides[2], sides[3]),
        ),
    ]


async def cold(stage: Stage) -> Sequence[Row]:
    """A province and six months of any year: each asked once, so nobody has the answer."""
    listed = windows(stage.vocabulary)
    told = [asked(filters) for filters in listed]
    statement, parameters = _parameters(stage, listed)
    order = _order(stage, statement, dict(zip(told, parameters, strict=True)), '{"total":', "}")
    with bare_handler(stage.settings, order) as address:
        # From the end, which the load does not reach.
        async with stage.client() as client, stage.client(order.port) as other:
            for each in told[-COMPARED:]:
                ours = orjson.loads((await client.get(f"{PATH}?{each}")).body)
                theirs = orjson.loads((await other.get(f"/cases?{each}")).body)
                assert {name: ours[name] for name in ("total", "items")} == theirs, each
        sides = [
            Pressed(stage, stage.url(PATH), [f"{PATH}?{each}" for each in told]),
            Pressed(stage, f"{address}/cases", [f"/cases?{each}" for each in told]),
        ]
        figures = await stage.alternate(*sides)
    return [
        Row(
            "list.cold",
            f"list of {LIMIT} with total, each filter set asked once",
            "requests/s",
            median(figures[0]),
            median(figures[1]),
            _BARE,
            median_ratio(*figures),
            stage.large(Floor("ratio", ">=", 0.8)),
            {"connections": CONNECTIONS} | kept(*sides),
        )
    ]


class Pressed:
    """A side that is put under load; with `paths` each stretch asks further ones."""

    def __init__(
        self,
        stage: Stage,
        url: str,
        paths: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._stage, self._url, self._paths, self._headers = stage, url, paths, headers
        self._asked = 0
        self.samples: list[Sample] = []

    async def __call__(self, seconds: float) -> float:
        count = round(A_SECOND * seconds)
        paths = self._paths[self._asked : self._asked + count]
        self._asked += count
        sample = await self._stage.press(self._url, seconds, headers=self._headers, paths=paths)
        self.samples.append(sample)
        return sample.per_second


def kept(ours: Pressed, baseline: Pressed) -> dict[str, Any]:
    """For the JSON; the first of each was the warm-up."""
    return {
        "ours": [asdict(sample) for sample in ours.samples[1:]],
        "baseline": [asdict(sample) for sample in baseline.samples[1:]],
    }


def _statement(stage: Stage, filters: Mapping[str, str]) -> Any:
    # One case more than is shown tells whether another page follows.
    return query.page(view_of(filters, stage.vocabulary), "-date", LIMIT + 1, None)


def _order(
    stage: Stage, sql: str, parameters: Mapping[str, tuple[Any, ...]], head: str, tail: str
) -> Order:
    address = stage.cluster.addresses.public
    return Order(address, free_port(), CONNECTIONS, sql, parameters, LIMIT, head, tail)


def _parameters(
    stage: Stage, listed: Sequence[Mapping[str, str]]
) -> tuple[str, list[tuple[Any, ...]]]:
    """The one statement of all windows and each one's parameters; to build each anew takes long."""
    first = compiled(_statement(stage, listed[0]))
    known = _values(stage.vocabulary, listed[0])
    made = []
    for filters in listed:
        values = _values(stage.vocabulary, filters)
        swapped = {_key(old): new for old, new in zip(known, values, strict=True)}
        made.append(tuple(swapped.get(_key(value), value) for value in first.parameters))
    for at in (1, len(listed) // 2, -1):
        assert compiled(_statement(stage, listed[at])) == Sent(first.sql, made[at])
    return first.sql, made


def _values(vocabulary: Vocabulary, filters: Mapping[str, str]) -> tuple[date, date, list[str]]:
    since, until = (date.fromisoformat(filters[name]) for name in ("since", "until"))
    return since, until, sorted(vocabulary.covers("place", filters["region"]))


def _key(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _around(body: bytes) -> tuple[str, str]:
    """What stands before the total and behind the items."""
    answer = orjson.loads(body)
    head = f'{{"filters":{orjson.dumps(answer["filters"]).decode()},"total":'
    return head, f',"next":{orjson.dumps(answer["next"]).decode()}}}'
