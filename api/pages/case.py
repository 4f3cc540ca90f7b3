"""The page of one case at /cases/ID, also when it was withdrawn, and where a merged one went."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.cases import query
from api.cases.answers import Merged, case_answer
from api.cases.columns import stated_day
from api.db import AnyRow
from api.errors import Problem, problem_body
from api.http import PUBLIC, REVALIDATE
from api.lang import Pair
from api.pages import linked_data
from api.pages.alike import like_this
from api.pages.answering import Page, answer
from api.pages.config import config
from api.pages.exchange import events
from api.pages.fields import facts, stated
from api.pages.links import Links
from api.pages.visit import Visit, Visiting
from api.pages.words import OTHER, TAGS, tidy, written

router = APIRouter(include_in_schema=False)

# Characters of the text that a search engine or a chat shows below the title.
_DESCRIPTION = 160


@router.get("/cases/{id}")
async def read_case(id: str, visit: Visiting) -> Response:
    try:
        found = await case_answer(id, visit.reading)
    except Problem as problem:
        if problem.kind != "withdrawn":
            raise
        return await _withdrawn(visit, id, problem)
    if isinstance(found, Merged):
        target = visit.links.to(f"/cases/{found.into}")
        return RedirectResponse(target, 301, headers={"Cache-Control": REVALIDATE})
    case = orjson.loads(found.body)
    history = await _history(visit, id)
    archive = await visit.facts()
    lang, words = visit.reader.lang, visit.reader.words
    title = written(case["title"], lang)
    shown = title.text if title else words.list.untitled
    description = _description(visit, case)
    published = history[0].day.isoformat() if history else case["updated"]
    page = Page(
        view="case",
        title=f"{shown} · {words.shell.name}",
        description=description,
        path=f"/cases/{id}",
        # One case is one page, whatever list it was opened from.
        canonical=Links({}),
        links=visit.links,
        config=config(visit, archive, case=found.body),
        demo=archive.demo,
        linked_data=linked_data.report(visit, case, published, description),
        article=True,
        content={
            "case": case,
            "title": title,
            "day": stated_day(case),
            "texts": _texts(case, visit),
            "precision": getattr(words.case.precision, case["date"]["precision"]),
            "facts": facts(visit, case),
            "stated": stated(case, words.case.names),
            "events": events(case, visit.reader, visit.reading.today),
            "history": [_revision(row, visit) for row in reversed(history)],
            "bibtex": _bibtex(case, title.text if title else id, visit.reading.address),
            "link": f"{visit.reading.address}/cases/{id}",
            "like": like_this(visit, case),
        },
    )
    return answer(
        visit.request, visit.reader, page, policy=REVALIDATE if found.has_contact else PUBLIC
    )


async def _withdrawn(visit: Visit, case_id: str, problem: Problem) -> Response:
    archive = await visit.facts()
    lang, words = visit.reader.lang, visit.reader.words.case
    gone = problem_body(problem, lang)
    page = Page(
        view="case",
        title=f"{words.withdrawn_title.format(case_id)} · {visit.reader.words.shell.name}",
        description=words.withdrawn,
        path=f"/cases/{case_id}",
        canonical=Links({}),
        links=visit.links,
        config=config(visit, archive, gone=gone),
        demo=archive.demo,
        indexed=False,
        content={
            "case": None,
            "gone": gone,
            "history": [_revision(row, visit) for row in reversed(await _history(visit, case_id))],
        },
    )
    return answer(visit.request, visit.reader, page, status=410, policy=REVALIDATE)


async def _history(visit: Visit, case_id: str) -> Sequence[AnyRow]:
    async with visit.reading.database.read() as session:
        return await session.all(query.history(case_id))


def _revision(row: AnyRow, visit: Visit) -> dict[str, Any]:
    words = visit.reader.words.case
    separator = visit.reader.words.shell.separator
    reason = written(Pair(row.reason_zh, row.reason_en).as_dict(), visit.reader.lang)
    return {
        "number": row.revision,
        "day": row.day.isoformat(),
        "kind": getattr(words.kinds, row.kind),
        "fields": separator.join(getattr(words.names, name, name) for name in row.fields),
        "reason": reason,
    }


def _texts(case: Mapping[str, Any], visit: Visit) -> list[dict[str, Any]]:
    """The text in the language of the page, then in the other one with its own title."""
    lang, other = visit.reader.lang, OTHER[visit.reader.lang]
    twin = case["title"][other] if case["title"][lang] else None
    parts = ((case["text"][lang], None, None), (case["text"][other], TAGS[other], twin))
    return [
        {"tag": tag, "title": title and tidy(title), "paragraphs": _paragraphs(text)}
        for text, tag, title in parts
        if text
    ]


def _paragraphs(text: str) -> list[str]:
    return [line for line in tidy(text).split("\n") if line.strip()]


def _description(visit: Visit, case: Mapping[str, Any]) -> str:
    words = visit.reader.words
    lang = visit.reader.lang
    text = written(case["text"], lang)
    where = case["region"][lang] if case["region"] else words.list.not_placed
    said = " ".join(text.text.split()) if text else words.case.no_text
    short = said if len(said) <= _DESCRIPTION else f"{said[:_DESCRIPTION].rstrip()}…"
    return str(words.case.description.format(day=stated_day(case), place=where, text=short))


def _bibtex(case: Mapping[str, Any], title: str, address: str) -> str:
    # Braces would open a group, and a backslash a command, in whatever reads this.
    plain = "".join(" " if letter in "{}\\\n" else letter for letter in title)
    return "\n".join(
        (
            f"@misc{{qiuzhu-{case['id']}-{case['revision']},",
            f"  title = {{{plain}}},",
            "  author = {{Qiuzhu}},",
            f"  year = {{{case['updated'][:4]}}},",
            f"  note = {{Case {case['id']}, revision {case['revision']}, {case['updated']}}},",
            f"  url = {{{address}/cases/{case['id']}}}",
            "}",
        )
    )
