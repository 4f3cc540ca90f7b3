"""GET /filters: FILTERS as data, with the defaults of today and the terms of the asked map."""

from typing import Any

import httpx
import pytest

from api.cases.filters import FILTERS
from api.cases.options import Options
from api.reference import Vocabulary
from tests.asking import API, Query, fetch, refused

TERMS = {"industry", "issue", "action", "response", "platform", "ownership", "accident_type"}


async def infos(client: httpx.AsyncClient, query: Query | None = None) -> dict[str, Any]:
    body = await fetch(client, "/filters", query)
    Options.model_validate(body)
    return {info["name"]: info for info in body["filters"]}


async def test_every_filter_says_what_it_is(client: httpx.AsyncClient) -> None:
    found = await infos(client)
    assert list(found) == list(FILTERS)
    for name, info in found.items():
        assert info["label"]["zh"]
        assert info["label"]["en"]
        assert info["type"] == FILTERS[name].kind
    defaults = {name: info["default"] for name, info in found.items() if info["default"]}
    assert defaults == {"map": "calls", "since": "2026-05-21", "until": "2026-11-21"}
    vocabularies = {name: info["vocabulary"] for name, info in found.items() if info["vocabulary"]}
    assert vocabularies == {"map": "map", "region": "place"} | {name: name for name in TERMS}


@pytest.mark.parametrize("map_", ["calls", "strikes", "accidents", "all"])
async def test_options_are_those_of_the_asked_map(
    client: httpx.AsyncClient, vocabulary: Vocabulary, map_: str
) -> None:
    found = await infos(client, {"map": map_})
    for name in TERMS:
        offered = [
            term
            for term in vocabulary.terms.of(name)  # type: ignore[arg-type]
            if map_ == "all" or map_ in term.maps
        ]
        options = found[name]["options"]
        assert [option["code"] for option in options] == [term.code for term in offered]
        assert all(option["count"] is None for option in options)
        assert all(option["zh"] and option["en"] for option in options)
    industries = {option["code"]: option for option in found["industry"]["options"]}
    assert all(o["parent"] in industries for o in industries.values() if o["parent"])
    assert [option["code"] for option in found["map"]["options"]] == [
        "calls", "strikes", "accidents", "all",
    ]  # fmt: skip
    # The whole gazetteer is in /vocabulary.
    assert found["region"]["options"] is None


async def test_defaults_are_those_of_today_whatever_is_asked(client: httpx.AsyncClient) -> None:
    plain, asked = await infos(client), await infos(client, {"since": "2020", "q": "工"})
    for name, info in asked.items():
        assert info["default"] == plain[name]["default"]


async def test_counts_are_of_what_is_asked(client: httpx.AsyncClient) -> None:
    body = await fetch(client, "/filters", {"counts": "true", "region": "440000"})
    found = {info["name"]: info for info in body["filters"]}
    assert body["total"] == (await fetch(client, "/cases", {"region": "440000"}))["total"]
    assert "region=440000" in body["applied"]["canonical"]
    regions = {option["code"]: option for option in found["region"]["options"]}
    # Its own filter is set aside: other provinces show what they would leave.
    assert len([code for code, option in regions.items() if option["parent"] is None]) > 5
    for option in regions.values():
        assert option["count"] > 0
        assert option["parent"] is None or option["parent"] in regions
    for name in ("replied", "has_source", "has_contact", "placed"):
        options = {option["code"]: option["count"] for option in found[name]["options"]}
        assert options.keys() == {"true", "false"}
        assert sum(options.values()) == body["total"], name
    maps = {option["code"]: option["count"] for option in found["map"]["options"]}
    assert maps["all"] == maps["calls"] + maps["strikes"] + maps["accidents"]
    assert maps["calls"] == body["total"]
    for name in ("since", "until", "q", "company", "bbox", "deaths_min"):
        assert found[name]["options"] is None


async def test_counts_are_asked_for_by_name(client: httpx.AsyncClient) -> None:
    assert (await fetch(client, "/filters", {"counts": "false"}))["total"] is None
    for bad in ("", "maybe", "2"):
        refused(await client.get(f"{API}/filters?counts={bad}"), 422, "counts")
    refused(await client.get(f"{API}/filters?limit=1"), 422, "limit")


async def test_counts_of_nothing(own_client: httpx.AsyncClient) -> None:
    found = await infos(own_client, {"counts": "true"})
    for info in found.values():
        assert {option["count"] for option in info["options"] or []} <= {0}
    assert found["region"]["options"] == []
