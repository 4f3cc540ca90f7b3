"""Alerts over HTTP: taken, sealed, asked for, added to and withdrawn."""

import asyncpg
import httpx
import pytest

from api.cluster.roles import Addresses
from tests.alerts.senders import ALERT, RING, ask, counts, intake_of, new_key, opened, send, sent
from tests.archives import TODAY, serving
from tests.asking import API, refused


async def test_an_alert_is_sealed(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    said = {
        **ALERT,
        "company": "示例电子厂",
        "email": "a@example.org",
        "contact_phone": "19900001234",
    }
    answer = await send(site, said)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body.keys() == {"receipt", "state", "files"}
    assert (body["state"], body["files"]) == ("received", {"kept": 0, "refused": []})
    row = await owner.fetchrow("SELECT * FROM intake.alerts")
    assert (row["lane"], row["state"], row["lang"]) == ("plain", "received", "zh")
    assert row["received_on"] == TODAY
    box = opened(row, "alert")
    assert box["form"]["company"] == "示例电子厂"
    assert box["form"]["contact_email"] == "a@example.org"
    assert "email" not in box["form"]
    letter = opened(await owner.fetchrow("SELECT * FROM intake.outbox"), "outbox")
    assert (letter["to"], letter["lang"]) == ("a@example.org", "zh")
    assert await counts(owner) == {"alerts": 1, "outbox": 1, "idempotency": 1}
    confirming = intake_of(site)
    assert await confirming.confirm(letter["token"])
    assert await owner.fetchval("SELECT confirmed FROM intake.alerts")
    assert not await confirming.confirm(letter["token"])


async def test_a_receipt_is_good_for_three_things(
    site: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    receipt = await sent(site)
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await ask(site, "state", typed)).json() == {
        "state": "received",
        "changed_on": None,
        "reason": None,
        "case_id": None,
    }
    added = await ask(site, "additions", receipt, text="老板换了电话")
    assert added.json() == {"known": True, "files": {"kept": 0, "refused": []}}
    assert opened(await owner.fetchrow("SELECT * FROM intake.additions"), "addition")["text"] == (
        "老板换了电话"
    )
    await owner.execute("UPDATE intake.alerts SET state = 'rejected', reason = 'unclear'")
    told = (await ask(site, "state", receipt)).json()
    assert (told["state"], told["reason"]["code"]) == ("rejected", "unclear")
    assert (await ask(site, "withdrawal", receipt)).json() == {"known": True}
    assert (await ask(site, "state", receipt)).json()["state"] == "withdrawn"
    assert (await ask(site, "withdrawal", receipt)).json() == {"known": False}
    assert (await ask(site, "additions", receipt, text="还有")).json()["known"] is False
    assert await owner.fetchval("SELECT box FROM intake.alerts") is None
    assert await counts(owner) == {"alerts": 1, "idempotency": 1}


async def test_without_keys_no_alert_is_taken(archive: Addresses) -> None:
    async with serving(archive) as client:
        assert refused(await send(client), 503)["type"].endswith("#no-alerts")
        for what in ("state", "additions", "withdrawal"):
            answer = await ask(client, what, "0" * 24)
            assert refused(answer, 503)["type"].endswith("#no-alerts")
        assert (await client.get(f"{API}/alerts/challenge")).status_code == 503


@pytest.mark.parametrize("form", ["multipart", "urlencoded"])
async def test_forms_say_the_same(
    site: httpx.AsyncClient, owner: asyncpg.Connection, form: str
) -> None:
    fields = {"kind": ["injury", "hours"], "story": "一\r\n二", "people": "12", "exact_place": "on",
              "place": ""}  # fmt: skip
    files = [("files", ("a.exe", b"MZ", "image/png"))] if form == "multipart" else None
    answer = await site.post(
        f"{API}/alerts", data=fields, files=files, headers={"Idempotency-Key": new_key()}
    )
    assert answer.status_code == 201, answer.text
    left = [{"position": 0, "code": "type"}] if files else []
    assert answer.json()["files"] == {"kept": 0, "refused": left}
    said = opened(await owner.fetchrow("SELECT * FROM intake.alerts"), "alert")["form"]
    assert (said["kind"], said["story"], said["people"]) == (["injury", "hours"], "一\n二", 12)
    assert (said["exact_place"], said["place"]) == (True, None)
    receipt = answer.json()["receipt"]
    more = await site.post(
        f"{API}/alerts/additions", data={"receipt": receipt, "text": "补充"}, files=files
    )
    assert more.json() == {"known": True, "files": {"kept": 0, "refused": left}}


async def test_files_are_sealed_too(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    document = b"%PDF-1.4\n" + b"x" * 2000 + b"\n%%EOF\n"
    upload = [("files", ("a.pdf", document)), ("files", ("b.txt", b"text"))]
    key = {"Idempotency-Key": new_key()}
    answer = await site.post(f"{API}/alerts", data=ALERT, files=upload, headers=key)
    assert answer.json()["files"] == {"kept": 1, "refused": [{"position": 1, "code": "type"}]}
    row = await owner.fetchrow("SELECT * FROM intake.attachments")
    assert (row["kind"], row["position"], row["original"]) == ("pdf", 1, None)
    assert RING.open(row["box"], f"file/{row['id']}") == document
    added = await site.post(
        f"{API}/alerts/additions", data={"receipt": answer.json()["receipt"]}, files=upload[:1]
    )
    assert added.json()["files"]["kept"] == 1
    row = await owner.fetchrow("SELECT * FROM intake.addition_files")
    assert RING.open(row["box"], f"file/{row['id']}") == document
    unknown = {"receipt": "0" * 24}
    added = await site.post(f"{API}/alerts/additions", data=unknown, files=upload[:1])
    assert added.json() == {"known": False, "files": {"kept": 0, "refused": []}}
