"""`audit verify`: whether the trail of what staff did is whole; for a nightly timer."""

import asyncio

import typer

from api.cli.opening import desk_of
from api.cli.options import Data, chosen
from api.cli.terminal import progress_bar, say

audit = typer.Typer(no_args_is_help=True, help="The trail of what staff did.")


def register(app: typer.Typer) -> None:
    app.add_typer(audit, name="audit")


@audit.callback()
def _only() -> None:
    """The trail of what staff did."""


@audit.command()
def verify(data: Data = None) -> None:
    """Check every entry against the one before it; exit code 1 where one does not follow."""
    from api.db import Database
    from api.staff.verifying import Checked, check

    async def run(address: str) -> Checked:
        database = Database(address, pool=1)
        try:
            async with database.snapshot() as session:
                with progress_bar("审计记录 audit trail") as bar:
                    return await check(session, bar.done)
        finally:
            await database.close()

    with desk_of(chosen(data=data)) as address:
        checked = asyncio.run(run(address))
    if checked.broken is not None:
        # The number alone on standard output, for whoever reads it with a program.
        typer.echo(checked.broken)
        say(f"第 {checked.broken} 条记录被改动、删除或插入。")
        say(f"Entry {checked.broken} was changed, deleted or put in.")
        raise typer.Exit(1)
    say(f"{checked.entries:,} 条记录完整 entries, whole")
    # Entries cut off at the end leave no gap: whoever noted an earlier line sees it by this one.
    typer.echo(f"{checked.entries} {checked.head}".strip())
