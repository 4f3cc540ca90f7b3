"""From an alert to a draft: once, whole or not at all, with its contacts sealed anew."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest
from nacl.utils import random

from api.cluster.roles import Addresses
from tests.alerts.senders import RING, ask, sent, taking
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.people import MakePerson, MakeScript
from tests.staff.queue.alerts import FULL, acts, put


async def take(client: httpx.AsyncClient, name: str) -> httpx.Response:
    return await client.post(f"{API}/staff/alerts/{name}/case")


async def test_a_draft_of_it(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    made = await put(owner, files=1)
    answer = await take(li, made.id)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["id"]
    case: dict[str, Any] = await fetch(li, f"/staff/cases/{case_id}")
    assert case["state"] == "draft"
    assert case["from_alert"] is True
    assert (case["alert"], case["shown"]) == (made.id, "prefecture")
    assert case["text"] == {
        "zh": "我叫■■■，示例电子厂拖欠三个月工资，老板电话■■■。\n大家都没有拿到。", "en": None,
    }  # fmt: skip
    assert case["issues"] == ["wage_arrears", "work_injury", "excessive_hours"]
    assert case["date"] == {"value": "2026-10-01", "precision": "month"}
    assert (case["place"], case["industry"]) == ("440306", "electronics")
    assert (case["amount_owed"], case["months_owed"]) == (12500.5, 3.0)
    assert case["missing"]
    assert [(c["channel"], c["consent"], c["public"]) for c in case["contacts"]] == [
        ("other", "none", False), ("phone", "public", False), ("wechat", "helpers", False),
        ("email", "none", False),
    ]  # fmt: skip
    (alert,) = (await fetch(li, "/staff/alerts"))["items"]
    assert (alert["state"], alert["case_id"]) == ("checking", case_id)
    assert alert["changed_on"] == TODAY.isoformat()
    said = await acts(owner, "alert.take") + await acts(owner, "create")
    assert said[0] == ("alert.take", made.id, ["case_id", "state"])
    assert said[1][:2] == ("create", case_id)
    assert "contacts" in said[1][2]


async def test_contacts_lie_in_boxes_of_their_own(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    made = await put(owner)
    await take(li, made.id)
    rows = await owner.fetch("SELECT id, box FROM desk.contacts ORDER BY position")
    values = [RING.open(bytes(row["box"]), f"contact/{row['id']}").decode() for row in rows]
    assert values == ["王建树", "19900001234", "gongyou_0000", "gongren@example.org"]
    # In no row of the desk in clear.
    for table in ("cases", "sources", "contacts", "audit"):
        text = str(await owner.fetch(f"SELECT t::text FROM desk.{table} t"))
        for secret in ("19900001234", "19900009999", "gongyou_0000", "gongren@", "王建树", "502室"):
            assert secret not in text, table


async def test_once(owner: asyncpg.Connection, person: MakePerson) -> None:
    li, wang = await person("moderator"), await person("publisher")
    made = await put(owner)
    answers = await asyncio.gather(*(take(each, made.id) for each in (li, wang, li, wang)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    case_id = next(a.json()["id"] for a in answers if a.status_code == 201)
    again = refused(await take(li, made.id), 409)
    assert again["case_id"] == case_id
    assert await owner.fetchval("SELECT count(*) FROM desk.cases") == 1
    assert await owner.fetchval("SELECT count(*) FROM desk.contacts") == 4


async def test_whole_or_not_at_all(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    made = await put(owner)
    await owner.execute("REVOKE INSERT ON desk.contacts FROM qiuzhu_desk")
    refused(await take(li, made.id), 500)
    assert await owner.fetchval("SELECT count(*) FROM desk.cases") == 0
    row = await owner.fetchrow("SELECT state, case_id FROM intake.alerts")
    assert tuple(row) == ("received", None)
    assert await acts(owner, "alert.%") == []


async def test_what_is_gone_or_does_not_open(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    made = await put(owner)
    await owner.execute("UPDATE intake.alerts SET box = $1", random(300))
    assert refused(await take(li, made.id), 409)["type"].endswith("#cannot-open")
    await owner.execute("UPDATE intake.alerts SET box = NULL")
    assert refused(await take(li, made.id), 409)["type"].endswith("#wrong-state")
    assert await owner.fetchval("SELECT count(*) FROM desk.cases") == 0


async def test_taken_back_by_its_sender(
    archive: Addresses, owner: asyncpg.Connection, script: MakeScript
) -> None:
    """A script may work the queue; a withdrawal takes along what was copied of the person."""
    bot = await script("moderator", ["read", "edit"])
    async with taking(archive) as site:
        told = {name: value for name, value in FULL.items() if name != "contact_email"}
        receipt = await sent(site, told)
        (alert,) = (await fetch(bot, "/staff/alerts"))["items"]
        case_id = (await take(bot, alert["id"])).json()["id"]
        assert await owner.fetchval("SELECT count(*) FROM desk.contacts") == 3
        assert (await ask(site, "withdrawal", receipt)).json()["known"] is True
    assert await owner.fetchval("SELECT count(*) FROM desk.contacts") == 0
    # What became a draft is for staff to take back, and they are told.
    (added,) = (await fetch(bot, "/staff/news"))["additions"]
    assert (added["state"], added["case_id"]) == ("withdrawn", case_id)
    assert (await bot.post(f"{API}/staff/cases/{case_id}/discard")).status_code == 200
    assert (await fetch(bot, "/staff/news"))["additions"] == []


async def test_after_a_merge_each_sender_takes_back_his_own(
    archive: Addresses, owner: asyncpg.Connection, person: MakePerson
) -> None:
    wu = await person("publisher")
    told = {name: value for name, value in FULL.items() if name != "contact_email"}
    async with taking(archive) as site:
        receipts = [await sent(site, told) for _ in range(2)]
        for alert in (await fetch(wu, "/staff/alerts"))["items"]:
            await take(wu, alert["id"])
        hashes = "SELECT case_id FROM intake.alerts WHERE state = 'checking' ORDER BY id"
        this, into = [row["case_id"] for row in await owner.fetch(hashes)]
        answer = await wu.post(f"{API}/staff/cases/{this}/merge", json={"into": into, "edit": 0})
        assert answer.status_code == 200, answer.text
        count = "SELECT count(*) FROM desk.contacts WHERE case_id = $1"
        assert await owner.fetchval(count, into) == 6
        await ask(site, "withdrawal", receipts[0])
        assert await owner.fetchval(count, into) == 3
        await ask(site, "withdrawal", receipts[1])
    assert await owner.fetchval("SELECT count(*) FROM desk.contacts") == 0


async def test_a_place_is_shown_no_finer_than_its_sender_allowed(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    wu = await person("publisher")
    made = await put(owner)
    case = await fetch(wu, f"/staff/cases/{(await take(wu, made.id)).json()['id']}")
    assert case["shown"] == "prefecture"
    given = {"map": case["map"], "date": case["date"], "edit": case["edit"]}
    for finer in ("county", "exact"):
        answer = await wu.put(f"{API}/staff/cases/{case['id']}", json={**given, "shown": finer})
        refused(answer, 422, "shown")
        # Nor by any other way of the desk.
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute("UPDATE desk.cases SET shown = $1", finer)
    # Who allowed the exact point has it shown coarser, and as allowed again.
    await owner.execute("UPDATE desk.cases SET allowed = 'exact'")
    for edit, shown in enumerate(("county", "prefecture", "exact"), case["edit"]):
        given = {**given, "edit": edit, "shown": shown}
        assert (await wu.put(f"{API}/staff/cases/{case['id']}", json=given)).status_code == 200
