"""`up`: everything from an empty folder to a served archive."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from threading import Thread
from typing import Annotated, Literal, get_args

import typer

from api.cli.bundle import BundleProcess
from api.cli.data import demonstrate
from api.cli.key import PassphraseFd, PassphraseFile, Private, private_folder
from api.cli.opening import addresses_of
from api.cli.options import Data, Host, Port, chosen
from api.cli.serving import ServingProcess
from api.cli.terminal import say
from api.cluster.roles import Addresses
from api.sealing.keys import DESK, read_ring
from api.sealing.passphrases import read_passphrase
from api.sealing.stored import with_stored_keys
from api.settings import LOOPBACK, Settings, Surface

StaffPort = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Port of the desk. [QIUZHU_STAFF_PORT, 8001]")
]
Surfaces = Annotated[
    Literal["public", "staff", "all"],
    typer.Option(help="The public site, the desk of the staff, or both, each as its own process."),
]
# Seconds between two looks at whether a process has ended.
_LOOK = 0.2


def register(app: typer.Typer) -> None:
    app.command()(up)


def up(
    host: Host = None,
    port: Port = None,
    data: Data = None,
    no_demo: Annotated[
        bool, typer.Option("--no-demo", help="Do not load invented cases. [QIUZHU_DEMO=0]")
    ] = False,
    surface: Surfaces = "public",
    staff_port: StaffPort = None,
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Start everything: database, places and terms, cases to look at, the page, web server."""
    settings = with_stored_keys(
        chosen(
            data=data,
            host=host,
            port=port,
            demo=False if no_demo else None,
            # Where there is one process, there is one port to name.
            staff_port=staff_port or (port if surface == "staff" else None),
            private_keys=private,
        )
    )
    surfaces: tuple[Surface, ...] = get_args(Surface) if surface == "all" else (surface,)
    # Asked for and tried before anything slow is begun.
    passphrase = b""
    if "staff" in surfaces:
        settings = settings.model_copy(update={"private_keys": private_folder(settings)})
        passphrase = _tried_passphrase(settings, passphrase_file, passphrase_fd)
    # A second of imports, made while the database starts.
    imports = Thread(target=import_module, args=["api.demo.loading"], daemon=True)
    imports.start()
    with BundleProcess() as bundle, ExitStack() as ending:
        processes = [ending.enter_context(ServingProcess(settings, each)) for each in surfaces]
        addresses = ending.enter_context(addresses_of(settings))
        try:
            imports.join()
            _prepare(settings, addresses)
            # The processes look for the bundle when they are told to serve.
            bundle.wait()
            for each, process in zip(surfaces, processes, strict=True):
                if each == "public":
                    process.serve(addresses.public)
                    say(f"求助 Qiuzhu: {settings.address}/   (Ctrl-C 停止 stops)")
                else:
                    process.serve(addresses.desk, passphrase)
                    # On the number of a machine browsers keep no cookie of the desk.
                    own = settings.host in LOOPBACK
                    shown = f"http://{'localhost' if own else settings.host}:{settings.staff_port}/"
                    say(f"工作台 desk: {shown}   (Ctrl-C 停止 stops)")
            code = _first_end(processes)
        finally:
            # Before the database is: their last answers still need it.
            for process in processes:
                process.stop()
    # A process ends by itself only when something is wrong; it has said what.
    raise typer.Exit(code or 1)


def _first_end(processes: Sequence[ServingProcess]) -> int:
    """The exit code of the process that ends first; the others are then stopped too."""
    while True:
        for process in processes:
            code = process.poll()
            if code is not None:
                return code
        time.sleep(_LOOK)


def _tried_passphrase(
    settings: Settings, passphrase_file: PassphraseFile, passphrase_fd: PassphraseFd
) -> bytes:
    passphrase = read_passphrase(DESK, passphrase_file, passphrase_fd)
    read_ring(private_folder(settings), DESK, passphrase)
    return passphrase


def _prepare(settings: Settings, addresses: Addresses) -> None:
    from api.demo.loading import holds_no_case
    from api.preparing import prepare

    asyncio.run(prepare(addresses, say))
    if settings.demo and asyncio.run(holds_no_case(addresses.desk)):
        demonstrate(settings, addresses.desk)
