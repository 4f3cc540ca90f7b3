"""The sitemap: every public case once, at its canonical address, with a day and nothing finer."""

import re
from xml.etree import ElementTree

import httpx
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.pages import sitemap
from api.staff.publishing import withdraw
from tests.archives import serving
from tests.cases.conftest import Case
from tests.cases.conftest import documents as documents
from tests.pages.reading import page
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

ADDRESS = "https://qiuzhu.example.org"
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def entries(client: httpx.AsyncClient, path: str, tag: str) -> dict[str, str | None]:
    """Address -> day of one file, which must be valid."""
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml"
    assert len(answer.content) < 50_000_000
    root = ElementTree.fromstring(answer.content)
    found = {}
    for element in root:
        assert element.tag == f"{_SPACE}{tag}"
        address, day = element.findtext(f"{_SPACE}loc"), element.findtext(f"{_SPACE}lastmod")
        assert address not in found
        assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        found[address or ""] = day
    return found


async def whole(client: httpx.AsyncClient) -> list[dict[str, str | None]]:
    """The parts that the index names."""
    index = await entries(client, "/sitemap.xml", "sitemap")
    assert all(address.startswith(f"{ADDRESS}/sitemap-") for address in index)
    return [await entries(client, part.removeprefix(ADDRESS), "url") for part in index]


async def test_every_case_is_there_once(client: httpx.AsyncClient, documents: list[Case]) -> None:
    pages, *parts = await whole(client)
    assert pages.keys() == {f"{ADDRESS}{path}" for path in sitemap.PAGES}
    cases = {address: day for part in parts for address, day in part.items()}
    assert sum(len(part) for part in parts) == len(cases)
    assert cases == {f"{ADDRESS}/cases/{each['id']}": each["updated"] for each in documents}


async def test_addresses_are_the_canonical_ones(client: httpx.AsyncClient) -> None:
    pages, cases = await whole(client)
    for address in (*pages, *list(cases)[:3]):
        root = await page(client, address.removeprefix(ADDRESS) or "/")
        assert root.one("link", rel="canonical")["href"] == address


async def test_parts_meet_without_gap_or_overlap(
    demo_archive: Addresses, documents: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 700)
    # A process of its own: others hold answers from before.
    async with serving(demo_archive) as client:
        _, *parts = await whole(client)
        assert (await client.get(f"/sitemap-{len(parts) + 1}.xml")).status_code == 404
    assert [len(part) for part in parts[:-1]] == [700] * (len(parts) - 1)
    assert sum(len(part) for part in parts) == len({a for part in parts for a in part})
    assert sum(len(part) for part in parts) == len(documents)


async def test_what_was_withdrawn_is_not_there(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    assert len(await whole(own_client)) == 1, "an empty archive has pages only"
    drafts = [call(), call()]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
        await withdraw(session, drafts[0].id, reason="privacy", actor="c", day=DAY)
    _, cases = await whole(own_client)
    assert cases.keys() == {f"{ADDRESS}/cases/{drafts[1].id}"}


@pytest.mark.parametrize("part", ["0", "-1", "99999999999", "x", "1.5", "pages/"])
async def test_there_are_no_other_parts(client: httpx.AsyncClient, part: str) -> None:
    assert (await client.get(f"/sitemap-{part}.xml")).status_code in (404, 422)


async def test_robots_are_welcome_and_told_where_to_look(client: httpx.AsyncClient) -> None:
    answer = await client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}/sitemap.xml\n"
