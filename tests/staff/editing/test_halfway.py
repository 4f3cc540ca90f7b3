"""A publication that fails half way: nothing of it is public, and nothing else has changed."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from api.cluster import Cluster
from tests.asking import API, refused
from tests.staff.editing.cases import WHY, act, made, published, read, saved
from tests.staff.people import MakePerson, Person

# What an act writes, in this order; each of them is made to fail.
TABLES = ("pub.archive", "pub.cases", "pub.revisions", "desk.cases", "desk.audit")
STATE = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} AS t"
ALL = (*TABLES, "pub.withdrawn", "desk.waiting", "desk.sources", "desk.replies", "intake.alerts")


async def state(owner: asyncpg.Connection) -> list[str]:
    return [await owner.fetchval(STATE.format(table)) for table in ALL]


async def failing(owner: asyncpg.Connection, table: str) -> None:
    """The table refuses what is written to it from now on; in pub.cases, the second row of it."""
    await owner.execute(
        f"CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF (TG_ARGV[0] = 'pub.cases' AND (SELECT count(*) FROM pub.cases) < 2) THEN"
        f" RETURN NEW; END IF; RAISE EXCEPTION 'kanarienvogel'; END $$;"
        f" CREATE TRIGGER fail AFTER INSERT OR UPDATE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION public.fail('{table}')"
    )


@pytest.mark.parametrize("table", TABLES)
async def test_of_many_none_is_public(
    person: MakePerson,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
    table: str,
) -> None:
    wu = await person("publisher")
    ids = [(await made(wu))["id"] for _ in range(3)]
    before, told = await state(owner), (await own_client.get(f"{API}/cases/changes")).content
    await failing(owner, table)
    answer = await wu.post(f"{API}/staff/publications", json={"ids": ids})
    broken(answer)
    assert await state(owner) == before
    assert (await own_client.get(f"{API}/cases/changes")).content == told
    for case_id in ids:
        assert (await own_client.get(f"{API}/cases/{case_id}")).status_code == 404
        assert (await read(wu, case_id))["state"] == "draft"
    # Mended, the same is done whole.
    await owner.execute(f"DROP TRIGGER fail ON {table}")
    answer = await wu.post(f"{API}/staff/publications", json={"ids": ids})
    assert answer.json()["published"] == ids


def broken(answer: httpx.Response) -> None:
    """A failure that says nothing of what failed."""
    assert answer.status_code in (500, 503)
    refused(answer, answer.status_code, sent="kanarienvogel")


async def correct(wu: Person, case: dict[str, Any], other: dict[str, Any]) -> httpx.Response:
    return await act(wu, case["id"], "publish", edit=case["edit"], reason=WHY)


async def withdraw(wu: Person, case: dict[str, Any], other: dict[str, Any]) -> httpx.Response:
    return await act(wu, case["id"], "withdraw", reason="privacy")


async def merge(wu: Person, case: dict[str, Any], other: dict[str, Any]) -> httpx.Response:
    return await act(wu, case["id"], "merge", into=other["id"], edit=case["edit"])


@pytest.mark.parametrize("doing", [correct, withdraw, merge])
async def test_every_act_is_whole_or_not_at_all(
    person: MakePerson, own_client: httpx.AsyncClient, owner: asyncpg.Connection, doing: Any
) -> None:
    wu = await person("publisher")
    other = await published(wu)
    case = await published(wu, sources=[{"url": "https://example.org/2"}])
    case = await saved(wu, case, title={"zh": "更正", "en": None})
    before = await state(owner)
    # The last that each of them writes.
    await failing(owner, "desk.audit")
    broken(await doing(wu, case, other))
    assert await state(owner) == before
    document = (await own_client.get(f"{API}/cases/{case['id']}")).json()
    assert document["title"]["en"] == "Example Electronics owes wages"
    await owner.execute("DROP TRIGGER fail ON desk.audit")
    assert (await doing(wu, case, other)).status_code == 200


async def test_a_connection_that_dies_half_way(
    person: MakePerson,
    cluster: Cluster,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    wu = await person("publisher")
    case = await made(wu)
    before = await state(owner)
    async with owner.transaction():
        # The public row is written by then, its history is not.
        await owner.execute("LOCK TABLE pub.revisions IN EXCLUSIVE MODE")
        task = asyncio.create_task(act(wu, case["id"], "publish", edit=0))
        blocked = None
        while blocked is None:
            await asyncio.sleep(0.02)
            blocked = await owner.fetchval(
                "SELECT pid FROM pg_locks WHERE NOT granted"
                " AND relation = 'pub.revisions'::regclass"
            )
        administrator = await asyncpg.connect(cluster.superuser, database="postgres")
        assert await administrator.fetchval("SELECT pg_terminate_backend($1)", blocked)
        await administrator.close()
        broken(await task)
    assert await state(owner) == before
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 404
    assert (await act(wu, case["id"], "publish", edit=0)).status_code == 200
