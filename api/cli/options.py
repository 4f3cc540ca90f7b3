"""Options that several commands share, and the settings they make together with the environment."""

from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings, read_settings

Host = Annotated[str | None, typer.Option(help="Address to listen on. [QIUZHU_HOST]")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port. [QIUZHU_PORT]")]
Data = Annotated[
    Path | None, typer.Option(help="Folder of the embedded database. [QIUZHU_DATA, .data]")
]


def chosen(**options: object) -> Settings:
    """The settings of the environment, with the options of the command line over them."""
    given = {name: value for name, value in options.items() if value is not None}
    return read_settings().model_copy(update=given)
