"""Start-up: from nothing until the process says that it is ready, and until its first list."""

from collections.abc import Sequence
from time import monotonic, sleep

from tests.bench.lists import PATH
from tests.bench.processes import api_process, await_index
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage

# Seconds.
_STEP, _PATIENCE = 0.02, 120


async def ready(stage: Stage) -> Sequence[Row]:
    """One process of its own, after the others have ended."""
    began = monotonic()
    with api_process(stage.settings, stage.cluster.addresses.public) as pid:
        while True:
            async with stage.client() as client:
                if (await client.get("/readyz")).status == 200:
                    break
            assert monotonic() < began + _PATIENCE, "never ready"
            sleep(_STEP)  # noqa: ASYNC251 (nothing else runs here)
        took = monotonic() - began
        async with stage.client() as client:
            assert (await client.get(PATH)).status == 200
        first = monotonic() - began
        await_index(pid)
        index = monotonic() - began
    floor = Floor("ours", "<=", 10)
    return [
        Row(
            "start.ready",
            "from the start of the process until it is ready",
            "s",
            took,
            floor=floor,
            detail={"first_list": first},
        ),
        # Until then PostgreSQL answers.
        Row("start.index", "the same, until its index is made", "s", index, floor=floor),
    ]
