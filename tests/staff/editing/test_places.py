"""S10: a public place is never finer than allowed, whatever points the desk's copies hold."""

import random

import asyncpg
import httpx
import orjson
import pytest
from fastapi import FastAPI

from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.places.gazetteer import Place, load_gazetteer
from api.reference import read_vocabulary
from api.staff.placing import shown_place
from api.staff.publishing import publish
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.archives import TODAY
from tests.asking import API, fetch
from tests.staff.drafts import call
from tests.staff.editing.cases import published
from tests.staff.people import MakePerson

POINTS = 10_000
PLACES = load_gazetteer()
COUNTIES = [place for place in PLACES.places.values() if place.level == "county"]
_SET = {(place.marker_lon, place.marker_lat) for place in PLACES.places.values()}


@pytest.mark.parametrize(
    ("place", "prefecture"),
    [
        ("440306", "440300"),  # a district of Shenzhen
        ("440300", "440300"),
        ("440000", "440000"),
        ("110105", "110000"),  # Beijing's own district: nothing stands between
        ("110100", "110000"),  # the municipality's one row is no place to a reader
        ("429004", "420000"),  # run by the province itself
        ("659001", "650000"),
        ("419000", "410000"),  # the row that gathers such counties
        ("000000", None),
        (None, None),
    ],
)
def test_the_prefecture_of_a_place(place: str | None, prefecture: str | None) -> None:
    assert shown_place(PLACES, place, "prefecture") == prefecture


def test_no_county_is_shown_as_itself_where_the_prefecture_is_all() -> None:
    for county in COUNTIES:
        shown = shown_place(PLACES, county.code, "prefecture")
        assert shown is not None
        assert PLACES.places[shown].level != "county"
        assert county.code in PLACES.covers(shown)


async def test_ten_thousand_points_come_out_as_places(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    dice = random.Random(10)
    where: dict[str, Place] = {}
    drafts = []
    for _ in range(POINTS):
        county = dice.choice(COUNTIES)
        near = (county.lon + dice.uniform(-0.2, 0.2), county.lat + dice.uniform(-0.2, 0.2))
        title = Pair("工厂欠薪", "Wages owed")
        draft = call(place=county.code, exact_point=near, title=title, sources=[], replies=[])
        where[draft.id] = county
        drafts.append(draft)
    async with writing(archive.desk) as session:
        await write_drafts(session, PLACES, drafts)
    # As if a point had come in by another way than the writer.
    await owner.execute("UPDATE desk.cases SET shown = 'county'")
    await owner.execute("UPDATE desk.cases SET shown = 'prefecture' WHERE id < '8'")
    await owner.execute(
        "UPDATE desk.cases SET stated = '{\"place\": [\"canary lane 5\"]}' WHERE id < '8'"
    )
    async with writing(archive.desk) as session:
        renderer = Renderer(await read_vocabulary(session))
        assert await publish(session, renderer, list(where), actor="c", day=TODAY) == POINTS
    rows = await owner.fetch(
        "SELECT id, place, exact, ST_X(point) AS lon, ST_Y(point) AS lat, search, document"
        " FROM pub.cases"
    )
    assert len(rows) == POINTS
    outputs: dict[tuple[str, bool], set[tuple[float, float]]] = {}
    for row in rows:
        county, coarse = where[row["id"]], row["id"] < "8"
        point = (row["lon"], row["lat"])
        assert point in _SET
        assert not row["exact"]
        document = orjson.loads(row["document"])
        assert tuple(document["point"]) == point
        assert document["region"]["code"] == row["place"]
        outputs.setdefault((county.code, coarse), set()).add(point)
        if coarse:
            assert row["place"] == shown_place(PLACES, county.code, "prefecture")
            assert county.code not in row["document"]
            assert county.zh not in row["document"]
            assert county.zh not in row["search"].split("\n")
            assert "canary" not in row["document"]
        else:
            assert row["place"] == county.code
    assert all(len(points) == 1 for points in outputs.values())


async def test_an_exact_point_needs_the_word_for_it(
    person: MakePerson, staff_app: FastAPI, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    point = [113.987654, 22.612345]
    told = await published(wu, point=point, shown="exact")
    untold = await published(wu, point=point, shown="prefecture")
    assert (await fetch(own_client, f"/cases/{told['id']}"))["point"] == point
    coarse = await fetch(own_client, f"/cases/{untold['id']}")
    assert coarse["region"]["code"] == "440300"
    assert coarse["point"] != point
    # Neither a filter nor a keyword finds it by what is not shown.
    for query in ("region=440306", "q=南山", "q=龙华", "bbox=113.98,22.61,113.99,22.62"):
        found = (await own_client.get(f"{API}/cases?{query}")).json()["items"]
        assert untold["id"] not in {item["id"] for item in found}, query
