"""Bodies of the contact routes; a value stands in a request and in one answer, nowhere else."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.folding import clean
from api.staff.contacts.storing import Channel, Consent


def _said(text: str) -> str:
    cleaned = clean(text)
    if not cleaned:
        raise PydanticCustomError("blank", "refused")
    return cleaned


Value = Annotated[str, Field(max_length=500), AfterValidator(_said)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class NewContact(_Body):
    """A way to reach somebody, as it was given, and whom it may be given to."""

    channel: Channel
    value: Value
    consent: Consent = "none"


class ContactChange(_Body):
    """Another consent, another value, or both."""

    consent: Consent | None = None
    value: Value | None = None

    @model_validator(mode="after")
    def _something(self) -> "ContactChange":
        if self.consent is None and self.value is None:
            raise PydanticCustomError("missing", "refused")
        return self


class Kept(BaseModel):
    """What was stored."""

    id: str


class Viewed(BaseModel):
    """The value; null where its box does not open with the keys at hand."""

    value: str | None
