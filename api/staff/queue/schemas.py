"""What the queue answers and takes, field for field."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.alerts.told import REASONS
from api.cases.parameters import Asked, Codes
from api.cases.schemas import CaseId, Text
from api.staff.editing.schemas import Item
from api.staff.queue.personal import LONGEST, Kind

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def _day(value: object) -> object:
    try:
        if isinstance(value, str) and _DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("impossible_date", "refused")


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,32}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class AlertQuery(Asked):
    """Which alerts; only by what is not sealed."""

    lane: Codes = Field((), description="proven, plain, unproven; any of them.")
    state: Codes = Field(
        (), description="received, checking, published, rejected, spam, withdrawn; any of them."
    )
    since: Day | None = Field(None, description="Received on this day or later.")
    until: Day | None = Field(None, description="Received on this day or earlier.")
    assignee: Name | None = Field(None, description="An account's name, or `none`.")
    flagged: bool | None = Field(None, description="Waiting for longer than it should.")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=300, description="`next` of the page before.")


# The framework would take the last of several and drop the others unseen.
GIVEN_ONCE = AlertQuery.model_fields.keys() - {"lane", "state"}


class ListedAlert(BaseModel):
    """An alert without its content."""

    id: CaseId
    received_on: date
    lane: str
    lang: str
    state: str
    changed_on: date | None
    reason: str | None
    case_id: str | None
    assignee: str | None = Field(description="An account's name.")
    flagged: bool
    confirmed: bool = Field(description="The address of its mail is somebody's.")
    emptied: bool = Field(description="Withdrawn by its sender, or kept long enough.")
    files: int
    additions: int
    later: int = Field(description="Additions since the desk's last act.")

    @classmethod
    def of(cls, row: Any) -> "ListedAlert":
        """`row` has the columns of api.alerts.reading.CLEAR."""
        return cls.model_validate(dict(row._mapping))


class Alerts(Shape):
    """The proven lane first, then by day."""

    total: int
    items: list[ListedAlert]
    next: str | None


class AttachedFile(Shape):
    id: CaseId
    kind: str
    size: int = Field(description="Bytes, to some hundreds.")
    original: bool = Field(description="The person asked for the original to be kept.")


Value = str | bool | int | float | list[str]


class Content(Shape):
    """What a box held."""

    content: dict[str, Value] | None = Field(
        description="By field of the form. Contact details are not shown here, only that there "
        "are some: they are looked at one by one, in the case made from the alert."
    )
    unreadable: bool = Field(description="Damaged, or sealed to another key.")
    attachments: list[AttachedFile]


class AddedContent(Content):
    received_on: date


class LikelyPersonal(Shape):
    """A stretch of a text, in UTF-16 code units."""

    start: int
    end: int
    kind: Kind


class LikelyInField(LikelyPersonal):
    field: str = Field(examples=["story", "additions.0.text"])


class OpenedAnswer(ListedAlert, Content):
    """An alert with all that it says."""

    # How many additions there are is seen from the list of them.
    additions: list[AddedContent]  # type: ignore[assignment]
    personal: list[LikelyInField]


class Assignment(Shape):
    assignee: Name | None


class Decision(Shape):
    """How far the desk is, and why: its sender is told so."""

    state: Literal["received", "checking", "rejected", "spam"]
    reason: Literal[tuple(REASONS)] | None = None  # type: ignore[valid-type]


class MadeCase(Shape):
    id: CaseId


class PersonalText(Shape):
    text: Annotated[str, Field(max_length=LONGEST)]


class LikelyAnswer(Shape):
    items: list[LikelyPersonal]


class DueInquiry(Shape):
    """Nobody has asked yet what became of this case, so many days after it was published."""

    case: Item
    days: Literal[30, 90]
    due_on: date


class DuePromise(Shape):
    """An office's promise whose day is over, and nobody wrote down what came of it."""

    case: Item
    position: int
    office: Text
    promise_due_on: date


class News(Shape):
    inquiries: list[DueInquiry]
    promises: list[DuePromise]
    additions: list[ListedAlert] = Field(
        description="Alerts to which something was added since the desk's last act, and withdrawn "
        "ones whose case is still there."
    )


class Asking(Shape):
    """Somebody has asked, and this is what came of it."""

    case_id: CaseId
    days: Literal[30, 90]
    outcome: Literal["news", "none", "unreachable"]
