"""`test`: the whole suite in one command, exactly what continuous integration runs."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.terminal import say
from api.trouble import Trouble

_ROOT = Path(__file__).resolve().parent.parent.parent


def register(app: typer.Typer) -> None:
    app.command("test")(run_suite)


def run_suite(
    long: Annotated[bool, typer.Option("--long", help="Also what takes longer.")] = False,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Handed to pytest, after --.")
    ] = None,
) -> None:
    """Run ruff, mypy and pytest on a real database; installs what it needs."""
    from api.cluster.installing import ensure_postgres, ensure_program

    ensure_postgres(say)
    if long and not ensure_program("soffice", "libreoffice-calc-nogui", say):
        raise Trouble(
            "完整测试需要 LibreOffice Calc。Debian、Ubuntu：apt install libreoffice-calc-nogui",
            "The long tests need LibreOffice Calc: apt install libreoffice-calc-nogui",
        )
    pytest = ["pytest", *(["-m", ""] if long else ["-m", "not long"]), *(arguments or [])]
    steps = (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        pytest,
    )
    for step in steps:
        say(f"▶ {' '.join(step)}")
        code = subprocess.run([sys.executable, "-m", *step], cwd=_ROOT, check=False).returncode
        if code:
            raise typer.Exit(code)
