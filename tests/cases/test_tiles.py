"""Vector tiles: what a zoom shows, where it lies, and that a case lies in exactly one tile."""

from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.places.gazetteer import load_gazetteer
from api.staff.drafts import Draft
from tests.asking import API, refused
from tests.cases.tiles import EXTENT, Features, decoded, position, tile_of
from tests.staff.drafts import call
from tests.staff.test_publishing import put

GAZETTEER = load_gazetteer()
# Publishes the drafts and answers the tile over a place at a zoom.
Tile = Callable[..., Awaitable[dict[str, Features]]]


async def fetch_tile(
    client: httpx.AsyncClient, zoom: int, lon: float, lat: float, **query: str
) -> dict[str, Features]:
    x, y = tile_of(zoom, lon, lat)
    answer = await client.get(f"{API}/cases/tiles/{zoom}/{x}/{y}.mvt", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    return decoded(answer.content)


@pytest.fixture
def tile(archive: Addresses, own_client: httpx.AsyncClient) -> Tile:
    async def over(code: str, zoom: int, *drafts: Draft, **query: str) -> dict[str, Features]:
        async with writing(archive.desk) as session:
            await put(session, *drafts)
        place = GAZETTEER.places[code]
        point = query.pop("lon", place.marker_lon), query.pop("lat", place.marker_lat)
        return await fetch_tile(own_client, zoom, float(point[0]), float(point[1]), **query)

    return over


def counts(features: Features) -> dict[tuple[str, str], int]:
    return {(feature["place"], feature["level"]): feature["count"] for feature in features}


# Guangdong, Shenzhen, two of its districts (one twice), Guangzhou, and one that is not placed.
CODES = ("440000", "440300", "440304", "440304", "440305", "440100", None)


@pytest.mark.parametrize("zoom", range(5))
async def test_provinces_far_out(tile: Tile, zoom: int) -> None:
    layers = await tile("440000", zoom, *(call(place=code) for code in CODES))
    assert layers.keys() == {"places"}
    assert counts(layers["places"]) == {("440000", "province"): 6}
    assert layers["places"][0].keys() == {"place", "level", "count", "at"}


@pytest.mark.parametrize("zoom", [5, 6, 7])
async def test_prefectures_nearer(tile: Tile, zoom: int) -> None:
    drafts = [call(place=code) for code in CODES]
    found = counts((await tile("440300", zoom, *drafts))["places"])
    assert found[("440300", "prefecture")] == 4
    # Known by its province alone, it is shown at the province's capital as what it is.
    there = counts((await tile("440000", zoom))["places"])
    assert there[("440000", "province")] == 1
    assert there[("440100", "prefecture")] == 1


async def test_points_and_area_marks_near(tile: Tile) -> None:
    drafts = [call(place=code) for code in CODES]
    lone = next(draft for draft in drafts if draft.place == "440305")
    layers = await tile("440300", 8, *drafts)
    # Shenzhen lies in this tile, known by its prefecture; Guangzhou does not.
    assert counts(layers["places"])[("440300", "prefecture")] == 1
    assert all("id" not in feature for feature in layers["places"])
    points = {feature["place"]: feature for feature in layers["points"]}
    assert points.keys() == {"440305", "440304"}
    assert (points["440305"]["count"], points["440305"]["id"]) == (1, lone.id)
    assert points["440304"]["count"] == 2
    assert "id" not in points["440304"]
    assert {feature["level"] for feature in layers["points"]} == {"county"}


async def test_an_exact_point_is_one_whatever_is_known_of_the_place(tile: Tile) -> None:
    exact = call(place="440300", exact_point=(114.0, 22.6))
    county = call(place="440306", exact_point=(114.001, 22.6))
    layers = await tile("440300", 10, exact, county, lon="114.0", lat="22.6")
    assert "places" not in layers
    assert {feature["id"] for feature in layers["points"]} == {exact.id, county.id}


async def test_municipalities_and_counties_of_a_province_are_their_own(tile: Tile) -> None:
    pseudo = next(place for place in GAZETTEER.places.values() if place.kind == "pseudo")
    county = next(p for p in GAZETTEER.places.values() if p.parent == pseudo.code)
    drafts = [call(place=code) for code in ("110000", "110100", "110105", pseudo.code, county.code)]
    beijing = counts((await tile("110105", 6, *drafts))["places"])
    assert beijing[("110105", "county")] == 1
    assert beijing[("110000", "province")] == 2
    assert counts((await tile(county.code, 6))["places"])[(county.code, "county")] == 1
    province = pseudo.parent or ""
    assert counts((await tile(province, 6))["places"])[(province, "province")] == 1
    assert counts((await tile(province, 3))["places"])[(province, "province")] == 2


@pytest.mark.parametrize("zoom", [0, 3, 5, 7, 8, 12, 22])
async def test_a_feature_lies_where_its_marker_does(tile: Tile, zoom: int) -> None:
    place = GAZETTEER.places["510100" if zoom >= 5 else "510000"]
    layers = await tile(place.code, zoom, call(place="510100"))
    (feature,) = layers["places"]
    x, y = position(zoom, place.marker_lon, place.marker_lat)
    expected = (x % 1 * EXTENT, y % 1 * EXTENT)
    assert feature["at"] == pytest.approx(expected, abs=1.5)
    assert feature["place"] == place.code


async def test_a_point_on_the_line_between_tiles_is_in_one_of_them(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    # 112.5 and 90 degrees east are edges of tiles at zoom 4 and 5, and so at all deeper ones.
    drafts = [call(exact_point=(lon, 30.0)) for lon in (112.5, 90.0)]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
    found: Counter[str] = Counter()
    for lon in (89.9, 90.1, 112.4, 112.6):
        layers = await fetch_tile(own_client, 8, lon, 30.0)
        found.update(feature["id"] for feature in layers.get("points", []))
    assert found == {draft.id: 1 for draft in drafts}


async def test_filters_hold_and_an_empty_tile_is_empty(tile: Tile) -> None:
    drafts = [call(), call(map="strikes"), call(issues=[])]
    assert counts((await tile("440000", 4, *drafts))["places"])[("440000", "province")] == 2
    found = (await tile("440000", 4, map="all", issue="wage_arrears"))["places"]
    assert counts(found) == {("440000", "province"): 2}
    assert await tile("650000", 4) == {}
    assert await tile("440000", 9, map="accidents") == {}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("23/0/0", "z"), ("-1/0/0", "z"), ("x/0/0", "z"), ("1.5/0/0", "z"), ("9999999999/0/0", "z"),
        ("0/1/0", "x"), ("0/0/1", "y"), ("4/16/0", "x"), ("4/0/16", "y"), ("4/-1/0", "x"),
        ("4/0/nan", "y"), ("4/99999999999999999999/0", "x"), ("22/4194304/0", "x"),
    ],
)  # fmt: skip
async def test_no_such_tile(client: httpx.AsyncClient, path: str, parameter: str) -> None:
    refused(await client.get(f"{API}/cases/tiles/{path}.mvt"), 422, parameter)


async def test_a_tile_has_a_validator(client: httpx.AsyncClient) -> None:
    for path in ("0/0/0", "5/26/13", "8/208/111", "22/0/0"):
        answer = await client.get(f"{API}/cases/tiles/{path}.mvt")
        tag = answer.headers["etag"]
        again = await client.get(f"{API}/cases/tiles/{path}.mvt", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
