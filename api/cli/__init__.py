"""The commands of `./qiuzhu`, one file each; only what concerns a terminal is decided here."""

import sys

import typer

from api.cli import (
    alerts,
    archive,
    audit,
    bench,
    bundle,
    check,
    data,
    importing,
    key,
    mail,
    openapi,
    retention,
    serve,
    staff,
    up,
)
from api.cli.terminal import console, explain
from api.settings import UnsafeSettings
from api.trouble import Trouble

app = typer.Typer(
    name="qiuzhu",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="求助 Qiuzhu: a public map and API of workers' calls for help in China.",
)
for part in (
    up,
    serve,
    importing,
    data,
    archive,
    key,
    staff,
    alerts,
    mail,
    retention,
    audit,
    bundle,
    openapi,
    check,
    bench,
):
    part.register(app)


def main() -> None:
    """Runs the command line; whatever a person can put right ends with exit code 2."""
    try:
        app()
    except Trouble as trouble:
        explain(trouble.text)
        sys.exit(2)
    except UnsafeSettings as unsafe:
        console.print(f"设置不安全或无法读取 unsafe or unreadable setting: {unsafe}", markup=False)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        # Message, cause and traceback of a database error repeat the row that was refused.
        if type(error).__module__.split(".")[0] not in ("sqlalchemy", "asyncpg"):
            raise
        console.print(f"数据库出错 database error: {type(error).__name__}", markup=False)
        sys.exit(1)
