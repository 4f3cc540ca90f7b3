"""GET /cases/changes: what a mirror follows. In commit order, without gaps, tombstones included."""

import asyncio
from datetime import date

import asyncpg
import httpx
import pytest

from api.cases.changes import Changes
from api.cluster.roles import Addresses
from api.db import writing
from api.staff.publishing import publish, withdraw
from tests.asking import API, Query, fetch, refused
from tests.cases.conftest import Case
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

LATER = date(2026, 11, 21)


async def changes(client: httpx.AsyncClient, query: Query) -> Changes:
    return Changes.model_validate(await fetch(client, "/cases/changes", query))


async def test_the_whole_archive_can_be_mirrored(
    client: httpx.AsyncClient, documents: list[Case]
) -> None:
    mirror: dict[str, int] = {}
    gone: set[str] = set()
    numbers: list[int] = []
    since: int | None = 0
    while since is not None:
        page = await changes(client, {"since": str(since), "limit": "1000"})
        for change in page.changes:
            numbers.append(change.change)
            if change.kind in ("withdrawn", "merged"):
                mirror.pop(change.id)
                gone.add(change.id)
                assert change.reason is not None
                assert (change.merged_into is not None) is (change.kind == "merged")
            else:
                assert change.id not in gone
                assert change.reason is None
                assert change.merged_into is None
                mirror[change.id] = change.revision
        since = page.next
    assert numbers == list(range(1, page.latest + 1))
    assert mirror == {case["id"]: case["revision"] for case in documents}
    assert gone
    for id_ in sorted(gone):
        assert (await client.get(f"{API}/cases/{id_}")).status_code in (301, 410)


async def test_pages_join_and_end(client: httpx.AsyncClient) -> None:
    one = await changes(client, {"since": "10", "limit": "20"})
    assert [change.change for change in one.changes] == list(range(11, 31))
    assert one.next == 30
    plain = await changes(client, {})
    assert [change.change for change in plain.changes] == list(range(1, 501))
    end = await changes(client, {"since": str(plain.latest - 1)})
    assert (len(end.changes), end.next) == (1, None)
    for since in (plain.latest, plain.latest + 1, 2**63 - 1):
        beyond = await changes(client, {"since": str(since)})
        assert (beyond.changes, beyond.next, beyond.latest) == ([], None, plain.latest)


async def test_every_kind_of_change(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    empty = await changes(own_client, {})
    assert (empty.changes, empty.latest, empty.next) == ([], 0, None)
    one, two, three = call(), call(), call()
    async with writing(archive.desk) as session:
        renderer = await put(session, one)
        await put(session, two, three)
        await publish(session, renderer, [one.id], actor="console", day=LATER)
        await withdraw(session, two.id, reason="privacy", actor="console", day=LATER)
        await withdraw(
            session, three.id, reason="duplicate", actor="c", day=LATER, merged_into=one.id
        )
    found = (await changes(own_client, {})).changes
    assert [change.change for change in found] == [1, 2, 3, 4, 5, 6]
    assert {found[1].id, found[2].id} == {two.id, three.id}
    assert [(c.id, c.kind, c.revision, c.day) for c in (found[0], *found[3:])] == [
        (one.id, "published", 1, DAY),
        (one.id, "changed", 2, LATER),
        (two.id, "withdrawn", 2, LATER),
        (three.id, "merged", 2, LATER),
    ]
    assert found[4].reason is not None
    assert found[4].reason.code == "privacy"
    assert found[5].merged_into == one.id
    # A tombstone belongs to the change that made it, not to those before.
    assert all(change.reason is None for change in found[:4])


async def test_no_number_is_seen_before_a_smaller_one(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    """A mirror that asks while others publish, some in vain, misses nothing."""
    done = asyncio.Event()
    seen: list[int] = []

    async def work(number: int) -> None:
        async with writing(archive.desk) as session:
            await put(session, *(call() for _ in range(1 + number % 3)))
            if number % 4 == 0:
                raise asyncio.CancelledError

    async def follow() -> None:
        last_round = False
        while not last_round:
            last_round = done.is_set()
            page = await changes(own_client, {"since": str(seen[-1] if seen else 0)})
            seen.extend(change.change for change in page.changes)

    follower = asyncio.create_task(follow())
    results = await asyncio.gather(*(work(n) for n in range(12)), return_exceptions=True)
    done.set()
    await follower
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 3
    expected = sum(1 + number % 3 for number in range(12) if number % 4)
    assert seen == list(range(1, expected + 1))


async def test_drafts_are_no_change(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    connection = await asyncpg.connect(archive.owner)
    await connection.execute(
        "INSERT INTO desk.cases (id, map, date, date_precision)"
        " VALUES ('0000000000000', 'calls', '2026-10-01', 'day')"
    )
    await connection.close()
    assert (await changes(own_client, {})).latest == 0


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("since=-1", "since"), ("since=x", "since"), ("since=", "since"), ("limit=0", "limit"),
        ("since=9223372036854775808", "since"), ("limit=1001", "limit"), ("until=5", "until"),
        ("map=calls", "map"), ("since=2026-01-01", "since"),
    ],
)  # fmt: skip
async def test_what_may_not_be_asked(client: httpx.AsyncClient, query: str, parameter: str) -> None:
    refused(await client.get(f"{API}/cases/changes?{query}"), 422, parameter)


async def test_a_mirror_always_asks_again(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/cases/changes?limit=1")
    assert answer.headers["cache-control"] == "no-cache"
    again = await client.get(
        f"{API}/cases/changes?limit=1", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
