"""A script with a token does a day's work: imports, maps terms, publishes a thousand, withdraws."""

import asyncio
import csv
import io

import httpx

from api.cluster.roles import Addresses
from tests.asking import API, fetch, listed, refused
from tests.staff.people import MakeScript

ROWS, PUBLISHED = 1_050, 1_000
FILE = {"Content-Type": "application/octet-stream"}


def file_of(rows: int) -> bytes:
    """Invented strikes, each third of them with a demand that no term matches."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("Date", "Title", "Province", "Employee Demands Involve"))
    for number in range(rows):
        demand = "Better canteen food" if number % 3 == 0 else "Wage arrears"
        title = f"Workers of invented employer {number} ask for an answer"
        writer.writerow((f"2026-{number % 9 + 1:02}-10", title, "Guangdong", demand))
    return text.getvalue().encode()


async def every_id(bot: httpx.AsyncClient) -> list[str]:
    ids: list[str] = []
    query = {"map": "all", "state": "draft", "limit": "200"}
    while True:
        page = await fetch(bot, "/staff/cases", query)
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return ids
        query["cursor"] = page["next"]


async def test_a_scripts_day(
    archive: Addresses, script: MakeScript, own_client: httpx.AsyncClient
) -> None:
    bot = await script("publisher", ["read", "edit", "publish", "import"])
    asked = {"name": "invented.csv", "map": "strikes"}
    answer = await bot.post(
        f"{API}/staff/imports", params=asked, content=file_of(ROWS), headers=FILE
    )
    assert answer.json()["added"] == ROWS
    assert await listed(own_client, {"map": "all", "since": "all"}) == (0, [])

    unmatched = await fetch(bot, "/staff/unmatched")
    assert [(row["stated"], row["count"]) for row in unmatched["items"]] == [
        ("Better canteen food", ROWS // 3)
    ]
    for row in unmatched["items"]:
        body = {"kind": row["kind"], "stated": row["stated"], "code": "work_conditions"}
        assert (await bot.put(f"{API}/staff/mappings", json=body)).status_code == 202
    for _ in range(300):
        if not any(row["left"] for row in (await fetch(bot, "/staff/mappings"))["items"]):
            break
        await asyncio.sleep(0.1)

    wanted = (await every_id(bot))[:PUBLISHED]
    done = (await bot.post(f"{API}/staff/publications", json={"ids": wanted})).json()
    assert sorted(done["published"]) == sorted(wanted)
    assert (done["waiting"], done["passed_over"]) == ([], [])
    total, ids = await listed(own_client, {"map": "all", "since": "all"})
    assert (total, sorted(ids)) == (PUBLISHED, sorted(wanted))

    gone = wanted[0]
    path = f"{API}/staff/cases/{gone}/withdraw"
    assert (await bot.post(path, json={"reason": "mistaken"})).status_code == 200
    total, ids = await listed(own_client, {"map": "all", "since": "all"})
    assert (total, sorted(ids)) == (PUBLISHED - 1, sorted(wanted[1:]))
    refused(await own_client.get(f"{API}/cases/{gone}"), 410)

    # What is public has the mapped term and nothing of what was unmatched.
    mapped, some = await listed(
        own_client, {"map": "all", "since": "all", "issue": "work_conditions"}
    )
    documents = [(await own_client.get(f"{API}/cases/{id_}")).json() for id_ in some[:5]]
    assert mapped > PUBLISHED / 4
    assert all(document["stated"] == {} for document in documents)
    assert await listed(own_client, {"map": "all", "since": "all", "issue": "other"}) == (0, [])
    again = (await bot.post(f"{API}/staff/publications", json={"ids": [gone]})).json()
    assert again["passed_over"] == [gone], "what was withdrawn is not published again"
