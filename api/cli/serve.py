"""`serve`: one process alone, the public site or the desk, on a database that is there."""

import sys
from base64 import b64decode
from typing import TYPE_CHECKING, Annotated

import typer

from api.allocating import give_back
from api.cli.key import PassphraseFd, PassphraseFile, Private, private_folder
from api.cli.options import Host, Port, chosen
from api.sealing.keys import DESK, read_ring
from api.sealing.passphrases import read_passphrase
from api.settings import Settings, Surface

if TYPE_CHECKING:
    from fastapi import FastAPI


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    host: Host = None,
    port: Port = None,
    surface: Annotated[Surface, typer.Option(help="The public site or the desk.")] = "public",
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
    await_address: Annotated[
        bool, typer.Option("--await-address", hidden=True, help="Read the address from stdin.")
    ] = False,
) -> None:
    """One process alone, on DATABASE_URL or DATABASE_DESK_URL: what a container runs."""
    import uvicorn

    give_back()
    staff = surface == "staff"
    settings = chosen(host=host, private_keys=private, **{_port_of(surface): port})
    passphrase = None
    if await_address:
        address = sys.stdin.readline().strip()
        if not address:
            return  # whoever started this has ended without a database
        passphrase = b64decode(sys.stdin.readline())
        settings = settings.model_copy(
            update={"database_desk_url" if staff else "database_url": address}
        )
    elif staff:
        passphrase = read_passphrase(DESK, passphrase_file, passphrase_fd)
    uvicorn.run(
        _staff_app(settings, passphrase or b"") if staff else _public_app(settings),
        host=settings.host,
        port=settings.staff_port if staff else settings.port,
        # No line about a visitor is ever written.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
    )


def _port_of(surface: Surface) -> str:
    return "staff_port" if surface == "staff" else "port"


def _public_app(settings: Settings) -> "FastAPI":
    from api.main import create_app

    return create_app(settings)


def _staff_app(settings: Settings, passphrase: bytes) -> "FastAPI":
    from api.sealing.stored import lock_of
    from api.staff.app import create_staff_app

    ring = read_ring(private_folder(settings), DESK, passphrase)
    return create_staff_app(settings, ring, lock_of(settings, ring))
