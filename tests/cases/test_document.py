"""GET /cases/{id} and its revisions: the shape, the validator, and what is no longer there."""

from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import update

from api.cases.schemas import Document, Revisions
from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.staff.publishing import publish, withdraw
from api.staff.writing import write_drafts
from tests.asking import API, fetch, raw, refused
from tests.cases.conftest import Case
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

PUBLIC = "public, max-age=60, stale-if-error=86400"


async def test_every_document_is_valid(client: httpx.AsyncClient, documents: list[Case]) -> None:
    for case in documents:
        Document.model_validate(case)
    for case in documents[::500]:
        assert await fetch(client, f"/cases/{case['id']}") == case


async def test_coded_values_are_inlined(documents: list[Case]) -> None:
    def coded(found: Any) -> bool:
        return found.keys() == {"code", "zh", "en"} and all(found.values())

    for case in documents:
        for name in ("issues", "actions", "response"):
            assert all(coded(found) for found in case[name])
        for name in ("ownership", "accident_type"):
            assert case[name] is None or coded(case[name])
        for name in ("region", "industry"):
            found = case[name]
            if found is not None:
                path = found.pop("path")
                assert coded(found)
                assert all(coded(step) for step in path)
                assert path[-1] == found
                found["path"] = path
        for name in ("title", "text", "company", "cite"):
            assert case[name].keys() == {"zh", "en"}
        assert case["contacts"] == []


async def test_validator_and_cache(client: httpx.AsyncClient, documents: list[Case]) -> None:
    path = f"{API}/cases/{documents[0]['id']}"
    # Every coding has a validator of its own, and "*" names none of them.
    plain = {"Accept-Encoding": "identity"}
    answer = await client.get(path, headers=plain)
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    assert answer.headers["cache-control"] == PUBLIC
    assert answer.headers["content-type"] == "application/json"
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        unchanged = await client.get(path, headers={**plain, "If-None-Match": held})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["etag"] == tag
        assert unchanged.headers["cache-control"] == PUBLIC
    for held in ('"other"', tag[1:-1], ""):
        again = await client.get(path, headers={**plain, "If-None-Match": held})
        assert (again.status_code, again.content) == (200, answer.content)
    # One validator for all clients: it depends on the content alone.
    for headers in (
        {"User-Agent": "x"},
        {"Accept-Language": "zh"},
        {"Origin": "https://example.org"},
    ):
        assert (await client.get(path, headers={**plain, **headers})).headers["etag"] == tag


async def test_a_changed_case_has_another_validator(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        renderer = await put(session, draft)
    before = await own_client.get(f"{API}/cases/{draft.id}")
    async with writing(archive.desk) as session:
        await publish(session, renderer, [draft.id], actor="console", day=DAY)
    after = await own_client.get(
        f"{API}/cases/{draft.id}", headers={"If-None-Match": before.headers["etag"]}
    )
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert after.json()["revision"] == 2


async def test_a_document_with_a_contact_is_not_kept(
    archive: Addresses, owner: asyncpg.Connection, own_client: httpx.AsyncClient
) -> None:
    shown, other = call(), call()
    async with writing(archive.desk) as session:
        await put(session, shown, other)
    # As a later issue will publish it: with consent and two approvers.
    contact = '"contacts":[{"channel":"phone","value":"000-CANARY"}]'
    await owner.execute(
        "UPDATE pub.cases SET has_contact = true,"
        " document = replace(document, '\"contacts\":[]', $2) WHERE id = $1",
        shown.id,
        contact,
    )
    answer = await own_client.get(f"{API}/cases/{shown.id}")
    assert answer.json()["contacts"][0]["value"] == "000-CANARY"
    assert answer.headers["cache-control"] == "no-cache"
    assert (await own_client.get(f"{API}/cases/{other.id}")).headers["cache-control"] == PUBLIC
    for wanted, found in (("true", shown.id), ("false", other.id)):
        body = await fetch(own_client, "/cases", {"has_contact": wanted})
        assert [item["id"] for item in body["items"]] == [found]
    # Never in lists, feeds or exports.
    for path in ("/cases", "/cases/feed.atom", "/cases/feed.json", "/cases/export.csv",
                 "/cases/export.ndjson", "/cases/export.geojson", "/cases/stats"):  # fmt: skip
        assert "CANARY" not in (await own_client.get(f"{API}{path}")).text


async def test_one_and_the_same_404(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), [draft])
    known = await own_client.get(f"{API}/cases/0000000000000")
    refused(known, 404)
    ids = (
        *(draft.id, draft.id.lower(), "x", "0" * 12, "0" * 14, "0000000000000 ", "A" * 500),
        *("'; DROP TABLE pub.cases;", "張三", "%", "\0", "\ud800", "stats ", "1", ".."),
    )
    for id_ in ids:
        for tail in ("", "/revisions"):
            answer = await raw(own_client, f"{API}/cases/{id_}{tail}")
            assert (answer.status_code, answer.content) == (404, known.content), id_
            assert answer.headers.multi_items() == known.headers.multi_items(), id_


async def test_a_withdrawn_case_leaves_its_tombstone(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    draft = call(title=Pair("示例CANARY", "Example CANARY"))
    async with writing(archive.desk) as session:
        await put(session, draft)
        await withdraw(session, draft.id, reason="at_request", actor="console", day=DAY)
    answer = await own_client.get(f"{API}/cases/{draft.id}")
    body = refused(answer, 410)
    problem = {"type", "title", "titles", "status", "parameter", "errors"}
    assert body.keys() - problem == {"id", "day", "reason", "merged_into"}
    assert (body["id"], body["day"], body["merged_into"]) == (draft.id, DAY.isoformat(), None)
    assert body["reason"].keys() == {"code", "zh", "en"}
    assert body["reason"]["code"] == "at_request"
    zero = ("/cases", "/cases/stats?since=all", "/cases/export.ndjson", "/cases/export.csv",
            "/cases/feed.atom", "/cases/feed.json", "/cases/tiles/10/833/446.mvt",
            f"/cases/{draft.id}/revisions", "/cases/changes", "/filters?counts=true")  # fmt: skip
    for path in zero:
        assert "CANARY" not in (await own_client.get(f"{API}{path}")).text, path


async def test_a_merged_case_leads_on(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    draft, other = call(), call()
    async with writing(archive.desk) as session:
        await put(session, draft, other)
        await withdraw(
            session, draft.id, reason="duplicate", actor="c", day=DAY, merged_into=other.id
        )
    answer = await own_client.get(f"{API}/cases/{draft.id}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{API}/cases/{other.id}"
    # Kept for ever by caches otherwise, although the other may be withdrawn tomorrow.
    assert answer.headers["cache-control"] == "no-cache"
    followed = await own_client.get(f"{API}/cases/{draft.id}", follow_redirects=True)
    assert followed.json()["id"] == other.id


async def test_revisions_can_be_cited(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        renderer = await put(session, draft)
        corrected = update(DeskCase).where(DeskCase.id == draft.id).values(title_en="Corrected")
        await session.execute(corrected)
        later = date(2026, 11, 21)
        await publish(session, renderer, [draft.id], actor="console", day=later)
    history = await fetch(own_client, f"/cases/{draft.id}/revisions")
    Revisions.model_validate(history)
    first, second = history["revisions"]
    assert [first["day"], second["day"]] == [DAY.isoformat(), later.isoformat()]
    assert first["change"] < second["change"]
    assert second["document"] == await fetch(own_client, f"/cases/{draft.id}")
    for entry in (first, second):
        Document.model_validate(entry["document"])
        for lang in ("zh", "en"):
            citation = entry["document"]["cite"][lang]
            for part in (f"https://qiuzhu.example.org/cases/{draft.id}", str(entry["revision"]),
                         entry["day"], entry["document"]["title"][lang]):  # fmt: skip
                assert part in citation


async def test_the_public_address_is_joined_when_reading(demo_archive: Addresses) -> None:
    connection = await asyncpg.connect(demo_archive.owner)
    stored = "SELECT document FROM pub.cases UNION ALL SELECT document FROM pub.revisions"
    texts = [row["document"] for row in await connection.fetch(stored) if row["document"]]
    await connection.close()
    assert len(texts) > 2_000
    assert not any("qiuzhu.example.org" in text for text in texts)


@pytest.mark.parametrize("path", ["/cases/0000000000000", "/cases/0000000000000/revisions"])
async def test_a_404_speaks_the_asked_language(client: httpx.AsyncClient, path: str) -> None:
    answers = [await client.get(f"{API}{path}?lang={lang}") for lang in ("zh", "en")]
    titles = [refused(answer, 404)["title"] for answer in answers]
    assert titles == ["没有此内容", "There is nothing here"]
