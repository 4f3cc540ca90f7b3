"""The staff application: its own process, with the desk's role and keys, on an address of its own.

Which routers answer and what stands around them; the public surface is made in api/main.py.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api import __version__, errors, health, vocabulary
from api.cases import options
from api.clock import Clock
from api.compression import CompressMiddleware
from api.db import Desk
from api.http import Policy
from api.openapi import documented
from api.pages import assets
from api.pages.shell import FRONTEND
from api.reference import Reference
from api.safety import refuse_unsafe_desk_login, refuse_unsafe_desk_settings
from api.sealing.boxes import Lock, Ring
from api.settings import Settings
from api.staff import audit_routes, backlog, batches, documenting, page, places
from api.staff.access import routes as access
from api.staff.access.gate import protect
from api.staff.contacts import routes as contacts
from api.staff.editing import routes as editing
from api.staff.importing import routes as importing
from api.staff.likeness import routes as likeness
from api.staff.mapping import routes as mapping
from api.staff.queue import routes as queue
from api.staff.surroundings import HEADERS, Private, on_failure, refuse
from api.staff.two import routes as two

PREFIX = "/api/v1"
# Each has the routes of one room of the desk.
ROUTERS: tuple[ModuleType, ...] = (
    access,
    queue,
    editing,
    likeness,
    mapping,
    importing,
    places,
    contacts,
    two,
    audit_routes,
    documenting,
)


def create_staff_app(
    settings: Settings,
    ring: Ring,
    lock: Lock,
    *,
    clock: Clock | None = None,
    frontend: Path = FRONTEND,
) -> FastAPI:
    """The staff surface over the database of `settings.database_desk_url`.

    `ring` opens what people sent, `lock` seals. Raises UnsafeSettings for settings that must not
    be served with, and ValueError where the matrix does not know a route.
    """
    address = refuse_unsafe_desk_settings(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk = Desk(address)
        try:
            await refuse_unsafe_desk_login(desk)
            app.state.database = desk
            app.state.reference = reference = Reference(desk)
            app.state.follower = None
            async with (
                batches.in_background(desk, reference),
                backlog.in_background(desk, reference, app.state.clock) as app.state.backlog,
            ):
                yield
        finally:
            await desk.close()

    app = FastAPI(
        title=documenting.NAME,
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.settings = settings
    app.state.clock = clock or settings.clock()
    app.state.ring, app.state.lock = ring, lock
    app.state.assets, app.state.mark = assets.read_assets(frontend)
    app.state.console = page.read_console(frontend)
    for failure in (errors.Problem, RequestValidationError, HTTPException):
        app.add_exception_handler(failure, on_failure)
    app.add_middleware(CompressMiddleware)
    app.add_middleware(Private)
    app.add_middleware(Policy, refuse=refuse, headers=HEADERS)
    for module in ROUTERS:
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(vocabulary.router, prefix=PREFIX)
    app.include_router(options.router, prefix=PREFIX)
    app.include_router(health.router)
    app.include_router(assets.router)
    app.include_router(page.router)
    protect(app)
    documented(app, documenting.DESCRIPTION)
    return app
