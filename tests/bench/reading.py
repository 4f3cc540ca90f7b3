"""For information: what the other public addresses give under load."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from math import asinh, pi, radians, tan
from time import monotonic
from typing import Any
from urllib.parse import quote

import orjson

from tests.bench.load import OwnClient, WrongAnswers
from tests.bench.results import Floor, Row
from tests.bench.stage import Stage

API = "/api/v1"
EVERYTHING = "map=all&since=all"
# Where tiles are taken: Shenzhen, a busy corner of every archive.
LONGITUDE, LATITUDE = 114.06, 22.54
ZOOMS = (3, 6, 9)
# How many answers, one at a time, an address must give in its time for wrk to be used on it.
SLOW = 20
# By name: one, two and three Chinese characters, a rare company, English common and rare.
KEYWORDS = {
    "1": "薪",
    "2": "讨薪",
    "2-rare": "船员",
    "3": "铸造工",
    "company": "晟禾电子",
    "english": "arbitration",
    "english-rare": "Shengjun",
}


async def addresses(stage: Stage) -> Sequence[Row]:
    """Each under the load of all connections, warm."""
    async with stage.client() as client:
        page = await client.get(f"{API}/cases")
    case = orjson.loads(page.body)["items"][0]["id"]
    rows = [await _pressed(stage, *asked) for asked in _addresses(case)]
    held = {"If-None-Match": page.headers["etag"]}
    rows.append(await _pressed(stage, "list-304", "list: 304, the reader holds it", "/cases", held))
    return rows


def _addresses(case: str) -> Iterator[tuple[str, str, str]]:
    yield "case", "single case", f"/cases/{case}"
    yield "list-everything", "list of 50, all maps and years", f"/cases?{EVERYTHING}"
    for zoom in ZOOMS:
        path = f"/cases/tiles/{tile_of(LONGITUDE, LATITUDE, zoom)}.mvt"
        yield f"tile-{zoom}", f"tile, zoom {zoom}, default window", path
        yield f"tile-{zoom}-everything", f"tile, zoom {zoom}, everything", f"{path}?{EVERYTHING}"
    for name, word in KEYWORDS.items():
        path = f"/cases?{EVERYTHING}&q={quote(word)}"
        yield f"keyword-{name}", f"keyword {word}, everything", path
    yield "filters", "filters with counts, default window", "/filters?counts=true"
    yield "stats-everything", "statistics, everything", f"/cases/stats?{EVERYTHING}"


def tile_of(longitude: float, latitude: float, zoom: int) -> str:
    """The tile of a place, as Web Mercator numbers them."""
    across = (longitude + 180) / 360
    down = (1 - asinh(tan(radians(latitude))) / pi) / 2
    return f"{zoom}/{int(across * 2**zoom)}/{int(down * 2**zoom)}"


async def _pressed(
    stage: Stage, name: str, what: str, path: str, headers: Mapping[str, str] | None = None
) -> Row:
    path, name = API + path, f"read.{name}"
    async with stage.client() as client:
        began = monotonic()
        answer = await client.get(path, headers)
        taken = monotonic() - began
    detail: dict[str, Any] = {"path": path, "bytes": len(answer.body)}
    try:
        if answer.status != (304 if headers else 200):
            raise WrongAnswers(f"status {answer.status}")
        seconds = max(stage.seconds / 2, stage.load.shortest)
        # wrk hangs up when its time is over; what is slow would never be counted.
        load = stage.load if taken * SLOW < seconds else OwnClient()
        sample = await replace(stage, load=load).press(stage.url(path), seconds, headers=headers)
    except WrongAnswers as wrong:
        # No floor but this one: it must answer.
        detail["error"] = str(wrong)
        least = Floor("ours", ">=", 1)
        return Row(name, f"{what}: {wrong}", "requests/s", 0, floor=least, detail=detail)
    if path.startswith(f"{API}/cases?"):
        detail["total"] = orjson.loads(answer.body)["total"]
        what = f"{what}: {detail['total']:,}"
    return Row(
        name,
        what,
        "requests/s",
        sample.per_second,
        detail=detail | asdict(sample) | {"load": load.name},
    )
