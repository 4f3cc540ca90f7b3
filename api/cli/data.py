"""`places`, `terms`, `demo`: what the archive is measured with, and the invented cases in it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.cli.opening import addresses_of
from api.cli.options import Data, chosen
from api.cli.terminal import progress_bar, say
from api.settings import Settings
from api.trouble import Trouble

places = typer.Typer(no_args_is_help=True, help="The gazetteer and its boundaries.")
terms = typer.Typer(no_args_is_help=True, help="The closed vocabularies.")
demo = typer.Typer(no_args_is_help=True, help="Invented cases for trying things out.")


def register(app: typer.Typer) -> None:
    app.add_typer(places, name="places")
    app.add_typer(terms, name="terms")
    app.add_typer(demo, name="demo")


@places.command("load")
@terms.command("load")
def load(data: Data = None) -> None:
    """Load places and terms again after an edit of their files; old cases get the new labels."""
    from api.preparing import prepare

    with addresses_of(chosen(data=data)) as addresses:
        changed = asyncio.run(prepare(addresses, say))
    say("已更新 updated" if changed else "没有变化 nothing has changed")


@places.command()
def boundaries(
    folder: Annotated[Path, typer.Argument(help="Folder of GeoJSON or TopoJSON files.")],
    data: Data = None,
) -> None:
    """Load polygons of provinces, prefectures and counties; everything works without them too."""
    import asyncpg

    from api.db import plain_address
    from api.places.loading import load_boundaries
    from api.preparing import prepare

    async def run(owner: str) -> dict[str, int]:
        connection = await asyncpg.connect(plain_address(owner))
        try:
            with progress_bar("边界 boundaries") as bar:
                return await load_boundaries(connection, folder, lambda done, _: bar.done(done))
        finally:
            await connection.close()

    with addresses_of(chosen(data=data)) as addresses:
        asyncio.run(prepare(addresses, say))
        for level, count in asyncio.run(run(addresses.owner)).items():
            say(f"{level}: {count:,}")


@demo.command("load")
def load_demonstration(data: Data = None) -> None:
    """Load the invented cases into an archive that holds no case yet."""
    from api.demo.loading import holds_no_case
    from api.preparing import prepare

    settings = chosen(data=data)
    with addresses_of(settings) as addresses:
        asyncio.run(prepare(addresses, say))
        empty = asyncio.run(holds_no_case(addresses.desk))
        if empty:
            demonstrate(settings, addresses.desk)
    if not empty:
        raise Trouble(
            "档案中已有案例，未载入演示数据。", "The archive holds cases; nothing loaded."
        )


def demonstrate(settings: Settings, desk: str) -> None:
    """Loads the invented cases, which takes some seconds."""
    from api.demo.loading import load_demo

    say("正在载入演示数据… loading demonstration cases…")
    with progress_bar("演示数据 demonstration data") as bar:
        count = asyncio.run(load_demo(desk, settings.clock()(), bar))
    say(f"{count:,} 个虚构案例 invented cases")


@demo.command()
def remove(data: Data = None) -> None:
    """Take every invented case out of the archive."""
    from api.preparing import prepare
    from api.staff.inventory import remove_demo

    with addresses_of(chosen(data=data)) as addresses:
        asyncio.run(prepare(addresses, say))
        say(f"{asyncio.run(remove_demo(addresses.owner)):,}")
