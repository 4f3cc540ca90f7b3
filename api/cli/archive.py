"""`migrate`, `backup`, `restore`: the database as a whole."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.cli.opening import addresses_of
from api.cli.options import Data, chosen
from api.cli.terminal import console, say

File = Annotated[Path, typer.Argument(help="The backup file.")]


def register(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command()(backup)
    app.command()(restore)


def migrate(data: Data = None) -> None:
    """Bring the database to this version: schema, logins, places and terms."""
    from api.preparing import prepare

    with addresses_of(chosen(data=data)) as addresses:
        asyncio.run(prepare(addresses, say))


def backup(file: File, data: Data = None) -> None:
    """Write the whole archive into FILE, which must not exist; readable by its owner only."""
    from api.backup import dump

    with addresses_of(chosen(data=data)) as addresses, console.status("") as status:
        dump(addresses.owner, file, None, say, status.update)


def restore(file: File, data: Data = None) -> None:
    """Fill an empty archive from a backup: all of it, or nothing."""
    from api.backup import restore as fill
    from api.preparing import prepare

    with addresses_of(chosen(data=data)) as addresses:
        with console.status("") as status:
            fill(addresses.owner, file, None, say, status.update)
        # The roles of this server, and a newer version's migrations.
        asyncio.run(prepare(addresses, say))
