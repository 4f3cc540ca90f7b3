"""What another site sends is not taken: Sec-Fetch-Site decides, and Origin where it is missing."""

import asyncpg
import httpx
import pytest

from tests.alerts.senders import ALERT, counts, new_key, sent
from tests.asking import API, refused

OWN, HERE = "https://qiuzhu.example.org", "http://test"
TAKEN: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": OWN},
    # Sec-Fetch-Site is the browser's own word, so it goes before Origin.
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": OWN},
    {"Origin": HERE},
    {"Origin": "https://test"},
    {"Origin": "http://example2.onion", "Host": "example2.onion"},
)
REFUSED = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "Same-Origin "},
    {"Sec-Fetch-Site": "same-origin, cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": OWN},
    {"Sec-Fetch-Site": "same-site", "Origin": OWN},
    {"Origin": "https://example.com"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": f"{OWN}.example.com"},
    {"Origin": f"{OWN}:8443"},
    {"Origin": "http://qiuzhu.example.org"},
    {"Origin": f"{OWN}/"},
    {"Origin": "https://x.qiuzhu.example.org"},
)


async def posted(
    client: httpx.AsyncClient, receipt: str, headers: dict[str, str]
) -> list[httpx.Response]:
    """Every route that changes or tells something, in every type of content it takes."""
    keyed = {"Idempotency-Key": new_key(), **headers}
    found = [
        await client.post(f"{API}/alerts", json=ALERT, headers=keyed),
        await client.post(f"{API}/alerts", data=ALERT, headers=keyed),
        await client.post(f"{API}/alerts", data=ALERT, files=[("files", b"")], headers=keyed),
    ]
    for what, more in (("state", {}), ("additions", {"text": "x"}), ("withdrawal", {})):
        body = {"receipt": receipt, **more}
        found.append(await client.post(f"{API}/alerts/{what}", json=body, headers=headers))
    return found


@pytest.mark.parametrize("headers", TAKEN, ids=str)
async def test_taken(any_site: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for answer in await posted(any_site, await sent(any_site), headers):
        assert answer.status_code in (200, 201)


async def test_refused(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    receipt = await sent(site)
    before = await counts(owner)
    for headers in REFUSED:
        for answer in await posted(site, receipt, headers):
            assert refused(answer, 403)["type"].endswith("#cross-site"), headers
    twice = [("Origin", OWN), ("Origin", "https://example.com"), ("Idempotency-Key", new_key())]
    refused(await site.post(f"{API}/alerts", json=ALERT, headers=twice), 403)
    assert await counts(owner) == before
    assert await owner.fetchval("SELECT state FROM intake.alerts") == "received"


async def test_other_sites_may_not_even_ask(any_site: httpx.AsyncClient) -> None:
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "POST"}
    answer = await any_site.options(f"{API}/alerts", headers=asked)
    assert answer.status_code == 400
    assert "POST" not in answer.headers.get("access-control-allow-methods", "")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "/state", "/additions", "/withdrawal"])
async def test_other_methods(any_site: httpx.AsyncClient, path: str, method: str) -> None:
    answer = await any_site.request(method, f"{API}/alerts{path}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
