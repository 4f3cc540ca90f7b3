"""The console's page: one document for every address of the console; its script draws the rest."""

from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.errors import Problem
from api.settings import LOOPBACK
from api.staff.surroundings import CONSOLE_POLICY

router = APIRouter(include_in_schema=False)
# The rooms of the console; below some of them things have addresses of their own.
ROOMS = ("alerts", "cases", "terms", "news", "requests", "audit", "accounts", "tokens", "imports")
_UNBUILT = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Qiuzhu</title>'
    "<p>控制台尚未构建：运行 ./qiuzhu bundle。 The console is not built: run ./qiuzhu bundle.</p>"
)


def read_console(frontend: Path) -> bytes:
    """staff.html of the bundle, or a page that says that there is none."""
    built = frontend / "dist" / "staff.html"
    return built.read_bytes() if built.is_file() else _UNBUILT.encode()


@router.get("/")
@router.get("/staff.html")
@router.get("/{room}")
@router.get("/{room}/{name}")
async def read_page(request: Request, room: str | None = None) -> Response:
    if room not in (None, "staff.html", *ROOMS):
        raise Problem("not-found")
    if request.url.scheme == "http" and request.url.hostname in LOOPBACK:
        # Browsers keep a cookie for TLS on the machine's own name, and not on its number.
        return RedirectResponse(request.url.replace(hostname="localhost"), 307)
    console: bytes = request.app.state.console
    headers = {"Content-Security-Policy": CONSOLE_POLICY}
    return Response(console, headers=headers, media_type="text/html")
