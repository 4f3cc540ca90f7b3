"""Bodies of the alert routes: what is sent beside the form itself, and what is answered."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.alerts.forms import STORY
from api.alerts.told import Left, State, reason_of

# Characters, of which a receipt has 24, whatever stands between them.
_EXAMPLE = "0123-4567-89AB-CDEF-GHJK-MNPQ"
Receipt = Annotated[str, Field(min_length=1, max_length=100, examples=[_EXAMPLE])]
Told = Literal[
    "received", "checking", "published", "rejected", "spam", "withdrawn", "unknown"
]  # fmt: skip


class ReceiptForm(BaseModel):
    """A receipt, in a body: in an address it would be kept by whoever passes it on."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)

    receipt: Receipt


class AdditionForm(ReceiptForm):
    """Something to add to an alert."""

    text: Annotated[str, Field(max_length=STORY)] = ""
    keep_original: bool = False


class RefusedFile(BaseModel):
    """A file that was not taken: which of those sent, from 0, and why."""

    position: int
    code: Literal["type", "size", "pixels", "damaged", "busy", "budget"]


class Files(BaseModel):
    """What became of the files."""

    kept: int
    refused: list[RefusedFile]

    @classmethod
    def of(cls, kept: int, refused: tuple[Left, ...]) -> "Files":
        return cls.model_validate({"kept": kept, "refused": [left._asdict() for left in refused]})


class Taken(BaseModel):
    """An alert was stored. The receipt is told once; we keep no copy of it."""

    receipt: str = Field(examples=[_EXAMPLE])
    state: Literal["received"] = "received"
    files: Files


class Reason(BaseModel):
    """Why an alert was not published."""

    code: str
    zh: str
    en: str


class StateAnswer(BaseModel):
    """How far the desk is. `unknown`: no such receipt, or its time is over."""

    state: Told
    changed_on: date | None = None
    reason: Reason | None = None
    case_id: str | None = None

    @classmethod
    def of(cls, found: State | None) -> "StateAnswer":
        if found is None:
            return cls(state="unknown")
        words = reason_of(found.reason)
        reason = words and {"code": found.reason, "zh": words.zh, "en": words.en}
        return cls.model_validate({**found._asdict(), "reason": reason})


class AddedAnswer(BaseModel):
    """Whether the receipt is that of an open alert, and what became of the files."""

    known: bool
    files: Files


class WithdrawnAnswer(BaseModel):
    """Whether the receipt was that of an open alert. Its content is gone, then."""

    known: bool
