"""A door in front of the test cluster's socket that can be shut and opened again, mid-sentence."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from api.db import plain_address

_NAME = ".s.PGSQL.5432"


class Door:
    """Passes bytes on between a socket of its own and PostgreSQL's."""

    def __init__(self, folder: Path, behind: Path) -> None:
        self._folder = folder
        self._behind = behind
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    def address(self, address: str) -> str:
        """The same login, but through this door."""
        url = make_url(address).update_query_dict({"host": str(self._folder)})
        return plain_address(url.render_as_string(hide_password=False))

    async def open(self) -> None:
        self._server = await asyncio.start_unix_server(self._pass_on, self._folder / _NAME)

    async def shut(self) -> None:
        """Whoever is inside is thrown out, and nobody comes in."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        (self._folder / _NAME).unlink(missing_ok=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_unix_connection(self._behind / _NAME)
        self._open |= {writer, inner_writer}
        await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        self._open -= {writer, inner_writer}


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(65_536):
            sink.write(part)
            await sink.drain()
    sink.close()


@asynccontextmanager
async def door(behind: Path) -> AsyncIterator[Door]:
    with tempfile.TemporaryDirectory(prefix="qz-door-", dir="/tmp") as folder:
        made = Door(Path(folder), behind)
        await made.open()
        try:
            yield made
        finally:
            await made.shut()
