"""What a receipt code lets a person do: see the state, add something, withdraw everything.

The code is in bodies only. A code that nothing is known of is answered like one that never was.
"""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.alerts.forms import STORY
from api.alerts.origins import refuse_cross_site
from api.alerts.taking import take_addition
from api.alerts.told import reason_of
from api.alerts.uploads import HalfRead, read_form
from api.errors import DETAILS, Problem
from api.pages.alert.failures import Failure, failure, left_out
from api.pages.alert.reading import rest_of
from api.pages.alert.replying import Reply, replying

router = APIRouter(include_in_schema=False)
_LONGEST = 60


class _Slip(Exception):
    """What a person can put right at once, in their words."""


@router.get("/alert/receipt")
async def show(request: Request) -> Response:
    if request.app.state.intake is None:
        raise Problem("no-alerts")
    return _page(replying(request), {})


@router.post("/alert/receipt")
async def act(request: Request) -> Response:
    refuse_cross_site(request)
    reply = replying(request)
    said = reply.reader.words.alert
    try:
        pairs, bodies = await read_form(request, files=True)
    except HalfRead as problem:
        await rest_of(request)
        sent = dict(problem.pairs)
        return _page(reply, sent, told=failure(problem, said), held={"state": None})
    sent = dict(pairs)
    try:
        return await _done(reply, sent, bodies)
    except _Slip as slip:
        return _page(reply, sent, told=Failure(422, str(slip)), held={"state": None})
    except Exception as error:  # what was typed comes back, whatever it is
        return _page(reply, sent, told=failure(error, said), held={"state": None})


async def _done(reply: Reply, sent: dict[str, str], bodies: list[bytes]) -> Response:
    """Does what was asked and shows how things stand then."""
    intake = reply.request.app.state.intake
    if intake is None:
        raise Problem("no-alerts")
    said, code, do = reply.reader.words.alert, _code(sent), sent.get("do", "ask")
    notice: list[str] = []
    if do == "add" and code:
        text = sent.get("text", "").replace("\r\n", "\n").strip()
        if not text and not bodies:
            raise _Slip(said.receipt.empty)
        if len(text) > STORY:
            raise _Slip(DETAILS["string_too_long"].either(reply.reader.lang))
        added = await take_addition(intake, code, text, bodies)
        if added.known:
            notice = [said.receipt.added, *left_out(added.refused, said)]
            sent = {**sent, "text": ""}
    elif do == "really" and code and await intake.withdraw(code):
        notice = [said.receipt.withdrawn]
    state = await intake.state_of(code) if code else None
    if state is None:
        # The same page for a slip, an old code and one that never was.
        told = Failure(200, said.receipt.unknown)
        return _page(reply, {"receipt": ""}, told=told)
    held = {"state": state, "sure": do == "withdraw" and state.state != "withdrawn"}
    return _page(reply, sent, held=held, notice=notice)


def _code(sent: dict[str, str]) -> str:
    return sent.get("receipt", "").strip()[:_LONGEST]


def _page(
    reply: Reply,
    sent: dict[str, str],
    *,
    told: Failure | None = None,
    held: dict[str, Any] | None = None,
    notice: Sequence[str] = (),
) -> Response:
    """`held` is there where the code may be worked with: known, or not asked for a failure."""
    said = reply.reader.words.alert
    state = held and held["state"]
    # What staff call spam is for the person a report that was not published.
    name = {"spam": "rejected"}.get(state.state, state.state) if state else None
    reason = reason_of(state.reason) if state and name == "rejected" else None
    content = {
        "told": told,
        "notice": notice,
        "code": _code(sent),
        "text": sent.get("text", ""),
        "working": held is not None and bool(_code(sent)),
        "sure": bool(held and held.get("sure")),
        "state": state,
        "state_name": name,
        "state_text": getattr(said.states, name) if name else None,
        "reason": reason and reason.either(reply.reader.lang),
    }
    return reply.page("receipt", content, status=told.status if told else 200, padded=True)
