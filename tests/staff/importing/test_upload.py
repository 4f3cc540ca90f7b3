"""POST /staff/imports: files over HTTP do what the command does, and bad ones change nothing."""

import os
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cluster.roles import Addresses
from api.staff.importing import routes
from tests.asking import API, fetch, refused
from tests.staff.people import MakePerson, MakeScript

FILE = {"Content-Type": "application/octet-stream"}
ROWS = (
    "Date,Title,Province,Employee Demands Involve\n"
    "2026-10-01,Invented workers ask for pay,Guangdong,Wage arrears\n"
    "2026-10-02,Others ask for better food,Hunan,Better canteen\n"
    "2026-10-02,Others ask for better food,Hunan,Better canteen\n"
)


async def upload(client: httpx.AsyncClient, content: str | bytes, **query: Any) -> httpx.Response:
    asked = {"name": "invented.csv", "map": "strikes", **query}
    return await client.post(f"{API}/staff/imports", params=asked, content=content, headers=FILE)


async def test_a_file_is_imported_reported_and_known_again(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    publisher = await person("publisher")
    report = (await upload(publisher, ROWS, name="../../etc/invented.csv")).json()
    assert report["files"] == ["invented.csv"]
    assert (report["read"], report["added"], report["flagged"]) == (3, 3, 1)
    assert report["unmatched"] == {"issue": {"Better canteen": 2}}
    again = (await upload(publisher, ROWS, publish=True)).json()
    assert (again["added"], again["unchanged"], again["published"]) == (0, 3, 3)
    assert (await own_client.get(f"{API}/cases?since=all&map=all")).json()["total"] == 3
    flagged = await fetch(publisher, "/staff/cases", {"flag": "repeat", "map": "all"})
    assert flagged["total"] == 1
    twin = flagged["items"][0]["id"]
    found = (await fetch(publisher, f"/staff/cases/{twin}/duplicates"))["items"]
    assert [item["repeat"] for item in found] == [True]
    assert found[0]["score"] > 0.9
    entries = await fetch(await person("admin"), "/staff/audit", {"actor": publisher.name})
    assert {entry["act"] for entry in entries["items"]} == {"import", "publish"}


async def test_a_dry_run_changes_nothing(person: MakePerson) -> None:
    publisher = await person("publisher")
    report = (await upload(publisher, ROWS, dry_run=True, publish=True)).json()
    assert (report["dry_run"], report["added"]) == (True, 3)
    assert (await fetch(publisher, "/staff/cases", {"map": "all"}))["total"] == 0


async def test_mapped_wordings_come_in_as_terms(person: MakePerson) -> None:
    publisher = await person("publisher")
    body = {"kind": "issue", "stated": "Better canteen", "code": "work_conditions"}
    await publisher.put(f"{API}/staff/mappings", json=body)
    report = (await upload(publisher, ROWS)).json()
    assert report["unmatched"] == {}
    listed = await fetch(publisher, "/staff/cases", {"map": "all", "issue": "work_conditions"})
    assert listed["total"] == 2


@pytest.mark.parametrize(
    ("content", "query", "status", "parameter"),
    [
        (b"", {}, 422, "file"),
        (b"\x00\x01\x02", {}, 422, "file"),
        (ROWS.encode(), {"name": "invented.xlsx"}, 422, "file"),
        (ROWS.encode(), {"name": "invented.exe"}, 422, "file"),
        (ROWS.encode(), {"name": ""}, 422, "name"),
        (ROWS.encode(), {"map": "all"}, 422, "map"),
    ],
)
async def test_what_is_no_file_of_cases_is_refused(
    person: MakePerson, content: bytes, query: dict[str, str], status: int, parameter: str
) -> None:
    publisher = await person("publisher")
    refused(await upload(publisher, content, **query), status, parameter)
    assert (await fetch(publisher, "/staff/cases", {"map": "all"}))["total"] == 0


async def test_too_much_is_refused_and_nothing_is_left(
    person: MakePerson, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(routes, "LARGEST", 100)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    refused(await upload(await person("publisher"), ROWS), 413)
    assert os.listdir(tmp_path) == []


async def test_a_token_that_may_not_publish_does_not_by_importing(
    archive: Addresses, script: MakeScript, own_client: httpx.AsyncClient
) -> None:
    importer = await script("publisher", ["import", "read"])
    refused(await upload(importer, ROWS, publish=True), 403)
    assert (await upload(importer, ROWS)).status_code == 200
    assert (await own_client.get(f"{API}/cases?since=all&map=all")).json()["total"] == 0
