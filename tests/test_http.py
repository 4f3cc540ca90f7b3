"""What stands around every answer: headers, CORS, HEAD, methods, validators; never a cookie."""

import httpx
import pytest

from api.cases.export import FORMATS
from tests.asking import API, raw, refused

CACHED = (
    f"{API}/cases",
    f"{API}/cases/stats",
    f"{API}/cases/feed.atom",
    f"{API}/cases/feed.json",
    f"{API}/cases/tiles/4/12/6.mvt",
    f"{API}/cases/changes",
    f"{API}/filters",
    f"{API}/filters?counts=true",
    f"{API}/vocabulary",
    f"{API}/docs",
)
EXPORTS = tuple(f"{API}/cases/export.{form.extension}?since=2026-11" for form in FORMATS)
REFUSED = (
    f"{API}/cases?nope=1",
    f"{API}/cases?q=%00",
    f"{API}/cases?q=" + "x" * 20_000,
    f"{API}/cases/0000000000000",
    f"{API}/nowhere",
    f"{API}/staff/queue",
    f"{API}/alerts/nothing",
    f"{API}/cases/",
    "/api/v2/cases",
)
# What is not under /api is for people, and refused as a page.
NO_PAGES = ("/staff", "/staff/queue", "/metrics", "/cases/0000000000000")
PAGES = ("/", "/graphs", "/about", "/privacy", "/alert")
FILES = ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/favicon.svg", "/sitemap-1.xml")
ALL = (*CACHED, *EXPORTS, *REFUSED, *NO_PAGES, *PAGES, *FILES,
       f"{API}/openapi.json", "/livez", "/readyz")  # fmt: skip


@pytest.mark.parametrize("path", ALL)
async def test_every_answer_is_guarded(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in headers
    assert "server" not in headers
    assert "last-modified" not in headers, "coarse time: a day at most"
    # The framework answers for the document itself.
    assert "cache-control" in headers or path.endswith("openapi.json")


@pytest.mark.parametrize("path", ALL)
async def test_any_page_may_read(client: httpx.AsyncClient, path: str) -> None:
    # Also what was asked for by no page: a cache may hand it to one.
    for headers in ({"Origin": "https://example.org"}, {}):
        answer = await client.get(path, headers=headers)
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        assert "access-control-allow-credentials" not in answer.headers
        exposed = answer.headers["access-control-expose-headers"]
        assert {"ETag", "Content-Disposition", "Retry-After"} <= set(exposed.split(", "))


async def test_a_page_may_ask_whether_it_may(client: httpx.AsyncClient) -> None:
    asking = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = await client.options(f"{API}/cases", headers=asking)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    for method in ("POST", "DELETE", "PUT"):
        asking["Access-Control-Request-Method"] = method
        denied = await client.options(f"{API}/cases", headers=asking)
        assert denied.status_code == 400
    unchanged = await client.options(
        f"{API}/cases",
        headers=asking
        | {
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "If-None-Match",
        },
    )
    assert unchanged.status_code == 200


@pytest.mark.parametrize("path", [*CACHED, *EXPORTS, *REFUSED[:5], *NO_PAGES, *PAGES, *FILES[:4]])
async def test_head_is_get_without_its_body(client: httpx.AsyncClient, path: str) -> None:
    got, head = await client.get(path), await client.head(path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert "content-length" in head.headers or path in EXPORTS


@pytest.mark.parametrize("path", CACHED)
async def test_a_validator_is_of_the_content(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    policy = "no-cache" if "changes" in path else "public, max-age=60, stale-if-error=86400"
    assert answer.headers["cache-control"] == policy
    other = await client.get(path, headers={"User-Agent": "another", "Cookie": "a=b", "DNT": "1"})
    assert (other.headers["etag"], other.content) == (tag, answer.content)
    unchanged = await client.get(path, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert unchanged.headers.get(name) == answer.headers.get(name)
    assert "content-type" not in unchanged.headers


async def test_other_filters_have_another_validator(client: httpx.AsyncClient) -> None:
    paths = ("?map=all", "?map=strikes", "?map=strikes&sort=date", "?limit=1")
    tags = {(await client.get(f"{API}/cases{path}")).headers["etag"] for path in paths}
    assert len(tags) == len(paths)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "QUERY", "X"]
)
@pytest.mark.parametrize("path", [f"{API}/cases", f"{API}/cases/0000000000000", "/livez"])
async def test_nothing_can_be_done_but_read(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, path)
    refused(answer, 405)
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("path", REFUSED[3:])
async def test_what_is_not_there(client: httpx.AsyncClient, path: str) -> None:
    refused(await client.get(path), 404)


async def test_what_the_staff_process_has_is_not_here(client: httpx.AsyncClient) -> None:
    unknown = (await client.get(f"{API}/nowhere")).content, (await client.get("/nowhere")).content
    for path in ("/staff", "/staff/", "/staff/login", f"{API}/staff", "/metrics", "/docs", "/redoc",
                 "/openapi.json", "/api/v1", "/.env", "/static/../api/settings.py"):  # fmt: skip
        answer = await raw(client, path)
        assert answer.status_code == 404, path
        assert answer.content == unknown[not path.startswith("/api")], path


async def test_answers_in_two_languages_say_so(client: httpx.AsyncClient) -> None:
    for path in (f"{API}/cases/feed.atom", EXPORTS[2], f"{API}/docs", REFUSED[0]):
        assert "Accept-Language" in (await client.get(path)).headers["vary"]
        zh = await client.get(path, headers={"Accept-Language": "zh"})
        en = await client.get(path, headers={"Accept-Language": "en"})
        assert zh.content != en.content
    # The rest holds both languages at once, and is one thing for a cache.
    for path in (f"{API}/cases", f"{API}/cases/stats", f"{API}/filters", f"{API}/vocabulary"):
        zh = await client.get(path, headers={"Accept-Language": "zh"})
        en = await client.get(path, headers={"Accept-Language": "en"})
        assert zh.content == en.content
