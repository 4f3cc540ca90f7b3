"""S11: what came from alerts becomes public four times a day, whenever staff were at work."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from api.clock import SHANGHAI
from api.staff import batches
from api.staff.batches import next_batch, publish_due
from tests.asking import API, fetch, refused
from tests.staff.editing.cases import WHY, act, made, published, read, saved
from tests.staff.people import MakePerson, Person

# Not the tests' day: the application's own loop has noted the slot that it was started in.
NOON = datetime(2026, 12, 5, 12, 0, 7, tzinfo=SHANGHAI)


async def from_alert(
    client: Person, owner: asyncpg.Connection, number: int = 0, **members: Any
) -> dict[str, Any]:
    """A draft as it is made from an alert."""
    case = await made(client, shown="prefecture", **members)
    await owner.execute("UPDATE desk.cases SET from_alert = true WHERE id = $1", case["id"])
    await owner.execute(
        "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, state, case_id)"
        " VALUES ($1, '2026-11-01', 'proven', 'zh', $2, 'checking', $3)",
        f"alert{number}",
        f"receipt{number}".encode(),
        case["id"],
    )
    return case


async def due(app: FastAPI, now: datetime) -> int:
    return await publish_due(app.state.database, app.state.reference, now)


@pytest.mark.parametrize(
    ("hour", "following"),
    [
        (0, "2026-12-05T06:00+08:00"),
        (5, "2026-12-05T06:00+08:00"),
        (6, "2026-12-05T12:00+08:00"),
        (17, "2026-12-05T18:00+08:00"),
        (23, "2026-12-06T00:00+08:00"),
    ],
)
def test_the_next_batch_is_told_by_the_hour(hour: int, following: str) -> None:
    assert next_batch(NOON.replace(hour=hour, minute=59)) == following


async def test_what_came_from_an_alert_waits(
    person: MakePerson,
    staff_app: FastAPI,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    wu = await person("publisher")
    assert await due(staff_app, NOON) == 0
    case = await from_alert(wu, owner)
    answer = await act(wu, case["id"], "publish", edit=0)
    assert answer.json()["state"] == "waiting"
    assert answer.json()["next_batch"] == next_batch()
    assert (await read(wu, case["id"]))["waiting"]
    # The batch of this time is over.
    assert await due(staff_app, NOON + timedelta(hours=5)) == 0
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 404
    assert await due(staff_app, NOON + timedelta(hours=6)) == 1
    document = await fetch(own_client, f"/cases/{case['id']}")
    assert document["updated"] == "2026-12-05"
    assert document["region"]["code"] == "440300"
    now = await read(wu, case["id"])
    assert (now["waiting"], now["state"], now["revision"]) == (False, "published", 1)
    alert = await owner.fetchrow("SELECT state, changed_on::text FROM intake.alerts")
    assert tuple(alert) == ("published", "2026-12-05")
    assert (
        await owner.fetchval(
            "SELECT actor FROM desk.audit WHERE act = 'publish' AND subject = $1", case["id"]
        )
        == wu.name
    )


async def test_no_day_has_more_than_four(
    person: MakePerson, staff_app: FastAPI, owner: asyncpg.Connection
) -> None:
    wu = await person("publisher")
    midnight = NOON.replace(hour=0, minute=0, second=0)
    counted = []
    for number, minutes in enumerate(range(0, 24 * 60, 45)):
        case = await from_alert(wu, owner, number)
        await act(wu, case["id"], "publish", edit=0)
        # Two processes at once: one of them publishes.
        now = midnight + timedelta(minutes=minutes)
        both = await asyncio.gather(due(staff_app, now), due(staff_app, now))
        assert min(both) == 0
        counted.append(sum(both))
    assert [count for count in counted if count] == [1, 8, 8, 8]
    days = await owner.fetch(
        "SELECT published_on, count(DISTINCT change) FROM pub.cases GROUP BY published_on"
    )
    assert len(days) == 1
    # In the order of day and id, not of the hour in which somebody was at work.
    rows = await owner.fetch(
        "SELECT case_id FROM pub.revisions WHERE change BETWEEN 2 AND 9 ORDER BY change"
    )
    ids = [row["case_id"] for row in rows]
    assert len(ids) == 8
    assert ids == sorted(ids)


async def test_an_edit_after_the_word_takes_it_back(
    person: MakePerson,
    staff_app: FastAPI,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    li, wu = await person("moderator"), await person("publisher")
    case = await from_alert(wu, owner)
    await act(wu, case["id"], "publish", edit=0)
    now = await saved(li, case, text={"zh": "没有人批准过的正文", "en": None})
    assert not now["waiting"]
    assert await due(staff_app, NOON) == 0
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 404


async def test_corrections_wait_and_withdrawals_do_not(
    person: MakePerson,
    staff_app: FastAPI,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
) -> None:
    wu = await person("publisher")
    case = await from_alert(wu, owner)
    await act(wu, case["id"], "publish", edit=0)
    await due(staff_app, NOON)
    case = await saved(wu, case, title={"zh": "更正", "en": None})
    body = {"ids": [case["id"]], "reason": WHY}
    answer = await wu.post(f"{API}/staff/publications", json=body)
    assert answer.json() == {"published": [], "waiting": [case["id"]], "passed_over": []}
    assert (await fetch(own_client, f"/cases/{case['id']}"))["title"]["zh"] != "更正"
    assert (await act(wu, case["id"], "withdraw", reason="at_request")).status_code == 200
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 410
    assert await due(staff_app, NOON + timedelta(hours=6)) == 0
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 410


@pytest.mark.parametrize("state", ["withdrawn", "rejected", "spam"])
async def test_what_was_taken_back_or_dismissed_is_not_published(
    person: MakePerson, staff_app: FastAPI, owner: asyncpg.Connection, state: str
) -> None:
    wu = await person("publisher")
    first, second = await from_alert(wu, owner), await from_alert(wu, owner, 1)
    await act(wu, first["id"], "publish", edit=0)
    await owner.execute("UPDATE intake.alerts SET state = $1", state)
    assert refused(await act(wu, second["id"], "publish", edit=0), 409)["taken_back"] is True
    answer = await wu.post(f"{API}/staff/publications", json={"ids": [second["id"]]})
    assert answer.json()["passed_over"] == [second["id"]]
    assert await due(staff_app, NOON) == 0
    assert await owner.fetchval("SELECT count(*) FROM pub.cases") == 0
    assert await owner.fetchval("SELECT count(*) FROM desk.waiting") == 0
    assert not (await read(wu, first["id"]))["waiting"]
    # One alert of a case still stands, or it is public already and is to be corrected.
    await owner.execute("UPDATE intake.alerts SET state = 'checking' WHERE id = 'alert1'")
    await owner.execute("UPDATE intake.alerts SET case_id = $1", first["id"])
    await act(wu, first["id"], "publish", edit=0)
    assert await due(staff_app, NOON + timedelta(hours=6)) == 1
    await owner.execute("UPDATE intake.alerts SET state = $1", state)
    answer = await act(wu, first["id"], "publish", edit=0, reason=WHY)
    assert answer.json()["state"] == "waiting"
    assert await due(staff_app, NOON + timedelta(hours=12)) == 1


async def test_a_merge_with_what_came_from_an_alert_waits_too(
    person: MakePerson, staff_app: FastAPI, owner: asyncpg.Connection
) -> None:
    wu = await person("publisher")
    into = await published(wu)
    case = await from_alert(wu, owner, sources=[{"url": "https://example.org/2"}])
    now = (await act(wu, case["id"], "merge", into=into["id"], edit=0)).json()
    assert (now["from_alert"], now["waiting"], now["pending"]) == (True, True, True)
    assert await due(staff_app, NOON) == 1
    now = await read(wu, into["id"])
    assert (now["waiting"], now["pending"], now["revision"]) == (False, False, 2)


async def test_what_waited_is_published_when_the_desk_starts(
    person: MakePerson,
    staff_app: FastAPI,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wu = await person("publisher")
    case = await from_alert(wu, owner)
    await act(wu, case["id"], "publish", edit=0)
    await owner.execute("DELETE FROM desk.batches")
    monkeypatch.setattr(batches, "_EVERY", 0.01)
    async with batches.in_background(staff_app.state.database, staff_app.state.reference):
        assert (await read(wu, case["id"]))["state"] == "published"
        # The loop goes on, and this time's batch is over.
        second = await from_alert(wu, owner, 1)
        await act(wu, second["id"], "publish", edit=0)
        await asyncio.sleep(0.2)
        assert (await read(wu, second["id"]))["waiting"]
