"""Kept answers: byte for byte what the application would answer, and forgotten with the archive."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

import asyncpg
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.main import create_app
from api.settings import Settings
from api.staff.publishing import withdraw
from tests.archives import TODAY
from tests.asking import API, listed
from tests.sites import Site, site
from tests.staff.drafts import call
from tests.staff.editing.test_traces import ASKED, TILES, addresses, routes_of
from tests.staff.test_publishing import DAY, put

CANARY = "kanarienvogel"
BROWSER = {
    "accept-encoding": "gzip, deflate, br, zstd",
    "accept-language": "zh-CN,zh;q=0.9,en;q=0.8",
    "user-agent": "a browser",
}
READERS: Sequence[Mapping[str, str]] = (
    {},
    BROWSER,
    {"accept-encoding": "gzip", "accept-language": "en-GB", "origin": "https://example.org"},
    {"accept-encoding": "br;q=0, gzip", "accept-language": "fr, en;q=0.1, zh;q=0.2"},
)
# What other tests need not ask, and what must be asked in more ways here.
FURTHER: Mapping[str, Sequence[str]] = {
    f"{API}/openapi.json": ("",),
    f"{API}/docs": ("", "lang=zh"),
    f"{API}/alerts/challenge": ("",),
    f"{API}/cases": ("limit=200", "nope=1", "region=440000&since=all&sort=date"),
    "/": ("lang=zh-Hant", "nope=1", "q=%FF", "category=1"),
    "/alert": ("", "lang=en"),
    "/alert/receipt": ("",),
    "/alert/confirm": ("t=1",),
    "/alert/check": ("",),
    "/assets/{name}": ("",),
    "/favicon.svg": ("",),
}


@pytest.fixture(scope="module")
async def both(demo_archive: Addresses) -> AsyncIterator[tuple[Site, Site]]:
    """The application with what is kept around it, and bare."""
    async with site(demo_archive) as kept, site(demo_archive, keeping=False) as bare:
        yield kept, bare


async def asked(path: str, bare: Site) -> list[str]:
    """A few addresses of a route: with parameters, and of cases that are and are not there."""
    _, ids = await listed(bare.client, {"since": "2026-11-10"})
    fillings = {"{z}/{x}/{y}": TILES[1], "{id}": ids[0], "{name}": "index.js", "{number}": "1"}
    filled = path
    for slot, filling in fillings.items():
        filled = filled.replace(slot, filling)
    queries = [*ASKED[path][:2], *FURTHER.get(path, ())]
    if "export" in path:
        queries = ["since=2026-11"]
    unknown = [path.replace("{id}", "0000000000000")] if "{id}" in path else []
    return [*(f"{filled}?{query}" for query in queries), *unknown]


def test_every_route_is_asked(both: tuple[Site, Site]) -> None:
    assert routes_of(both[1].client) == set(ASKED)


@pytest.mark.parametrize("path", ASKED)
async def test_answers_are_those_that_would_be_made(both: tuple[Site, Site], path: str) -> None:
    kept, bare = both
    for number, address in enumerate(await asked(path, bare)):
        for reader in READERS if number == 0 else READERS[1:2]:
            fresh = await bare.ask(address, reader)
            assert await kept.ask(address, reader) == fresh, (address, reader)
            kept.made.clear()
            assert await kept.ask(address, reader) == fresh, (address, reader)
            assert bool(kept.made) == (not fresh.is_finished), address
            head = await kept.ask(address, reader, "HEAD")
            assert head == await bare.ask(address, reader, "HEAD"), address
            assert bool(kept.made) == (not fresh.is_finished), address


@pytest.mark.parametrize(
    "address",
    ["/graphs?lang=zh&since=2026-09", "/about?", "/robots.txt?", f"{API}/cases?limit=7",
     f"{API}/cases/feed.atom?map=strikes", f"{API}/docs?lang=en",
     f"{API}/cases/tiles/4/12/6.mvt?map=strikes", f"{API}/cases/changes?"],
)  # fmt: skip
async def test_who_holds_an_answer_is_told_so(both: tuple[Site, Site], address: str) -> None:
    kept, bare = both
    for reader in READERS[:2]:
        tag = (await bare.ask(address, reader)).tag
        plain = tag.replace("-zstd", "")
        # The first of these is kept before the whole answer is.
        for held in (f"W/{tag}", tag, plain, f'"other" ,{tag}', "*", "W/*", f'{plain[:-1]}-br"',
                     '"other"', "", ",", tag.strip('"'), "\xff"):  # fmt: skip
            asking = {**reader, "if-none-match": held}
            for method in ("GET", "GET", "HEAD"):
                fresh = await bare.ask(address, asking, method)
                assert await kept.ask(address, asking, method) == fresh, (held, method)
        made = await kept.makes(address, reader)
        assert made == ("changes" in address), "who holds another had the whole of it made"


async def test_what_was_asked_is_told_apart(both: tuple[Site, Site]) -> None:
    kept, _ = both
    address = "/graphs?since=2026-10"
    assert await kept.makes(address, BROWSER)
    assert not await kept.makes(address, BROWSER)
    for name, value in (
        ("accept-encoding", "br"),
        ("accept-language", "en"),
        ("origin", "https://example.org"),
    ):
        assert await kept.makes(address, {**BROWSER, name: value}), name
    assert await kept.makes(f"{address}&", BROWSER)
    assert not await kept.makes(address, {**BROWSER, "cookie": "a=b", "range": "bytes=0-1"})
    assert not await kept.makes(address, {**BROWSER, "accept-language": "zh"})
    assert await kept.makes(address, BROWSER, "POST")


async def test_a_withdrawn_case_is_in_no_answer(archive: Addresses) -> None:
    gone, stays = call(title=Pair(CANARY, CANARY)), call()
    async with writing(archive.desk) as session:
        await put(session, gone, stays)
    paths = [path for path in addresses(gone.id, stays.id) if CANARY not in path]
    async with site(archive) as kept, site(archive, keeping=False) as bare:
        before = {path: await kept.ask(path) for path in paths}
        again = [path for path in paths if not await kept.makes(path)]
        said = [path for path in again if CANARY.encode() in before[path].body]
        assert len(said) > 10, "else the addresses look at the wrong things"
        async with writing(archive.desk) as session:
            await withdraw(session, gone.id, reason="privacy", actor="console", day=DAY)
        for path in paths:
            now = await kept.ask(path)
            assert CANARY.encode() not in now.body, path
            assert now == await bare.ask(path), path
        assert [path for path in again if not await kept.makes(path)], "and kept anew"


async def test_other_things_that_answers_are_made_of(
    archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("api.alerts.periods", "api.reference"):
        monkeypatch.setattr(f"{module}.FRESH", 0.0)
    async with site(archive) as kept:
        for change in (
            "INSERT INTO pub.periods VALUES ('contact_days', 211)",
            "UPDATE pub.archive SET vocabulary = 'another'",
            "UPDATE pub.archive SET change = change + 1",
        ):
            await kept.ask("/privacy")
            assert not await kept.makes("/privacy")
            await owner.execute(change)
            assert await kept.makes("/privacy"), change


async def test_another_day_is_another_answer(archive: Addresses) -> None:
    days = [TODAY]
    settings = Settings.model_construct(database_url=archive.public, fresh_seconds=0)
    app = create_app(settings, clock=lambda: days[-1])
    async with app.router.lifespan_context(app):
        reader = Site(app)
        address = f"{API}/cases"
        today = await reader.ask(address)
        assert not await reader.makes(address)
        days.append(TODAY + timedelta(1))
        assert (await reader.ask(address)).body != today.body
