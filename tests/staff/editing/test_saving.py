"""Cases made and saved at the desk: what comes back, what is refused, and two editors of one."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from api.staff.editing.content import Content
from tests.asking import API, refused
from tests.staff.editing.cases import CONTENT, made, read, save, saved
from tests.staff.people import MakePerson


async def test_what_was_made_is_read_as_it_was_written(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li = await person("moderator")
    case = await made(li, notes="对内说明", stated={"issue": ["伙食太差"]})
    assert (case["state"], case["edit"], case["revision"]) == ("draft", 0, 0)
    assert await read(li, case["id"]) == case
    for name, value in CONTENT.items():
        if name not in ("sources", "replies"):
            assert case[name] == value, name
    assert case["sources"][0] == {
        **CONTENT["sources"][0],
        "archived": None,
        "still_live": None,
    }
    assert case["replies"][0]["office"] == CONTENT["replies"][0]["office"]
    assert case["missing"] == []
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 404


async def test_only_what_is_given_is_saved_and_named(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await made(li, participants={"low": 100, "high": 1000}, stated={"issue": ["伙食太差"]})
    now = await saved(li, case, title={"zh": "欠薪三个月", "en": None}, amount_owed=900)
    assert now == {
        **case,
        "edit": 1,
        "title": {"zh": "欠薪三个月", "en": None},
        "amount_owed": 900.0,
        "missing": ["title.en"],
    }
    row = await owner.fetchrow("SELECT * FROM desk.audit ORDER BY number DESC LIMIT 1")
    assert (row["actor"], row["act"], row["subject"]) == (li.name, "edit", case["id"])
    assert row["fields"] == ["amount_owed", "title"]
    # Saved as it is: nothing has happened.
    assert await saved(li, now, **{name: now[name] for name in Content.model_fields}) == now
    assert await owner.fetchval("SELECT count(*) FROM desk.audit") == row["number"]


async def test_what_follows_from_the_members_follows(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await made(li)
    before = await owner.fetchrow("SELECT * FROM desk.cases WHERE id = $1", case["id"])
    await saved(
        li, case, company={"zh": "另一工厂", "en": None}, sources=[], replies=[], place="110105"
    )
    after = await owner.fetchrow("SELECT * FROM desk.cases WHERE id = $1", case["id"])
    assert (after["employer"], after["source_count"], after["replied"]) == ("另一工厂", 0, False)
    assert "朝阳" in after["search"]
    assert after["reply_days"] is None
    assert (after["point"], after["sketch"]) != (before["point"], before["sketch"])
    assert before["reply_days"] == 8


async def test_the_second_editor_is_shown_what_changed_and_overwrites_nothing(
    person: MakePerson,
) -> None:
    li, wu = await person("moderator"), await person("publisher")
    case = await made(li)
    await saved(li, case, title={"zh": "李改的", "en": None})
    body = refused(await save(wu, case, title={"zh": "吴改的", "en": None}), 409)
    assert body["changed"] == ["title"]
    assert body["current"]["title"]["zh"] == "李改的"
    assert body["current"] == await read(wu, case["id"])
    # From an edit that never was: what differs is named.
    ahead = {**case, "edit": 7}
    body = refused(await save(wu, ahead, title={"zh": "吴改的", "en": None}), 409)
    assert body["changed"] == ["title"]
    # Who has read it may save.
    now = await saved(wu, body["current"], text={"zh": "新的正文", "en": None})
    assert (now["title"]["zh"], now["edit"]) == ("李改的", 2)


async def test_of_twenty_editors_at_once_one_is_first(person: MakePerson) -> None:
    li = await person("moderator")
    case = await made(li)
    tries = [save(li, case, title={"zh": f"第{n}个", "en": None}) for n in range(20)]
    answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 19]
    won = next(answer for answer in answers if answer.status_code == 200).json()
    assert await read(li, case["id"]) == won
    assert won["edit"] == 1


@pytest.mark.parametrize(
    ("member", "value", "parameter"),
    [
        ("place", "999999", "place"),
        ("industry", "no_such", "industry"),
        ("issues", ["wage_arrears", "no_such"], "issues"),
        ("sources", [{"platform": "no_such"}], "platform"),
        ("sources", [{"url": "javascript:alert(1)"}], "sources"),
        ("sources", [{"url": "https://a:b@example.org/"}], "sources"),
        ("date", {"value": "2026-13-01", "precision": "day"}, "date"),
        ("participants", {"low": 5, "high": 4}, "participants"),
        ("period", {"from": "2026-02-01", "until": "2026-01-01"}, "period"),
        ("amount_owed", -1, "amount_owed"),
        ("deaths", 2**31, "deaths"),
        ("point", [200, 10], "point"),
        ("title", {"zh": "字" * 2_001}, "title"),
        ("replies", [{"level": "__class__"}], "replies"),
        ("stated", {"__proto__-": ["x"]}, "stated"),
        ("unknown", 1, "unknown"),
        ("state", "published", "state"),
    ],
)
async def test_what_cannot_be_is_refused_by_name(
    person: MakePerson, member: str, value: Any, parameter: str
) -> None:
    li = await person("moderator")
    answer = await li.post(f"{API}/staff/cases", json={**CONTENT, member: value})
    refused(answer, 422, parameter)
    case = await made(li)
    given = {"map": "calls", "date": case["date"], "edit": 0, member: value}
    refused(await li.put(f"{API}/staff/cases/{case['id']}", json=given), 422, parameter)
    assert await read(li, case["id"]) == case


async def test_controls_are_removed_and_days_are_the_first_of_what_is_known(
    person: MakePerson,
) -> None:
    li = await person("moderator")
    case = await made(
        li,
        title={"zh": " 讨\x00薪\x1b ", "en": "  "},
        text={"zh": "一\r\n二", "en": None},
        date={"value": "2026-10-19", "precision": "month"},
        participants={"low": None, "high": None, "stated": " "},
        stated={"issue": [" ", "伙食\x07太差"], "action": [" "]},
    )
    assert case["title"] == {"zh": "讨薪", "en": None}
    assert case["text"]["zh"] == "一\n二"
    assert case["date"]["value"] == "2026-10-01"
    assert case["participants"] is None
    assert case["stated"] == {"issue": ["伙食太差"]}


async def test_a_point_that_may_not_be_shown_is_not_stored(
    person: MakePerson, owner: asyncpg.Connection
) -> None:
    li = await person("moderator")
    case = await made(li, point=[113.987654, 22.612345])
    assert case["point"] is None
    case = await saved(li, case, point=[113.987654, 22.612345], shown="exact")
    assert case["point"] == [113.987654, 22.612345]
    case = await saved(li, case, shown="county")
    assert case["point"] is None
    stored = await owner.fetchrow(
        "SELECT exact, ST_X(point) AS lon FROM desk.cases WHERE id = $1", case["id"]
    )
    assert not stored["exact"]
    assert stored["lon"] != 113.987654


async def test_likely_personal_data_is_pointed_at(person: MakePerson) -> None:
    li = await person("moderator")
    case = await made(li, text={"zh": "😀请打 19900001234 找我", "en": None})
    (span,) = [span for span in case["personal"] if span["field"] == "text.zh"]
    # As a browser counts: the emoji is two.
    assert (span["start"], span["end"], span["kind"]) == (5, 16, "phone")


@pytest.mark.parametrize("case_id", ["0000000000000", "nothing", "0" * 200, "%00"])
async def test_an_unknown_case_is_not_found(person: MakePerson, case_id: str) -> None:
    wu = await person("publisher")
    for path in ("", "/preview", "/history"):
        assert (await wu.get(f"{API}/staff/cases/{case_id}{path}")).status_code == 404
    given = {**CONTENT, "edit": 0}
    assert (await wu.put(f"{API}/staff/cases/{case_id}", json=given)).status_code == 404
    for name, body in (
        ("publish", {"edit": 0}),
        ("withdraw", {"reason": "privacy"}),
        ("discard", None),
        ("merge", {"into": "0000000000001", "edit": 0}),
    ):
        answer = await wu.post(f"{API}/staff/cases/{case_id}/{name}", json=body)
        assert answer.status_code == 404, name
