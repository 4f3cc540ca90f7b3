"""`staff add`, `disable` and `reset` as processes: what they hand over lets somebody in."""

import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from fastapi import FastAPI

from api.cluster.roles import Addresses
from tests.alerts.senders import VARIABLES
from tests.asking import API, refused
from tests.processes import environment
from tests.staff.people import Person, staff_application


class Desk:
    """The command over the test's own database."""

    def __init__(self, archive: Addresses, folder: Path) -> None:
        self._folder = folder
        self._variables = {
            "DATABASE_DESK_URL": archive.desk,
            "QIUZHU_DESK_KEY": VARIABLES["QIUZHU_DESK_KEY"],
        }

    def run(self, *arguments: str, status: int = 0, **variables: str) -> dict[str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "api", "staff", *arguments, "--data", str(self._folder)],
            env=environment(**{**self._variables, **variables}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        given = dict(line.split(": ", 1) for line in done.stdout.splitlines())
        for secret in ("password", "secret"):
            assert secret not in given or given[secret] not in done.stderr
        return {**given, "said": done.stderr}


@pytest.fixture
def command(archive: Addresses, tmp_path: Path) -> Desk:
    return Desk(archive, tmp_path)


async def enter(app: FastAPI, given: dict[str, str]) -> Person:
    browser = Person(app, given["name"], secret=given["secret"])
    asked = {"name": given["name"], "password": given["password"], "code": browser.code()}
    answer = await browser.post(f"{API}/staff/login", json=asked)
    assert answer.status_code == 200, answer.text
    return browser


async def test_the_first_admin_and_what_becomes_of_him(
    command: Desk, archive: Addresses, owner: asyncpg.Connection
) -> None:
    given = command.run("add", "root", "--role", "admin")
    assert given["role"] == "admin"
    app = staff_application(archive)
    async with app.router.lifespan_context(app):
        browser = await enter(app, given)
        me = (await browser.get(f"{API}/staff/me")).json()
        assert (me["name"], me["role"], me["fresh"]) == ("root", "admin", True)
        command.run("disable", "root")
        refused(await browser.get(f"{API}/staff/me"), 401)
        again = command.run("reset", "root")
        assert again["secret"] != given["secret"]
        await (await enter(app, again)).aclose()
        await browser.aclose()
    acts = [tuple(row) for row in await owner.fetch("SELECT actor, act FROM desk.audit")]
    assert acts.count(("console", "account.add")) == 1
    assert ("console", "account.reset") in acts


def test_what_a_person_can_put_right(command: Desk) -> None:
    command.run("add", "li.na")
    for arguments, words in (
        (("add", "li.na"), "taken"),
        (("add", "Li Na"), "3 to 32"),
        (("add", "wang", "--role", "root"), "viewer, moderator, publisher, admin"),
        (("disable", "nobody"), "nothing here"),
        (("reset", "nobody"), "nothing here"),
    ):
        assert words in command.run(*arguments, status=2)["said"]
    assert "key new" in command.run("add", "wang", status=2, QIUZHU_DESK_KEY="")["said"]
    assert "cannot be read" in command.run("add", "wang", status=2, QIUZHU_DESK_KEY="x")["said"]
