"""One definition of a filter: list, exports, feeds, statistics, options and tiles agree."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import Any, NamedTuple
from xml.etree import ElementTree

import httpx
import mapbox_vector_tile
import orjson
import pytest

from api.cases.filters import FILTERS
from api.places.gazetteer import load_gazetteer
from tests.asking import API, Query, fetch, listed
from tests.cases.combinations import COUNT, combinations
from tests.cases.conftest import Case
from tests.cases.tiles import decoded, tile_of

_ATOM = "{http://www.w3.org/2005/Atom}"
AT_ONCE = 6


class Asked(NamedTuple):
    """A set of filters and what the list says of it."""

    filters: dict[str, str]
    total: int
    ids: list[str]


async def each(work: Callable[[Any], Awaitable[None]], given: Iterable[Any]) -> None:
    """Does the work for every one, a few at a time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(subject: Any) -> None:
        async with turn:
            try:
                await work(subject)
            except AssertionError as error:
                error.add_note(f"with {subject}"[:500])
                raise

    async with asyncio.TaskGroup() as group:
        for subject in given:
            group.create_task(one(subject))


@pytest.fixture(scope="module")
async def chosen(client: httpx.AsyncClient, documents: list[Case]) -> list[Asked]:
    answers: dict[int, Asked] = {}
    sets = combinations(documents)

    async def ask(number: int) -> None:
        answers[number] = Asked(sets[number], *await listed(client, sets[number]))

    await each(ask, range(len(sets)))
    return [answers[number] for number in range(len(sets))]


async def _bytes(client: httpx.AsyncClient, path: str, query: Query) -> bytes:
    answer = await client.get(f"{API}{path}", params=dict(query))
    assert answer.status_code == 200, answer.text[:300]
    return answer.content


def test_the_combinations_are_worth_trying(chosen: list[Asked]) -> None:
    assert len(chosen) == COUNT >= 200
    assert {name for asked in chosen for name in asked.filters} == FILTERS.keys() - {"has_contact"}
    assert sum(asked.total > 0 for asked in chosen) > COUNT / 2
    assert sum(asked.total > 200 for asked in chosen) > 15, "several pages"
    assert sum(0 < asked.total <= 50 for asked in chosen) > 30, "as many as a feed holds"


async def test_list_and_exports_have_the_same_cases(
    client: httpx.AsyncClient, chosen: list[Asked]
) -> None:
    async def compare(asked: Asked) -> None:
        assert len(asked.ids) == len(set(asked.ids)) == asked.total
        lines = (await _bytes(client, "/cases/export.ndjson", asked.filters)).splitlines()
        assert [orjson.loads(line)["id"] for line in lines] == asked.ids
        text = (await _bytes(client, "/cases/export.csv", asked.filters)).decode("utf-8-sig")
        assert [row["id"] for row in csv.DictReader(io.StringIO(text))] == asked.ids

    # Each file is made by a process of its own.
    await each(compare, chosen[::4])


async def test_feeds_have_the_newest_of_the_same_cases(
    client: httpx.AsyncClient, chosen: list[Asked]
) -> None:
    async def compare(asked: Asked) -> None:
        # A feed has no default window: the list's is stated for it.
        body = await fetch(client, "/cases", asked.filters | {"sort": "-updated", "limit": "50"})
        stated = dict(httpx.QueryParams(body["filters"]["canonical"]))
        newest = [item["id"] for item in body["items"]]
        feed = await fetch(client, "/cases/feed.json", stated)
        assert [item["_qiuzhu"]["id"] for item in feed["items"]] == newest
        atom = ElementTree.fromstring(await _bytes(client, "/cases/feed.atom", stated))
        urns = [entry.findtext(f"{_ATOM}id") or "" for entry in atom.iter(f"{_ATOM}entry")]
        assert [urn.rpartition(":")[2] for urn in urns] == newest
        if asked.total <= 50:
            assert set(newest) == set(asked.ids)

    await each(compare, chosen)


async def test_months_regions_and_industries_sum_to_the_total(
    client: httpx.AsyncClient, chosen: list[Asked]
) -> None:
    async def compare(asked: Asked) -> None:
        query = asked.filters | {"by": "month,region,industry,year"}
        stats = await fetch(client, "/cases/stats", query)
        assert stats["total"] == asked.total
        for name, tallies in stats["by"].items():
            assert sum(tally["count"] for tally in tallies) == asked.total, name
            keys = [tally["key"] for tally in tallies]
            assert len(keys) == len(set(keys)), name
        counted = await fetch(client, "/filters", asked.filters | {"counts": "true"})
        assert counted["total"] == asked.total
        assert counted["applied"] == stats["filters"]

    await each(compare, chosen)


async def test_an_option_leaves_as_many_cases_as_it_says(
    client: httpx.AsyncClient, chosen: list[Asked]
) -> None:
    random = Random(5)
    tried: dict[str, int] = {}

    async def compare(asked: Asked) -> None:
        counted = await fetch(client, "/filters", asked.filters | {"counts": "true"})
        for info in counted["filters"]:
            options = [option for option in info["options"] or () if option["count"]]
            blank = [option for option in info["options"] or () if not option["count"]]
            some = random.sample(options, min(8, len(options)))
            for option in (*some, *blank[:1]):
                query = {**asked.filters, info["name"]: option["code"], "limit": "1"}
                total = (await fetch(client, "/cases", query))["total"]
                assert option["count"] == total, (info["name"], option["code"])
                tried[info["name"]] = tried.get(info["name"], 0) + 1

    await each(compare, chosen[::11])
    expected = {row.name for row in FILTERS.values() if row.kind in ("choice", "codes", "boolean")}
    assert tried.keys() == expected
    assert sum(tried.values()) > 500


@pytest.mark.parametrize("zoom", [0, 4, 6, 8])
async def test_tiles_and_what_is_not_placed_sum_to_the_total(
    client: httpx.AsyncClient, chosen: list[Asked], documents: list[Case], zoom: int
) -> None:
    points = {case["id"]: case["point"] for case in documents}
    gazetteer = load_gazetteer()
    shown_by = gazetteer.province if zoom < 5 else gazetteer.unit
    marks = {gazetteer.places[shown_by(code)] for code in gazetteer.places}
    everywhere = {tile_of(zoom, place.marker_lon, place.marker_lat) for place in marks}
    without_box = [asked for asked in chosen if "bbox" not in asked.filters]
    counted: list[int] = []

    async def compare(asked: Asked) -> None:
        tiles = everywhere
        if zoom == 8:
            # Where the listed cases lie; that no other tile holds any follows from the sum.
            tiles = {tile_of(zoom, *points[id_]) for id_ in asked.ids if points[id_]}
        stats = await fetch(client, "/cases/stats", asked.filters | {"by": "region"})
        unplaced = sum(t["count"] for t in stats["by"]["region"] if t["key"] is None)
        shown = 0
        for x, y in tiles:
            tile = await _bytes(client, f"/cases/tiles/{zoom}/{x}/{y}.mvt", asked.filters)
            for layer in decoded(tile).values():
                shown += sum(feature["count"] for feature in layer)
        assert shown + unplaced == asked.total
        counted.append(shown)

    await each(compare, without_box[:: 10 if zoom < 8 else 12])
    assert len(counted) >= (20 if zoom < 8 else 15)
    assert sum(counted) > 500


def test_the_decoder_reads_what_it_should() -> None:
    # A sum over nothing would agree with an archive of nothing.
    made = mapbox_vector_tile.encode(
        [{"name": "places", "features": [{"geometry": "POINT(1 1)", "properties": {"count": 7}}]}]
    )
    assert decoded(made)["places"][0]["count"] == 7
