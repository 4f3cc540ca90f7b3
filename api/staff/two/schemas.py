"""What is asked of a second person, and requests as they are answered."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.staff.two.requests import Kind, State


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class ExportAsked(_Body):
    """The filters of the cases, as in the address of GET /staff/cases; no filter: all of a map."""

    query: Annotated[str, Field(max_length=4_000)] = ""


class RetentionAsked(_Body):
    """A period as the privacy page names it, and how long it is to be, in days or hours."""

    name: Literal["rejected_days", "contact_days", "mail_hours", "receipt_days"]
    length: int


class ExportRequest(_Body):
    kind: Literal["export"]
    asked: ExportAsked


class RetentionRequest(_Body):
    kind: Literal["retention"]
    asked: RetentionAsked


NewRequest = Annotated[ExportRequest | RetentionRequest, Field(discriminator="kind")]


class RequestShown(BaseModel):
    """A request with who asked and who decided. `case_id`: of a contact's case."""

    id: str
    kind: Kind
    subject: str
    case_id: str | None
    asked: dict[str, Any]
    asked_by: str
    asked_on: date
    state: State
    decided_by: str | None
    decided_on: date | None


class RequestList(BaseModel):
    items: list[RequestShown]
