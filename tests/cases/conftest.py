"""The demonstration archive as plain documents, to check answers against."""

from typing import Any

import httpx
import orjson
import pytest

from api.places.gazetteer import load_gazetteer
from api.reference import Vocabulary
from api.terms.vocabulary import load_terms
from tests.asking import API

Case = dict[str, Any]


@pytest.fixture(scope="session")
async def documents(client: httpx.AsyncClient) -> list[Case]:
    """Every published document of the demonstration archive, parsed."""
    answer = await client.get(f"{API}/cases/export.ndjson", params={"map": "all", "since": "all"})
    assert answer.status_code == 200
    cases: list[Case] = [orjson.loads(line) for line in answer.content.splitlines()]
    assert len(cases) > 2_000
    assert {case["map"] for case in cases} == {"calls", "strikes", "accidents"}
    return cases


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the files, as the archive was loaded from them."""
    return Vocabulary("of the files", load_gazetteer(), load_terms())
