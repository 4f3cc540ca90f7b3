"""`test`: the whole suite in one command, exactly what continuous integration runs."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.bundle import ensure_bundle, ensure_packages
from api.cli.terminal import say
from api.settings import building_environment
from api.trouble import Trouble

_ROOT = Path(__file__).resolve().parent.parent.parent
Part = Literal["python", "page", "browser"]
# What is shown, and what answers an exit code.
Step = tuple[str, Callable[[], int]]


def register(app: typer.Typer) -> None:
    app.command("test")(run_suite)


def run_suite(
    only: Annotated[
        Part | None, typer.Option(help="Only one part of it; see CONTRIBUTING.md.")
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="Also what takes longer.")] = False,
    arguments: Annotated[
        list[str] | None, typer.Argument(help="Handed to pytest, after --.")
    ] = None,
) -> None:
    """Run ruff, mypy, Biome, tsc, Vitest, pytest on a real database and a real browser; installs
    what they need."""
    _ensure_programs(only, long)
    # A process for each core, with a cluster of its own; what is asked for by name runs in one.
    spread = [] if arguments else ["-n", "auto", "--dist", "loadfile"]
    for title, run in _steps(only, ["-m", "" if long else "not long", *spread, *(arguments or [])]):
        say(f"▶ {title}")
        begun = time.monotonic()
        code = run()
        if code:
            raise typer.Exit(code)
        say(f"✓ {title}: {time.monotonic() - begun:.1f} s")


def _steps(only: Part | None, pytest: list[str]) -> list[Step]:
    """What is quick comes first, and the page's build before what looks at pages."""
    checks = [
        _python("ruff", "check", "."),
        _python("ruff", "format", "--check", "."),
        _python("mypy"),
    ]
    page = [
        ("npm ci", _made(ensure_packages)),
        _npm("run", "types", "--", "--check"),
        _npm("run", "check"),
        _npm("run", "test"),
    ]
    build = ("vite build", _made(ensure_bundle))
    tests, browser = _python("pytest", *pytest), _npm("run", "browser")
    return {
        None: [*checks, *page, build, tests, browser],
        "python": [*checks, tests],
        "page": [*page, build],
        "browser": [build, browser],
    }[only]


def _python(*words: str) -> Step:
    argv = [sys.executable, "-m", *words]
    return " ".join(words), lambda: subprocess.run(argv, cwd=_ROOT, check=False).returncode


def _made(ensure: Callable[[Callable[[str], None]], object]) -> Callable[[], int]:
    def run() -> int:
        ensure(say)
        return 0

    return run


def _npm(*words: str) -> Step:
    def run() -> int:
        node = ensure_packages(say)
        return subprocess.run(
            [*node.npm, "--loglevel=error", *words],
            cwd=_ROOT / "frontend",
            env=building_environment(node.folder),
            check=False,
        ).returncode

    return f"npm {' '.join(words)}", run


def _ensure_programs(only: Part | None, long: bool) -> None:
    from api.cluster.installing import ensure_font, ensure_postgres, ensure_program

    if only != "page":
        ensure_postgres(say)
    if only in (None, "browser"):
        if not ensure_program("chromium", "chromium", say):
            raise _missing("Chromium", "chromium")
        if not ensure_font("zh-cn", "fonts-noto-cjk", say):
            raise _missing("Noto CJK", "fonts-noto-cjk")
    calc = "libreoffice-calc-nogui"
    if long and only in (None, "python") and not ensure_program("soffice", calc, say):
        raise _missing("LibreOffice Calc", calc)


def _missing(program: str, package: str) -> Trouble:
    return Trouble(
        f"测试需要 {program}。Debian、Ubuntu：apt install {package}",
        f"The tests need {program}. Debian, Ubuntu: apt install {package}",
    )
