"""Cases with contacts for tests: kept, asked and approved at the desk, and seen by readers."""

from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI
from sqlalchemy import update

from api.models import DeskCase
from tests.asking import API
from tests.staff.drafts import call
from tests.staff.people import Person
from tests.staff.test_publishing import put

PHONE = "19900001234"
WECHAT = "kanarienvogel_1990"


async def published(app: FastAPI, *, from_alert: bool = False, **changes: Any) -> str:
    """A case of its own that readers see; answers its id."""
    draft = call(**changes)
    async with app.state.database.transaction() as session:
        await put(session, draft)
        where = update(DeskCase).where(DeskCase.id == draft.id)
        await session.execute(where.values(from_alert=from_alert))
    return draft.id


async def kept(
    who: Person,
    case_id: str,
    value: str = PHONE,
    *,
    channel: str = "phone",
    consent: str = "public",
) -> str:
    """The id of a contact that `who` has kept."""
    answer = await who.post(
        f"{API}/staff/cases/{case_id}/contacts",
        json={"channel": channel, "value": value, "consent": consent},
    )
    assert answer.status_code == 201, answer.text
    name: str = answer.json()["id"]
    return name


async def asked(who: Person, contact: str) -> str:
    """The id of the request that `who` makes for a contact."""
    answer = await who.post(f"{API}/staff/contacts/{contact}/publication")
    assert answer.status_code == 201, answer.text
    name: str = answer.json()["id"]
    return name


async def shown(asker: Person, approver: Person, contact: str) -> None:
    """Two people make a contact public."""
    request = await asked(asker, contact)
    answer = await approver.post(f"{API}/staff/requests/{request}/approval")
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "approved"


async def seen(reader: httpx.AsyncClient, case_id: str) -> list[dict[str, str]]:
    """The contacts that readers see, the same in the document and in the newest revision."""
    document = (await reader.get(f"{API}/cases/{case_id}")).json()
    last = (await history(reader, case_id))[-1]
    assert last["revision"] == document["revision"]
    assert last["document"]["contacts"] == document["contacts"]
    contacts: list[dict[str, str]] = document["contacts"]
    return contacts


async def history(reader: httpx.AsyncClient, case_id: str) -> list[dict[str, Any]]:
    """The revisions that readers see."""
    body = (await reader.get(f"{API}/cases/{case_id}/revisions")).json()
    revisions: list[dict[str, Any]] = body["revisions"]
    return revisions


async def acts(owner: asyncpg.Connection, subject: str) -> list[str]:
    """What the audit trail says of a subject: who did what."""
    rows = await owner.fetch(
        "SELECT actor, act FROM desk.audit WHERE subject = $1 ORDER BY number", subject
    )
    return [f"{row['actor']} {row['act']}" for row in rows]


async def everything(owner: asyncpg.Connection, *schemas: str) -> str:
    """All rows of all tables as text, as a thief would search them."""
    tables = await owner.fetch(
        "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = ANY($1)",
        schemas,
    )
    parts = [
        await owner.fetchval(f"SELECT string_agg(t::text, E'\\n') FROM {row['name']} t")
        for row in tables
    ]
    return "\n".join(part for part in parts if part)
