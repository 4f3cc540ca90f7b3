"""tipg (OGC Features and Tiles over PostGIS): a peer, apart from us, over the same archive.

What it needs stands in requirements-tipg.lock and goes into .venv-tipg, not into our own packages.
"""

import asyncio
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import make_url

from api.cluster.home import Say
from api.settings import building_environment
from tests.bench.processes import ROOT, free_port, running_program
from tests.bench.stage import Stage

_LOCK = Path(__file__).resolve().parent / "requirements-tipg.lock"
_VENV = ROOT / ".venv-tipg"
_LAYER = "/collections/pub.cases/tiles/WebMercatorQuad"


async def ensure_tipg(say: Say) -> Path | None:
    """Its Python; made anew where the lock has changed. None where it cannot be had."""
    python, stamp = _VENV / "bin" / "python", _VENV / "made-from"
    digest = hashlib.blake2b(_LOCK.read_bytes(), digest_size=16).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == digest:
        return python
    say("正在安装 tipg，约需半分钟… installing tipg, about half a minute…")
    steps = (
        (sys.executable, "-m", "venv", "--clear", str(_VENV)),
        (str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(_LOCK),
         "--require-hashes", "--only-binary=:all:"),
    )  # fmt: skip
    for step in steps:
        process = await asyncio.create_subprocess_exec(
            *step, stdin=asyncio.subprocess.DEVNULL, stdout=2, stderr=asyncio.subprocess.DEVNULL
        )
        if await process.wait() != 0:
            say("未能安装 tipg，瓦片没有比较对象。tipg could not be installed: tiles stand alone.")
            return None
    stamp.write_text(digest)
    return python


@contextmanager
def tipg_process(stage: Stage, python: Path) -> Iterator[str]:
    """Where its tiles of `pub.cases` begin, for as long as the block runs."""
    url = make_url(stage.cluster.addresses.owner)
    # As owner: it makes temporary functions, which the public role may not.
    place = f"{quote(str(url.query['host']), safe='')}:{url.query.get('port', 5432)}"
    port = free_port()
    environment = building_environment(python.parent) | {
        "DATABASE_URL": f"postgresql://{url.username}:{quote(str(url.password))}@{place}"
        f"/{url.database}",
        "TIPG_DB_SCHEMAS": '["pub"]',
        "TIPG_DB_TABLES": '["pub.cases"]',
        "TIPG_DB_FUNCTIONS": '["none.none"]',
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "TIPG_DB_DATETIME_EXTENT": "false",
        # The catalog is read once.
        "TIPG_CATALOG_TTL": "0",
    }
    command = [
        str(python), "-m", "uvicorn", "tipg.main:app", "--port", str(port), "--no-access-log",
        "--log-level", "warning",
    ]  # fmt: skip
    with running_program(command, environment, port):
        yield f"http://127.0.0.1:{port}"


def tile_path(tile: str, since: str, until: str) -> str:
    """One feature for each case of that window, with its id; at most 10,000 of them."""
    condition = f"date >= DATE('{since}') AND date <= DATE('{until}')"
    return f"{_LAYER}/{tile}?properties=id&filter-lang=cql2-text&filter={quote(condition)}"
