"""Files into the archive: whole or not at all, once and only once, never against the staff."""

import csv
from datetime import date
from pathlib import Path

import asyncpg
import httpx
import pytest
from sqlalchemy import update

from api.cluster.roles import Addresses
from api.db import writing
from api.models import DeskCase
from api.reference import read_vocabulary
from api.staff.importing.files import FileRejected
from api.staff.importing.reading import FileToRead
from api.staff.importing.report import Report
from api.staff.importing.storing import import_file
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer

DAY = date(2026, 11, 20)
HEADER = [
    "Date",
    "Title",
    "Description",
    "Province",
    "Industry",
    "Participants",
    "Employer",
    "Employee Demands Involve",
    "Action Taken Involve",
]
_FOSHAN = (
    "2015-03-01|Workers in Foshan protest||Guangdong|Manufacturing|1-100||"
    "Wage Arrears, free tea|Strike"
)
_XIAN = "2015-03-02|Workers in Xi'an protest||Shaanxi|Construction|||Wage Arrears|Sit-in"
_ROWS = (
    _FOSHAN,
    _XIAN,
    _XIAN,
    "not a day|Nothing can be made of this||Hunan|||||",
    "2015-03-03|Somewhere, workers protest||0|||||",
)
ROWS = [row.split("|") for row in _ROWS]


def written(path: Path, rows: list[list[str]] = ROWS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


async def imported(archive: Addresses, path: Path, *, publishing: bool = True) -> Report:
    file = FileToRead(path, "strikes")
    return await import_file(archive.desk, file, day=DAY, publishing=publishing)


async def total(client: httpx.AsyncClient, **query: str) -> int:
    asked = {"map": "strikes", "since": "all", **query}
    number: int = (await client.get("/api/v1/cases", params=asked)).json()["total"]
    return number


async def test_every_row_becomes_a_case_and_the_report_says_what_did_not(
    archive: Addresses, own_client: httpx.AsyncClient, tmp_path: Path
) -> None:
    report = await imported(archive, written(tmp_path / "a.csv"))
    assert (report.read, report.added, report.published, report.flagged) == (5, 4, 4, 1)
    assert report.unplaced == 1
    assert report.unmatched == {"issue": {"free tea": 1}}
    assert [rejection.row for rejection in report.rejected] == [5]
    assert await total(own_client) == 4
    assert await total(own_client, issue="wage_arrears") == 3
    assert await total(own_client, issue="other") == 1
    assert await total(own_client, region="440600") == 1


async def test_the_same_file_again_changes_nothing(
    archive: Addresses, own_client: httpx.AsyncClient, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv")
    await imported(archive, path)
    before = (await own_client.get("/api/v1/cases/changes")).json()
    again = await imported(archive, path)
    assert (again.added, again.unchanged, again.published) == (0, 4, 0)
    assert (await own_client.get("/api/v1/cases/changes")).json() == before


async def test_a_longer_edition_of_a_file_adds_only_what_is_new(
    archive: Addresses, tmp_path: Path
) -> None:
    await imported(archive, written(tmp_path / "a.csv"))
    third = ROWS[1]
    report = await imported(archive, written(tmp_path / "b.csv", [*reversed(ROWS), third]))
    assert (report.added, report.unchanged, report.flagged) == (1, 4, 2)


async def test_staff_edits_and_withdrawals_outlive_an_import(
    archive: Addresses, own_client: httpx.AsyncClient, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv")
    await imported(archive, path)
    items = (await own_client.get("/api/v1/cases?map=strikes&since=all")).json()["items"]
    edited, gone = items[0]["id"], items[1]["id"]
    async with writing(archive.desk) as session:
        mine = update(DeskCase).where(DeskCase.id == edited).values(title_en="As staff wrote it")
        await session.execute(mine)
        renderer = Renderer(await read_vocabulary(session))
        await publish(session, renderer, [edited], actor="console", day=DAY)
        await withdraw(session, gone, reason="mistaken", actor="console", day=DAY)
    await imported(archive, path)
    kept = (await own_client.get(f"/api/v1/cases/{edited}")).json()
    assert kept["title"]["en"] == "As staff wrote it"
    assert kept["revision"] == 2
    assert (await own_client.get(f"/api/v1/cases/{gone}")).status_code == 410


async def test_what_was_imported_as_draft_can_be_published_by_its_file(
    archive: Addresses, own_client: httpx.AsyncClient, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv")
    assert (await imported(archive, path, publishing=False)).published == 0
    assert await total(own_client) == 0
    assert (await imported(archive, path)).published == 4
    assert await total(own_client) == 4


async def test_a_file_that_breaks_half_way_leaves_nothing(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    many = [
        [*ROWS[0][:1], f"Workers protest, case {number}", *ROWS[0][2:]] for number in range(5000)
    ]
    written(path, many)
    with path.open("a", encoding="utf-8") as file:
        file.write('2015-03-04,"an open quotation mark')
    with pytest.raises(FileRejected):
        await imported(archive, path)
    assert await owner.fetchval("SELECT count(*) FROM desk.cases") == 0
    assert await owner.fetchval("SELECT count(*) FROM desk.audit") == 0


async def test_a_dry_run_reports_and_leaves_nothing(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    file = FileToRead(written(tmp_path / "a.csv"), "strikes")
    report = await import_file(archive.desk, file, day=DAY, publishing=True, dry_run=True)
    assert (report.added, report.published, report.dry_run) == (4, 4, True)
    assert await owner.fetchval("SELECT count(*) FROM desk.cases") == 0
    assert await owner.fetchval("SELECT change FROM pub.archive") == 0


@pytest.mark.parametrize("extension", ["csv", "xlsx", "xls", "ndjson"])
async def test_our_own_export_comes_back_as_it_went(
    archive: Addresses,
    own_client: httpx.AsyncClient,
    owner: asyncpg.Connection,
    tmp_path: Path,
    extension: str,
) -> None:
    await imported(archive, written(tmp_path / "a.csv"))
    address = f"/api/v1/cases/export.{extension}?map=strikes&since=all"
    path = tmp_path / f"own.{'jsonl' if extension == 'ndjson' else extension}"
    path.write_bytes((await own_client.get(address)).content)
    # Into the archive it came from: nothing is new.
    again = await imported(archive, path)
    assert (again.added, again.unchanged) == (0, 4)
    # Into an empty one: the same cases under the same ids.
    before = await own_client.get("/api/v1/cases?map=strikes&since=all")
    for table in ("pub.cases", "pub.revisions", "desk.import_rows", "desk.cases"):
        await owner.execute(f"DELETE FROM {table}")
    assert (await imported(archive, path)).added == 4
    after = await own_client.get("/api/v1/cases?map=strikes&since=all")
    assert _stable(after) == _stable(before)


def _stable(answer: httpx.Response) -> list[dict[str, object]]:
    """The summaries without what another publication changes."""
    return [
        {name: value for name, value in item.items() if name not in ("revision", "updated")}
        for item in answer.json()["items"]
    ]


async def test_console_imports_are_audited(
    archive: Addresses, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await imported(archive, written(tmp_path / "a.csv"))
    entries = await owner.fetch("SELECT actor, act, count(*) AS n FROM desk.audit GROUP BY 1, 2")
    assert {(row["actor"], row["act"]): row["n"] for row in entries} == {
        ("console", "import"): 4,
        ("console", "publish"): 4,
    }
