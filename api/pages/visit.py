"""One reader's request for a page: language, filters as far as they could be read, the archive.

Made before a page is; what a page then shows is listing.py's, graphs.py's and the others'.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from api.alerts.periods import Periods, periods_of
from api.cases.dependencies import Access
from api.errors import Problem
from api.lang import Lang, asked_lang
from api.pages.lenient import Asked, ignoring, pairs, read, refused
from api.pages.links import Links
from api.pages.words import WORDS
from api.places.gazetteer import Level
from api.places.tiles import loaded_levels
from api.reference import Vocabulary, holds_demo


@dataclass(frozen=True, slots=True)
class Reader:
    """The language of a page, and whether its address names it."""

    lang: Lang
    # As it stands in the address: zh, en or zh-Hant, which the server writes in simplified script.
    named: str | None

    @property
    def words(self) -> Any:
        return WORDS[self.lang]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of the whole archive."""

    demo: bool
    boundaries: Sequence[Level]
    kept: Periods


@dataclass(frozen=True, slots=True)
class Visit:
    """What every page with cases is made from."""

    request: Request
    reader: Reader
    reading: Access
    vocabulary: Vocabulary
    asked: Asked

    @property
    def links(self) -> Links:
        asked = self.asked
        sort = None if asked.filters.sort == "-date" else asked.filters.sort
        return Links(asked.given, sort, self.reader.named)

    def without(self, problem: Problem) -> "Visit":
        """The same visit without the filters that were refused.

        Raises the problem itself where it is about none of them.
        """
        names = refused(problem)
        if not names:
            raise problem
        return replace(self, asked=ignoring(self.asked, names))

    async def facts(self) -> Facts:
        kept = await periods_of(self.request.app)
        async with self.reading.database.read() as session:
            return Facts(await holds_demo(session), await loaded_levels(session), kept)


def reader_of(request: Request) -> Reader:
    """The language that is asked for: by the address, else by the browser, else Chinese."""
    found, _ = pairs(request.scope["query_string"])
    named = next((value for name, value in found if name == "lang"), None)
    if named in ("zh", "en", "zh-Hant"):
        return Reader("en" if named == "en" else "zh", named)
    return Reader(asked_lang(None, request.headers.get("accept-language")) or "zh", None)


def access_of(request: Request, reader: Reader) -> Access:
    state = request.app.state
    return Access(
        state.database,
        state.reference,
        state.follower,
        state.clock(),
        state.settings.address,
        reader.lang,
    )


async def visit(request: Request) -> Visit:
    reader = reader_of(request)
    reading = access_of(request, reader)
    vocabulary = await reading.reference.vocabulary()
    asked = read(request.scope["query_string"], vocabulary)
    return Visit(request, reader, reading, vocabulary, asked)


Visiting = Annotated[Visit, Depends(visit)]
