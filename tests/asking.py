"""What tests ask the API, and what every refusal of it must be."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import httpx

API = "/api/v1"
# One value or several of one parameter.
Query = Mapping[str, str | list[str]]
_HAN = re.compile("[\u4e00-\u9fff]")


def refused(
    answer: httpx.Response, status: int = 422, parameter: str | None = None, sent: str = ""
) -> dict[str, Any]:
    """The problem of a refusal: bilingual, naming the parameter, without what was sent."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("/api/v1/docs#")
    assert _HAN.search(body["titles"]["zh"])
    assert body["titles"]["en"].isascii()
    assert body["title"]
    if parameter is not None:
        assert body["parameter"] == parameter
        fault = next(fault for fault in body["errors"] if fault["parameter"] == parameter)
        assert _HAN.search(fault["zh"])
        assert fault["en"].isascii()
    if sent:
        assert sent not in answer.text
    return body


async def fetch(client: httpx.AsyncClient, path: str, query: Query | None = None) -> Any:
    """The JSON of an answer that must be 200."""
    answer = await client.get(f"{API}{path}", params=dict(query or {}))
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


async def listed(client: httpx.AsyncClient, query: Query) -> tuple[int, list[str]]:
    """The total and the ids of all pages."""
    ids: list[str] = []
    page = {"limit": "200", **query}
    while True:
        body = await fetch(client, "/cases", page)
        ids += [item["id"] for item in body["items"]]
        if body["next"] is None:
            return body["total"], ids
        page = {**page, "cursor": body["next"]}


async def raw(
    client: httpx.AsyncClient,
    path: str,
    query: bytes = b"",
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
) -> httpx.Response:
    """The application's answer to an address as it stands: no client has put it right before."""
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    sent = False
    parts: list[bytes] = []
    start: dict[str, Any] = {}

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            # Nobody hangs up while an answer is made.
            await asyncio.Event().wait()
        sent = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": query,
        "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
        "server": ("test", 80),
        "client": ("127.0.0.1", 1),
    }
    await transport.app(scope, receive, send)
    return httpx.Response(start["status"], headers=start["headers"], content=b"".join(parts))
