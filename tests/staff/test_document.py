"""The desk's OpenAPI document, for those alone who are logged in; and the console's address."""

import orjson
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from api.cli.openapi import FILES
from tests.asking import API
from tests.staff.people import MakePerson, Person


def test_the_committed_document_is_today_s(staff_app: FastAPI) -> None:
    committed = orjson.loads(FILES["staff"].read_bytes())
    assert staff_app.openapi() == committed, "run ./qiuzhu openapi --surface staff"


def test_every_schema_is_one(staff_app: FastAPI) -> None:
    for schema in staff_app.openapi()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


async def test_it_is_for_those_who_are_logged_in(person: MakePerson, stranger: Person) -> None:
    viewer = await person("viewer")
    assert (await viewer.get(f"{API}/staff/openapi.json")).status_code == 200
    assert (await stranger.get(f"{API}/staff/openapi.json")).status_code == 401


async def test_the_console_is_on_the_machine_s_own_name(stranger: Person) -> None:
    """Chromium keeps no Secure cookie for http://127.0.0.1."""
    answer = await stranger.get("http://127.0.0.1:8001/alerts?lang=en")
    assert answer.status_code == 307
    assert answer.headers["location"] == "http://localhost:8001/alerts?lang=en"
    assert (await stranger.get("http://localhost:8001/alerts?lang=en")).status_code == 200
