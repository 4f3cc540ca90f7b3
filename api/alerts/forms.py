"""What a person can tell us: one model for JSON, for multipart and for the page without scripts.

Every text is cleaned on entry. What is wrong is named by field, and never repeated.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from api.errors import DETAILS, Problem, shown_name
from api.folding import clean
from api.mail.addresses import is_mainland, validated_address
from api.reference import Vocabulary

Kind = Literal[
    "wage_arrears", "layoffs", "injury", "discrimination", "hours", "contract", "other"
]  # fmt: skip
# Whom a contact detail may be given to; `public` still needs two of the staff.
Consent = Literal["staff", "helpers", "public"]
ReplyLang = Literal["zh", "en"]
KINDS: tuple[str, ...] = get_args(Kind)
STORY, TEXT, LINKS, LINK_LINES = 10_000, 500, 2_500, 5
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def _fault(kind: str) -> PydanticCustomError:
    # The kind is a row of errors.DETAILS; what was sent stands in no message.
    return PydanticCustomError(kind, "refused")  # type: ignore[arg-type, unused-ignore]


def _said(text: str) -> str:
    cleaned = clean(text)
    if not cleaned:
        raise _fault("blank")
    return cleaned


def _cleaned(text: str) -> str | None:
    return clean(text) or None


def _address(text: str) -> str | None:
    if not clean(text):
        return None
    try:
        return validated_address(text)
    except ValueError:
        raise _fault("not_an_address") from None


def _few_lines(text: str | None) -> str | None:
    lines = [line.strip() for line in (text or "").split("\n") if line.strip()]
    if len(lines) > LINK_LINES:
        raise _fault("too_many_lines")
    return "\n".join(lines) or None


def _existing(text: str | None) -> str | None:
    if text is None:
        return None
    found = _DAY.match(text)
    try:
        if found is None:
            raise ValueError
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise _fault("impossible_date") from None
    return text


def _once(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(kinds))


# Lengths are those of what was sent, before it is cleaned.
Text = Annotated[str, Field(max_length=TEXT), AfterValidator(_cleaned)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
Money = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]


class AlertForm(BaseModel):
    """An Incident Alert as it is sent. Only `kind` and `story` are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=7), AfterValidator(_once)]
    story: Annotated[str, Field(min_length=1, max_length=STORY), AfterValidator(_said)]
    happened: Annotated[Text | None, AfterValidator(_existing)] = None
    place: Text | None = None
    region: Code | None = None
    industry: Code | None = None
    company: Text | None = None
    amount_owed: Money | None = None
    months_owed: Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)] | None = None
    people: Count | None = None
    links: Annotated[
        Annotated[str, Field(max_length=LINKS), AfterValidator(_cleaned)] | None,
        AfterValidator(_few_lines),
    ] = None
    contact_name: Text | None = None
    contact_phone: Text | None = None
    contact_wechat: Text | None = None
    contact_other: Text | None = None
    consent_name: Consent = "staff"
    consent_phone: Consent = "staff"
    consent_wechat: Consent = "staff"
    consent_other: Consent = "staff"
    email: Annotated[str, Field(max_length=254), AfterValidator(_address)] | None = None
    # Ticked by who was told that a mainland provider may read along, and wants the mail anyway.
    email_anyway: bool = Field(default=False, validate_default=True)
    exact_place: bool = False
    keep_original: bool = False
    reply_lang: ReplyLang = "zh"

    @field_validator("email_anyway")
    @classmethod
    def _warned(cls, ticked: bool, given: ValidationInfo) -> bool:
        email = given.data.get("email")
        if email is not None and not ticked and is_mainland(email):
            raise _fault("mainland_address")
        return ticked

    @model_validator(mode="before")
    @classmethod
    def _object(cls, value: object) -> object:
        if not isinstance(value, dict):
            raise _fault("not_an_object")
        return value


TICKS = tuple(name for name, field in AlertForm.model_fields.items() if field.annotation is bool)
NUMBERS = ("amount_owed", "months_owed", "people")


def read_json(value: object) -> AlertForm:
    """The form in a JSON value. Raises Problem with a fault per field."""
    try:
        # Types as they are sent: "5" is no number and 1 no tick.
        return AlertForm.model_validate(_as_tuple(value), strict=True)
    except ValidationError as error:
        raise problem_of(error) from None


def _as_tuple(value: object) -> object:
    kinds = value.get("kind") if isinstance(value, dict) else None
    return {**value, "kind": tuple(kinds)} if isinstance(kinds, list) else value  # type: ignore[dict-item]


def parse(pairs: Sequence[tuple[str, str]]) -> AlertForm:
    """The form in the fields of a form body; an empty field is one that was left out.

    Raises Problem with a fault per field.
    """
    found: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in pairs:
        # A browser counts a line's end as one character and sends two.
        text = value.replace("\r\n", "\n")
        if not text.strip():
            continue
        if name == "kind":
            found[name] = (*found.get(name, ()), *text.strip().split(","))
        elif name in found:
            faults.append(name)
        else:
            found[name] = _typed(name, text)
    if faults:
        problem = Problem("invalid-parameter")
        problem.faults = [(shown_name(name), DETAILS["given_twice"]) for name in faults]
        raise problem
    try:
        return AlertForm.model_validate(found)
    except ValidationError as error:
        raise problem_of(error) from None


def _typed(name: str, text: str) -> Any:
    if name in TICKS:
        return {"on": True, "1": True, "true": True, "0": False, "false": False}.get(text, text)
    if name in NUMBERS:
        return text.strip().replace(",", "").replace("，", "")
    return text.strip() if name in ("region", "industry", "reply_lang") else text


def check_codes(form: AlertForm, vocabulary: Vocabulary) -> None:
    """Raises Problem "unknown-code" for a place or an industry that there is not."""
    for name, kind, code in (
        ("region", "place", form.region),
        ("industry", "industry", form.industry),
    ):
        if code is not None and not vocabulary.knows(kind, code):
            raise Problem("unknown-code", name)


def problem_of(error: ValidationError) -> Problem:
    """What is wrong, field by field, without what was sent."""
    parts = error.errors(include_input=False, include_url=False, include_context=False)
    unknown = any(part["type"] == "extra_forbidden" for part in parts)
    problem = Problem("unknown-parameter" if unknown else "invalid-parameter")
    for part in parts:
        name = next((step for step in part["loc"] if isinstance(step, str)), None)
        detail = DETAILS.get(part["type"], DETAILS["unfit"])
        fault = (shown_name(name) if name is not None else None, detail)
        if fault not in problem.faults:
            problem.faults.append(fault)
    return problem
