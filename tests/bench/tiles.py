"""Tiles: one of a busy region, cold and warm, against tipg on the same table; the largest one."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from statistics import median

from api.clock import months_before
from tests.bench.asking import DAYS, EVERYTHING, asked
from tests.bench.cases import TODAY
from tests.bench.lists import Pressed, kept
from tests.bench.reading import tile_of
from tests.bench.results import Floor, Row
from tests.bench.stage import LARGE, Stage, median_ratio
from tests.bench.tipg import ensure_tipg, tile_path, tipg_process

TILES = "/api/v1/cases/tiles"
# Shanghai, Nanjing, Hangzhou.
TILE = "6/52/27"
ZOOMS = (0, 3, 5, 6, 8, 9, 11, 13)
MOST_BYTES = 60_000
# Window lengths in days, around half a year.
_LENGTHS = range(150, 215)


async def against_tipg(stage: Stage) -> Sequence[Row]:
    """Half a year of a busy region: each window asked once, then one again and again."""
    windows = list(_windows())
    since, until = months_before(TODAY, 6).isoformat(), TODAY.isoformat()
    ours = [
        Pressed(stage, stage.url(""), [_path(*window) for window in windows]),
        Pressed(stage, stage.url(_path(since, until))),
    ]
    async with _tipg(stage) as address:
        theirs = []
        if address:
            paths = [tile_path(TILE, *window) for window in windows]
            theirs = [
                Pressed(stage, address, paths),
                Pressed(stage, address + tile_path(TILE, since, until)),
            ]
        figures = await stage.alternate(*ours, *theirs)
    rows = []
    for at, (name, what, floor) in enumerate(
        (
            ("tile.cold", "each window asked once", Floor("ratio", ">=", 5)),
            ("tile.warm", "again and again", Floor("ratio", ">=", 30)),
        )
    ):
        row = Row(name, f"tile {TILE}, half a year, {what}", "requests/s", median(figures[at]))
        if theirs:
            peer = figures[at + 2]
            row = Row(
                row.name,
                row.what,
                row.unit,
                row.ours,
                median(peer),
                "tipg 1.6, a feature for each case",
                median_ratio(figures[at], peer),
                stage.large(floor),
                kept(ours[at], theirs[at]),
            )
        rows.append(row)
    return rows


async def largest(stage: Stage) -> Sequence[Row]:
    """Everything there is, in the tiles where places lie, at some zooms."""
    levels = ("province", "prefecture") if stage.loaded.cases >= LARGE else ("province",)
    tiles = sorted(
        {
            tile_of(place.marker_lon, place.marker_lat, zoom)
            for place in stage.vocabulary.places.places.values()
            for zoom in ZOOMS
            if place.level in levels
        }
    )
    sizes = {}
    async with stage.client() as client:
        for tile in tiles:
            answer = await client.get(f"{TILES}/{tile}.mvt?{asked(EVERYTHING)}")
            assert answer.status == 200, answer.body
            sizes[tile] = len(answer.body)
    most = sorted(sizes, key=sizes.__getitem__, reverse=True)
    return [
        Row(
            "tile.largest",
            f"the largest of {len(tiles):,} tiles of everything: {most[0]}",
            "kB",
            sizes[most[0]] / 1000,
            floor=Floor("ours", "<=", MOST_BYTES / 1000),
            detail={tile: sizes[tile] for tile in most[:10]},
        )
    ]


@asynccontextmanager
async def _tipg(stage: Stage) -> AsyncIterator[str]:
    """Its address; nothing where it cannot be had."""
    python = await ensure_tipg(stage.say)
    if python is None:
        yield ""
        return
    with tipg_process(stage, python) as address:
        yield address


def _windows() -> Iterator[tuple[str, str]]:
    for length in _LENGTHS:
        for back in range(1, DAYS - length):
            until = TODAY - timedelta(days=back)
            yield (until - timedelta(days=length)).isoformat(), until.isoformat()


def _path(since: str, until: str) -> str:
    return f"{TILES}/{TILE}.mvt?map=all&since={since}&until={until}"
