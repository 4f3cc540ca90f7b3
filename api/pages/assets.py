"""Files of the built page: a table read once at the start, under hashed names, compressed before.

A name that is not in the table is not looked for anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.errors import Problem
from api.http import cached
from api.pages.policy import PAGE_POLICY

router = APIRouter(include_in_schema=False)

FOREVER = "public, max-age=31536000, immutable"
MARK = "favicon.svg"
MEDIA_TYPES = {
    ".css": "text/css",
    ".geojson": "application/geo+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
# Ending of the file and name of the coding; the smaller form first.
CODINGS = ((".br", "br"), (".gz", "gzip"))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, and its compressed forms by the name of the coding."""

    media_type: str
    body: bytes
    coded: Mapping[str, bytes]


Assets = Mapping[str, Asset]


def read_assets(frontend: Path) -> tuple[Assets, bytes]:
    """The files of dist/assets, none where nothing is built; and the site's mark.

    A file of a kind that is not in MEDIA_TYPES is left out: nobody is to have source maps.
    """
    folder = frontend / "dist" / "assets"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    table = {file.name: _asset(file) for file in files if file.suffix in MEDIA_TYPES}
    return table, (frontend / "public" / MARK).read_bytes()


def built(assets: Assets, start: str, ending: str) -> str | None:
    """The address of the file with this name around its hash; None where it is not built."""
    names = (name for name in assets if name.startswith(f"{start}-") and name.endswith(ending))
    return next((f"/assets/{name}" for name in names), None)


def _asset(file: Path) -> Asset:
    coded = {
        coding: packed.read_bytes()
        for ending, coding in CODINGS
        if (packed := file.with_name(file.name + ending)).is_file()
    }
    return Asset(MEDIA_TYPES[file.suffix], file.read_bytes(), coded)


def accepts(header: str, coding: str) -> bool:
    """Whether an Accept-Encoding header names the coding and does not forbid it."""
    for entry in header[:500].lower().split(","):
        name, _, weight = entry.replace(" ", "").partition(";q=")
        if name == coding:
            return weight.strip("0.") != "" if weight else True
    return False


@router.get("/assets/{name}")
async def read_asset(request: Request, name: str) -> Response:
    assets: Assets = request.app.state.assets
    asset = assets.get(name)
    if asset is None:
        raise Problem("not-found")
    accepted = request.headers.get("accept-encoding", "")
    # A worker is under the policy that its own file came with.
    headers = {"Cache-Control": FOREVER, "Content-Security-Policy": PAGE_POLICY}
    if asset.coded:
        headers["Vary"] = "Accept-Encoding"
    for coding, body in asset.coded.items():
        if accepts(accepted, coding):
            headers["Content-Encoding"] = coding
            return Response(body, headers=headers, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)


@router.get(f"/{MARK}")
async def read_mark(request: Request) -> Response:
    mark: bytes = request.app.state.mark
    return cached(request, mark, "image/svg+xml")
