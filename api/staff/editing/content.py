"""What a person at the desk may write into a case: the editable members, checked and cleaned."""

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.errors import Problem
from api.folding import clean
from api.reference import Vocabulary
from api.staff.importing.links import is_link

# A field named `date` hides the type of that name.
Day = datetime.date
MapName = Literal["calls", "strikes", "accidents"]
# No shorter than what an import takes, so that whatever is there can be saved again.
LINE, TEXT, MOST = 2_000, 100_000, 500
LARGEST = 2**31 - 1


def _fault(kind: str) -> PydanticCustomError:
    # The kind is a row of errors.DETAILS; what was sent stands in no message.
    return PydanticCustomError(kind, "refused")  # type: ignore[arg-type, unused-ignore]


def _cleaned(text: str) -> str | None:
    return clean(text) or None


def _link(text: str) -> str | None:
    address = clean(text) or None
    if address is not None and not is_link(address):
        raise _fault("not_a_link")
    return address


def _each_once(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))


Line = Annotated[str, Field(max_length=LINE), AfterValidator(_cleaned)] | None
Long = Annotated[str, Field(max_length=TEXT), AfterValidator(_cleaned)] | None
Link = Annotated[str, Field(max_length=LINE), AfterValidator(_link)] | None
Code = Annotated[str, Field(pattern="^[0-9a-z_]{1,60}$")]
Codes = Annotated[list[Code], Field(max_length=MOST), AfterValidator(_each_once)]
Count = Annotated[int, Field(ge=0, le=LARGEST)] | None
Sum = Annotated[float, Field(ge=0, le=999_999_999_999, allow_inf_nan=False)] | None
Months = Annotated[float, Field(ge=0, le=99_999, allow_inf_nan=False)] | None
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


def _filled(stated: dict[str, list[str]]) -> dict[str, list[str]]:
    cleaned = {kind: [clean(text) for text in texts] for kind, texts in stated.items()}
    filled = {kind: [text for text in texts if text] for kind, texts in cleaned.items()}
    return {kind: texts for kind, texts in filled.items() if texts}


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @property
    def says_nothing(self) -> bool:
        return all(value is None for value in self.__dict__.values())


class Name(Part):
    """A line in both languages."""

    zh: Line = None
    en: Line = None


class Words(Part):
    """A long text in both languages."""

    zh: Long = None
    en: Long = None


class CaseDate(Part):
    value: Day
    precision: Literal["day", "month", "year"] = "day"

    @model_validator(mode="after")
    def _first_day(self) -> Self:
        """The first day of an imprecise date, as it is stored."""
        if self.precision != "day":
            month = 1 if self.precision == "year" else self.value.month
            self.value = self.value.replace(month=month, day=1)
        return self


class Participants(Part):
    low: Count = None
    high: Count = None
    stated: Line = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise _fault("low_above_high")
        return self


class Period(Part):
    since: Day | None = Field(None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise _fault("since_after_until")
        return self


class SourceIn(Part):
    platform: Code | None = None
    url: Link = None
    posted_on: Day | None = None
    archived: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    still_live: bool | None = None


class ReplyIn(Part):
    office: Name = Name()
    level: Literal["ministry", "province", "prefecture", "county"] | None = None
    received_on: Day | None = None
    replied_on: Day | None = None
    text: Words = Words()
    status: Literal["待回复", "办理中", "已办理"] = "待回复"
    promise_due_on: Day | None = None
    outcome: Words = Words()


class Content(Part):
    """The editable members of a case."""

    map: MapName
    date: CaseDate
    title: Name = Name()
    text: Words = Words()
    company: Name = Name()
    place: Code | None = None
    point: tuple[Longitude, Latitude] | None = Field(
        None, description="Kept only where `shown` is exact: what may not be shown is not stored."
    )
    shown: Literal["prefecture", "county", "exact"] = "county"
    industry: Code | None = None
    issues: Codes = []
    actions: Codes = []
    responses: Codes = []
    ownership: Code | None = None
    accident_type: Code | None = None
    participants: Participants | None = None
    deaths: Count = None
    injuries: Count = None
    amount_owed: Sum = Field(None, description="In CNY.")
    months_owed: Months = None
    period: Period | None = None
    stated: Annotated[
        dict[
            Annotated[str, Field(pattern="^[a-z_]{1,40}$")],
            Annotated[list[Annotated[str, Field(max_length=TEXT)]], Field(max_length=MOST)],
        ],
        Field(max_length=50),
    ] = {}
    notes: Long = Field(None, description="For the desk alone; never public.")
    sources: Annotated[list[SourceIn], Field(max_length=MOST)] = []
    replies: Annotated[list[ReplyIn], Field(max_length=MOST)] = []

    @model_validator(mode="after")
    def _settled(self) -> Self:
        """What says nothing is null, numbers have the digits they are stored with.

        Assigned only where given: what is left out must still be known as that.
        """
        if self.participants is not None and self.participants.says_nothing:
            self.participants = None
        if self.period is not None and self.period.says_nothing:
            self.period = None
        if self.amount_owed is not None:
            self.amount_owed = round(self.amount_owed, 2)
        if self.months_owed is not None:
            self.months_owed = round(self.months_owed, 1)
        if self.stated:
            self.stated = _filled(self.stated)
        return self

    def shown_only(self) -> Self:
        """The same without a point that may not be shown: it is not stored either."""
        if self.shown != "exact":
            self.point = None
        return self

    def plain(self) -> dict[str, Any]:
        """The members as JSON has them."""
        return self.model_dump(mode="json", by_alias=True)


_KINDS = {
    "place": "place",
    "industry": "industry",
    "issues": "issue",
    "actions": "action",
    "responses": "response",
    "ownership": "ownership",
    "accident_type": "accident_type",
}


def check_codes(content: Content, vocabulary: Vocabulary, names: set[str]) -> None:
    """Raises Problem "unknown-code" for a code in one of the members `names` that means nothing."""
    for name, kind in _KINDS.items():
        value = getattr(content, name) or ()
        for code in (value,) if isinstance(value, str) else value:
            if name in names and not vocabulary.knows(kind, code):
                raise Problem("unknown-code", name)
    for source in content.sources if "sources" in names else ():
        if source.platform is not None and not vocabulary.knows("platform", source.platform):
            raise Problem("unknown-code", "platform")
