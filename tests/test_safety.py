"""Settings that must not be served with: a real process ends and says why, without the value."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from nacl.public import PrivateKey

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import plain_address
from api.sealing.keys import DESK, MAIL, PRIVATE_MARK, public_line, write_pair
from tests.archives import database_of
from tests.processes import refuse_to_serve

SECRET = "kanarienvogel"
PUBLIC = f"postgresql://qiuzhu_public:{SECRET}@/qiuzhu?host=/nowhere"
OTHER = f"postgresql://qiuzhu_owner:{SECRET}@/qiuzhu?host=/nowhere"


def said(output: str) -> str:
    """The output as one line: a console breaks long ones."""
    return " ".join(output.split())


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_OWNER_URL", OTHER),
        ("DATABASE_DESK_URL", OTHER),
        ("DATABASE_MAIL_URL", OTHER),
        ("DATABASE_URL", ""),
        ("QIUZHU_TRUSTED_PROXIES", "*"),
        ("QIUZHU_TRUSTED_PROXIES", "127.0.0.1, *"),
        ("QIUZHU_TRUSTED_PROXIES", "10.0.0.1,0.0.0.0/0"),
        ("QIUZHU_TRUSTED_PROXIES", "::/0"),
        ("QIUZHU_PUBLIC_URL", f"javascript:{SECRET}"),
        ("QIUZHU_PUBLIC_URL", f"https://{SECRET}:x@example.org"),
        ("QIUZHU_PUBLIC_URL", f"https://*.{SECRET}.example.org"),
        ("QIUZHU_PUBLIC_URL", f"https://example.org/?{SECRET}"),
        ("QIUZHU_PUBLIC_URL", f"https://example.org/{SECRET}"),
        ("QIUZHU_PUBLIC_URL", f"{SECRET}.example.org"),
        ("QIUZHU_PORT", SECRET),
        ("QIUZHU_PORT", "0"),
        ("QIUZHU_PORT", "65536"),
        ("QIUZHU_TODAY", SECRET),
        ("QIUZHU_DEMO", SECRET),
        ("QIUZHU_PRIVATE_KEYS", f"/media/{SECRET}"),
        ("QIUZHU_SMTP_URL", f"smtp://desk:{SECRET}@mail.example.org:587"),
        ("QIUZHU_DESK_KEY", SECRET),
        ("QIUZHU_DESK_KEY", f"qiuzhu-desk-public-1:{SECRET}"),
        # The other pair's, and a private file by mistake.
        ("QIUZHU_DESK_KEY", public_line(MAIL, PrivateKey(bytes(range(32))).public_key)),
        ("QIUZHU_MAIL_KEY", public_line(DESK, PrivateKey(bytes(range(32))).public_key)),
        ("QIUZHU_MAIL_KEY", PRIVATE_MARK.decode() + SECRET),
        ("QIUZHU_RECEIPT_KEY", SECRET),
        ("QIUZHU_RECEIPT_KEY", "c2hvcnQ="),
        ("QIUZHU_REJECTED_DAYS", "0"),
        ("QIUZHU_CONTACT_DAYS", SECRET),
    ],
)
def test_unsafe_settings_are_refused(tmp_path: Path, variable: str, value: str) -> None:
    ended = refuse_to_serve(tmp_path, **{"DATABASE_URL": PUBLIC, variable: value})
    assert ended.returncode == 2
    assert variable in said(ended.stdout)
    # One line for people, in both languages; no traceback, and no value.
    assert "设置不安全" in ended.stdout
    assert "Traceback" not in ended.stdout
    assert len(said(ended.stdout)) < 250
    assert SECRET not in ended.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["keys", "secrets", "keys/stick/desk"])
def test_a_private_key_in_reach_is_refused(tmp_path: Path, folder: str) -> None:
    there = tmp_path / "data" / folder
    write_pair(there, DESK, SECRET.encode())
    ended = refuse_to_serve(tmp_path, DATABASE_URL=PUBLIC, QIUZHU_DATA="data")
    assert ended.returncode == 2
    assert "QIUZHU_DATA is a private key" in said(ended.stdout)
    assert "Traceback" not in ended.stdout


@pytest.fixture(scope="module")
def member_of_desk(cluster: Cluster, empty_template: str) -> Iterator[str]:
    """A login of its own that inherits what the desk may do."""

    async def run(statement: str) -> None:
        administrator = await asyncpg.connect(cluster.superuser, database="postgres")
        await administrator.execute(statement)
        await administrator.close()

    name = "test_member"
    asyncio.run(run(f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}' IN ROLE qiuzhu_desk"))
    yield plain_address(f"postgresql://{name}:{SECRET}@/qiuzhu?host={cluster.socket}")
    asyncio.run(run(f"DROP ROLE {name}"))


@pytest.mark.parametrize("login", ["superuser", "owner", "desk", "mail", "member"])
def test_logins_that_may_do_more_are_refused(
    cluster: Cluster, empty_template: str, member_of_desk: str, tmp_path: Path, login: str
) -> None:
    addresses: Addresses = database_of(cluster, empty_template)
    address = {
        "superuser": cluster.superuser,
        "owner": addresses.owner,
        "desk": addresses.desk,
        "mail": addresses.mail,
        "member": member_of_desk,
    }[login]
    ended = refuse_to_serve(tmp_path, DATABASE_URL=address)
    assert ended.returncode not in (0, None)
    assert "DATABASE_URL logs in as an owner, a superuser or the desk" in said(ended.stdout)
    for secret in (address, SECRET, *(part for part in address.split(":")[2].split("@")[:1])):
        assert secret not in ended.stdout
