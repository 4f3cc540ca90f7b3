"""Published, corrected, withdrawn, discarded: what each act leaves, and who refuses it when."""

from typing import Any

import asyncpg
import httpx
import pytest

from api.cases.schemas import Document, Summary
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.editing.cases import WHY, act, made, published, read, save, saved
from tests.staff.people import MakePerson, MakeScript


async def acts(owner: asyncpg.Connection, case_id: str) -> list[tuple[str, list[str]]]:
    rows = await owner.fetch(
        "SELECT act, fields FROM desk.audit WHERE subject = $1 ORDER BY number", case_id
    )
    return [(row["act"], row["fields"]) for row in rows]


async def test_a_draft_becomes_public_as_it_was_previewed(
    person: MakePerson, own_client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    wu = await person("publisher")
    case = await made(wu, notes="不公开")
    preview = (await wu.get(f"{API}/staff/cases/{case['id']}/preview")).json()
    answer = await act(wu, case["id"], "publish", edit=0)
    assert answer.json() == {"state": "published", "revision": 1, "next_batch": None}
    document = await fetch(own_client, f"/cases/{case['id']}")
    Document.model_validate(document)
    cited = document.pop("cite")
    assert cited["en"].startswith("Qiuzhu")
    assert document == preview["document"]
    assert "不公开" not in str(document)
    listed = (await fetch(own_client, "/cases?since=all"))["items"]
    Summary.model_validate(listed[0])
    assert listed == [preview["summary"]]
    now = await read(wu, case["id"])
    assert now["published"] == {"revision": 1, "day": TODAY.isoformat()}
    assert (now["state"], now["pending"], now["edit"]) == ("published", False, 0)
    assert [name for name, _ in await acts(owner, case["id"])] == ["create", "publish"]


async def test_a_correction_is_a_new_revision_with_a_public_reason(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    case = await published(wu)
    case = await saved(wu, case, title={"zh": "已付一半", "en": "Half was paid"})
    assert case["pending"]
    # Saved is not public.
    assert (await fetch(own_client, f"/cases/{case['id']}"))["title"]["zh"] != "已付一半"
    for reason in (None, {"zh": None, "en": None}, {"zh": " ", "en": ""}):
        answer = await act(wu, case["id"], "publish", edit=case["edit"], reason=reason)
        refused(answer, 422, "reason")
    answer = await act(wu, case["id"], "publish", edit=case["edit"], reason={"zh": "更正"})
    assert answer.json()["revision"] == 2
    history = (await wu.get(f"{API}/staff/cases/{case['id']}/history")).json()["items"]
    public = (await fetch(own_client, f"/cases/{case['id']}/revisions"))["revisions"]
    assert history[1] == {
        "revision": 2,
        "day": TODAY.isoformat(),
        "kind": "changed",
        "fields": ["title"],
        "reason": {"zh": "更正", "en": None},
    }
    assert history == [{name: entry[name] for name in history[0]} for entry in public]
    assert public[0]["document"]["title"]["zh"] == "示例电子厂拖欠工资"
    assert not (await read(wu, case["id"]))["pending"]


async def test_a_correction_that_protects_somebody_forgets_what_was(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    case = await published(wu, text={"zh": "请打 19900001234", "en": None})
    case = await saved(wu, case, text={"zh": "请联系我们", "en": None})
    body = {"edit": case["edit"], "reason": WHY, "forget": True}
    assert (await act(wu, case["id"], "publish", **body)).status_code == 200
    public = (await own_client.get(f"{API}/cases/{case['id']}/revisions")).text
    assert "19900001234" not in public


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"point": [113.98, 22.61], "shown": "exact"}, {"shown": "county"}),
        ({"shown": "county"}, {"shown": "prefecture"}),
        ({"shown": "county"}, {"place": "440000"}),
        ({"shown": "county"}, {"place": None}),
    ],
)
async def test_a_place_shown_less_exactly_is_so_in_history_too(
    person: MakePerson,
    own_client: httpx.AsyncClient,
    first: dict[str, Any],
    then: dict[str, Any],
) -> None:
    wu = await person("publisher")
    case = await published(wu, **first)
    case = await saved(wu, case, **then)
    await published(wu, case)
    entries = (await fetch(own_client, f"/cases/{case['id']}/revisions"))["revisions"]
    assert [entry["document"] is None for entry in entries] == [True, False]


async def test_another_county_is_a_correction_like_any_other(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    wu = await person("publisher")
    case = await published(wu)
    await published(wu, await saved(wu, case, place="440305"))
    entries = (await fetch(own_client, f"/cases/{case['id']}/revisions"))["revisions"]
    assert [entry["document"] is None for entry in entries] == [False, False]


async def test_who_has_not_seen_the_last_edit_publishes_nothing(
    person: MakePerson, own_client: httpx.AsyncClient
) -> None:
    li, wu = await person("moderator"), await person("publisher")
    case = await made(li)
    await saved(li, case, text={"zh": "请打 19900001234", "en": None})
    body = refused(await act(wu, case["id"], "publish", edit=0), 409)
    assert body["changed"] == ["text"]
    assert body["current"]["edit"] == 1
    assert (await own_client.get(f"{API}/cases/{case['id']}")).status_code == 404


async def test_each_state_allows_what_it_allows(
    person: MakePerson, own_client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    wu = await person("publisher")
    draft, public = await made(wu), await published(wu)
    refused(await act(wu, draft["id"], "withdraw", reason="privacy"), 409)
    refused(await act(wu, public["id"], "discard"), 409)
    refused(await act(wu, public["id"], "withdraw", reason="because"), 422, "reason")
    gone = await act(wu, public["id"], "withdraw", reason="privacy")
    assert (gone.json()["state"], gone.json()["published"]) == ("withdrawn", None)
    away = await act(wu, draft["id"], "discard")
    assert away.json()["state"] == "withdrawn"
    assert (await own_client.get(f"{API}/cases/{public['id']}")).status_code == 410
    assert (await own_client.get(f"{API}/cases/{draft['id']}")).status_code == 404
    for case in (gone.json(), away.json()):
        for answer in (
            await save(wu, case, title={"zh": "又来", "en": None}),
            await act(wu, case["id"], "publish", edit=case["edit"], reason=WHY),
            await act(wu, case["id"], "withdraw", reason="privacy"),
            await act(wu, case["id"], "discard"),
        ):
            assert refused(answer, 409)["state"] == "withdrawn"
    assert await owner.fetchval("SELECT count(*) FROM pub.withdrawn") == 1
    assert (await acts(owner, draft["id"]))[-1][0] == "discard"


async def test_a_viewer_reads_cases_and_nobody_behind_them(person: MakePerson) -> None:
    li, viewer = await person("moderator"), await person("viewer")
    case = await made(li)
    seen = await read(viewer, case["id"])
    assert (seen["alert"], seen["contacts"]) == (None, [])
    refused(await save(viewer, case, title={"zh": "看客", "en": None}), 403)
    refused(await act(viewer, case["id"], "publish", edit=0), 403)
    refused(await act(li, case["id"], "publish", edit=0), 403)


async def test_a_script_publishes_many_at_once(
    script: MakeScript, own_client: httpx.AsyncClient
) -> None:
    bot = await script("publisher", ["read", "edit", "publish"])
    drafts = [await made(bot) for _ in range(3)]
    public = await published(bot)
    gone = await made(bot)
    await act(bot, gone["id"], "discard")
    unknown = "0000000000000"
    ids = [case["id"] for case in (*drafts, public, gone)] + [unknown, drafts[0]["id"]]
    answer = await bot.post(f"{API}/staff/publications", json={"ids": ids})
    assert answer.json() == {
        "published": [case["id"] for case in drafts],
        "waiting": [],
        "passed_over": [public["id"], gone["id"], unknown],
    }
    assert (await fetch(own_client, "/cases?since=all"))["total"] == 4
    answer = await bot.post(
        f"{API}/staff/publications", json={"ids": [public["id"]], "reason": WHY}
    )
    assert answer.json()["published"] == [public["id"]]
    refused(await bot.post(f"{API}/staff/publications", json={"ids": []}), 422, "ids")
