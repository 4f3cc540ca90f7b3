"""`bench`: how fast this is on this machine, against floors; measured by tests/bench/."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.terminal import say
from api.trouble import Trouble


def register(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    cases: Annotated[int, typer.Option(min=100, help="How many invented cases.")] = 100_000,
    seconds: Annotated[float, typer.Option(min=0.1, help="Per measurement and side.")] = 5.0,
    json: Annotated[Path, typer.Option(help="Where the figures are written.")] = Path("bench.json"),
    data: Annotated[
        Path | None,
        typer.Option(
            help="Keep the invented cases in this folder for the next run. "
            "Without it a temporary database is made and removed."
        ),
    ] = None,
    only: Annotated[
        Literal["service", "page"] | None,
        typer.Option(help="Only the API's figures, or only the page's in Chromium."),
    ] = None,
) -> None:
    """Measure against the floors: a table, a JSON file, and exit code 1 where one is not met."""
    try:
        from tests.bench.run import Options, run
    except ModuleNotFoundError as missing:
        # An installation for serving has neither the tests nor the packages they need.
        raise Trouble(
            f"测速需要完整的项目目录与测试依赖（缺少 {missing.name}）。",
            f"The bench needs the whole checkout with its test packages ({missing.name} is "
            "missing).",
        ) from None
    if not json.absolute().parent.is_dir():
        raise Trouble(f"{json.parent} 不是目录。", f"{json.parent} is not a folder.")
    if not run(Options(cases, seconds, json, data, only), say):
        raise typer.Exit(1)
