"""Every cell of the matrix (S25): role x operation x scope, and the states its object can be in.

Generated from the OpenAPI document of the desk and from matrix.yaml as it is written.
"""

from typing import Any

import asyncpg
import httpx
import pytest
import yaml
from fastapi import FastAPI

from api.alerts.states import STATES
from api.models.staff import ROLES
from api.staff.access.matrix import FILE, SCOPES
from tests.asking import API, refused
from tests.staff.access.operations import Operation, operations
from tests.staff.access.test_crossing import contents
from tests.staff.editing.cases import CONTENT, act, made, published
from tests.staff.people import MakePerson, Person, add_person, give_token
from tests.staff.queue.alerts import put

ROWS: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())
OBJECTS = {"cases": ("draft", "published", "withdrawn"), "alerts": STATES}
LOGOUT = "POST /staff/logout"
# In place of what only the object knows.
PUT_IN = object()
REASON = {"zh": "更正", "en": "A correction"}
# What to send where the object is in a state that allows it.
BODIES: dict[str, dict[str, Any] | None] = {
    "PUT /staff/cases/{id}": {**CONTENT, "edit": PUT_IN},
    "POST /staff/cases/{id}/publish": {"edit": PUT_IN, "reason": REASON},
    "POST /staff/cases/{id}/withdraw": {"reason": "privacy"},
    "POST /staff/cases/{id}/discard": None,
    "POST /staff/cases/{id}/merge": {"edit": PUT_IN, "into": PUT_IN},
    "POST /staff/cases/{id}/contacts": {
        "channel": "phone",
        "value": "19900001234",
        "consent": "helpers",
    },
    "POST /staff/alerts/{id}/assignment": {"assignee": None},
    "POST /staff/alerts/{id}/decision": {"state": "checking", "reason": None},
    "POST /staff/alerts/{id}/case": None,
}


def may(name: str, role: str, scopes: tuple[str, ...] | None) -> bool:
    """What the file says, read anew; `scopes` of a token, None for whoever has logged in."""
    row = ROWS[name]
    if row.get("open"):
        return True
    if scopes is not None and row.get("scope", "-") not in scopes:
        return False
    return role in row["roles"]


def in_order(app: FastAPI, scopes: tuple[str, ...] | None) -> list[Operation]:
    """All operations, what ends the session behind all others; a script does not log in."""
    every = sorted(operations(app), key=lambda operation: operation.name == LOGOUT)
    return [operation for operation in every if scopes is None or not operation.rule.open]


async def ask(client: httpx.AsyncClient, operation: Operation) -> list[httpx.Response]:
    bodies = operation.bodies()
    if operation.name == LOGOUT:
        bodies = bodies[:1]
    return [await client.request(operation.method, operation.address(), **body) for body in bodies]


def is_forbidden(answer: httpx.Response) -> bool:
    assert answer.status_code < 500, answer.text
    problem = answer.headers.get("content-type") == "application/problem+json"
    kind = answer.json()["type"].rpartition("#")[2] if problem else ""
    assert kind not in ("not-logged-in", "cross-site"), answer.text
    return kind == "forbidden"


def test_the_matrix_is_what_is_served(staff_app: FastAPI) -> None:
    documented = {operation.name for operation in operations(staff_app)}
    assert {way.operation for way in staff_app.state.ways} == documented, "hidden from OpenAPI"
    assert documented == ROWS.keys()
    assert [name for name, row in ROWS.items() if row.get("open")] == ["POST /staff/login"]


@pytest.mark.parametrize("role", ROLES)
async def test_every_cell(staff_app: FastAPI, owner: asyncpg.Connection, role: str) -> None:
    person = await add_person(staff_app, role)
    every: list[tuple[str, ...]] = [(scope,) for scope in SCOPES]
    askers: list[tuple[tuple[str, ...] | None, Person]] = [(None, person)]
    askers += [
        (scopes, await give_token(staff_app, person, list(scopes))) for scopes in [*every, SCOPES]
    ]
    before = await contents(owner)
    tried = 0
    # First what is forbidden: none of it changes anything.
    for allowed in (False, True):
        for scopes, client in askers:
            for operation in in_order(staff_app, scopes):
                if may(operation.name, role, scopes) is not allowed:
                    continue
                tried += 1
                for answer in await ask(client, operation):
                    cell = (operation.name, role, scopes, answer.text[:200])
                    assert is_forbidden(answer) is not allowed, cell
        if not allowed:
            assert await contents(owner) == before
    # A script does not log in.
    assert tried == len(ROWS) * len(askers) - len(askers[1:])
    for _, client in askers:
        await client.aclose()


async def test_before_the_password_is_changed(staff_app: FastAPI, person: MakePerson) -> None:
    new = await person("admin", fresh=True)
    script = await give_token(staff_app, new, list(SCOPES))
    for client, scopes in ((script, SCOPES), (new, None)):
        for operation in in_order(staff_app, scopes):
            for answer in await ask(client, operation):
                row = ROWS[operation.name]
                free = row.get("open") or (
                    row.get("fresh") and may(operation.name, "admin", scopes)
                )
                assert is_forbidden(answer) is not bool(free), operation.name
                if not free and may(operation.name, "admin", scopes):
                    assert answer.json()["fresh"] is True
    await script.aclose()


async def case_in(client: httpx.AsyncClient, state: str) -> dict[str, Any]:
    """A case in that state, by the routes that bring one there."""
    case = await made(client) if state == "draft" else await published(client)
    if state == "withdrawn":
        answer = await act(client, case["id"], "withdraw", reason="privacy")
        assert answer.status_code == 200, answer.text
        case = answer.json()
    assert case["state"] == state
    return case


async def alert_in(owner: asyncpg.Connection, state: str) -> str:
    """The id of an alert in that state."""
    name = (await put(owner)).id
    await owner.execute("UPDATE intake.alerts SET state = $2 WHERE id = $1", name, state)
    return name


@pytest.mark.parametrize("kind", OBJECTS)
async def test_every_state(person: MakePerson, owner: asyncpg.Connection, kind: str) -> None:
    admin = await person("admin")
    into = (await published(admin))["id"]
    stated = {name: row["states"] for name, row in ROWS.items() if "states" in row}
    assert stated.keys() == BODIES.keys(), "what to send where?"
    mine = {name: states for name, states in stated.items() if f"/{kind}/" in name}
    for state in OBJECTS[kind]:
        for name, states in mine.items():
            values: dict[str, Any] = {"into": into}
            if kind == "cases":
                values |= await case_in(admin, state)
            else:
                values["id"] = await alert_in(owner, state)
            body = BODIES[name]
            if body is not None:
                body = {
                    key: values[key] if value is PUT_IN else value for key, value in body.items()
                }
            before = await contents(owner)
            method, path = name.split()
            address = f"{API}{path.replace('{id}', values['id'])}"
            answer = await admin.request(method, address, json=body)
            if state in states:
                assert answer.is_success, (name, state, answer.text)
            else:
                assert refused(answer, 409)["type"].endswith("#wrong-state"), (name, state)
                assert await contents(owner) == before, (name, state)


async def test_the_public_process_knows_none_of_it(
    staff_app: FastAPI, person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    """Whoever asks: the same as for what there has never been."""
    admin = await person("admin")
    headers = {
        **admin.headers,
        "Cookie": "; ".join(f"{c.name}={c.value}" for c in admin.cookies.jar),
    }
    unknown = await own_client.get(f"{API}/nothing")
    assert unknown.status_code == 404
    for operation in operations(staff_app):
        for address in {operation.address(), operation.address().removeprefix(API)}:
            for body in operation.bodies():
                sent = {**body, "headers": {**headers, **body.get("headers", {})}}
                answer = await own_client.request(operation.method, address, **sent)
                assert answer.status_code == 404, (operation.name, address)
                assert "set-cookie" not in answer.headers
                if address.startswith(API):
                    assert answer.content == unknown.content
    assert "/staff" not in (await own_client.get(f"{API}/openapi.json")).text
