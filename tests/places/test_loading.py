"""Places and boundaries in the database: loaded again, replaced, and never half."""

import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from api.places.boundaries import BoundaryError
from api.places.gazetteer import Gazetteer, load_gazetteer
from api.places.loading import load_boundaries, load_places
from api.trouble import Trouble

SQUARE = [[113.0, 22.0], [115.0, 22.0], [115.0, 24.0], [113.0, 24.0], [113.0, 22.0]]


def without(*codes: str) -> Gazetteer:
    places = load_gazetteer().places.values()
    return Gazetteer(place for place in places if place.code not in codes)


def write(folder: Path, **rings: Any) -> Path:
    """A folder with one GeoJSON file; the keywords are codes behind a `p`."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code[1:]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, ring in rings.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "b.geojson").write_text(text, encoding="utf-8")
    return folder


async def row(owner: asyncpg.Connection, code: str) -> dict[str, Any]:
    found = await owner.fetchrow(
        "SELECT parent, level, kind, zh, en, short_zh, province, unit, position,"
        " ST_X(point) AS lon, ST_Y(point) AS lat, ST_X(marker) AS marker_lon,"
        " ST_SRID(point) AS srid"
        " FROM pub.places WHERE code = $1",
        code,
    )
    return dict(found)


async def bounded(owner: asyncpg.Connection) -> list[str]:
    found = await owner.fetch("SELECT code FROM pub.places WHERE boundary IS NOT NULL ORDER BY 1")
    return [each["code"] for each in found]


async def test_every_column_is_the_gazetteers(owner: asyncpg.Connection) -> None:
    gazetteer = load_gazetteer()
    assert await load_places(owner, gazetteer) == len(gazetteer.places)
    assert await owner.fetchval("SELECT count(*) FROM pub.places") == len(gazetteer.places)
    place = gazetteer.places["429004"]
    assert await row(owner, "429004") == {
        "parent": "429000",
        "level": "county",
        "kind": "regular",
        "zh": "仙桃市",
        "en": "Xiantao",
        "short_zh": "仙桃",
        "province": "420000",
        "unit": "429004",
        "position": list(gazetteer.places).index("429004"),
        "lon": place.lon,
        "lat": place.lat,
        "marker_lon": place.marker_lon,
        "srid": 4326,
    }


async def test_loading_again_mends_rows_and_keeps_boundaries(
    owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await load_places(owner, load_gazetteer())
    await load_boundaries(owner, write(tmp_path, p440300=SQUARE), lambda done, total: None)
    await owner.execute("UPDATE pub.places SET zh = 'x', parent = NULL WHERE code = '440300'")
    await load_places(owner, load_gazetteer())
    mended = await row(owner, "440300")
    assert (mended["zh"], mended["parent"]) == ("深圳市", "440000")
    assert await bounded(owner) == ["440300"]


async def test_a_row_that_left_the_file_leaves_the_table(owner: asyncpg.Connection) -> None:
    await load_places(owner, load_gazetteer())
    await load_places(owner, without("440306"))
    assert await owner.fetchval("SELECT count(*) FROM pub.places WHERE code = '440306'") == 0
    await load_places(owner, load_gazetteer())
    assert await owner.fetchval("SELECT count(*) FROM pub.places WHERE code = '440306'") == 1


async def test_a_row_with_cases_stays_and_so_does_everything_else(
    owner: asyncpg.Connection,
) -> None:
    await load_places(owner, load_gazetteer())
    await owner.execute(
        "CREATE TABLE pub.users_of_places (place text REFERENCES pub.places (code));"
        "INSERT INTO pub.users_of_places VALUES ('440306')"
    )
    await owner.execute("UPDATE pub.places SET zh = 'x' WHERE code = '440300'")
    with pytest.raises(Trouble, match="440306"):
        await load_places(owner, without("440306"))
    assert (await row(owner, "440306"))["zh"] == "宝安区"
    assert (await row(owner, "440300"))["zh"] == "x"


async def test_boundaries_become_valid_multipolygons(
    owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await load_places(owner, load_gazetteer())
    bow = [[113.0, 22.0], [115.0, 24.0], [115.0, 22.0], [113.0, 24.0], [113.0, 22.0]]
    told: list[tuple[int, int]] = []
    folder = write(tmp_path, p440000=SQUARE, p440300=bow, p440306=SQUARE)
    counts = await load_boundaries(owner, folder, lambda done, total: told.append((done, total)))
    assert counts == {"province": 1, "prefecture": 1, "county": 1}
    assert told[-1] == (3, 3)
    found = await owner.fetch(
        "SELECT code, ST_IsValid(boundary) AS valid, ST_SRID(boundary) AS srid,"
        " ST_Area(boundary) AS area FROM pub.places WHERE boundary IS NOT NULL ORDER BY code"
    )
    assert [tuple(each) for each in found] == [
        ("440000", True, 4326, 4.0),
        ("440300", True, 4326, 2.0),
        ("440306", True, 4326, 4.0),
    ]


async def test_another_folder_replaces_all_boundaries(
    owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await load_places(owner, load_gazetteer())
    await load_boundaries(
        owner, write(tmp_path, p440000=SQUARE, p450000=SQUARE), lambda done, total: None
    )
    await load_boundaries(owner, write(tmp_path, p460000=SQUARE), lambda done, total: None)
    assert await bounded(owner) == ["460000"]


async def test_a_polygon_without_area_changes_nothing(
    owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await load_places(owner, load_gazetteer())
    await load_boundaries(owner, write(tmp_path, p440000=SQUARE), lambda done, total: None)
    flat = [[113.0, 22.0], [115.0, 22.0], [114.0, 22.0], [113.0, 22.0]]
    with pytest.raises(BoundaryError, match="450000"):
        await load_boundaries(
            owner, write(tmp_path, p450000=flat, p460000=SQUARE), lambda done, total: None
        )
    assert await bounded(owner) == ["440000"]


async def test_boundaries_need_the_places(owner: asyncpg.Connection, tmp_path: Path) -> None:
    await owner.execute("TRUNCATE pub.places CASCADE")
    with pytest.raises(BoundaryError, match="not loaded yet: 440000"):
        await load_boundaries(owner, write(tmp_path, p440000=SQUARE), lambda done, total: None)
