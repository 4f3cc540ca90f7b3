"""/livez and /readyz, and what readers are told while the database is away."""

from dataclasses import replace

import asyncpg
import httpx
import pytest
from sqlalchemy.engine import make_url

from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import Database, writing
from api.main import create_app
from api.settings import Settings
from tests.archives import serving
from tests.asking import API, fetch, refused
from tests.doors import door
from tests.staff.drafts import call
from tests.staff.test_publishing import put

READERS = ("/cases", "/cases/stats", "/cases/0000000000000", "/cases/export.csv", "/vocabulary",
           "/cases/export.xls", "/cases/feed.atom", "/filters?counts=true",
           "/cases/changes")  # fmt: skip


async def test_both_say_so_and_are_never_kept(client: httpx.AsyncClient) -> None:
    for path in ("/livez", "/readyz"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"


async def test_a_process_lives_without_a_database() -> None:
    nowhere = "postgresql://qiuzhu_public@/nothing?host=/nowhere"
    app = create_app(Settings.model_construct(database_url=nowhere))
    app.state.database = database = Database(nowhere)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/livez")).status_code == 200
        answer = await client.get("/readyz")
        refused(answer, 503)
        assert answer.headers["retry-after"] == "5"
        assert "nowhere" not in answer.text
    await database.close()


async def test_it_gets_well_by_itself(cluster: Cluster, archive: Addresses) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await put(session, draft)
    async with door(cluster.socket) as way:
        through = replace(archive, public=way.address(archive.public))
        async with serving(through) as client:
            assert (await fetch(client, "/cases"))["total"] == 1
            for _ in range(2):
                await way.shut()
                refused(await client.get("/readyz"), 503)
                assert (await client.get("/livez")).status_code == 200
                for path in READERS:
                    answer = await client.get(f"{API}{path}")
                    refused(answer, 503)
                    assert answer.headers["retry-after"] == "5"
                # What is wrong with a request needs no database to be said.
                refused(await client.get(f"{API}/cases?nope=1"), 422, "nope")
                refused(await client.post(f"{API}/cases"), 405)
                await way.open()
                assert (await client.get("/readyz")).status_code == 200
                assert (await fetch(client, "/cases"))["items"][0]["id"] == draft.id


async def test_what_is_wrong_with_a_request_needs_no_database(
    cluster: Cluster, archive: Addresses
) -> None:
    wrong = {"nope": "nope=1", "since": "since=2026-02-30", "limit": "limit=0"}
    async with (
        door(cluster.socket) as way,
        serving(replace(archive, public=way.address(archive.public))) as client,
    ):
        # It has never read its vocabulary.
        await way.shut()
        for name, query in wrong.items():
            refused(await client.get(f"{API}/cases?{query}"), 422, name)
        refused(await client.get(f"{API}/cases/0"), 404)
        refused(await client.get(f"{API}/cases?region=440000"), 503)


@pytest.mark.parametrize(
    "trouble",
    ["ALTER DATABASE {} CONNECTION LIMIT 0", "ALTER DATABASE {} ALLOW_CONNECTIONS false",
     "DROP DATABASE {} WITH (FORCE)"],
)  # fmt: skip
async def test_a_database_that_takes_nobody_is_away(
    cluster: Cluster, archive: Addresses, own_client: httpx.AsyncClient, trouble: str
) -> None:
    assert (await own_client.get("/readyz")).status_code == 200
    name = make_url(archive.public).database
    administrator = await asyncpg.connect(cluster.superuser, database="postgres")
    await administrator.execute(trouble.format(name))
    await administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )
    await administrator.close()
    # The first may meet the connection that was ended, the second meets the closed door.
    for _ in range(2):
        refused(await own_client.get("/readyz"), 503)
        refused(await own_client.get(f"{API}/cases/0000000000000"), 503)
    assert (await own_client.get("/livez")).status_code == 200


async def test_an_archive_without_its_words_is_not_ready(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    await owner.execute("UPDATE pub.archive SET vocabulary = ''")
    refused(await own_client.get("/readyz"), 503)
