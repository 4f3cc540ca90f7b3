"""What every public route is handed: database, vocabulary, day, address and language."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path
from starlette.requests import Request

from api.cases.by_index import ByIndex
from api.cases.by_sql import BySql
from api.cases.finding import Finder
from api.cases.parameters import GIVEN_ONCE, TileFilters
from api.cases.view import View, resolve
from api.clock import Clock
from api.db import Database
from api.errors import DETAILS, MEDIA_TYPE, Problem, ProblemBody
from api.index.following import Follower
from api.lang import Lang, asked_lang
from api.reference import Reference


@dataclass(frozen=True, slots=True)
class Access:
    """One request's view of the archive."""

    database: Database
    reference: Reference
    # None at the desk, which keeps no index.
    follower: Follower | None
    today: date
    # Public address without a trailing slash.
    address: str
    lang: Lang

    async def view(
        self, filters: TileFilters, *, window: bool = True, day: date | None = None
    ) -> View:
        """The filters made definite for today, or for the `day` a cursor was made on.

        Only here is the database touched: what is wrong with a request is said without it.
        """
        vocabulary = await self.reference.vocabulary()
        return resolve(filters, vocabulary, day or self.today, window=window)

    async def finder(self) -> Finder:
        """Who answers lists, statistics and tiles now."""
        index = None if self.follower is None else await self.follower.index()
        if index is None or self.follower is None:
            return BySql(self.database)
        return ByIndex(index, self.follower, self.database)


async def access(request: Request) -> Access:
    state = request.app.state
    reference: Reference = state.reference
    clock: Clock = state.clock
    given = request.query_params
    for name in GIVEN_ONCE & given.keys():
        if len(given.getlist(name)) > 1:
            raise Problem("invalid-parameter", name, DETAILS["given_twice"])
    asked = asked_lang(given.get("lang"), request.headers.get("accept-language"))
    return Access(
        state.database, reference, state.follower, clock(), state.settings.address, asked or "en"
    )


Reading = Annotated[Access, Depends(access)]
Id = Annotated[str, Path(description="The case's id.")]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, for OpenAPI; 422 and 503 are possible everywhere."""
    words = {
        404: "Nothing here",
        410: "Withdrawn: the tombstone",
        422: "A parameter is unknown or invalid",
        503: "Busy, or the database cannot be reached",
    }
    return {
        status: {"description": words[status], "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in (*statuses, 422, 503)
    }


_SCHEMA = {"$ref": f"#/components/schemas/{ProblemBody.__name__}"}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "Unchanged"}}
