"""What must hardly grow with the archive: one request at a time, each asked once.

`python -m tests.bench.growing SMALL.json … LARGE.json` compares the files of several runs.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console

from tests.bench import words
from tests.bench.asking import EVERYTHING, asked, windows
from tests.bench.lists import PATH
from tests.bench.results import Floor, Row, table
from tests.bench.stage import Stage
from tests.bench.tiles import TILE, TILES

REQUESTS = 200
# A search counts where it finds fewer.
FEW = 1_000
MOST = Floor("ratio", "<=", 2)
_RARE = [zh for zh, _ in words.RARE]
_Path = Callable[[Mapping[str, str], int], str]


async def latencies(stage: Stage) -> Sequence[Row]:
    """95 of 100 answers within; to be compared with those of a smaller archive."""
    asking: Sequence[tuple[str, str, _Path]] = (
        ("list", "list of 50", lambda filters, _: f"{PATH}?{asked(filters)}"),
        ("stats", "statistics", lambda filters, _: f"{PATH}/stats?{asked(filters)}"),
        ("tile", f"tile {TILE}", lambda filters, _: f"{TILES}/{TILE}.mvt?{asked(filters)}"),
        ("search", f"search with fewer than {FEW:,} hits", _search),
    )
    # From the end: the others began at the beginning.
    drawn = windows(stage.vocabulary)[-2 * REQUESTS : -REQUESTS][: stage.fewer(REQUESTS)]
    rows = []
    async with stage.client() as client:
        for name, what, path in asking:
            took = []
            for number, filters in enumerate(drawn):
                began = stage.now()
                answer = await client.get(path(filters, number))
                milliseconds = (stage.now() - began) * 1000
                assert answer.status == 200, answer.body
                if name != "search" or orjson.loads(answer.body)["total"] < FEW:
                    took.append(milliseconds)
            took.sort()
            rows.append(
                Row(
                    f"growth.{name}",
                    f"{what}, cold, one at a time: 95 of 100 within",
                    "ms",
                    took[len(took) * 95 // 100],
                    detail={"ms": took},
                )
            )
    return rows


def _search(_: Mapping[str, str], number: int) -> str:
    """Three characters of an invented street: a name that few cases have."""
    first, second = number % len(_RARE), (number * 7 + 3) % len(_RARE)
    name = _RARE[first] + _RARE[second] + _RARE[(first * 5 + second) % len(_RARE)]
    return f"{PATH}?{asked({**EVERYTHING, 'q': name})}"


def compared(runs: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The largest archive's figures against the smallest one's."""
    smallest, largest = runs[0], runs[-1]
    before = {row["name"]: row["ours"] for row in smallest["rows"]}
    return [
        Row(
            row["name"],
            row["what"],
            row["unit"],
            row["ours"],
            before[row["name"]],
            " → ".join(f"{run['cases']:,}" for run in runs),
            row["ours"] / before[row["name"]],
            MOST,
        )
        for row in largest["rows"]
        if row["name"].startswith("growth.")
    ]


def main() -> None:
    runs = [orjson.loads(Path(file).read_bytes()) for file in sys.argv[1:]]
    runs.sort(key=lambda run: run["cases"])
    rows = compared(runs)
    Console(width=160).print(table(rows, "growth"))
    sys.exit(not all(row.met for row in rows))


if __name__ == "__main__":
    main()
