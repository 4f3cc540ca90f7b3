"""Faults say nothing of the values they stumbled over: in no answer, log, traceback or file."""

import asyncio
import logging
import traceback
from collections.abc import Iterator

import asyncpg
import httpx
import pytest

import api.db
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import writing
from api.http import BrokenAnswer
from api.lang import Pair
from tests.archives import serving
from tests.asking import API, raw, refused
from tests.staff.drafts import call
from tests.staff.test_publishing import put

CANARY = "kanarienvogel"
# Every filter that reaches the database with what a reader typed.
ASKED = f"q={CANARY}&company={CANARY}&since=all".encode()
SURFACES = ("/cases", "/cases/stats", "/cases/export.csv", "/cases/export.xls", "/cases/feed.atom",
            "/cases/tiles/8/208/111.mvt")  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_said(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Whatever a test does: no logger at any level and no stream has the canary."""
    with caplog.at_level(logging.DEBUG):
        yield
    # The test's own client names its requests; the application's loggers must not.
    ours = [record for record in caplog.records if record.name.split(".")[0] != "httpx"]
    formatter = logging.Formatter("%(name)s %(message)s")
    assert not [line for line in map(formatter.format, ours) if CANARY in line.lower()]
    out, err = capfd.readouterr()
    assert CANARY not in (out + err).lower()


async def asked(client: httpx.AsyncClient, path: str, status: int, query: bytes = ASKED) -> None:
    refused(await raw(client, f"{API}{path}", query), status, sent=CANARY)


@pytest.mark.parametrize(
    "query",
    [
        *(f"{name}={CANARY}" for name in ("nope", "region", "since", "limit", "cursor", "bbox")),
        *(f"{name}={CANARY}" for name in ("replied", "map", "sort", "lang", "deaths_min")),
        *(f"q={CANARY}%00", f"q=%FF{CANARY}", f"{CANARY}.x=1", f"q={CANARY * 20_000}"),
    ],
)
async def test_what_was_sent_is_not_repeated(client: httpx.AsyncClient, query: str) -> None:
    await asked(client, "/cases", 422, query.encode())


@pytest.mark.parametrize(
    "path", [f"/cases/{CANARY}", f"/{CANARY}", f"/cases/{CANARY}/revisions", f"/cases/{CANARY}/x"]
)
async def test_no_path_is_repeated(client: httpx.AsyncClient, path: str) -> None:
    await asked(client, path, 404, b"")


@pytest.mark.parametrize(
    "fault",
    [
        "ALTER TABLE pub.cases RENAME COLUMN search TO other",
        "ALTER TABLE pub.cases DROP COLUMN search, ADD COLUMN search int[]",
        "REVOKE SELECT ON pub.cases FROM qiuzhu_public",
        "DROP TABLE pub.cases",
        "ALTER TABLE pub.cases DROP COLUMN employer, ADD COLUMN employer int",
    ],
)
async def test_our_own_mistakes(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient, fault: str
) -> None:
    async with writing(archive.desk) as session:
        await put(session, call())
    await owner.execute(fault)
    for path in SURFACES:
        await asked(own_client, path, 500)


async def test_a_statement_that_takes_too_long(
    archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STATEMENT_TIMEOUT", "EXPORT_TIMEOUT"):
        monkeypatch.setattr(api.db, name, 50)
    async with serving(archive) as client, owner.transaction():
        await owner.execute("LOCK TABLE pub.cases IN ACCESS EXCLUSIVE MODE")
        for path in SURFACES:
            await asked(client, path, 503)


async def test_a_connection_that_breaks_in_the_middle(
    cluster: Cluster, archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    administrator = await asyncpg.connect(cluster.superuser, database="postgres")
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'qiuzhu_public'"
        " AND datname = $1 AND wait_event_type = 'Lock'"
    )
    name = await owner.fetchval("SELECT current_database()")
    async with owner.transaction():
        await owner.execute("LOCK TABLE pub.cases IN ACCESS EXCLUSIVE MODE")
        for path in SURFACES:
            asking = asyncio.create_task(asked(own_client, path, 503))
            while not asking.done():
                await administrator.fetch(end, name)
            await asking
    await administrator.close()


async def test_a_document_that_cannot_be_read(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    draft = call(title=Pair(None, CANARY))
    async with writing(archive.desk) as session:
        await put(session, draft)
    for table in ("cases", "revisions"):
        await owner.execute(f"UPDATE pub.{table} SET document = $1", f'{{"{CANARY}')
    for path in ("/cases/export.csv", "/cases/export.geojson", "/cases/export.xls",
                 "/cases/export.xlsx", "/cases/feed.atom", "/cases/feed.json"):  # fmt: skip
        await asked(own_client, path, 500, b"since=all")
    await asked(own_client, f"/cases/{draft.id}/revisions", 500, b"")


async def test_an_answer_that_breaks_half_way(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    drafts = [call(title=Pair(None, f"{CANARY} {number}")) for number in range(300)]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
    # The last of the file: what comes before it has been sent by then.
    last = min(draft.id for draft in drafts)
    await owner.execute("UPDATE pub.cases SET document = '{' WHERE id = $1", last)
    with pytest.raises(BrokenAnswer) as broken:
        await raw(own_client, f"{API}/cases/export.csv", f"q={CANARY}".encode())
    assert CANARY not in "".join(traceback.format_exception(broken.value))


async def test_the_server_log_holds_no_values(
    cluster: Cluster, archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    desk = await asyncpg.connect(archive.desk)
    columns = "INSERT INTO desk.cases (id, map, date, date_precision, title_zh)"
    for values in (
        f"VALUES ('{CANARY}', 'calls', '2026-01-01', 'day', '{CANARY}')",
        f"VALUES ('0000000000000', '{CANARY}', '2026-01-01', 'day', '')",
        f"VALUES ('0000000000000', 'calls', '{CANARY}', 'day', '')",
        f"VALUES (NULL, 'calls', '2026-01-01', 'day', '{CANARY}')",
        f"VALUES ('0000000000000', 'calls', '2026-01-01', 'day', '{CANARY}'), "
        f"('0000000000000', 'calls', '2026-01-01', 'day', '{CANARY}')",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await desk.execute(f"{columns} {values}")
    for statement in (f"SELECT '{CANARY}'::int", f"SELECT {CANARY}", f"'{CANARY}"):
        with pytest.raises(asyncpg.PostgresError):
            await desk.execute(statement)
    with pytest.raises(asyncpg.PostgresError):
        await desk.fetch("SELECT $1::text::int", CANARY)
    await desk.close()
    logs = sorted(path for path in cluster.home.rglob("*") if "log" in path.suffix)
    assert [path.name for path in logs] == ["postgres.log"]
    assert CANARY not in logs[0].read_text().lower()
