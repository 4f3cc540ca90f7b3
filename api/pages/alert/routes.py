"""GET /alert, the check and the sending. Whatever goes wrong, what was typed comes back."""

from collections import defaultdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.alerts.forms import KINDS as SUBJECTS
from api.alerts.origins import refuse_cross_site
from api.alerts.periods import periods_of
from api.alerts.taking import take_alert
from api.alerts.told import Submitted
from api.alerts.uploads import HalfRead, read_form
from api.errors import KINDS, Problem
from api.pages import notices
from api.pages.alert import confirm, fields, receipt
from api.pages.alert.failures import failure, left_out, was_used
from api.pages.alert.fields import Pairs
from api.pages.alert.reading import key_of, needs_warning, new_key, read_alert, rest_of
from api.pages.alert.replying import Reply, replying

router = APIRouter(include_in_schema=False)
router.include_router(receipt.router)
router.include_router(confirm.router)


@router.get("/alert")
async def show_form(request: Request) -> Response:
    if request.app.state.intake is None:
        return await notices.read_alert(request)
    return await _form(replying(request), [], indexed=True)


@router.get("/alert/check")
async def begin_again(request: Request) -> Response:
    # Where a browser asks once more for a page that was made from what it sent.
    reader = replying(request).reader
    address = f"/alert?lang={reader.named}" if reader.named else "/alert"
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


@router.post("/alert/check")
async def check(request: Request) -> Response:
    refuse_cross_site(request)
    reply = replying(request)
    pairs, _ = await read_form(request, files=False)
    if ("step", "edit") in pairs:
        return await _form(reply, pairs)
    try:
        if request.app.state.intake is None:
            raise Problem("no-alerts")
        read_alert(pairs)
    except Problem as problem:
        return await _refused(reply, pairs, problem)
    return _check(reply, pairs)


@router.post("/alert")
async def send(request: Request) -> Response:
    refuse_cross_site(request)
    reply = replying(request)
    try:
        pairs, bodies = await read_form(request, files=True)
    except HalfRead as problem:
        await rest_of(request)
        return _check(reply, problem.pairs, problem)
    try:
        taken = await _store(request, pairs, bodies)
    except Exception as error:  # whatever it is, nobody types a call for help twice
        return await _refused(reply, pairs, error)
    content = {
        "code": taken.receipt,
        "groups": taken.receipt.split("-"),
        "left_out": left_out(taken.refused, reply.reader.words.alert),
        "mailed": "email" in fields.values(pairs),
    }
    return reply.page("sent", content, status=201)


async def _store(request: Request, pairs: Pairs, bodies: list[bytes]) -> Submitted:
    intake = request.app.state.intake
    if intake is None:
        raise Problem("no-alerts")
    return await take_alert(intake, read_alert(pairs), bodies, key=key_of(pairs))


async def _refused(reply: Reply, pairs: Pairs, error: Exception) -> Response:
    """The form where a field is wrong, otherwise the check again."""
    if isinstance(error, Problem) and error.faults:
        return await _form(reply, pairs, error)
    return _check(reply, pairs, error)


async def _form(
    reply: Reply, pairs: Pairs, problem: Problem | None = None, *, indexed: bool = False
) -> Response:
    said, lang = reply.reader.words.alert, reply.reader.lang
    kept = await periods_of(reply.request.app)
    faults = fields.faults(problem, pairs, said, lang) if problem else {}
    warned = needs_warning(pairs)
    content: dict[str, Any] = {
        "values": defaultdict(str, fields.values(pairs)),
        "kinds": SUBJECTS,
        "chosen_kinds": fields.chosen_kinds(pairs),
        "choices": fields.choices(lang),
        "contact_names": fields.CONTACTS,
        "consents": fields.CONSENTS,
        # A field without one reads as an empty text.
        "faults": defaultdict(str, faults),
        "warned": warned,
        "kept": {
            "rejected": kept.rejected_days,
            "contact": kept.contact_days,
            "mail": kept.mail_hours,
            "receipt": kept.receipt_days,
        },
        "prose": f"alert/lines_{lang}.html",
    }
    status = KINDS[problem.kind][0] if problem else 200
    return reply.page("form", content, status=status, indexed=indexed)


def _check(reply: Reply, pairs: Pairs, error: Exception | None = None) -> Response:
    said, lang = reply.reader.words.alert, reply.reader.lang
    told = failure(error, said) if error else None
    story = fields.story(pairs)
    rows = fields.rows(pairs, said, lang)
    every = [*story, *(piece for row in rows for piece in row.pieces)]
    content = {
        "told": told,
        "story": story,
        "rows": rows,
        "contacts": fields.contacts(pairs, said),
        "found": sorted({piece.kind for piece in every if piece.kind}),
        "hidden": fields.hidden(pairs),
        "keep_original": "keep_original" in fields.values(pairs),
        # A key that came with other words can never be answered again.
        "key": new_key() if error is not None and was_used(error) else key_of(pairs),
        "plain": fields.plain(pairs, said, lang) if told and told.lasting else None,
        "prose": f"alert/lines_{lang}.html",
    }
    return reply.page("check", content, status=told.status if told else 200)
