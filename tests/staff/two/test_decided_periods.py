"""Another retention (S7, S42): two people decide, the deleting goes by it, every page says it."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import asyncpg
import httpx
import pytest

from api.alerts.periods import DECIDABLE, FRESH, Keeping, periods, periods_in_force
from api.alerts.retention import tidy
from api.clock import SHANGHAI
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import Database, writing
from api.pages.notices import kept
from api.settings import Settings
from tests.alerts.rows import put_alert
from tests.alerts.senders import taking
from tests.archives import TODAY
from tests.asking import API
from tests.doors import door
from tests.pages.reading import page
from tests.sealing.test_boxes import pair
from tests.staff.contacts.desks import kept as kept_contact
from tests.staff.people import MakePerson, add_person, staff_application

SETTINGS = Settings.model_construct()
(DESK, _), (MAIL, _) = pair(), pair()


async def decide(person: MakePerson, name: str, length: int) -> None:
    """One admin asks, a publisher approves."""
    li, wang = await person("admin"), await person("publisher")
    body = {"kind": "retention", "asked": {"name": name, "length": length}}
    request = (await li.post(f"{API}/staff/requests", json=body)).json()["id"]
    path = f"{API}/staff/requests/{request}/approval"
    assert (await li.post(path)).status_code == 403
    answer = await wang.post(path)
    assert answer.status_code == 200, answer.text
    assert answer.json()["asked"] == body["asked"]


async def test_what_is_asked_and_refused_changes_nothing(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li, wang = await person("admin"), await person("admin")
    body = {"kind": "retention", "asked": {"name": "rejected_days", "length": 7}}
    request = (await li.post(f"{API}/staff/requests", json=body)).json()["id"]
    assert await owner.fetchval("SELECT count(*) FROM pub.periods") == 0
    await wang.post(f"{API}/staff/requests/{request}/refusal")
    assert await owner.fetchval("SELECT count(*) FROM pub.periods") == 0


async def test_the_deleting_goes_by_what_was_decided(
    archive: Addresses, person: MakePerson, owner: asyncpg.Connection
) -> None:
    put = await put_alert(owner, DESK, MAIL, on=TODAY, files=1)
    await owner.execute(
        "UPDATE intake.alerts SET state = 'rejected', changed_on = $2, decided_on = $2"
        " WHERE id = $1",
        put.id, TODAY,
    )  # fmt: skip

    async def run(days: int) -> dict[str, int]:
        now = datetime.combine(TODAY + timedelta(days), datetime.min.time(), SHANGHAI)
        async with writing(archive.desk) as session:
            return await tidy(session, await periods_in_force(session, SETTINGS), now, "console")

    await decide(person, "rejected_days", 10)
    assert (await run(9))["alerts"] == 0
    # Decided anew, it is the last word that counts.
    await decide(person, "rejected_days", 12)
    assert (await run(11))["alerts"] == 0
    assert (await run(12))["alerts"] == 1


@pytest.mark.parametrize("name", DECIDABLE)
async def test_every_page_says_what_was_decided(
    archive: Addresses, person: MakePerson, name: str
) -> None:
    await decide(person, name, 211)
    async with taking(archive) as client:
        for lang in ("zh", "en"):
            main = (await page(client, f"/privacy?lang={lang}")).one("main", id="main")
            numbers = kept(replace(periods(SETTINGS), **{name: 211}))
            found = re.findall(r"\d+", main.text)
            assert sorted(found) == sorted(str(number) for number in numbers.values())
            form = (await page(client, f"/alert?lang={lang}")).one("main", id="main")
            assert "211" in re.findall(r"\d+", form.text), name
        told = re.search(r'"alerts":(\{[^}]*\})', (await client.get("/")).text)
        assert told is not None
        assert 211 in json.loads(told.group(1).replace("&#34;", '"')).values()


async def test_a_running_process_learns_of_it(
    archive: Addresses, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with taking(archive) as client:
        before = (await client.get("/privacy?lang=en")).text
        await decide(person, "contact_days", 211)
        monkeypatch.setattr("api.alerts.periods.FRESH", 0.0)
        after = (await client.get("/privacy?lang=en")).text
    assert "211" not in before
    assert "211" in after
    assert FRESH <= 5


async def test_without_its_database_a_process_keeps_its_word(
    cluster: Cluster, archive: Addresses, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owner.execute("INSERT INTO pub.periods VALUES ('receipt_days', 211), ('spent_days', 9)")
    monkeypatch.setattr("api.alerts.periods.FRESH", 0.0)
    async with door(cluster.socket) as way:
        database = Database(way.address(archive.public))
        try:
            keeping = Keeping(database, SETTINGS)
            known = await keeping.periods()
            # What may not be decided is not, whoever wrote it there.
            assert (known.receipt_days, known.spent_days) == (211, 2)
            await way.shut()
            assert await keeping.periods() == known
            await way.open()
            await owner.execute("UPDATE pub.periods SET length = 212")
            assert (await keeping.periods()).receipt_days == 212
        finally:
            await database.close()


async def test_the_public_process_decides_nothing(archive: Addresses) -> None:
    public = await asyncpg.connect(archive.public)
    try:
        for statement in (
            "INSERT INTO pub.periods VALUES ('rejected_days', 9)",
            "UPDATE pub.periods SET length = 9",
            "DELETE FROM pub.periods",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await public.execute(statement)
    finally:
        await public.close()


async def test_copied_contacts_go_with_their_alert(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    """What the desk copied of an alert is part of what was promised to be deleted."""
    put = await put_alert(owner, DESK, MAIL, on=TODAY, files=0, mails=False)
    case = "0" * 13
    await owner.execute(
        "INSERT INTO desk.cases (id, map, date, date_precision) VALUES ($1, 'calls', $2, 'day')",
        case, TODAY,
    )  # fmt: skip
    for position, value in enumerate((None, "public")):
        await owner.execute(
            "INSERT INTO desk.contacts (id, case_id, position, channel, box, consent, public_value)"
            " VALUES ($1, $2, $3, 'phone', '\\x00', 'public', $4)",
            str(position) * 13, case, position, value,
        )  # fmt: skip
    await owner.execute(
        "UPDATE intake.alerts SET state = 'published', case_id = $2, changed_on = $3,"
        " decided_on = $3 WHERE id = $1",
        put.id, case, TODAY,
    )  # fmt: skip

    async def run(days: int) -> int:
        now = datetime.combine(TODAY + timedelta(days), datetime.min.time(), SHANGHAI)
        async with writing(archive.desk) as session:
            numbers = await periods_in_force(session, SETTINGS)
            return (await tidy(session, numbers, now, "console"))["contacts"]

    assert await run(89) == 0
    # A number that is given later is kept from then on.
    await owner.execute("UPDATE desk.cases SET state = 'published'")
    late = staff_application(archive, TODAY + timedelta(89))
    async with late.router.lifespan_context(late):
        li = await add_person(late, "moderator")
        name = await kept_contact(li, case)
        await li.aclose()
    assert await run(90) == 0
    assert await run(89 + 89) == 0
    assert await run(89 + 90) == 2
    assert name not in await owner.fetchval("SELECT string_agg(id, ' ') FROM desk.contacts")
    assert await run(89 + 90) == 0
    left = await owner.fetch("SELECT public_value FROM desk.contacts")
    assert [row["public_value"] for row in left] == ["public"]
