"""What the desk answers about cases, field for field, and the small bodies it takes."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.cases.parameters import CaseFilters
from api.cases.reasons import Reason
from api.cases.schemas import CaseDay, CaseId, CodedPath, Day, FiltersInForce, Text
from api.staff.editing.content import Content, Name

State = Literal["draft", "published", "withdrawn"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListQuery(CaseFilters):
    """The filters of the public side, by the desk's own states, and which part of the list."""

    state: State | None = None
    flag: str | None = Field(None, max_length=60, description="Only cases with this flag.")
    waiting: bool | None = Field(None, description="Put off to the next batch.")
    pending: bool | None = Field(None, description="Published, with edits that are not.")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=300)
    sort: Literal["-date", "date"] = "-date"


class Item(Shape):
    """A short case."""

    id: CaseId
    map: str
    state: State
    date: CaseDay
    title: Text
    company: Text
    region: CodedPath | None
    revision: int
    edit: int
    pending: bool = Field(description="Published, with edits that are not.")
    flags: list[str]
    from_alert: bool
    waiting: bool
    missing: list[Literal["zh", "en"]]


class Items(Shape):
    filters: FiltersInForce
    total: int
    items: list[Item]
    next: str | None


class ListedContact(Shape):
    id: str
    channel: str
    consent: str
    public: bool
    asked: bool


class Span(Shape):
    """Likely personal data: offsets in UTF-16 code units, as browsers count."""

    field: str = Field(examples=["text.zh"])
    start: int
    end: int
    kind: str


class Published(Shape):
    revision: int
    day: Day


class Case(Content):
    """A whole working copy."""

    id: CaseId
    state: State
    edit: int
    revision: int
    flags: list[str]
    from_alert: bool
    pending: bool
    waiting: bool
    alert: str | None
    missing: list[str] = Field(examples=[["title.en"]])
    contacts: list[ListedContact]
    personal: list[Span]
    published: Published | None


class Save(Content):
    """The members to write, and the edit that they were made from. What is left out stays."""

    edit: int = Field(ge=0)


class PublishBody(Shape):
    edit: int = Field(ge=0)
    reason: Name | None = Field(None, description="Public; needed for what is published already.")
    forget: bool = Field(
        False, description="Null the earlier documents too: a correction that protects somebody."
    )


class PublishAnswer(Shape):
    state: Literal["published", "waiting"]
    revision: int
    next_batch: str | None = Field(examples=["2026-11-21T18:00+08:00"])


class PublicationsBody(Shape):
    ids: Annotated[list[CaseId], Field(min_length=1, max_length=1_000)]
    reason: Name | None = None


class PublicationsAnswer(Shape):
    published: list[CaseId]
    waiting: list[CaseId]
    passed_over: list[CaseId]


class WithdrawBody(Shape):
    reason: Reason


class MergeBody(Shape):
    into: CaseId
    edit: int = Field(ge=0)


class Preview(Shape):
    summary: dict[str, Any]
    document: dict[str, Any]


class HistoryEntry(Shape):
    revision: int
    day: Day
    kind: str
    fields: list[str]
    reason: Text | None


class History(Shape):
    items: list[HistoryEntry]
