"""Sending an alert, and what its receipt is good for. Nothing here is cached, nothing logged."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.alerts.bodies import (
    ALERT,
    answer,
    checked,
    even_answer,
    media_type,
    read_json_body,
    read_small,
)
from api.alerts.documenting import ADDITION, FORM, HEADERS, SMALL, refusals
from api.alerts.forms import AlertForm, check_codes, parse, read_json
from api.alerts.idempotency import read_key
from api.alerts.intake import Intake
from api.alerts.origins import refuse_cross_site
from api.alerts.schemas import (
    AddedAnswer,
    AdditionForm,
    Files,
    ReceiptForm,
    StateAnswer,
    Taken,
    WithdrawnAnswer,
)
from api.alerts.taking import take_addition, take_alert
from api.alerts.uploads import read_form
from api.alerts.work import Challenge
from api.cases.parameters import Asked
from api.errors import DETAILS, Problem
from api.folding import clean

router = APIRouter(prefix="/alerts", tags=["alerts"])
Language = Annotated[Asked, Query()]


def intake_of(request: Request) -> Intake:
    """The intake. Raises Problem "no-alerts" where this deployment has no keys."""
    intake: Intake | None = request.app.state.intake
    if intake is None:
        raise Problem("no-alerts")
    return intake


@router.post(
    "",
    response_model=Taken,
    status_code=201,
    responses=refusals(400, 403, 409, 413, 415),
    openapi_extra={"parameters": HEADERS, "requestBody": FORM},
    summary="Send an Incident Alert",
)
async def send_alert(request: Request, _: Language) -> Response:
    """Stored when 201 is answered, once for each Idempotency-Key. Files that cannot be kept are
    named in the answer; the alert is taken all the same. A proof of work is not asked for: with one
    the alert is read earlier while many arrive."""
    refuse_cross_site(request)
    intake = intake_of(request)
    key = read_key(request.headers.get("idempotency-key"))
    form, bodies = await _read_alert(request)
    if form.region is not None or form.industry is not None:
        check_codes(form, await request.app.state.reference.vocabulary())
    proof = request.headers.get("altcha")
    told = await take_alert(intake, form, bodies, key=key, proof=proof)
    files = Files.of(told.kept, told.refused)
    return answer(Taken(receipt=told.receipt, files=files), 201)


async def _read_alert(request: Request) -> tuple[AlertForm, list[bytes]]:
    if media_type(request) == "application/json":
        return read_json(await read_json_body(request, ALERT)), []
    pairs, bodies = await read_form(request, files=True)
    return parse(pairs), bodies


@router.get(
    "/challenge",
    response_model=Challenge,
    responses=refusals(),
    summary="A proof of work to be done",
)
async def read_challenge(request: Request, _: Language) -> Response:
    """altcha's: find the number up to `maxnumber` for which SHA-256 of `salt` and the number's
    digits is `challenge`, and send base64 of {algorithm, challenge, number, salt, signature} in the
    header `Altcha` of the alert. Good for twenty minutes and for one alert."""
    return answer(intake_of(request).work.challenge())


@router.post(
    "/state",
    response_model=StateAnswer,
    responses=refusals(400, 403, 413, 415),
    openapi_extra={"requestBody": SMALL},
    summary="How far an alert is",
)
async def read_state(request: Request, _: Language) -> Response:
    """`unknown` where there is no such receipt; by its length one answer is like another."""
    refuse_cross_site(request)
    intake = intake_of(request)
    asked = await read_small(request, ReceiptForm)
    return even_answer(StateAnswer.of(await intake.state_of(asked.receipt)))


@router.post(
    "/additions",
    response_model=AddedAnswer,
    responses=refusals(400, 403, 413, 415),
    openapi_extra={"requestBody": ADDITION},
    summary="Add to an alert",
)
async def add_to_alert(request: Request, _: Language) -> Response:
    """Words, files or both, sealed like the alert itself."""
    refuse_cross_site(request)
    intake = intake_of(request)
    asked, bodies = await _read_addition(request)
    story = clean(asked.text)
    if not story and not bodies:
        raise Problem("invalid-parameter", "text", DETAILS["blank"])
    added = await take_addition(
        intake, asked.receipt, story, bodies, keep_original=asked.keep_original
    )
    return even_answer(AddedAnswer(known=added.known, files=Files.of(added.kept, added.refused)))


async def _read_addition(request: Request) -> tuple[AdditionForm, list[bytes]]:
    if media_type(request) == "application/json":
        return checked(AdditionForm, await read_json_body(request, ALERT)), []
    pairs, bodies = await read_form(request, files=True)
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in given:
            raise Problem("invalid-parameter", name, DETAILS["given_twice"])
        given[name] = value.replace("\r\n", "\n")
    if "keep_original" in given:
        given["keep_original"] = given["keep_original"] in ("on", "1", "true")
    return checked(AdditionForm, given), bodies


@router.post(
    "/withdrawal",
    response_model=WithdrawnAnswer,
    responses=refusals(400, 403, 413, 415),
    openapi_extra={"requestBody": SMALL},
    summary="Withdraw an alert",
)
async def withdraw_alert(request: Request, _: Language) -> Response:
    """Everything that was sent is deleted at once: text, files, additions, address."""
    refuse_cross_site(request)
    intake = intake_of(request)
    asked = await read_small(request, ReceiptForm)
    return even_answer(WithdrawnAnswer(known=await intake.withdraw(asked.receipt)))
