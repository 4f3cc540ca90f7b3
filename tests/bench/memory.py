"""How much memory the API process holds once it has answered everything the bench asks."""

from collections.abc import Sequence

from tests.bench.processes import resident
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage


async def after_load(stage: Stage) -> Sequence[Row]:
    """What the process has grown to."""
    now, most = resident(stage.pid)
    return [
        Row(
            "memory.resident",
            "API process, resident after all of the load above",
            "MB",
            now,
            floor=stage.large(Floor("ours", "<=", 300), Floor("ours", "<=", 200)),
            detail={"most": most},
        )
    ]
