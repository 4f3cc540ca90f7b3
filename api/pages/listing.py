"""The list page at /: the API's answer as HTML, with its filters as a form and as a sentence."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.cases.answers import ListAnswer, list_answer
from api.cases.export import FORMATS
from api.cases.view import resolve
from api.errors import Problem
from api.pages import legacy, linked_data
from api.pages.answering import Page, answer
from api.pages.config import config
from api.pages.form import Form
from api.pages.lenient import Asked, named, undated, without
from api.pages.links import Links
from api.pages.visit import Visit, Visiting
from api.pages.words import number, stated_day, tidy, written

router = APIRouter(include_in_schema=False)

# More are on the case's own page.
_BADGES = 4
# Filters with which a page is one of countless, and of no use to whoever searches the web.
_PRIVATE = frozenset({"q", "company", "bbox"})
_MOST_INDEXED = 3


@router.get("/")
async def read_list(visit: Visiting) -> Response:
    target = await legacy.translated(visit.request.scope["query_string"], visit.vocabulary)
    if target is not None:
        return RedirectResponse(target, 302, headers={"Cache-Control": "public, max-age=60"})
    visit, listed = await _listed(visit)
    facts = await visit.facts()
    asked, reader = visit.asked, visit.reader
    first = "cursor" not in asked.own
    applied = listed.view.as_dict()
    sentence = tidy(applied["sentence"][reader.lang])
    items = [orjson.loads(item) for item in listed.items]
    words = reader.words.list
    page = Page(
        view="list",
        title=f"{sentence} · {reader.words.shell.name}",
        description=words.description.format(
            sentence=sentence, count=number(listed.total), selection=words.selection
        ),
        path="/",
        canonical=Links(asked.given),
        links=visit.links,
        # A further page has no place in the script, which pages by itself.
        config=config(visit, facts, listing=listed.body() if first else None),
        demo=facts.demo,
        linked_data=linked_data.listing(visit, listed.view, listed.total, items),
        indexed=first and not _PRIVATE & asked.given.keys() and len(asked.given) <= _MOST_INDEXED,
        content={
            "form": Form(visit, listed.view, "/").fields(),
            "ignored": named(asked, reader.lang, reader.words.shell),
            "cut": asked.cut,
            "sentence": sentence,
            "parts": parts(visit, applied, "/"),
            "total": listed.total,
            "sort": asked.filters.sort,
            "rows": [_row(visit, item) for item in items],
            "next": listed.next and visit.links.to("/", cursor=listed.next),
            "first": None if first else visit.links.to("/"),
            "looser": [] if items else await _looser(visit, applied),
            "downloads": [
                (form.extension, _api(visit, f"export.{form.extension}")) for form in FORMATS
            ],
            "feeds": [
                ("Atom", _api(visit, "feed.atom")),
                ("JSON Feed", _api(visit, "feed.json")),
            ],
        },
    )
    return answer(visit.request, reader, page)


async def _listed(visit: Visit) -> tuple[Visit, ListAnswer]:
    """The list, after leaving out what it cannot be made with."""
    cursor = visit.asked.own.get("cursor")
    asked = visit.asked.filters.model_copy(update={"cursor": cursor})
    try:
        return visit, await list_answer(asked, visit.reading)
    except Problem as problem:
        return await _listed(visit.without(problem))


def parts(visit: Visit, applied: Mapping[str, Any], path: str) -> list[dict[str, str]]:
    """The filters that can be taken away, each with the address of the page without it."""
    return [
        {
            "name": part["name"],
            "text": tidy(part[visit.reader.lang]),
            "href": visit.links.to(path, **{part["name"]: None}),
        }
        for part in applied["parts"]
        if part["removable"]
    ]


def _row(visit: Visit, item: Mapping[str, Any]) -> dict[str, Any]:
    lang = visit.reader.lang
    return {
        "id": item["id"],
        "href": visit.links.to(f"/cases/{item['id']}"),
        "title": written(item["title"], lang),
        "day": stated_day(item),
        "region": item["region"],
        "industry": item["industry"] and item["industry"][lang],
        "issues": [issue[lang] for issue in item["issues"][:_BADGES]],
        "replied": item["replied"],
    }


async def _looser(visit: Visit, applied: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What would be found without each filter, most first."""
    loosened: list[tuple[dict[str, Any], Asked]] = [
        (part, without(visit.asked, [part["name"]]))
        for part in parts(visit, applied, "/")
        if part["name"] not in ("since", "until")
    ]
    if visit.asked.filters.since != "all":
        href = visit.links.to("/", since="all", until=None)
        wider = {"name": None, "text": visit.reader.words.list.wider, "href": href}
        loosened.append((wider, undated(visit.asked)))
    found = []
    finder = await visit.reading.finder()
    for choice, asked in loosened:
        view = resolve(asked.filters, visit.vocabulary, visit.reading.today)
        if total := await finder.count(view):
            found.append({**choice, "total": total})
    return sorted(found, key=lambda choice: -int(choice["total"]))


def _api(visit: Visit, tail: str) -> str:
    return Links(visit.asked.given, None, visit.reader.lang).to(f"/api/v1/cases/{tail}")
