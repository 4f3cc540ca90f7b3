"""The publish door: what it makes public, counts, changes and takes back."""

import asyncio
from datetime import date
from typing import Any

import asyncpg
import httpx
import orjson
import pytest
from sqlalchemy import update

from api.cases.schemas import Document, Summary
from api.cluster.roles import Addresses
from api.db import WriteSession, writing
from api.lang import Pair
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.reference import read_vocabulary
from api.staff.drafts import Draft
from api.staff.publishing import publish, withdraw
from api.staff.relabelling import relabel
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.staff.drafts import call

DAY = date(2026, 11, 20)


async def put(session: WriteSession, *drafts: Draft) -> Renderer:
    """Writes the drafts that are new, then publishes all of them."""
    renderer = Renderer(await read_vocabulary(session))
    await write_drafts(session, load_gazetteer(), drafts)
    await publish(session, renderer, [d.id for d in drafts], actor="console", day=DAY)
    return renderer


async def test_a_published_case_is_a_valid_document(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await put(session, draft)
    document = (await own_client.get(f"/api/v1/cases/{draft.id}")).json()
    Document.model_validate(document)
    assert document["region"]["path"][0]["code"] == "440000"
    assert document["amount_owed"] == 12500.5
    assert document["replies"][0]["days"] == 8
    assert document["stated"] == {"issue": ["伙食太差"]}
    assert document["contacts"] == []
    listed = (await own_client.get("/api/v1/cases")).json()["items"]
    Summary.model_validate(listed[0])
    assert listed[0]["sources"] == 1
    assert {name: document[name] for name in ("id", "title", "point", "updated")} == {
        name: listed[0][name] for name in ("id", "title", "point", "updated")
    }


async def test_a_draft_leaves_no_trace(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), [draft])
    unknown = await own_client.get("/api/v1/cases/0000000000000")
    for path in (f"/api/v1/cases/{draft.id}", f"/api/v1/cases/{draft.id}/revisions"):
        answer = await own_client.get(path)
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert (await own_client.get("/api/v1/cases?map=all&since=all")).json()["total"] == 0
    assert (await own_client.get("/api/v1/cases/changes")).json()["changes"] == []


async def test_a_correction_is_a_new_revision_that_names_its_fields(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        renderer = await put(session, draft)
        corrected = update(DeskCase).where(DeskCase.id == draft.id)
        await session.execute(corrected.values(title_en="Example Electronics paid half"))
        why = Pair("更正标题", "The title was corrected")
        await publish(session, renderer, [draft.id], actor="console", day=DAY, reason=why)
    history = (await own_client.get(f"/api/v1/cases/{draft.id}/revisions")).json()["revisions"]
    assert [(entry["revision"], entry["kind"]) for entry in history] == [
        (1, "published"),
        (2, "changed"),
    ]
    assert history[1]["fields"] == ["title"]
    assert history[1]["reason"] == why.as_dict()
    assert history[0]["document"]["title"]["en"] == draft.title.en
    assert history[1]["document"]["title"]["en"] == "Example Electronics paid half"


async def test_a_withdrawal_takes_every_document_back(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft, other = call(), call()
    async with writing(archive.desk) as session:
        renderer = await put(session, draft, other)
        await withdraw(session, draft.id, reason="privacy", actor="console", day=DAY)
        # A withdrawn case is not published again by an import or by chance.
        assert await publish(session, renderer, [draft.id], actor="console", day=DAY) == 0
        with pytest.raises(LookupError):
            await withdraw(session, draft.id, reason="privacy", actor="console", day=DAY)
    gone = await own_client.get(f"/api/v1/cases/{draft.id}")
    assert gone.status_code == 410
    assert gone.json()["reason"]["code"] == "privacy"
    assert gone.json()["day"] == DAY.isoformat()
    history = (await own_client.get(f"/api/v1/cases/{draft.id}/revisions")).json()["revisions"]
    assert [entry["document"] for entry in history] == [None, None]
    assert history[1]["kind"] == "withdrawn"
    everything = (await own_client.get("/api/v1/cases?map=all&since=all")).json()
    assert [item["id"] for item in everything["items"]] == [other.id]
    assert "示例电子厂" not in str(history)


async def test_a_merged_case_leads_to_the_other(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft, other = call(), call()
    async with writing(archive.desk) as session:
        await put(session, draft, other)
        await withdraw(
            session, draft.id, reason="duplicate", actor="c", day=DAY, merged_into=other.id
        )
    answer = await own_client.get(f"/api/v1/cases/{draft.id}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/api/v1/cases/{other.id}"


async def test_a_new_label_shows_without_a_new_revision(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await put(session, draft)
    await owner.execute("UPDATE pub.terms SET en = 'Chips' WHERE code = 'electronics'")
    # What somebody has saved meanwhile is not published by the way.
    await owner.execute("UPDATE desk.cases SET title_zh = 'CANARY', industry = NULL")
    async with writing(archive.desk) as session:
        assert await relabel(session, Renderer(await read_vocabulary(session))) == 1
        assert await relabel(session, Renderer(await read_vocabulary(session))) == 0
    document = (await own_client.get(f"/api/v1/cases/{draft.id}")).json()
    assert (document["industry"]["en"], document["revision"]) == ("Chips", 1)
    assert "CANARY" not in document["title"]["zh"]


async def test_change_numbers_have_no_gaps_and_follow_commit_order(archive: Addresses) -> None:
    async def one(fails: bool) -> None:
        async with writing(archive.desk) as session:
            await put(session, call())
            if fails:
                raise RuntimeError

    results = await asyncio.gather(*(one(i % 3 == 0) for i in range(9)), return_exceptions=True)
    assert sum(isinstance(result, RuntimeError) for result in results) == 3
    connection = await asyncpg.connect(archive.owner)
    rows = await connection.fetch("SELECT change FROM pub.revisions ORDER BY change")
    latest = await connection.fetchval("SELECT change FROM pub.archive")
    await connection.close()
    assert [row["change"] for row in rows] == list(range(1, 7))
    assert latest == 6


async def test_what_is_public_is_listed_field_by_field(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), [draft])
        await session.execute(
            update(DeskCase)
            .where(DeskCase.id == draft.id)
            .values(notes="CANARY-NOTE", flags=["CANARY-FLAG"])
        )
        await publish(
            session,
            Renderer(await read_vocabulary(session)),
            [draft.id],
            actor="CANARY-ACTOR",
            day=DAY,
        )
    published: dict[str, Any] = {}
    for table in ("cases", "revisions", "withdrawn", "archive"):
        rows = await owner.fetch(f"SELECT * FROM pub.{table}")
        published[table] = [{key: str(value) for key, value in row.items()} for row in rows]
    assert published["cases"]
    assert b"CANARY" not in orjson.dumps(published)
