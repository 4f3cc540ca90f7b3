"""`import`: files of cases into the archive, one transaction a file, with a report."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import orjson
import typer

from api.cli.opening import addresses_of
from api.cli.options import Data, chosen
from api.cli.terminal import progress_bar, say


def register(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    files: Annotated[list[Path], typer.Argument(help="xls, xlsx, CSV or JSON lines.")],
    map: Annotated[
        Literal["strikes", "accidents", "calls"], typer.Option(help="The map the rows belong to.")
    ],
    publish: Annotated[bool, typer.Option(help="Publish what is imported.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only report; change nothing.")] = False,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML or JSON: header of the file -> our field.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Also write the report as JSON; - for standard output.")
    ] = None,
    data: Data = None,
) -> None:
    """Import files of cases, each whole or not at all; rows that are known stay as they are."""
    from api.db import writing
    from api.preparing import prepare
    from api.staff.importing.reading import FileToRead, read_file
    from api.staff.importing.report import Report
    from api.staff.importing.storing import import_file
    from api.staff.posting import post_all

    settings = chosen(data=data)
    # Whatever is wrong with a file is said before a database is started for it.
    given = [FileToRead(path.resolve(), map, mapping and mapping.resolve()) for path in files]
    for file in given:
        read_file(file).close()
    total = Report(dry_run=dry_run)
    with addresses_of(settings) as addresses:
        asyncio.run(prepare(addresses, say))
        try:
            for file in given:
                with progress_bar(file.shown) as bar:
                    importing = import_file(
                        addresses.desk,
                        file,
                        day=settings.clock()(),
                        publishing=publish,
                        dry_run=dry_run,
                        progress=bar.done,
                    )
                    try:
                        total.add(asyncio.run(importing))
                    except KeyboardInterrupt:
                        say(f"已中断，没有导入 interrupted, nothing imported of {file.shown}")
                        raise
                    done = bar.step("检索 keywords")
                    asyncio.run(post_all(partial(writing, addresses.desk), done))
        finally:
            # Also where a later file was refused: the files before it are in.
            for line in total.lines():
                say(line)
    if report is not None:
        _write(report, orjson.dumps(total.as_json(), option=orjson.OPT_INDENT_2))


def _write(report: Path, text: bytes) -> None:
    if str(report) == "-":
        typer.echo(text.decode())
    else:
        report.write_bytes(text + b"\n")
