"""The public shapes of a case: summary and document, field for field. Rendering is the desk's."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

# A field named `date` hides the type of that name.
Day = datetime.date
MapName = Literal["calls", "strikes", "accidents"]
CaseId = Annotated[
    str,
    Field(
        pattern="^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$",
        description="13 Crockford base-32 characters, random",
        examples=["7Z4K2M9QWERTY"],
    ),
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Text(Shape):
    """A free text in both languages; null where a language is missing."""

    zh: str | None
    en: str | None


class Coded(Shape):
    """A code with its labels."""

    code: str
    zh: str
    en: str


class CodedPath(Coded):
    """A code with its labels and the way to it, from the top level down to itself."""

    path: list[Coded]


class CaseDay(Shape):
    """A Shanghai calendar day; the first one of an imprecise date."""

    value: Day
    precision: Literal["day", "month", "year"]


class Summary(Shape):
    """A case as lists show it."""

    id: CaseId
    map: MapName
    date: CaseDay
    title: Text
    region: CodedPath | None
    point: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        description="Longitude and latitude in degrees, WGS 84: of the place, unless an exact "
        "point was allowed; null where the case is not placed."
    )
    industry: CodedPath | None
    issues: list[Coded]
    actions: list[Coded]
    company: Text
    replied: bool
    sources: int = Field(description="How many sources the document names.")
    revision: int = Field(ge=1)
    updated: Day = Field(description="Day of this revision's publication.")


class Source(Shape):
    platform: Coded | None
    url: str | None
    posted_on: Day | None
    archived: str | None = Field(description="SHA-256 of an archived copy.")
    still_live: bool | None = Field(description="False once the platform has removed it.")


class Reply(Shape):
    """One round of an official exchange."""

    office: Text
    level: str | None
    received_on: Day | None
    replied_on: Day | None
    days: int | None = Field(description="Days from message to reply.")
    text: Text
    status: Literal["待回复", "办理中", "已办理"]
    promise_due_on: Day | None
    outcome: Text


class Contact(Shape):
    """A way to reach the worker that the worker and two members of staff have made public."""

    channel: str
    value: str


class Period(Shape):
    """What a case is about in time, apart from the day of the appeal."""

    since: Day | None = Field(alias="from")
    until: Day | None


class Participants(Shape):
    """CLB's bands share their bounds; high is null where the band is open."""

    low: int | None
    high: int | None
    stated: str | None


class Document(Summary):
    """A whole case."""

    sources: list[Source]  # type: ignore[assignment]
    text: Text
    stated: dict[str, list[str]] = Field(
        description="What the source said that no term of a kind matches, verbatim."
    )
    period: Period | None
    replies: list[Reply]
    contacts: list[Contact]
    participants: Participants | None
    ownership: Coded | None
    response: list[Coded]
    accident_type: Coded | None
    deaths: int | None
    injuries: int | None
    amount_owed: float | None = Field(description="In CNY.")
    months_owed: float | None
    cite: Text


class Part(Shape):
    """One filter in force and what it says."""

    name: str
    values: list[str]
    zh: str
    en: str
    removable: bool


class FiltersInForce(Shape):
    """The filters as applied: one canonical query string, and a sentence for people."""

    canonical: str
    parts: list[Part]
    sentence: Text


class CaseList(Shape):
    filters: FiltersInForce
    total: int
    items: list[Summary]
    next: str | None


class RevisionEntry(Shape):
    """One entry of a case's history."""

    revision: int
    change: int
    day: Day
    kind: Literal["published", "changed", "withdrawn", "merged"]
    fields: list[str]
    reason: Text | None
    document: dict[str, Any] | None = Field(
        description="As it was published; null once it has been taken back."
    )


class Revisions(Shape):
    id: CaseId
    revisions: list[RevisionEntry]
