"""The documentation page: complete in both languages, and without a request to anywhere."""

import re

import httpx
import pytest


@pytest.mark.parametrize(("lang", "words"), [("zh", "筛选条件"), ("en", "Filters")])
async def test_every_address_is_described(client: httpx.AsyncClient, lang: str, words: str) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    page = await client.get(f"/api/v1/docs?lang={lang}")
    assert page.headers["content-language"] == lang
    assert words in page.text
    for path in document["paths"]:
        assert path in page.text
    assert "`" not in page.text


async def test_the_chinese_page_is_chinese(client: httpx.AsyncClient) -> None:
    page = (await client.get("/api/v1/docs?lang=zh")).text
    sections = re.findall(r"<section.*?</section>", page, re.DOTALL)
    for section in sections[:-1]:
        plain = re.sub(r"<code>.*?</code>|<[^>]+>", "", section, flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{4,} [a-z]+ [a-z]+", plain), plain


async def test_nothing_is_fetched_and_the_style_is_allowed(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/v1/docs")
    assert not re.search(r"<(script|img|link|iframe)", page.text)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
