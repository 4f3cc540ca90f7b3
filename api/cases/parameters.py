"""What a reader may ask for: the one model of filter parameters and how its values are read.

What a filter means (predicate, sentence) stands in `filters.py`; nothing here knows the database.
"""

import math
import re
from datetime import date
from typing import Annotated, Any, Literal, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from api.folding import fold

MAX_CODES = 200
MAX_WORDS = 10
MAX_TEXT = 200
# int4, the type of the columns these are compared with.
MAX_COUNT = 2_147_483_647

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _fault(kind: str) -> PydanticCustomError:
    # The message is never shown: api/errors.py has the words for each kind.
    return PydanticCustomError(kind, "invalid")


def _split(value: Any) -> Any:
    """`a=1&a=2` and `a=1,2` alike; each code once, in code order."""
    given = [value] if isinstance(value, str) else list(value or ())
    codes = {part.strip() for item in given for part in str(item).split(",")}
    codes.discard("")
    if given and not codes:
        raise _fault("missing")
    if len(codes) > MAX_CODES:
        raise _fault("too_many_codes")
    return tuple(sorted(codes))


def _day(value: Any) -> Any:
    """Checks the form of a date; whether it opens or closes a window is known only later."""
    if value is None or value == "all":
        return value
    match = _DAY.match(value) if isinstance(value, str) else None
    try:
        assert match is not None
        year, month, day = (int(part or 1) for part in match.groups())
        date(year, month, day)
    except (AssertionError, ValueError):
        raise _fault("impossible_date") from None
    return value


def _closing_day(value: Any) -> Any:
    """A window can be open at its beginning (`since=all`), not at its end."""
    if value == "all":
        raise _fault("impossible_date")
    return _day(value)


def _words(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # Before the words are looked at: the field's own limit is checked only after this.
    if len(value) > MAX_TEXT:
        raise _fault("string_too_long")
    if _UNREADABLE.search(value):
        raise _fault("unreadable_text")
    words = value.split()
    # A word may be nothing but characters that folding removes.
    if not words or not all(fold(word).strip() for word in words):
        raise _fault("blank_words")
    if len(words) > MAX_WORDS:
        raise _fault("too_many_words")
    return " ".join(words)


def _box(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = value.split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        raise _fault("impossible_box") from None
    numbers = (west, south, east, north)
    if not all(math.isfinite(number) for number in numbers):
        raise _fault("impossible_box")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise _fault("impossible_box")
    return value


Codes = Annotated[tuple[str, ...], BeforeValidator(_split)]
FirstDay = Annotated[str | None, BeforeValidator(_day), StringConstraints(max_length=10)]
LastDay = Annotated[str | None, BeforeValidator(_closing_day), StringConstraints(max_length=10)]
Words = Annotated[str | None, StringConstraints(max_length=MAX_TEXT), BeforeValidator(_words)]
Count = Annotated[int | None, Field(ge=0, le=MAX_COUNT)]
Box = Annotated[str | None, StringConstraints(max_length=120), BeforeValidator(_box)]
MapChoice = Literal["calls", "strikes", "accidents", "all"]


class Asked(BaseModel):
    """What every public address takes: the language of messages and labels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Literal["zh", "en"] | None = Field(
        None, description="Language of errors, headers and labels; else Accept-Language."
    )


class TileFilters(Asked):
    """The filters without `bbox`: a tile brings its own."""

    map: MapChoice = Field("calls", description="Which archive.")
    since: FirstDay = Field(
        None,
        description="First day: YYYY-MM-DD, YYYY-MM or YYYY; `all` for everything. "
        "Default: six calendar months before the last day.",
        examples=["2026-05"],
    )
    until: LastDay = Field(
        None, description="Last day, inclusive, in the same forms. Default: today in Shanghai."
    )
    region: Codes = Field((), description="Place codes; a province covers all below it.")
    industry: Codes = Field((), description="Industry codes; a parent covers its children.")
    issue: Codes = Field((), description="What the workers complain of.")
    action: Codes = Field((), description="What the workers did.")
    response: Codes = Field((), description="What employers and authorities did.")
    platform: Codes = Field((), description="Where a source was posted.")
    ownership: Codes = Field((), description="Who owns the employer.")
    accident_type: Codes = Field((), description="Kind of accident.")
    company: Words = Field(None, description="Words in the employer's name.")
    q: Words = Field(
        None,
        description="Words in title, text, company or place names of either language; "
        "each must occur. Traditional and simplified script, case and width do not matter.",
    )
    participants_min: Count = Field(None, description="At least so many took part.")
    participants_max: Count = Field(None, description="At most so many took part.")
    deaths_min: Count = Field(None, description="At least so many died.")
    injuries_min: Count = Field(None, description="At least so many were injured.")
    replied: bool | None = Field(None, description="An office has answered.")
    has_source: bool | None = Field(None, description="At least one source is named.")
    has_contact: bool | None = Field(None, description="The document carries a contact.")
    placed: bool | None = Field(None, description="The place is known, so that a map shows it.")


class CaseFilters(TileFilters):
    """The filters, the same on every surface. All of them must hold; within one, any value."""

    bbox: Box = Field(None, description="west,south,east,north in degrees, WGS 84.")


class Page(BaseModel):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=200, description="Cases on a page.")
    cursor: str | None = Field(None, max_length=300, description="`next` of the page before.")
    sort: Literal["-date", "date", "-updated"] = Field(
        "-date", description="Newest first, oldest first, or by day of publication."
    )


class CaseListQuery(CaseFilters, Page):
    """Filters and page together."""


# The framework would take the last of several and drop the others unseen.
GIVEN_ONCE = frozenset({"counts"}) | {
    name
    for name, field in CaseListQuery.model_fields.items()
    if get_origin(field.annotation) is not tuple
}
