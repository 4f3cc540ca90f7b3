"""A page as an answer: its templates filled, put into the shell and sent under the pages' policy.

What a page says is made by listing.py, case.py, graphs.py and notices.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from api.http import PUBLIC, cached
from api.lang import Lang, Pair
from api.pages import words
from api.pages.links import Links
from api.pages.policy import PAGE_POLICY
from api.pages.shell import Shell
from api.pages.visit import Reader

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    # All of them are HTML, and a word that is missing is a mistake.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    "day": words.day,
    "host": words.host,
    "place": words.place,
    "number": words.number,
    "money": words.money,
    "share": words.share,
    "tidy": words.tidy,
    "written": words.written,
}
_LOCALES = {"zh": "zh_CN", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `view` names its template.

    `path` and `canonical` are its one address for search engines, `path` empty where it has none;
    `links` are those inside it.
    `config` is finished JSON for the script; without it the page loads none. `styles` are addresses
    of style sheets beside the one of every page, `scripts` of modules that its script will ask for.
    """

    view: str
    title: str
    description: str
    path: str
    canonical: Links
    links: Links
    content: Mapping[str, Any]
    config: bytes | None = None
    demo: bool = False
    linked_data: Sequence[Mapping[str, Any]] = ()
    indexed: bool = True
    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()
    article: bool = False


def answer(
    request: Request, reader: Reader, page: Page, *, status: int = 200, policy: str = PUBLIC
) -> Response:
    """The page with its headers; one with status 200 also with a validator."""
    body = filled(request, reader, page)
    if status == 200:
        response = cached(request, body, "text/html", policy)
    else:
        response = Response(body, status, {"Cache-Control": policy}, "text/html")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Content-Language"] = words.TAGS[reader.lang]
    if reader.named is None:
        response.headers.add_vary_header("Accept-Language")
    return response


def filled(request: Request, reader: Reader, page: Page) -> bytes:
    address = request.app.state.settings.address
    shell: Shell = request.app.state.shell
    context = {
        **page.content,
        "page": page,
        "lang": reader.lang,
        "reader": reader,
        "words": reader.words,
        "links": page.links,
        "here": page.path,
        "locale": _LOCALES[reader.lang],
        "config": page.config and inert(page.config),
        "linked_data": page.linked_data
        and inert(orjson.dumps({"@context": "https://schema.org", "@graph": page.linked_data})),
        "canonical": address + page.canonical.in_language(page.path, own_language(reader)),
        "alternates": [
            (tag, address + page.canonical.in_language(page.path, named))
            for tag, named in (("zh", "zh"), ("en", "en"), ("x-default", None))
        ],
    }
    head = _TEMPLATES.get_template("head.html").render(context)
    body = _TEMPLATES.get_template(f"{page.view}.html").render(context)
    return shell.filled(words.TAGS[reader.lang], head, body, scripted=page.config is not None)


def own_language(reader: Reader) -> str | None:
    """The language a canonical address names: the traditional reading is the Chinese page."""
    return None if reader.named is None else reader.lang


def inert(json: bytes) -> Markup:
    """JSON as it may stand inside a script element: nothing in it can end the element."""
    return Markup(json.decode().replace("<", "\\u003c"))  # noqa: S704 (escaped)


def either(pair: Pair, lang: Lang) -> str:
    return words.tidy(pair.either(lang) or "")
