"""A built page of the test's own, so that no test needs Node, and sites that serve it."""

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import brotli
import httpx

from api.clock import fixed
from api.cluster.roles import Addresses
from api.main import create_app
from api.pages.shell import FRONTEND
from api.settings import Settings
from tests.archives import TODAY

SCRIPT = "export const page = 1;\n" * 100
STYLE = "body { color: black }\n" * 100


def build(folder: Path) -> Path:
    """A frontend folder with what a build leaves, made from the real shell."""
    source = (FRONTEND / "index.html").read_text("utf-8")
    built = source.replace(
        '<script type="module" async src="/src/main.ts"></script>',
        '<script async type="module" crossorigin src="/assets/index-Ab12.js"></script>\n'
        '<link rel="modulepreload" crossorigin href="/assets/part-Cd34.js">',
    ).replace("/src/styles/index.css", "/assets/index-Ef56.css")
    assets = folder / "dist" / "assets"
    assets.mkdir(parents=True)
    (folder / "dist" / "index.html").write_text(built, "utf-8")
    (folder / "public").mkdir()
    (folder / "public" / "favicon.svg").write_bytes((FRONTEND / "public/favicon.svg").read_bytes())
    for name, text in (("index-Ab12.js", SCRIPT), ("index-Ef56.css", STYLE)):
        (assets / name).write_text(text)
        (assets / f"{name}.br").write_bytes(brotli.compress(text.encode()))
        (assets / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    (assets / "part-Cd34.js").write_text("export {};\n")
    (assets / "land-9z.json").write_text('{"type":"Topology"}')
    (assets / "index-Ab12.js.map").write_text("{}")
    (folder / "secret.txt").write_text("CANARY")
    return folder


@asynccontextmanager
async def serving_bundle(addresses: Addresses, frontend: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The real application with the page that `frontend` holds."""
    settings = Settings.model_construct(
        database_url=addresses.public, public_url="https://qiuzhu.example.org"
    )
    app = create_app(settings, clock=fixed(TODAY), frontend=frontend)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client
