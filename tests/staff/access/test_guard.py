"""Who gets through the gate, and what an application must not be made with."""

from types import ModuleType

import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request

from api.cluster.roles import Addresses
from api.staff import app as staff
from api.staff.access.matrix import FILE, read_matrix
from api.staff.work import Working
from tests.asking import API, refused
from tests.staff.access.operations import NOBODYS
from tests.staff.people import MakePerson, MakeScript, Person, add_person, staff_application


async def test_a_person_and_a_script_are_let_in(person: MakePerson, script: MakeScript) -> None:
    li = await person("moderator", "li.na")
    me = (await li.get(f"{API}/staff/me")).json()
    assert (me["name"], me["role"], me["token"]) == ("li.na", "moderator", None)
    assert "POST /staff/logout" in me["operations"]
    assert "GET /staff/accounts" not in me["operations"]
    robot = await script("publisher", ["read"])
    me = (await robot.get(f"{API}/staff/me")).json()
    assert (me["role"], me["token"]) == ("publisher", "script")
    assert "POST /staff/logout" not in me["operations"]
    refused(await robot.post(f"{API}/staff/logout"), 403)


async def test_whoever_has_not_logged_in_learns_nothing(stranger: Person) -> None:
    for path in ("/staff/me", "/staff/accounts", "/staff", "/staff/no/such/thing"):
        for method in ("GET", "POST", "DELETE", "PROPFIND"):
            refused(await stranger.request(method, f"{API}{path}"), 401)


async def test_who_is_fresh_changes_his_password_first(person: MakePerson) -> None:
    new = await person("admin", fresh=True)
    assert (await new.get(f"{API}/staff/me")).json()["fresh"] is True
    assert refused(await new.get(f"{API}/staff/tokens"), 403)["fresh"] is True
    assert (await new.post(f"{API}/staff/logout")).status_code == 204


def _module(router: APIRouter) -> ModuleType:
    made = ModuleType("made")
    made.__dict__["router"] = router
    return made


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> APIRouter:
    made = APIRouter()
    monkeypatch.setattr(staff, "ROUTERS", (*staff.ROUTERS, _module(made)))
    return made


def test_a_route_without_a_row_is_not_served(router: APIRouter, archive: Addresses) -> None:
    @router.get("/staff/secrets", include_in_schema=False)
    async def read_secrets(work: Working) -> None: ...

    with pytest.raises(ValueError, match="no row for GET /staff/secrets"):
        staff_application(archive)


def test_a_route_that_asks_nobody_is_not_served(router: APIRouter, archive: Addresses) -> None:
    # Its row is there; the order of routes does not matter.
    @router.get("/staff/me")
    async def read_me(request: Request) -> None: ...

    with pytest.raises(ValueError, match="GET /staff/me does not ask who acts"):
        staff_application(archive)


async def test_a_route_behind_the_gate_is_nobodys(staff_app: FastAPI, person: MakePerson) -> None:
    """Included after the matrix was looked at, by mistake: it is entered by nobody."""
    late = APIRouter()

    @late.get("/api/v1/staff/late")
    async def read_late(work: Working) -> str:
        return work.acting.name

    staff_app.include_router(late)
    admin = await person("admin")
    refused(await admin.get(f"{API}/staff/late"), 401)


async def test_a_route_found_for_another_is_nobodys(
    router: APIRouter, archive: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gate's rule is that of the route which the router enters, or nobody enters it."""

    @router.get("/staff/alerts/{id}")
    async def read_other(id: str, work: Working) -> str:
        return work.acting.name

    app = staff_application(archive)
    app.state.ways = tuple(way for way in app.state.ways if way.endpoint is read_other)
    async with app.router.lifespan_context(app), await add_person(app, "admin") as admin:
        refused(await admin.get(f"{API}/staff/alerts/{NOBODYS}"), 401)


@pytest.mark.parametrize(
    "row",
    [
        "{roles: [moderater], scope: read}",
        "{roles: [viewer], scope: all}",
        "{roles: [], scope: read}",
        "{roles: [viewer], open: true}",
        "{roles: [viewer], scpoe: read}",
        "{}",
    ],
)
def test_a_row_that_cannot_be_meant_so_is_refused(
    row: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("matrix") / "matrix.yaml"
    file.write_text(f"{FILE.read_text()}GET /staff/odd: {row}\n")
    with pytest.raises(ValueError, match="GET /staff/odd"):
        read_matrix(file)
