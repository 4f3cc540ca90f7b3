"""What search engines and chats read: titles, canonical and alternate addresses, linked data."""

import json
from typing import Any

import httpx
import pytest

from tests.pages.reading import Node, page

ADDRESS = "https://qiuzhu.example.org"
PAGES = ("/", "/graphs", "/about", "/privacy", "/alert", "/?since=2026-01&region=440000",
         "/graphs?map=strikes")  # fmt: skip


def graph(root: Node) -> list[dict[str, Any]]:
    node = root.one("script", type="application/ld+json")
    data = json.loads("".join(str(part) for part in node.parts))
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def meta(root: Node) -> dict[str, str]:
    return {
        node.get("name") or node.get("property") or "": node.get("content") or ""
        for node in root.one("head").all("meta")
    }


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_says_where_it_stands(client: httpx.AsyncClient, path: str) -> None:
    joined = "&" if "?" in path else "?"
    titles = set()
    for lang in (None, "zh", "en"):
        root = await page(client, path if lang is None else f"{path}{joined}lang={lang}")
        head = root.one("head")
        canonical = head.one("link", rel="canonical")["href"]
        assert canonical == f"{ADDRESS}{path}" + (f"{joined}lang={lang}" if lang else "")
        others = {link["hreflang"]: link["href"] for link in head.all("link", rel="alternate")}
        assert others == {
            "zh": f"{ADDRESS}{path}{joined}lang=zh",
            "en": f"{ADDRESS}{path}{joined}lang=en",
            "x-default": f"{ADDRESS}{path}",
        }
        said = meta(root)
        assert said["og:title"] == head.one("title").text
        assert said["og:description"] == said["description"]
        assert said["og:url"] == canonical
        assert said["og:locale"] == ("en_US" if lang == "en" else "zh_CN")
        assert 20 < len(said["description"]) < 400
        assert said["viewport"]
        assert "robots" not in said
        titles.add(head.one("title").text)
    assert len(titles) == 2


@pytest.mark.parametrize(
    ("query", "indexed"),
    [("", True), ("region=440000&lang=en", True), ("q=工资", False), ("company=x", False),
     ("bbox=100,20,120,40", False), ("region=440000&since=2026-01&industry=construction", True),
     ("region=440000&since=2026-01&industry=construction&replied=true", False)],
)  # fmt: skip
async def test_pages_without_number_are_not_indexed(
    client: httpx.AsyncClient, query: str, indexed: bool
) -> None:
    root = await page(client, f"/?{query}")
    assert ("robots" not in meta(root)) == indexed
    assert bool(root.all("link", rel="canonical")) == indexed


async def test_a_list_is_a_data_set(client: httpx.AsyncClient) -> None:
    dataset, listed = graph(await page(client, "/?map=strikes&since=2026-01&lang=en"))
    assert (dataset["@type"], listed["@type"]) == ("Dataset", "ItemList")
    assert dataset["temporalCoverage"] == "2026-01-01/2026-11-21"
    for download in dataset["distribution"]:
        answer = await client.head(download["contentUrl"].removeprefix(ADDRESS))
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == download["encodingFormat"]
    assert [element["position"] for element in listed["itemListElement"]] == list(range(1, 11))


async def test_a_case_is_a_report(client: httpx.AsyncClient) -> None:
    listed = await page(client, "/?lang=en")
    href = listed.all("article", data_case=True)[0].one("a")["href"]
    root = await page(client, href)
    (report,) = graph(root)
    assert report["@type"] == "Report"
    assert report["url"] == f"{ADDRESS}{href.partition('?')[0]}"
    assert report["headline"] == root.one("h1").text
    assert report["datePublished"] <= report["dateModified"]
    assert meta(root)["og:type"] == "article"
