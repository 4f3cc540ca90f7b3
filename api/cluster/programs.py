"""PostgreSQL's programs: where they are and how one is run. When is decided elsewhere."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from api.trouble import Trouble

OLDEST = 15
_NEEDED = ("initdb", "postgres", "pg_ctl", "pg_isready", "psql", "pg_dump", "pg_restore")
# Children see nothing of our environment: it may hold addresses with passwords, and PGOPTIONS and
# the like would change what they do.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

Finished = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system user a program runs as; without numbers: the one that runs us."""

    name: str = ""
    uid: int | None = None
    gid: int | None = None


MYSELF = Account()


def find_postgres(root: Path = Path("/usr")) -> Path | None:
    """The folder of the newest PostgreSQL >= 15 that has PostGIS 3, or None."""
    found = [
        (int(folder.parent.name), folder)
        for folder in root.glob("lib/postgresql/*/bin")
        if folder.parent.name.isdigit()
        and _complete(folder, root / "share/postgresql" / folder.parent.name)
    ]
    newest = max(found, default=(0, None))
    if newest[0] >= OLDEST:
        return newest[1]
    config = shutil.which("pg_config")
    if config is None:
        return None
    answer = run([config, "--bindir", "--sharedir", "--version"]).stdout.splitlines()
    version = re.search(r"\d+", answer[2]) if len(answer) == 3 else None
    if version is None or int(version[0]) < OLDEST:
        return None
    return Path(answer[0]) if _complete(Path(answer[0]), Path(answer[1])) else None


def find_client(version: int = 0, root: Path = Path("/usr")) -> Path | None:
    """The folder of psql, pg_dump and pg_restore, also where there is no server; or None.

    That of the same major version as the server's is preferred: an older pg_dump refuses a newer
    server, and a newer pg_restore sets parameters that an older server does not know.
    """
    folders = {
        int(tool.parent.parent.name): tool.parent
        for tool in root.glob("lib/postgresql/*/bin/pg_dump")
        if tool.parent.parent.name.isdigit()
    }
    if folders:
        return folders.get(version) or folders[max(folders)]
    tool = shutil.which("pg_dump")
    return Path(tool).parent if tool else None


def _complete(folder: Path, share: Path) -> bool:
    try:
        control = (share / "extension/postgis.control").read_text()
    except OSError:
        return False
    version = re.search(r"^default_version *= *'(\d+)", control, re.MULTILINE)
    return (
        version is not None
        and int(version[1]) >= 3
        and all((folder / name).exists() for name in _NEEDED)
    )


def run(
    argv: Sequence[str | Path],
    *,
    account: Account = MYSELF,
    feed: str = "",
    out: IO[bytes] | None = None,
    variables: Mapping[str, str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Finished:
    """Runs a program to its end; `variables` are added to its otherwise bare environment.

    It has a session of its own, so that a Ctrl-C reaches us and not it; where we are interrupted,
    it and its children are killed. Its output goes to `out` where given, instead of being kept;
    `meanwhile` is called about twice a second (not together with `feed`, whose rest
    communicate() forgets when it is called again).
    """
    assert not (feed and meanwhile)
    child = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd="/",  # the account may not be allowed to enter ours
        env={**_ENVIRONMENT, **(variables or {})},
        user=account.uid,
        group=account.gid,
        extra_groups=None if account.uid is None else [],
        umask=0o077,
        start_new_session=True,
    )
    try:
        while True:
            try:
                said, complained = child.communicate(feed or None, 0.5 if meanwhile else None)
                break
            except subprocess.TimeoutExpired:
                assert meanwhile is not None
                meanwhile()
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    return Finished(argv, child.returncode, said or "", complained or "")


def make_address(user: str, password: str | None, socket: Path, database: str) -> str:
    """An address over a Unix socket, as libpq and asyncpg read it."""
    login = user if password is None else f"{user}:{quote(password, safe='')}"
    # With the port named, no PGPORT of the caller's environment can lead elsewhere.
    return f"postgresql://{login}@/{database}?host={quote(str(socket))}&port=5432"


def hide_password(address: str) -> tuple[str, dict[str, str]]:
    """An address fit for a command line, and the variables to run libpq's programs with.

    What stands on a command line can be read by every user of the machine.
    """
    url = urlsplit(address)
    login, at, server = url.netloc.rpartition("@")
    user, _, password = login.partition(":")
    query = parse_qsl(url.query)
    password = unquote(password) or dict(query).get("password", "")
    rest = urlencode([part for part in query if part[0] != "password"], safe="/", quote_via=quote)
    plain = f"postgresql://{user}{at}{server}{url.path}" + (f"?{rest}" if rest else "")
    return plain, {"PGPASSWORD": password} if password else {}


def psql(folder: Path, address: str, script: str) -> str:
    """Runs statements; answers what they print, one bare row a line.

    Raises Trouble with PostgreSQL's primary message, which names no values.
    """
    plain, variables = hide_password(address)
    settings = ["-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse"]
    done = run(
        [folder / "psql", "-X", "-w", "-q", "-A", "-t", *settings, "-d", plain],
        feed="SET client_min_messages = warning;\n" + script,
        variables=variables,
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["?"]
        raise Trouble(f"数据库拒绝了一条语句：{reason[0]}", f"The database refused: {reason[0]}")
    return done.stdout
