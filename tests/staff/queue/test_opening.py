"""One alert opened: all that was said but how to reach its sender, and each look on record."""

from typing import Any

import asyncpg
import httpx
from nacl.public import PrivateKey
from nacl.utils import random

from api.cluster.roles import Addresses
from api.ids import new_id
from api.sealing.boxes import Lock
from tests.alerts.pictures import jpeg, scene
from tests.alerts.rows import PICTURE, put_addition
from tests.alerts.senders import ALERT, new_key, taking
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.people import MakePerson, MakeScript, desk_lock
from tests.staff.queue.alerts import FULL, acts, put

PDF = b"%PDF-1.7\nkanarienvogel\n%%EOF"


async def opened(client: httpx.AsyncClient, name: str) -> dict[str, Any]:
    body: dict[str, Any] = await fetch(client, f"/staff/alerts/{name}")
    return body


async def test_all_of_it_but_contact_details(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    made = await put(owner, files=2)
    added = await put_addition(owner, desk_lock(), made.receipt, "补充：电话19900005555", files=1)
    body = await opened(li, made.id)
    content = body["content"]
    told = {name: value for name, value in FULL.items() if value is not None}
    hidden = {name for name in told if name.startswith("contact_")}
    assert content == {n: "■■■" if n in hidden else value for n, value in told.items()}
    assert [file["original"] for file in body["attachments"]] == [True, True]
    assert [file["id"] for file in body["attachments"]] == made.files
    for file in body["attachments"]:
        assert file["kind"] == "png"
        assert abs(file["size"] - len(PICTURE)) < 600
    assert body["unreadable"] is False
    (addition,) = body["additions"]
    assert addition["content"] == {"text": "补充：电话19900005555"}
    assert addition["received_on"] == TODAY.isoformat()
    assert len(addition["attachments"]) == 1
    marked = {
        (each["field"], each["kind"], _cut(content, addition, each)) for each in body["personal"]
    }
    assert {
        ("story", "name", "王建树"), ("story", "phone", "19900009999"),
        ("place", "address", "深圳市宝安区示例路12号3栋502室"),
        ("additions.0.text", "phone", "19900005555"),
    } == marked  # fmt: skip
    assert await acts(owner, "alert.%") == [("alert.view", made.id, [])]
    assert added not in (await li.get(f"{API}/staff/alerts")).text


def _cut(content: dict[str, Any], addition: dict[str, Any], mark: dict[str, Any]) -> str:
    field = mark["field"]
    value = addition["content"]["text"] if field.startswith("additions") else content[field]
    cut: str = value[mark["start"] : mark["end"]]
    return cut


async def test_contact_details_are_in_no_answer(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("admin")
    made = await put(owner)
    for path in ("", f"/{made.id}"):
        text = (await li.get(f"{API}/staff/alerts{path}")).text
        for secret in ("19900001234", "gongyou_0000", "gongren@example.org"):
            assert secret not in text


async def test_what_does_not_open_is_said(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    one, two = await put(owner), await put(owner)
    strange = Lock(PrivateKey.generate().public_key)
    await put_addition(owner, strange, two.receipt, "unlesbar")
    await owner.execute(
        "UPDATE intake.alerts SET box = (SELECT box FROM intake.alerts WHERE id = $1)"
        " WHERE id = $2", one.id, two.id,
    )  # fmt: skip
    body = await opened(li, two.id)
    assert (body["content"], body["unreadable"]) == (None, True)
    assert body["additions"][0]["unreadable"] is True
    await owner.execute("UPDATE intake.alerts SET box = NULL WHERE id = $1", two.id)
    body = await opened(li, two.id)
    assert (body["content"], body["unreadable"], body["emptied"]) == (None, False, True)


async def test_boxes_that_are_not_from_our_form(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    for body, shown in {
        b"[1, 2]": {"?": "[1,2]"},
        b'{"form": {"story": {"a": "\\u202e<b>"}, "kind": [1], "n": null}}': {
            "story": '{"a":"\u202e<b>"}', "kind": "[1]"
        },
        b'{"form": "x", "v": 1}': {"form": "x"},
        b"{}": {},
        b"no json": None,
    }.items():  # fmt: skip
        name = new_id()
        await owner.execute(
            "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
            " VALUES ($1, $2, 'plain', 'zh', $3, $4)",
            name, TODAY, random(32), desk_lock().seal(body, f"alert/{name}"),
        )  # fmt: skip
        assert (await opened(li, name))["content"] == shown


async def test_nothing_is_shown_that_is_not_on_record(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    made = await put(owner, files=1)
    await owner.execute("REVOKE INSERT ON desk.audit FROM qiuzhu_desk")
    for path in (made.id, f"{made.id}/files/{made.files[0]}"):
        answer = await li.get(f"{API}/staff/alerts/{path}")
        refused(answer, 500)
        assert "示例电子厂" not in answer.text
    assert await acts(owner, "alert.%") == []


async def test_files_are_to_be_saved_and_never_shown_in_place(
    archive: Addresses, owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    picture = jpeg(scene())
    async with taking(archive) as site:
        answer = await site.post(
            f"{API}/alerts",
            data={"kind": "injury", "story": ALERT["story"], "keep_original": "on"},
            files=[("files", ("a.jpg", picture)), ("files", ("../b.pdf", PDF))],
            headers={"Idempotency-Key": new_key()},
        )
        assert answer.status_code == 201, answer.text
    (alert,) = (await fetch(li, "/staff/alerts"))["items"]
    image, paper = (await opened(li, alert["id"]))["attachments"]
    path = f"{API}/staff/alerts/{alert['id']}/files"
    for file, query, kind, suffix in (
        (image, "", "image/jpeg", "jpg"),
        (image, "?original=true", "application/octet-stream", "original"),
        (paper, "", "application/octet-stream", "pdf"),
    ):
        answer = await li.get(f"{path}/{file['id']}{query}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind
        name = f"{alert['id']}-{file['id']}.{suffix}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "etag" not in answer.headers
        assert "content-encoding" not in answer.headers
        if suffix == "original":
            assert answer.content == picture
        elif suffix == "pdf":
            assert answer.content == PDF
        else:
            assert b"CANARY" not in answer.content
    seen = await acts(owner, "alert.file")
    assert [fields for _, _, fields in seen] == [[], ["original"], []]
    refused(await li.get(f"{path}/{paper['id']}?original=true"), 404)


async def test_files_of_another_alert(owner: asyncpg.Connection, person: MakePerson) -> None:
    li = await person("moderator")
    one, two = await put(owner, files=1), await put(owner, files=1)
    await put_addition(owner, desk_lock(), two.receipt, "x", files=1)
    added = await owner.fetchval("SELECT id FROM intake.addition_files")
    path = f"{API}/staff/alerts"
    assert (await li.get(f"{path}/{two.id}/files/{added}")).content == PICTURE
    for name in (two.files[0], added, new_id(), "x", "%2e%2e"):
        refused(await li.get(f"{path}/{one.id}/files/{name}"), 404)
    await owner.execute("UPDATE intake.attachments SET box = $1", random(200))
    refused(await li.get(f"{path}/{one.id}/files/{one.files[0]}"), 409)
    assert len(await acts(owner, "alert.file")) == 1


async def test_who_opens_nothing(
    owner: asyncpg.Connection, person: MakePerson, script: MakeScript, stranger: httpx.AsyncClient
) -> None:
    made = await put(owner, files=1)
    viewer, reading = await person("viewer"), await script("moderator", ["read"])
    for path in (f"/{made.id}", f"/{made.id}/files/{made.files[0]}"):
        refused(await stranger.get(f"{API}/staff/alerts{path}"), 401)
        for client in (viewer, reading):
            refused(await client.get(f"{API}/staff/alerts{path}"), 403)
    refused(await viewer.get(f"{API}/staff/alerts"), 403)
    li = await person("moderator")
    refused(await li.get(f"{API}/staff/alerts/{new_id()}"), 404)
    refused(await li.get(f"{API}/staff/alerts/x"), 404)
    assert await acts(owner, "alert.%") == []


async def test_personal_data_of_any_text(person: MakePerson) -> None:
    li = await person("moderator")
    answer = await li.post(f"{API}/staff/personal", json={"text": "😀我叫王建树，19900001234"})
    assert answer.json() == {
        "items": [
            {"start": 4, "end": 7, "kind": "name"}, {"start": 8, "end": 19, "kind": "phone"},
        ]
    }  # fmt: skip
    refused(await li.post(f"{API}/staff/personal", json={"text": "x" * 50_001}), 422, "text")
    refused(await li.post(f"{API}/staff/personal", json={}), 422, "text")
