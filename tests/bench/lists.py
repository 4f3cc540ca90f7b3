"""The list: one page of 50 with its total, against the bare handler that runs the same SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median

import orjson

from api.cases import query
from tests.bench.bare import Order
from tests.bench.load import CONNECTIONS, Sample
from tests.bench.processes import bare_handler, free_port
from tests.bench.results import Floor, Row
from tests.bench.stage import Side, Stage, median_ratio, sent

LIMIT = 50
PATH = "/api/v1/cases"


async def page(stage: Stage) -> Sequence[Row]:
    """The default window, warm."""
    statement = query.page(stage.view(), "-date", LIMIT, None)
    overheard = await sent(stage.cluster.addresses.public, statement)
    async with stage.client() as client:
        ours = (await client.get(PATH)).body
    order = Order(
        stage.cluster.addresses.public,
        free_port(),
        CONNECTIONS,
        overheard.sql,
        overheard.parameters,
        LIMIT,
        *_around(ours),
    )
    with bare_handler(stage.settings, order) as address:
        async with stage.client(order.port) as client:
            # Byte for byte the same answer, or the ratio would be of different work.
            assert (await client.get("/cases")).body == ours
        samples: list[list[Sample]] = [[], []]
        figures = await stage.alternate(
            _side(stage, stage.url(PATH), samples[0]), _side(stage, address, samples[1])
        )
    row = Row(
        "list.page",
        f"list of {LIMIT} with total (of {orjson.loads(ours)['total']:,}), warm",
        "requests/s",
        median(figures[0]),
        median(figures[1]),
        "bare Starlette + asyncpg, same SQL",
        median_ratio(*figures),
        Floor("ratio", ">=", 0.25),
        {
            "connections": CONNECTIONS,
            "bytes": len(ours),
            "ours": [asdict(sample) for sample in samples[0][1:]],
            "baseline": [asdict(sample) for sample in samples[1][1:]],
        },
    )
    return [row]


def _around(body: bytes) -> tuple[str, str]:
    """What stands before the total and behind the items."""
    answer = orjson.loads(body)
    head = f'{{"filters":{orjson.dumps(answer["filters"]).decode()},"total":'
    return head, f',"next":{orjson.dumps(answer["next"]).decode()}}}'


def _side(stage: Stage, url: str, samples: list[Sample]) -> Side:
    async def side(seconds: float) -> float:
        samples.append(await stage.press(url, seconds))
        return samples[-1].per_second

    return side
