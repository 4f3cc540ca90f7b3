"""GET /vocabulary: every place and term of the files, in one answer that a page can keep."""

from typing import Any

import asyncpg
import httpx
import pytest

from api.cluster.roles import Addresses
from api.places.gazetteer import load_gazetteer
from api.terms.vocabulary import KINDS, MAPS, load_terms
from api.vocabulary import VocabularyAnswer
from tests.archives import serving
from tests.asking import API, fetch


@pytest.fixture(scope="module")
async def answer(client: httpx.AsyncClient) -> dict[str, Any]:
    body: dict[str, Any] = await fetch(client, "/vocabulary")
    VocabularyAnswer.model_validate(body)
    assert body.keys() == {"demo", "places", "terms"}
    return body


async def test_every_place_in_the_order_of_the_file(answer: dict[str, Any]) -> None:
    fields = ("code", "parent", "level", "kind", "zh", "en")
    expected = [
        {name: getattr(place, name) for name in fields}
        for place in load_gazetteer().places.values()
    ]
    assert answer["places"] == expected
    assert len(expected) > 3_000
    codes = {place["code"] for place in answer["places"]}
    assert all(place["parent"] in codes | {None} for place in answer["places"])
    assert all(place["zh"] and place["en"] for place in answer["places"])


async def test_every_term_with_its_note_and_clb_strings(answer: dict[str, Any]) -> None:
    expected = [
        {
            "kind": term.kind,
            "code": term.code,
            "parent": term.parent,
            "maps": list(term.maps),
            "zh": term.zh,
            "en": term.en,
            "note": {"zh": term.note_zh, "en": term.note_en},
            "clb": list(term.clb),
        }
        for kind in KINDS
        for term in load_terms().of(kind)
    ]
    assert answer["terms"] == expected
    assert {term["kind"] for term in expected} == set(KINDS)
    for term in answer["terms"]:
        assert set(term["maps"]) <= set(MAPS)
        assert all(term["note"].values())
    assert {t["kind"] for t in expected if t["code"] == "other"} == set(KINDS)
    industries = {t["code"]: t for t in expected if t["kind"] == "industry"}
    assert all(t["parent"] in industries for t in industries.values() if t["parent"])
    assert any(t["parent"] for t in industries.values())


async def test_one_answer_for_both_languages(client: httpx.AsyncClient) -> None:
    answers = [await client.get(f"{API}/vocabulary?lang={lang}") for lang in ("zh", "en")]
    assert answers[0].headers["etag"] == answers[1].headers["etag"]


async def test_invented_cases_are_said_to_be_there(
    answer: dict[str, Any], own_client: httpx.AsyncClient
) -> None:
    assert answer["demo"] is True
    assert (await fetch(own_client, "/vocabulary"))["demo"] is False


async def test_what_the_database_holds_is_what_is_said(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE pub.terms SET zh = '新名' WHERE (kind, code) = ('issue', 'other')")
    async with serving(archive) as fresh:
        terms = (await fetch(fresh, "/vocabulary"))["terms"]
        renamed = [term for term in terms if term["zh"] == "新名"]
        assert [(term["kind"], term["code"]) for term in renamed] == [("issue", "other")]
        options = (await fetch(fresh, "/filters"))["filters"]
        issues = next(row for row in options if row["name"] == "issue")["options"]
        assert "新名" in {option["zh"] for option in issues}
