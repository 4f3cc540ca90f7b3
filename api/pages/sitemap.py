"""For search engines: robots.txt and the sitemap, an index with parts of at most 50,000 addresses.

Addresses are the canonical ones; the day is the day of the last publication, never finer.
"""

from collections.abc import AsyncGenerator
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.cases import query
from api.cases.cite import case_address
from api.cases.dependencies import Access
from api.cases.streaming import Flow, Slots, Streamed
from api.errors import Problem
from api.http import cached
from api.pages.visit import access_of, reader_of

router = APIRouter(include_in_schema=False)

# The most that the format allows in one file.
PART = 50_000
PAGES = ("/", "/graphs", "/about", "/privacy", "/alert")
_XML = "application/xml"
_CACHE = "public, max-age=3600"
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_BATCH = 1_000
# A part holds a database connection for as long as its client reads.
_slots = Slots(running=2, waiting=8)


@router.get("/robots.txt")
async def read_robots(request: Request) -> Response:
    address = request.app.state.settings.address
    text = f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n"
    return cached(request, text.encode(), "text/plain", _CACHE)


@router.get("/sitemap.xml")
async def read_index(request: Request) -> Response:
    """The list of the parts: one of pages, the others of cases."""
    reading = access_of(request, reader_of(request))
    names = ["sitemap-pages.xml"]
    async with reading.database.read() as session:
        first = await session.first(query.id_behind("", 0))
        while first is not None:
            names.append(f"sitemap-{len(names)}.xml")
            first = await session.first(query.id_behind(first[0], PART))
    entries = "".join(f"<sitemap><loc>{escape(f'{reading.address}/{name}')}</loc></sitemap>\n"
                      for name in names)  # fmt: skip
    xml = f"{_OPENING}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n"
    return cached(request, xml.encode(), _XML, _CACHE)


@router.get("/sitemap-pages.xml")
async def read_pages(request: Request) -> Response:
    address = request.app.state.settings.address
    entries = "".join(_entry(f"{address}{path}") for path in PAGES)
    xml = f"{_OPENING}<urlset {_SPACE}>\n{entries}</urlset>\n"
    return cached(request, xml.encode(), _XML, _CACHE)


@router.get("/sitemap-{number}.xml")
async def read_part(request: Request, number: Annotated[int, Path(ge=1, le=10_000)]) -> Response:
    """Cases in the order of their ids, streamed: a part is some megabytes."""
    reading = access_of(request, reader_of(request))
    async with reading.database.read() as session:
        first = await session.first(query.id_behind("", (number - 1) * PART))
    if first is None:
        raise Problem("not-found")

    async def opened() -> Flow:
        return Flow({"Cache-Control": _CACHE}, _part(reading, first[0]))

    return Streamed(opened, _XML)


async def _part(reading: Access, first: str) -> AsyncGenerator[bytes, None]:
    async with _slots.one(), reading.database.snapshot() as session:
        text = [f"{_OPENING}<urlset {_SPACE}>\n"]
        async for row in session.stream(query.addresses(first, PART), _BATCH):
            text.append(_entry(case_address(reading.address, row.id), row.published_on.isoformat()))
            if len(text) > _BATCH:
                yield "".join(text).encode()
                text.clear()
        yield "".join([*text, "</urlset>\n"]).encode()


def _entry(address: str, day: str | None = None) -> str:
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{modified}</url>\n"
