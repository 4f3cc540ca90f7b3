"""GET /vocabulary: every place and term in one cacheable answer, and whether cases are invented."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.parameters import Asked
from api.cases.schemas import Shape, Text
from api.http import cached
from api.reference import Vocabulary, holds_demo
from api.terms.vocabulary import KINDS

router = APIRouter(tags=["filters"])


class PlaceInfo(Shape):
    """A row of the gazetteer. Use `parent`; never cut a code."""

    code: str
    parent: str | None
    level: Literal["province", "prefecture", "county"]
    kind: Literal["regular", "municipality", "pseudo"]
    zh: str
    en: str


class TermInfo(Shape):
    kind: str
    code: str
    parent: str | None
    maps: list[str]
    zh: str
    en: str
    note: Text
    clb: list[str]


class VocabularyAnswer(Shape):
    """Places and terms. `demo` is true where the archive holds invented cases."""

    demo: bool
    places: list[PlaceInfo]
    terms: list[TermInfo]


@router.get(
    "/vocabulary",
    response_model=VocabularyAnswer,
    responses=problems() | NOT_MODIFIED,
    summary="Places and terms",
)
async def read_listing(
    request: Request, _: Annotated[Asked, Query()], reading: Reading
) -> Response:
    """All places and terms with their labels in both languages."""
    vocabulary = await reading.reference.vocabulary()
    async with reading.database.read() as session:
        demo = await holds_demo(session)
    return cached(request, orjson.dumps({"demo": demo, **listing(vocabulary)}))


def listing(vocabulary: Vocabulary) -> dict[str, Any]:
    """Places and terms in the order of their files."""
    places = [
        {
            "code": place.code,
            "parent": place.parent,
            "level": place.level,
            "kind": place.kind,
            "zh": place.zh,
            "en": place.en,
        }
        for place in vocabulary.places.places.values()
    ]
    terms = [
        {
            "kind": term.kind,
            "code": term.code,
            "parent": term.parent,
            "maps": list(term.maps),
            "zh": term.zh,
            "en": term.en,
            "note": {"zh": term.note_zh, "en": term.note_en},
            "clb": list(term.clb),
        }
        for kind in KINDS
        for term in vocabulary.terms.of(kind)
    ]
    return {"places": places, "terms": terms}
