"""`openapi`: the API's document as a file, for clients and for the page's generated types."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from api.settings import Surface

if TYPE_CHECKING:
    from fastapi import FastAPI

_FRONTEND = Path(__file__).resolve().parent.parent.parent / "frontend"
FILES: dict[Surface, Path] = {
    "public": _FRONTEND / "openapi.json",
    "staff": _FRONTEND / "openapi-staff.json",
}


def register(app: typer.Typer) -> None:
    app.command()(openapi)


def openapi(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it; - for standard output.")
    ] = None,
    surface: Annotated[Surface, typer.Option(help="The public API's or the desk's.")] = "public",
) -> None:
    """Write the OpenAPI document of a surface."""
    app = _staff() if surface == "staff" else _public()
    target = file or FILES[surface]
    text = orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    if str(target) == "-":
        typer.echo(text.decode())
    else:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text + b"\n")


def _public() -> "FastAPI":
    from api.main import create_app
    from api.settings import Settings

    # The document does not depend on any setting; the address is never connected to.
    return create_app(Settings.model_construct(database_url="postgresql:///unused"))


def _staff() -> "FastAPI":
    from nacl.public import PrivateKey

    from api.sealing.boxes import Lock, Ring
    from api.settings import Settings
    from api.staff.app import create_staff_app

    return create_staff_app(
        Settings.model_construct(database_desk_url="postgresql:///unused"),
        Ring({}),
        # Nothing is sealed here.
        Lock(PrivateKey.generate().public_key),
    )
