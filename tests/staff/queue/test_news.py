"""Any news? Cases to be asked after, promises past their day, and what came with a receipt."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from api.ids import new_id
from tests.alerts.rows import put_addition
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.editing.cases import made, published
from tests.staff.people import MakePerson, Person, desk_lock
from tests.staff.queue.alerts import acts, put


async def public_since(client: Person, owner: asyncpg.Connection, days: int, **members: Any) -> str:
    """A case that was first published so many days ago, on the day after its own."""
    first = TODAY - timedelta(days)
    day = members.pop("day", first - timedelta(1))
    told = {"replies": [], **members, "date": {"value": day.isoformat(), "precision": "day"}}
    name: str = (await published(client, **told))["id"]
    await owner.execute("UPDATE pub.revisions SET day = $1 WHERE case_id = $2", first, name)
    return name


async def due(client: httpx.AsyncClient) -> list[tuple[str, int, str]]:
    news = await fetch(client, "/staff/news")
    return [(each["case"]["id"], each["days"], each["due_on"]) for each in news["inquiries"]]


async def test_cases_after_thirty_and_ninety_days(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("publisher")
    await public_since(li, owner, 29)
    thirty = await public_since(li, owner, 30)
    later = await public_since(li, owner, 89)
    ninety = await public_since(li, owner, 90)
    # Paid, long gone, old when it was published, of another map, or not published.
    await public_since(li, owner, 40, responses=["paid_in_full"])
    await public_since(li, owner, 366)
    await public_since(li, owner, 40, day=TODAY - timedelta(40 + 366))
    await public_since(li, owner, 40, map="strikes")
    await made(li, date={"value": "2026-08-01", "precision": "day"})

    def on(days: int) -> str:
        return (TODAY - timedelta(days)).isoformat()

    assert await due(li) == [
        (later, 30, on(59)),
        *sorted([(thirty, 30, on(0)), (ninety, 90, on(0))]),
    ]
    answer = await note(li, later, 30, "none")
    assert answer.status_code == 204
    await note(li, ninety, 90, "news")
    assert await due(li) == [(thirty, 30, on(0))]
    # Said again: the later word counts.
    assert (await note(li, later, 30, "unreachable")).status_code == 204
    rows = await owner.fetch("SELECT case_id, days, done_on, outcome FROM desk.inquiries")
    assert sorted(map(tuple, rows)) == sorted(
        [(later, 30, TODAY, "unreachable"), (ninety, 90, TODAY, "news")]
    )
    assert await acts(owner, "news") == [
        ("news", later, ["days.30", "outcome"]), ("news", ninety, ["days.90", "outcome"]),
        ("news", later, ["days.30", "outcome"]),
    ]  # fmt: skip


async def note(client: httpx.AsyncClient, case: str, days: int, outcome: str) -> httpx.Response:
    body = {"case_id": case, "days": days, "outcome": outcome}
    return await client.post(f"{API}/staff/news", json=body)


async def test_what_is_no_answer(person: MakePerson) -> None:
    li, viewer = await person("publisher"), await person("viewer")
    draft = (await made(li))["id"]
    refused(await note(li, draft, 30, "none"), 409)
    refused(await note(li, new_id(), 30, "none"), 404)
    refused(await note(li, draft, 31, "none"), 422, "days")
    refused(await note(li, draft, 30, "paid"), 422, "outcome")
    refused(await note(li, "x", 30, "none"), 422, "case_id")
    refused(await note(viewer, draft, 30, "none"), 403)


def reply(due_on: date | None, **members: Any) -> dict[str, Any]:
    return {
        "office": {"zh": "示例区人社局", "en": "Example district labour bureau"},
        "text": {"zh": "承诺限期支付。", "en": "Promised by a date."},
        "status": "办理中",
        "received_on": "2026-09-04",
        "replied_on": "2026-09-12",
        "promise_due_on": due_on and due_on.isoformat(),
        **members,
    }


async def test_promises_past_their_day(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("publisher")
    yesterday, before = TODAY - timedelta(1), TODAY - timedelta(9)
    case = (
        await published(
            li,
            replies=[
                reply(TODAY), reply(None), reply(yesterday, status="已办理"), reply(before),
                reply(before, outcome={"zh": "已付清", "en": None}),
            ],
        )
    )["id"]  # fmt: skip
    await made(li, replies=[reply(before)])
    promises = (await fetch(li, "/staff/news"))["promises"]
    assert [(p["case"]["id"], p["position"], p["promise_due_on"]) for p in promises] == [
        (case, 3, before.isoformat()), (case, 2, yesterday.isoformat()),
    ]  # fmt: skip
    assert promises[0]["office"]["zh"] == "示例区人社局"
    assert promises[0]["case"]["state"] == "published"


async def test_additions_since_the_last_act(owner: asyncpg.Connection, person: MakePerson) -> None:
    li, viewer = await person("moderator"), await person("viewer")
    names = {}
    for name, changed, added in (
        ("later", 9, 3), ("same day", 3, 3), ("earlier", 3, 9), ("untouched", None, 3),
    ):  # fmt: skip
        alert = await put(owner, on=TODAY - timedelta(20))
        names[alert.id] = name
        await put_addition(owner, desk_lock(), alert.receipt, "补充", on=TODAY - timedelta(added))
        if changed is not None:
            await owner.execute(
                "UPDATE intake.alerts SET state = 'rejected', changed_on = $1 WHERE id = $2",
                TODAY - timedelta(changed), alert.id,
            )  # fmt: skip
    found = (await fetch(li, "/staff/news"))["additions"]
    assert [names[each["id"]] for each in found] == ["later", "same day"]
    assert [each["later"] for each in found] == [1, 1]
    assert "补充" not in str(found)
    assert (await fetch(viewer, "/staff/news"))["additions"] == []


@pytest.mark.parametrize("role", ["viewer", "moderator", "publisher", "admin"])
async def test_nothing_new(role: str, person: MakePerson) -> None:
    who = await person(role)
    assert await fetch(who, "/staff/news") == {"inquiries": [], "promises": [], "additions": []}
