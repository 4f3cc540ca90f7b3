"""Pages of prose in both languages: about, privacy, and where to report until a form exists.

None needs a script. Privacy and reporting do not need the database: they are there when it is not.
"""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.alerts.periods import Periods, periods_of
from api.pages.answering import Page, answer
from api.pages.assets import built
from api.pages.links import Links
from api.pages.visit import access_of, reader_of
from api.reference import holds_demo

router = APIRouter(include_in_schema=False)

# How long a browser may keep a page unasked, as its answers say.
CACHE_SECONDS = 60


def kept(periods: Periods) -> dict[str, int]:
    """What the privacy page promises in numbers: those that the deleting goes by."""
    return {"cache_seconds": CACHE_SECONDS, **asdict(periods)}


@router.get("/about")
async def read_about(request: Request) -> Response:
    reading = access_of(request, reader_of(request))
    async with reading.database.read() as session:
        demo = await holds_demo(session)
    files = request.app.state.assets
    return _notice(
        request,
        "about",
        demo=demo,
        address=reading.address,
        licences=built(files, "licences", ".txt"),
        places=built(files, "places", ".json"),
    )


@router.get("/privacy")
async def read_privacy(request: Request) -> Response:
    return _notice(request, "privacy", kept=kept(await periods_of(request.app)))


@router.get("/alert")
async def read_alert(request: Request) -> Response:
    return _notice(request, "alert")


def _notice(request: Request, name: str, *, demo: bool = False, **content: Any) -> Response:
    reader = reader_of(request)
    words = reader.words
    page = Page(
        view="notice",
        title=f"{getattr(words.notices, name)} · {words.shell.name}",
        description=getattr(words.notices, f"{name}_description"),
        path=f"/{name}",
        canonical=Links({}),
        links=Links({}, None, reader.named),
        demo=demo,
        content={"prose": f"{name}_{reader.lang}.html", "notice": name, **content},
    )
    return answer(request, reader, page)
