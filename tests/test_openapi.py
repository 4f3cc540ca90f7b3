"""The OpenAPI document: valid, as committed, complete, and kept to under Schemathesis."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import schemathesis
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.definitions import OPENAPI_31
from starlette.responses import JSONResponse

from api.cases.filters import FILTERS
from api.cluster.roles import Addresses
from api.db import writing
from api.staff.publishing import withdraw
from tests.alerts.senders import KEYS
from tests.archives import application
from tests.asking import API
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

COMMITTED = Path(__file__).parent.parent / "frontend" / "openapi.json"
ROUTES = {
    *(f"{API}/cases{tail}" for tail in ("", "/{id}", "/{id}/revisions", "/stats", "/changes")),
    *(f"{API}/cases/export.{form}" for form in ("xls", "xlsx", "csv", "geojson", "ndjson")),
    *(f"{API}/cases/feed.{form}" for form in ("atom", "json")),
    *(f"{API}/{noun}/tiles/{{z}}/{{x}}/{{y}}.mvt" for noun in ("cases", "places")),
    *(f"{API}/{name}" for name in ("filters", "vocabulary", "docs")),
    *("/livez", "/readyz"),
    *(f"{API}/alerts{tail}" for tail in ("", "/challenge", "/state", "/additions", "/withdrawal")),
}
# What is sent and not read: it has a body.
SENT = {path for path in ROUTES if path.startswith(f"{API}/alerts")} - {f"{API}/alerts/challenge"}
# DESIGN trap: it forbids the 422 that unknown codes and since > until must get.
EXCLUDED = "positive_data_acceptance"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return application("postgresql:///unused").openapi()


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    # The format's own schema leaves Schema Objects alone; those are JSON Schema 2020-12.
    assert not list(Draft202012Validator(OPENAPI_31).iter_errors(document))
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in re.findall(rb'"\$ref":"#/([^"]+)"', orjson.dumps(document)):
        found: Any = document
        for step in reference.decode().split("/"):
            found = found[step]
    ids = [op["operationId"] for path in document["paths"].values() for op in path.values()]
    assert len(ids) == len(set(ids))


def test_the_committed_document_is_this_one(document: dict[str, Any]) -> None:
    assert orjson.loads(COMMITTED.read_bytes()) == document, "run ./qiuzhu openapi"


async def test_it_is_served(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    answer = await client.get(f"{API}/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == document


def test_every_route_of_the_contract_is_documented(document: dict[str, Any]) -> None:
    assert document["paths"].keys() == ROUTES
    for path, methods in document["paths"].items():
        method = "post" if path in SENT else "get"
        assert methods.keys() == {method}, path
        operation = methods[method]
        assert ("requestBody" in operation) == (path in SENT)
        assert operation["summary"]
        responses = operation["responses"]
        if path.startswith(API):
            assert {
                "201" if path == f"{API}/alerts" else "200",
                "422",
                "503",
            } <= responses.keys(), path
        for status, response in responses.items():
            assert response["description"]
            if int(status) >= 400:
                assert response["content"].keys() == {"application/problem+json"}, (path, status)
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
    assert {"301", "404", "410"} <= document["paths"][f"{API}/cases/{{id}}"]["get"][
        "responses"
    ].keys()


def test_filters_are_the_same_on_every_surface(document: dict[str, Any]) -> None:
    own: dict[str, set[str]] = {
        "/cases": {"limit", "cursor", "sort"},
        "/cases/stats": {"by"},
        "/filters": {"counts"},
        "/cases/tiles/{z}/{x}/{y}.mvt": {"z", "x", "y"},
    }
    surfaces = [
        p
        for p in ROUTES
        if re.search(r"(cases|stats|filters|cases/tiles/.+|export\.\w+|feed\.\w+)$", p)
    ]
    assert len(surfaces) == 11
    filters: list[dict[str, Any]] = []
    for path in surfaces:
        parameters = {p["name"]: p for p in document["paths"][path]["get"]["parameters"]}
        expected = set(FILTERS) | {"lang"} | own.get(path.removeprefix(API), set())
        if path.endswith(".mvt"):
            expected -= {"bbox"}
        assert parameters.keys() == expected, path
        filters.append({name: parameters[name] for name in FILTERS if name != "bbox"})
    assert all(each == filters[0] for each in filters)


@dataclass
class Run:
    """What a run of Schemathesis did and found."""

    failures: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    phases: set[str] = field(default_factory=set)

    def take(self, event: Any) -> None:
        if isinstance(event, events.NonFatalError | events.FatalError | events.Interrupted):
            self.failures.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            self.phases.add(event.phase.name)
            self._take_answers(event)

    def _take_answers(self, event: events.ScenarioFinished) -> None:
        for interaction in event.recorder.interactions.values():
            self.operations[event.recorder.label] += 1
            answer = interaction.response
            if answer is None:
                self.failures.append(f"no answer: {interaction.request.uri}")
                continue
            self.statuses[answer.status_code] += 1
            if answer.status_code >= 400:
                media_type = answer.headers["content-type"]
                if media_type != ["application/problem+json"]:
                    self.failures.append(f"{media_type}: {interaction.request.uri}")
        for checks in event.recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    failure = check.failure_info
                    self.failures.append(f"{failure.failure.message}\n{failure.code_sample}")


def run_schemathesis(app: FastAPI, examples: int) -> Run:
    """All phases and checks over the whole document, the same on every run."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 44,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "checks": {EXCLUDED: {"enabled": False}},
        }
    )
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app, config=config)
    run = Run()
    for event in from_schema(schema).execute():
        run.take(event)
    return run


@pytest.fixture
def lifespans() -> Iterator[None]:
    """Schemathesis starts applications in a thread of its own and stops them at exit; we before."""
    yield
    shutdown_lifespans()


@pytest.fixture
async def small_archive(archive: Addresses) -> Addresses:
    """Little of everything: exports of thousands of cases would only be slow."""
    drafts = [call(map=map_) for map_ in ("calls", "strikes", "accidents") for _ in range(5)]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
        ids = [draft.id for draft in drafts]
        await withdraw(session, ids[0], reason="privacy", actor="c", day=DAY)
        await withdraw(session, ids[1], reason="duplicate", actor="c", day=DAY, merged_into=ids[2])
    return archive


@pytest.mark.usefixtures("lifespans")
@pytest.mark.parametrize("examples", [25, pytest.param(100, marks=pytest.mark.long)])
def test_the_document_is_kept_to(small_archive: Addresses, examples: int) -> None:
    run = run_schemathesis(application(small_archive.public, **KEYS), examples)
    assert run.failures == []
    assert not [status for status in run.statuses if status >= 500]
    assert {200, 201, 400, 405, 415, 422} <= run.statuses.keys()
    assert {"COVERAGE", "FUZZING", "STATEFUL_TESTING"} <= run.phases
    assert {label.partition(" ")[2] for label in run.operations} >= ROUTES
    assert run.operations.total() > (3_000 if examples < 100 else 5_000)


@pytest.mark.usefixtures("lifespans")
def test_a_document_that_is_not_kept_to_is_found_out() -> None:
    app = FastAPI(openapi_url=f"{API}/openapi.json")

    @app.get("/broken")
    async def broken() -> JSONResponse:
        return JSONResponse({}, 500)

    assert run_schemathesis(app, 3).failures
