"""The public application: which routers answer and what stands around them.

The staff surface is a process of its own with another role; it is never mounted here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from api import __version__, errors, health, vocabulary
from api.alerts import routes as alerts
from api.alerts.periods import open_keeping
from api.alerts.taking import open_intake
from api.cases import options, revisions, routes
from api.clock import Clock
from api.compression import CompressMiddleware
from api.db import Database
from api.http import Policy
from api.index.following import Follower
from api.kept import Kept
from api.marking import Marking
from api.openapi import documented
from api.pages import alert, assets, case, docs, graphs, listing, notices, refusals, sitemap
from api.pages.shell import FRONTEND, read_shell
from api.places import tiles as boundary_tiles
from api.reference import Reference
from api.safety import refuse_unsafe_login, refuse_unsafe_settings
from api.settings import Settings

PREFIX = "/api/v1"


def create_app(
    settings: Settings, *, clock: Clock | None = None, frontend: Path = FRONTEND
) -> FastAPI:
    """The public surface over the database of `settings.database_url`.

    `clock` decides what day it is; without it QIUZHU_TODAY does, or the clock of the machine.
    `frontend` holds the page: built in dist/, or its source, which then is served without script.
    Raises UnsafeSettings for settings that must not be served with.
    """
    address = refuse_unsafe_settings(settings)
    decided = clock or settings.clock()
    marking = Marking(decided)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(address)
        intake = open_intake(settings, address, decided)
        try:
            await refuse_unsafe_login(database)
            app.state.intake = intake
            app.state.database = database
            app.state.reference = reference = Reference(database)
            app.state.follower = Follower(database, reference, fresh=settings.fresh_seconds)
            app.state.keeping = keeping = await open_keeping(database, settings)
            marking.begin(app.state.follower, reference, keeping)
            async with app.state.follower.running():
                yield
        finally:
            await database.close()
            if intake is not None:
                await intake.close()

    app = FastAPI(
        title="Qiuzhu 求助",
        version=__version__,
        lifespan=lifespan,
        openapi_url=f"{PREFIX}/openapi.json",
        # The framework's documentation pages load scripts from elsewhere; ours is in pages/.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Nothing about a request is traced, counted by address or logged, whatever is installed.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.settings = settings
    app.state.intake = None
    app.state.clock = decided
    app.state.shell = read_shell(frontend)
    app.state.assets, app.state.mark = assets.read_assets(frontend)
    for failure in (errors.Problem, RequestValidationError, HTTPException):
        app.add_exception_handler(failure, refusals.on_failure)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "Content-Disposition", "Retry-After"],
    )
    app.add_middleware(CompressMiddleware)
    app.add_middleware(Policy, refuse=refusals.refuse)
    # Last, so that it stands around all of them.
    app.add_middleware(Kept, mark=marking.mark)
    for router in (routes.router, revisions.router, options.router, vocabulary.router):
        app.include_router(router, prefix=PREFIX)
    app.include_router(boundary_tiles.router, prefix=PREFIX)
    app.include_router(alerts.router, prefix=PREFIX)
    app.include_router(docs.router, prefix=PREFIX)
    app.include_router(health.router)
    # The alert's own pages come before the notice that stands in for them.
    for page in (listing, graphs, case, alert, notices, sitemap, assets):
        app.include_router(page.router)
    documented(app)
    return app
