"""Exports for readers who leave early, and when too many are made at once."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message

from api.cases import export
from api.cases.streaming import Slots

SHENZHEN = "map=strikes&region=440300&since=2024"


@pytest.mark.parametrize(("form", "slots"), [("xlsx", "_sheets"), ("csv", "_streams")])
async def test_a_full_house_is_busy(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, form: str, slots: str
) -> None:
    house = Slots(running=1, waiting=0)
    monkeypatch.setattr(export, slots, house)
    async with house.one():
        answer = await client.get(f"/api/v1/cases/export.{form}?{SHENZHEN}")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#busy")
    assert int(answer.headers["retry-after"]) > 0
    assert (await client.get(f"/api/v1/cases/export.{form}?{SHENZHEN}")).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_who_hangs_up_gives_everything_back(client: httpx.AsyncClient, form: str) -> None:
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    for wait in range(12):
        await hung_up(transport.app, form, after=wait * 0.02)
    pool = transport.app.state.database._engine.pool  # type: ignore[attr-defined]
    assert pool.checkedout() == 0
    assert workers() == []
    assert (await client.get(f"/api/v1/cases/export.{form}?{SHENZHEN}")).status_code == 200


async def test_five_hundred_at_once_are_bounded(client: httpx.AsyncClient) -> None:
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, len(workers()))
            await asyncio.sleep(0.01)

    async def export(number: int) -> httpx.Response:
        form = ("csv", "ndjson", "geojson", "xls", "xlsx")[number % 5]
        return await client.get(f"/api/v1/cases/export.{form}?{SHENZHEN}&q=工资")

    watching = asyncio.ensure_future(watch())
    exports = [asyncio.ensure_future(export(number)) for number in range(500)]
    # The quiet reader, while they wait.
    listed = await client.get(f"/api/v1/cases?{SHENZHEN}")
    answers = await asyncio.gather(*exports)
    watching.cancel()
    assert listed.status_code == 200
    assert 0 < most <= 6
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    made = [answer for answer in answers if answer not in refused]
    assert made
    assert {answer.status_code for answer in made} == {200}
    assert workers() == []


def workers() -> list[str]:
    """The command lines of the processes that make files for this one and still live."""
    found = []
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_text()
            found += [words] if "api.cases." in words else []
    return found


async def hung_up(app: Any, form: str, after: float) -> None:
    """Asks for everything and leaves."""
    left = asyncio.Event()
    asyncio.get_running_loop().call_later(after, left.set)

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        await asyncio.sleep(0.01)

    address = f"/api/v1/cases/export.{form}"
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "root_path": "",
        "query_string": b"map=all&since=all",
        "headers": [(b"host", b"test")],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    await asyncio.wait_for(app(scope, receive, send), 20)
