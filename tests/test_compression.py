"""Compression: which answers, under validators of their own, and nothing that streams."""

import gzip

import brotli
import httpx
import pytest
import zstandard

from api.cases.export import FORMATS
from tests.asking import API

PACKED = ("/", "/graphs", "/about", f"{API}/cases", f"{API}/vocabulary", f"{API}/openapi.json",
          f"{API}/docs", f"{API}/cases/tiles/4/12/6.mvt",
          f"{API}/cases?nope=1&lang=en&since=never")  # fmt: skip
LEFT_ALONE = (
    *(f"{API}/cases/export.{form.extension}?since=2026-11" for form in FORMATS),
    *(f"{API}/cases/feed.atom", f"{API}/cases/feed.json"),
)
UNPACK = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body, max_output_size=10**7),
}


async def sent(
    client: httpx.AsyncClient, address: str, coding: str = "", held: str | None = None
) -> tuple[httpx.Headers, int, bytes]:
    """Headers, status and the bytes as they go over the wire."""
    given = {"Accept-Encoding": coding} | ({} if held is None else {"If-None-Match": held})
    async with client.stream("GET", address, headers=given) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    return answer.headers, answer.status_code, body


@pytest.mark.parametrize("address", PACKED)
async def test_text_is_compressed_as_asked(client: httpx.AsyncClient, address: str) -> None:
    plain, status, body = await sent(client, address)
    assert "content-encoding" not in plain
    for coding, unpack in UNPACK.items():
        headers, same, packed = await sent(client, address, coding)
        if len(body) < 500:
            continue
        assert (headers["content-encoding"], same) == (coding, status)
        assert unpack(packed) == body
        assert len(packed) < len(body) / 2
        assert int(headers["content-length"]) == len(packed)
        assert headers["vary"].split(", ").count("Accept-Encoding") == 1
        assert plain["vary"] == headers["vary"]


@pytest.mark.parametrize("address", LEFT_ALONE)
async def test_what_streams_goes_as_it_is(client: httpx.AsyncClient, address: str) -> None:
    headers, _, _ = await sent(client, address, "zstd, br, gzip")
    assert "content-encoding" not in headers
    assert "Accept-Encoding" not in headers.get("vary", "")


@pytest.mark.parametrize("address", ["/", "/about", f"{API}/cases", f"{API}/vocabulary"])
async def test_each_form_has_a_validator_of_its_own(
    client: httpx.AsyncClient, address: str
) -> None:
    tags = {}
    for coding in ("", "br", "gzip", "zstd"):
        headers, _, _ = await sent(client, address, coding)
        tags[coding] = headers["etag"]
    assert len(set(tags.values())) == 4
    for coding, tag in tags.items():
        held = f'"other", W/{tag}' if coding == "br" else tag
        headers, status, body = await sent(client, address, coding, held)
        assert (status, body) == (304, b"")
        assert headers["etag"] == tag
        assert "Accept-Encoding" in headers["vary"]
        assert "content-encoding" not in headers
    for other in ('"other"', '"other-br"', tags[""][:-2] + '"', ""):
        _, status, _ = await sent(client, address, "br", other)
        assert status == 200


async def test_the_front_page_is_light(client: httpx.AsyncClient) -> None:
    for address in ("/?lang=zh", "/?lang=en", "/?map=all&since=all&lang=en"):
        _, _, packed = await sent(client, address, "br")
        assert len(packed) < 30_000
