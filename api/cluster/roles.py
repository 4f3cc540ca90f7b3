"""The roles of a fresh cluster, their passwords, and the empty database with its extensions.

Grants inside the database are migrations; what only a superuser can do is here.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.cluster.counters import HIDE_COUNTERS
from api.cluster.programs import make_address, psql
from api.trouble import Trouble

DATABASE = "qiuzhu"
SUPERUSER = "postgres"
OWNER = "qiuzhu_owner"
ROLES = (OWNER, "qiuzhu_public", "qiuzhu_desk", "qiuzhu_mail")

# May be run again at any time, and after having been interrupted anywhere.
_SETUP = f"""
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY{list(ROLES)}) name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
:roles
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
REVOKE ALL ON DATABASE {DATABASE}, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE {DATABASE} TO {", ".join(ROLES)};
\\connect {DATABASE}
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Large objects are a table that every login may write to, unless told otherwise.
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite')) \\gexec
-- Runs with its maker's rights and tells the extent of any table from its statistics.
SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE proname = 'st_estimatedextent' \\gexec
{HIDE_COUNTERS}
"""  # noqa: S608 (made of the constants above)


@dataclass(frozen=True, slots=True)
class Addresses:
    """One address per role: postgresql://role:password@/qiuzhu?host=FOLDER&port=5432."""

    public: str
    owner: str
    desk: str
    mail: str


def read_passwords(data: Path, cluster_exists: bool) -> dict[str, str]:
    """The passwords in DATA/secrets; those that are missing are made.

    Raises Trouble where the superuser's is gone although its cluster is there.
    """
    folder = data / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    return {
        name: _password(folder / name, may_make=not (cluster_exists and name == SUPERUSER))
        for name in (SUPERUSER, *ROLES)
    }


def _password(file: Path, may_make: bool) -> str:
    if file.exists():
        return file.read_text().strip()
    if not may_make:
        raise Trouble(
            f"缺少 {file}：没有它就打不开已有的数据库。",
            f"{file} is missing, and without it the database that is there cannot be opened.",
        )
    password = secrets.token_urlsafe(32)
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(password + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
    return password


def prepare(bin: Path, socket: Path, passwords: Mapping[str, str], note: Path) -> bool:
    """Makes roles, database and extensions, unless `note` says that exactly this has been done.

    Answers whether there was anything to do.
    """
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    roles = "\n".join(f"ALTER ROLE {r} {rights} PASSWORD '{passwords[r]}';" for r in ROLES)
    script = _SETUP.replace(":roles", roles)
    digest = hashlib.sha256(script.encode()).hexdigest()
    if note.exists() and note.read_text() == digest:
        return False
    psql(bin, make_address(SUPERUSER, passwords[SUPERUSER], socket, "postgres"), script)
    draft = note.with_suffix(".part")
    draft.write_text(digest)
    draft.rename(note)
    return True


def make_addresses(socket: Path, passwords: Mapping[str, str]) -> Addresses:
    owner, public, desk, mail = (
        make_address(role, passwords[role], socket, DATABASE) for role in ROLES
    )
    return Addresses(public=public, owner=owner, desk=desk, mail=mail)
