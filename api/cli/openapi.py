"""`openapi`: the API's document as a file, for clients and for the page's generated types."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

_ROOT = Path(__file__).resolve().parent.parent.parent


def register(app: typer.Typer) -> None:
    app.command()(openapi)


def openapi(
    file: Annotated[Path, typer.Argument(help="Where to write it; - for standard output.")] = _ROOT
    / "frontend"
    / "openapi.json",
) -> None:
    """Write the OpenAPI document."""
    from api.main import create_app
    from api.settings import Settings

    # The document does not depend on any setting; the address is never connected to.
    app = create_app(Settings.model_construct(database_url="postgresql:///unused"))
    text = orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    if str(file) == "-":
        typer.echo(text.decode())
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text + b"\n")
