"""GET /cases/feed.atom and feed.json: the newest cases of any filter, for feed readers.

What an entry says is decided in `entries.py`; here it becomes Atom and JSON Feed 1.1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from xml.etree import ElementTree

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Access, Reading, problems
from api.cases.entries import Entry, entry
from api.cases.parameters import CaseFilters
from api.cases.view import View
from api.http import cached
from api.lang import Lang

router = APIRouter(tags=["cases"])

NEWEST = 50
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
_NAME = {"zh": "求助", "en": "Qiuzhu"}
_TAGS = {"zh": "zh-Hans", "en": "en"}
# What XML 1.0 has no way to write; our own entry checks let some of it pass.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """The head of a feed; nothing in it but the links depends on the public address."""

    lang: Lang
    id: str
    title: str
    # The same view as a page, and the feed's own address without its ending.
    home: str
    own: str
    asked: str
    today: date

    def address(self, form: str) -> str:
        return f"{self.own}.{form}?{self.asked}"


def head(reading: Access, view: View) -> Feed:
    """The head of the feed of a view."""
    lang = reading.lang
    return Feed(
        lang=lang,
        id=f"urn:qiuzhu:feed:{lang}:{view.digest}",
        title=f"{_NAME[lang]}{'：' if lang == 'zh' else ': '}{view.sentence.either(lang)}",
        home=f"{reading.address}/?{_unbounded(view)}",
        own=f"{reading.address}/api/v1/cases/feed",
        asked=f"{view.canonical}&lang={lang}",
        today=reading.today,
    )


def _unbounded(view: View) -> str:
    """The view as a query of the page, which supplies a first day where none is given."""
    return view.canonical if "since" in view.values else f"{view.canonical}&since=all"


@router.get(
    "/cases/feed.atom",
    response_class=Response,
    responses={200: {"content": {ATOM: {}}}, **problems(), **NOT_MODIFIED},
    summary="The newest cases as an Atom feed",
)
async def read_atom(
    request: Request, asked: Annotated[CaseFilters, Query()], reading: Reading
) -> Response:
    """The newest 50 by day of publication. Without dates there is no window."""
    feed, entries = await _newest(asked, reading)
    return _answer(request, atom(feed, entries), ATOM)


@router.get(
    "/cases/feed.json",
    response_class=Response,
    responses={200: {"content": {JSON_FEED: {}}}, **problems(), **NOT_MODIFIED},
    summary="The newest cases as a JSON feed",
)
async def read_json_feed(
    request: Request, asked: Annotated[CaseFilters, Query()], reading: Reading
) -> Response:
    """The newest 50 by day of publication, as JSON Feed 1.1. Without dates there is no window."""
    feed, entries = await _newest(asked, reading)
    return _answer(request, orjson.dumps(json_feed(feed, entries)), JSON_FEED)


async def _newest(asked: CaseFilters, reading: Access) -> tuple[Feed, list[Entry]]:
    view = await reading.view(asked, window=False)
    rows = await (await reading.finder()).newest(view, NEWEST)
    entries = [entry(row.document, reading.address, reading.lang, demo=row.demo) for row in rows]
    return head(reading, view), entries


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    answer = cached(request, body, media_type)
    # Without `lang` the texts follow it.
    answer.headers.add_vary_header("Accept-Language")
    return answer


def atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """RFC 4287."""
    root = ElementTree.Element(
        "feed",
        {
            "xmlns": "http://www.w3.org/2005/Atom",
            "{http://www.w3.org/XML/1998/namespace}lang": _TAGS[feed.lang],
        },
    )
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((each.day for each in entries), default=feed.today)))
    _add(_add(root, "author"), "name", _NAME[feed.lang])
    _add(root, "link", rel="self", type=ATOM, href=feed.address("atom"))
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for each in entries:
        element = _add(root, "entry")
        _add(element, "id", each.urn)
        _add(element, "title", each.title)
        _add(element, "updated", _moment(each.day))
        _add(element, "link", rel="alternate", type="text/html", href=each.address)
        for category in each.categories:
            _add(
                element,
                "category",
                term=category.code,
                scheme=f"urn:qiuzhu:{category.kind}",
                label=category.label,
            )
        _add(element, "summary", each.summary)
        _add(element, "content", each.text, type="text")
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def json_feed(feed: Feed, entries: Sequence[Entry]) -> dict[str, Any]:
    """https://www.jsonfeed.org/version/1.1/"""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address("json"),
        "language": _TAGS[feed.lang],
        "authors": [{"name": _NAME[feed.lang]}],
        "_qiuzhu": {"id": feed.id, "demo": any(each.demo for each in entries)},
        "items": [
            {
                "id": each.urn,
                "url": each.address,
                "title": each.title,
                "summary": each.summary,
                "content_text": each.text,
                "date_modified": _moment(each.day),
                "tags": [category.label for category in each.categories],
                "language": _TAGS[feed.lang],
                "_qiuzhu": {"id": each.id, "map": each.map, "demo": each.demo},
            }
            for each in entries
        ],
    }


def _moment(day: date) -> str:
    """A day as the formats want it. There is no hour: it would tell when somebody wrote to us."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _add(
    parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    kept = {name: _NOT_XML.sub("", value) for name, value in attributes.items()}
    element = ElementTree.SubElement(parent, tag, kept)
    element.text = None if text is None else _NOT_XML.sub("", text)
    return element
