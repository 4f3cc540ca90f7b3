"""Tiles of boundaries: which layers a zoom has, where they lie, and what an archive without has."""

from pathlib import Path
from typing import Any

import asyncpg
import httpx
import mapbox_vector_tile
import pytest

from api.cluster.roles import Addresses
from api.db import Database
from api.places.loading import load_boundaries
from api.places.tiles import EXTENT, loaded_levels
from tests.asking import API, refused
from tests.cases.tiles import position, tile_of
from tests.places.test_loading import write

WEST, MIDDLE, EAST = 112.0, 113.7, 116.0
# Guangdong and Guangxi side by side, their border bent; Shenzhen and a district within; a district
# of Beijing, which a map of prefectures counts by itself, and Beijing's one prefecture row.
BORDER = [[MIDDLE, 21.0], [MIDDLE + 0.0137, 21.9], [MIDDLE - 0.0171, 23.3], [MIDDLE, 24.0]]
GUANGDONG = [*BORDER, [EAST, 24.0], [EAST, 21.0], BORDER[0]]
GUANGXI = [*BORDER[::-1], [WEST, 21.0], [WEST, 24.0], BORDER[3]]
SHENZHEN = [[113.8, 22.4], [114.6, 22.4], [114.6, 22.9], [113.8, 22.9], [113.8, 22.4]]
DISTRICT = [[113.8, 22.5], [114.0, 22.5], [114.0, 22.7], [113.8, 22.7], [113.8, 22.5]]
BEIJING = [[116.2, 39.7], [116.8, 39.7], [116.8, 40.2], [116.2, 40.2], [116.2, 39.7]]
HERE = (113.9, 22.6)


@pytest.fixture
async def bounded(owner: asyncpg.Connection, tmp_path: Path) -> None:
    folder = write(
        tmp_path, p440000=GUANGDONG, p450000=GUANGXI, p440300=SHENZHEN, p440306=DISTRICT,
        p110100=BEIJING, p110105=BEIJING,
    )  # fmt: skip
    await load_boundaries(owner, folder, lambda done, total: None)


async def fetch_tile(
    client: httpx.AsyncClient, zoom: int, lon: float, lat: float
) -> dict[str, dict[str, Any]]:
    """Layer -> code -> geometry, y growing downwards."""
    x, y = tile_of(zoom, lon, lat)
    answer = await client.get(f"{API}/places/tiles/{zoom}/{x}/{y}.mvt")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    read = mapbox_vector_tile.decode(answer.content, default_options={"y_coord_down": True})
    assert all(layer["extent"] == EXTENT for layer in read.values())
    return {
        name: {each["properties"]["code"]: each["geometry"] for each in layer["features"]}
        for name, layer in read.items()
    }


def corners(geometry: Any) -> set[tuple[int, int]]:
    assert geometry["type"] == "Polygon"
    return {tuple(corner) for ring in geometry["coordinates"] for corner in ring}


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("zoom", [0, 1, 3, 4, 6, 7, 9, 14])
async def test_what_a_zoom_has(own_client: httpx.AsyncClient, zoom: int) -> None:
    layers = await fetch_tile(own_client, zoom, *HERE)
    expected = ["provinces", *["prefectures"] * (zoom >= 4), *["counties"] * (zoom >= 7)]
    assert list(layers) == expected
    assert "440000" in layers["provinces"]
    if zoom >= 4:
        assert "440300" in layers["prefectures"]
        assert "440306" not in layers["prefectures"], "a county of a prefecture is none"
    if zoom >= 7:
        assert layers["counties"].keys() == {"440306"}


@pytest.mark.usefixtures("bounded")
async def test_districts_of_a_municipality_stand_among_prefectures(
    own_client: httpx.AsyncClient,
) -> None:
    layers = await fetch_tile(own_client, 6, 116.4, 39.9)
    assert layers["prefectures"].keys() == {"110105"}


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("zoom", [4, 5, 6, 8])
async def test_a_polygon_lies_where_its_place_does(
    own_client: httpx.AsyncClient, zoom: int
) -> None:
    found = corners((await fetch_tile(own_client, zoom, *HERE))["prefectures"]["440300"])
    for lon, lat in SHENZHEN:
        x, y = position(zoom, lon, lat)
        left, top = tile_of(zoom, *HERE)
        corner = ((x - left) * EXTENT, (y - top) * EXTENT)
        if all(-64 <= part <= EXTENT + 64 for part in corner):
            assert any(abs(x - corner[0]) <= 4 and abs(y - corner[1]) <= 4 for x, y in found)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("zoom", [3, 5, 6])
async def test_neighbours_share_their_border_when_thinned(
    own_client: httpx.AsyncClient, zoom: int
) -> None:
    provinces = (await fetch_tile(own_client, zoom, MIDDLE - 0.1, 22.6))["provinces"]
    left, top = tile_of(zoom, MIDDLE - 0.1, 22.6)
    shared = corners(provinces["440000"]) & corners(provinces["450000"])
    for lon, lat in BORDER:
        x, y = position(zoom, lon, lat)
        corner = ((x - left) * EXTENT, (y - top) * EXTENT)
        if all(0 < part < EXTENT for part in corner):
            assert any(abs(x - corner[0]) <= 4 and abs(y - corner[1]) <= 4 for x, y in shared)


@pytest.mark.parametrize("level", ["province", "prefecture", "county"])
async def test_which_levels_are_loaded(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path, level: str
) -> None:
    database = Database(archive.public)
    try:
        async with database.read() as session:
            assert await loaded_levels(session) == []
        code = {"province": "p440000", "prefecture": "p440300", "county": "p440306"}[level]
        folder = write(tmp_path, **{code: SHENZHEN})
        await load_boundaries(owner, folder, lambda done, total: None)
        async with database.read() as session:
            assert await loaded_levels(session) == [level]
    finally:
        await database.close()


async def test_without_boundaries_every_tile_is_empty(client: httpx.AsyncClient) -> None:
    for path in ("0/0/0", "5/26/13", "8/208/111", "22/0/0"):
        answer = await client.get(f"{API}/places/tiles/{path}.mvt")
        assert (answer.status_code, answer.content) == (200, b"")
        held = {"If-None-Match": answer.headers["etag"]}
        again = await client.get(f"{API}/places/tiles/{path}.mvt", headers=held)
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("bounded")
async def test_the_edges_of_the_world(own_client: httpx.AsyncClient) -> None:
    for path in ("1/1/0", "2/3/1", "3/7/0", "3/0/7", "3/7/7", "22/4194303/4194303"):
        answer = await own_client.get(f"{API}/places/tiles/{path}.mvt")
        assert answer.status_code == 200
        assert (answer.content != b"") is path.startswith(("1/", "2/"))


async def test_loading_changes_the_validator(
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No change of the archive: what is kept says so for a minute, like every other cache.
    monkeypatch.setattr("api.kept.LONGEST", -1.0)
    path = f"{API}/places/tiles/0/0/0.mvt"
    empty = (await own_client.get(path)).headers["etag"]
    await load_boundaries(owner, write(tmp_path, p440000=GUANGDONG), lambda done, total: None)
    answer = await own_client.get(path, headers={"If-None-Match": empty})
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize(
    ("path", "parameter"),
    [("23/0/0", "z"), ("x/0/0", "z"), ("0/1/0", "x"), ("4/0/16", "y"), ("4/0/nan", "y"),
     ("0/0/0.mvt?map=calls&x=", "map"), ("0/0/0.mvt?bbox=1&x=", "bbox")],
)  # fmt: skip
async def test_no_such_tile(client: httpx.AsyncClient, path: str, parameter: str) -> None:
    refused(await client.get(f"{API}/places/tiles/{path}.mvt"), 422, parameter)
