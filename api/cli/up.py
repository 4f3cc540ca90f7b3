"""`up`: everything from an empty folder to a served archive. `serve`: the public process alone."""

import asyncio
import sys
from importlib import import_module
from threading import Thread
from typing import Annotated

import typer

from api.cli.bundle import BundleProcess
from api.cli.data import demonstrate
from api.cli.opening import addresses_of
from api.cli.options import Data, Host, Port, chosen
from api.cli.serving import PublicProcess
from api.cli.terminal import say
from api.cluster.roles import Addresses
from api.sealing.stored import with_stored_keys
from api.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(serve)


def up(
    host: Host = None,
    port: Port = None,
    data: Data = None,
    no_demo: Annotated[
        bool, typer.Option("--no-demo", help="Do not load invented cases. [QIUZHU_DEMO=0]")
    ] = False,
) -> None:
    """Start everything: database, places and terms, cases to look at, the page, web server."""
    settings = with_stored_keys(
        chosen(data=data, host=host, port=port, demo=False if no_demo else None)
    )
    # A second of imports, made while the database starts.
    imports = Thread(target=import_module, args=["api.demo.loading"], daemon=True)
    imports.start()
    with (
        BundleProcess() as bundle,
        PublicProcess(settings) as process,
        addresses_of(settings) as addresses,
    ):
        try:
            imports.join()
            _prepare(settings, addresses)
            # The process looks for the bundle when it is told to serve.
            bundle.wait()
            process.serve(addresses.public)
            say(f"求助 Qiuzhu: {settings.address}/   (Ctrl-C 停止 stops)")
            code = process.wait()
        finally:
            # Before the database is: its last answers still need it.
            process.stop()
    # The process ends by itself only when something is wrong; it has said what.
    raise typer.Exit(code or 1)


def _prepare(settings: Settings, addresses: Addresses) -> None:
    from api.demo.loading import holds_no_case
    from api.preparing import prepare

    asyncio.run(prepare(addresses, say))
    if settings.demo and asyncio.run(holds_no_case(addresses.desk)):
        demonstrate(settings, addresses.desk)


def serve(
    host: Host = None,
    port: Port = None,
    await_address: Annotated[
        bool, typer.Option("--await-address", hidden=True, help="Read DATABASE_URL from stdin.")
    ] = False,
) -> None:
    """The public process alone, on DATABASE_URL: what a container runs."""
    import uvicorn

    from api.main import create_app

    settings = chosen(host=host, port=port)
    if await_address:
        address = sys.stdin.readline().strip()
        if not address:
            return  # whoever started this has ended without a database
        settings = settings.model_copy(update={"database_url": address})
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        # No line about a visitor is ever written.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
    )
