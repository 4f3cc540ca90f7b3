"""The link of a confirmation mail. Opening it stores nothing: a provider's machine may open it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.alerts.origins import refuse_cross_site
from api.alerts.uploads import read_form
from api.errors import Problem
from api.pages.alert.replying import replying
from api.pages.lenient import pairs

router = APIRouter(include_in_schema=False)
# Longer ones are none of ours.
_LONGEST = 200


@router.get("/alert/confirm")
async def ask(request: Request) -> Response:
    found, _ = pairs(request.scope["query_string"])
    token = next((value for name, value in found if name == "t"), "")[:_LONGEST]
    return replying(request).page("confirm", {"token": token, "done": False})


@router.post("/alert/confirm")
async def confirm(request: Request) -> Response:
    refuse_cross_site(request)
    found, _ = await read_form(request, files=False)
    token = next((value for name, value in found if name == "t"), "")[:_LONGEST]
    if request.app.state.intake is None:
        raise Problem("no-alerts")
    if token:
        await request.app.state.intake.confirm(token)
    # The same for every token: nobody learns which was one.
    return replying(request).page("confirm", {"token": "", "done": True})
