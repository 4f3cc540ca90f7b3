"""Backup into one file and restore into an empty database, by PostgreSQL's own tools.

Works on any address of an owner, embedded or not. Who may see the file is the caller's care: it
holds everything.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from api.cluster.programs import find_client, hide_password, psql, run
from api.cluster.roles import ROLES
from api.trouble import Trouble

Say = Callable[[str], None]

_MAGIC = b"PGDMP"
# What the target has already, and what only a superuser could make.
_LEFT_OUT = re.compile(
    r"\d+; \d+ \d+ (?:EXTENSION - |COMMENT - EXTENSION |SCHEMA - public |COMMENT - SCHEMA public "
    r"|ACL (?:pg_catalog|public) |TABLE DATA public spatial_ref_sys )"
)
_PREPARE = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SELECT format('CREATE ROLE %I NOLOGIN', name) FROM unnest(ARRAY{roles}) name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
"""
_COUNT = """
SELECT (SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND relnamespace IN (SELECT oid FROM ours UNION SELECT 'public'::regnamespace)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
                        AND d.classid = 'pg_class'::regclass))
    + (SELECT count(*) FROM ours)
"""
_OURS = """
WITH ours AS (SELECT oid FROM pg_namespace n WHERE nspname !~ '^pg_'
    AND nspname NOT IN ('public', 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = n.oid AND d.deptype = 'e'
                    AND d.classid = 'pg_namespace'::regclass))
"""


def dump(address: str, file: Path, bin: Path | None, say: Say, progress: Say | None = None) -> None:
    """Writes the whole database to `file`, which only its owner may read and which is new.

    `address` is the owner's (or a superuser's), `bin` the folder of the tools where it is known;
    `progress` gets the size so far, about twice a second. Raises Trouble.
    """
    file = file.absolute()
    if os.path.lexists(file):
        raise _taken(file)
    bin = bin or _client(address)
    say(f"正在备份到 {file}… backing up…")
    part = file.with_name(file.name + ".part")
    plain, variables = hide_password(address)
    show = progress or _ignore
    try:
        part.unlink(missing_ok=True)  # of a backup that was interrupted
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Trouble(f"无法写入 {part}。", f"Cannot write {part}: {error.strerror}.") from None
    try:
        with open(handle, "wb") as out:
            done = run(
                [bin / "pg_dump", "-Fc", "-w", "-d", plain],
                out=out,
                variables=variables,
                meanwhile=lambda: show(f"{part.stat().st_size / 1e6:.1f} MB"),
            )
            if done.returncode:
                raise _failed("备份", "backup", done.stderr)
            os.fsync(out.fileno())
        _name(part, file)
    finally:
        part.unlink(missing_ok=True)
    say(f"备份完成 backup complete: {file} ({file.stat().st_size / 1e6:.1f} MB)")


def restore(
    address: str, file: Path, bin: Path | None, say: Say, progress: Say | None = None
) -> None:
    """Fills an empty database from a file that `dump` wrote: all of it, or nothing at all.

    `address` is the owner's, who then owns everything. `progress` gets the time so far. Raises
    Trouble, also where the database is not empty.
    """
    file = file.absolute()
    _check(file)
    bin = bin or _client(address)
    if psql(bin, address, _OURS + _COUNT + ";").strip() != "0":
        raise Trouble(
            "数据库不是空的。恢复只能写入空数据库：请用 --data 指定一个新目录。",
            "The database is not empty. A backup is restored into an empty one only: "
            "name a new folder with --data.",
        )
    listed = run([bin / "pg_restore", "-l", file])
    if listed.returncode:
        raise _failed("恢复", "restore", listed.stderr)
    wanted = "".join(
        line for line in listed.stdout.splitlines(keepends=True) if not _LEFT_OUT.match(line)
    )
    say(f"正在从 {file} 恢复… restoring…")
    psql(bin, address, _PREPARE.format(roles=list(ROLES[1:])))
    plain, variables = hide_password(address)
    begin = time.monotonic()
    show = progress or _ignore
    with tempfile.NamedTemporaryFile("w", suffix=".list") as contents:
        contents.write(wanted)
        contents.flush()
        how = ["--exit-on-error", "--single-transaction", "--no-owner", "-w", "-L", contents.name]
        done = run(
            [bin / "pg_restore", *how, "-d", plain, file],
            variables=variables,
            meanwhile=lambda: show(f"{time.monotonic() - begin:.0f} s"),
        )
    if done.returncode:
        raise _failed("恢复", "restore", done.stderr)
    # A dump has no statistics, and plans made without any are bad ones.
    psql(bin, address, "ANALYZE;")
    say("恢复完成 restore complete")


def _check(file: Path) -> None:
    try:
        with file.open("rb") as start:
            if start.read(len(_MAGIC)) == _MAGIC:
                return
    except OSError as error:
        raise Trouble(f"无法读取 {file}。", f"Cannot read {file}: {error.strerror}.") from None
    raise Trouble(f"{file} 不是本程序的备份。", f"{file} is not a backup of this program.")


def _name(part: Path, file: Path) -> None:
    """Gives the finished part its name, never in place of another file."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise _taken(file) from None
    except OSError:  # a file system without hard links
        part.rename(file)
    with suppress(OSError):
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _client(address: str) -> Path:
    """The folder of the tools that suit a server."""
    newest = find_client()
    if newest is None:
        raise Trouble(
            "需要 PostgreSQL 的 pg_dump 与 pg_restore。"
            "Debian、Ubuntu：apt install postgresql-client",
            "PostgreSQL's pg_dump and pg_restore are needed. "
            "Debian, Ubuntu: apt install postgresql-client",
        )
    version = psql(newest, address, "SHOW server_version_num;").strip()
    return find_client(int(version) // 10_000) or newest


def _taken(file: Path) -> Trouble:
    return Trouble(f"{file} 已存在，不会覆盖。", f"{file} exists and is not overwritten.")


def _failed(zh: str, en: str, complaint: str) -> Trouble:
    # Only the lines that name the error: those below them may hold rows of the database.
    errors = [line for line in complaint.splitlines() if re.match(r"pg_\w+: error: ", line)]
    reason = errors[0] if errors else "?"
    return Trouble(f"{zh}失败，未作任何更改。", f"The {en} failed and changed nothing: {reason}")


def _ignore(_line: str) -> None:
    """Progress that nobody watches."""
