"""Incident Alert without scripts: both languages, what is typed comes back, one receipt a form."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import httpx
import pytest

from api.cluster import Cluster
from api.cluster.roles import Addresses
from tests.doors import door
from tests.pages.alerting import (
    FILLED,
    STORY,
    Desk,
    desk,
    form_of,
    kept_nowhere,
    picture,
    posted,
    taking,
)
from tests.pages.reading import Node

LANGS = ("zh", "en")
KEYS = desk()


@pytest.fixture
def keys() -> Desk:
    return KEYS


@pytest.fixture
async def browser(archive: Addresses, keys: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with taking(archive, keys) as client:
        yield client


async def checked(client: httpx.AsyncClient, lang: str = "zh", **other: str | list[str]) -> Node:
    """The check of a whole form with some fields otherwise."""
    return await posted(
        client, f"/alert/check?lang={lang}", {**FILLED, "reply_lang": lang, **other}
    )


def typed(root: Node, path: str) -> dict[str, str | list[str]]:
    """The form's fields that hold something, but what the pages add themselves."""
    own = {"key", "step"} | {f"consent_{name}" for name in ("name", "wechat", "other")}
    return {name: value for name, value in form_of(root, path).items() if value and name not in own}


@pytest.mark.parametrize("lang", LANGS)
async def test_the_form_says_what_is_promised_and_where_to_call(
    browser: httpx.AsyncClient, lang: str
) -> None:
    answer = await browser.get(f"/alert?lang={lang}")
    root = kept_nowhere(answer)
    main = root.one("main")
    promise = main.one("aside").text
    for number in ("30", "90", "72", "365"):
        assert number in promise
    assert "Tor" in promise
    assert ("手机" if lang == "zh" else "phone") in promise
    out = main.one("a", data_exit=True)
    assert out["href"].startswith("https://www.baidu" if lang == "zh" else "https://en.wikipedia")
    assert "noreferrer" in out["rel"]
    assert answer.headers["x-dns-prefetch-control"] == "off"
    assert {"tel:12333", "tel:12351", "tel:110"} <= {a["href"] for a in main.all("a")}
    assert len(main.one("select", name="region").all("option")) >= 34
    assert len(main.one("select", name="industry").all("option")) > 10
    assert len(main.all("input", name="kind")) == 7
    for field in (*main.all("textarea"), *main.all("input"), *main.all("select")):
        assert field.get("type") == "hidden" or field["autocomplete"] == "off"
    assert not root.all("meta", name="robots")


async def test_both_languages_have_the_same_form(browser: httpx.AsyncClient) -> None:
    shapes = []
    for lang in LANGS:
        root = kept_nowhere(await browser.get(f"/alert?lang={lang}"))
        main = root.one("main")
        shapes.append([(n.tag, n.get("name"), n.get("id")) for n in main.walk() if n.tag != "a"])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("lang", LANGS)
async def test_the_check_marks_keeps_and_leads_back(browser: httpx.AsyncClient, lang: str) -> None:
    root = await checked(browser, lang)
    assert root.one("meta", name="robots")["content"] == "noindex"
    marked = {mark["class"]: mark.text for mark in root.all("mark")}
    assert marked["phone"].startswith("19900001234")
    assert marked["name"].startswith("周师傅")
    assert "<b>&amp;" in root.one("p", data_story=True).text
    sent = typed(root, "/alert")
    assert sent == {**FILLED, "reply_lang": lang}
    files = root.all("input", type="file")
    assert len(files) == 5
    assert all("image/webp" in each["accept"] for each in files)
    back = await posted(
        browser, f"/alert/check?lang={lang}", {**form_of(root, "/alert/check"), "step": "edit"}
    )
    assert typed(back, "/alert/check") == {**FILLED, "reply_lang": lang}


async def test_without_contact_the_check_says_so(browser: httpx.AsyncClient) -> None:
    root = await checked(browser, contact_name="", contact_phone="")
    assert "匿名" in root.one("section", class_="own").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("story", "  "),
        ("kind", []),
        ("happened", "2026-02-30"),
        ("region", "000000"),
        ("industry", "kanarienvogel"),
        ("amount_owed", "many"),
        ("people", "-1"),
        ("links", "1\n2\n3\n4\n5\n6"),
        ("email", "no address"),
        ("company", "x" * 501),
    ],
)
@pytest.mark.parametrize("path", ["/alert/check", "/alert"])
async def test_a_wrong_field_is_named_and_the_rest_stays(
    browser: httpx.AsyncClient, path: str, field: str, value: str | list[str]
) -> None:
    fields = {**FILLED, "reply_lang": "en", field: value}
    root = await posted(browser, f"{path}?lang=en", fields, status=422)
    assert root.one("main")["data-step"] == "form"
    entry = root.one("div", data_field=field)
    assert entry.one("strong", class_="fault").text
    held = typed(root, "/alert/check")
    for name in fields.keys() - {field}:
        assert held[name] == fields[name], name


async def test_a_mainland_address_needs_a_second_thought(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    fields = {**FILLED, "email": "nobody@qq.com"}
    root = await posted(browser, "/alert/check", fields, status=422)
    assert "中国大陆" in root.one("div", data_field="email").text
    assert typed(root, "/alert/check") == fields
    again = form_of(root, "/alert/check") | {"email_anyway": "true"}
    check = await posted(browser, "/alert/check", again)
    await posted(browser, "/alert", form_of(check, "/alert"), [], status=201)
    assert await owner.fetchval("SELECT count(*) FROM intake.outbox") == 1
    other = await checked(browser, email="nobody@example.org")
    assert typed(other, "/alert")["email"] == "nobody@example.org"


@pytest.mark.parametrize("lang", LANGS)
async def test_an_alert_is_stored_sealed_and_its_receipt_shown_once(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, keys: Desk, lang: str
) -> None:
    check = await checked(browser, lang)
    fields = form_of(check, "/alert")
    root = await posted(browser, f"/alert?lang={lang}", fields, [picture(), picture("blue")], 201)
    receipt = root.one("p", class_="code")["data-receipt"]
    assert [len(group) for group in receipt.split("-")] == [4] * 6
    assert STORY.split("\n")[0] not in root.text
    row = await owner.fetchrow("SELECT id, box, lang FROM intake.alerts")
    assert row is not None
    held = json.loads(keys.ring.open(row["box"], f"alert/{row['id']}"))["form"]
    assert held["story"] == STORY
    assert held["contact_phone"] == FILLED["contact_phone"]
    assert held["consent_phone"] == "helpers"
    assert row["lang"] == lang
    assert await owner.fetchval("SELECT count(*) FROM intake.attachments") == 2
    assert await owner.fetchval("SELECT count(*) FROM intake.outbox") == 0


async def test_sending_twice_shows_the_same_receipt(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    fields = form_of(await checked(browser), "/alert")
    codes = set()
    for _ in range(3):
        root = await posted(browser, "/alert", fields, [picture()], 201)
        codes.add(root.one("p", class_="code")["data-receipt"])
    assert len(codes) == 1
    assert await owner.fetchval("SELECT count(*) FROM intake.alerts") == 1


async def test_a_key_with_other_words_is_told_and_can_be_sent_anew(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    fields = form_of(await checked(browser), "/alert")
    await posted(browser, "/alert", fields, [], 201)
    root = await posted(browser, "/alert", {**fields, "story": "另一件事"}, [], 422)
    assert "已经提交过" in root.one("div", role="alert").text
    again = form_of(root, "/alert")
    assert again["story"] == "另一件事"
    assert again["key"] != fields["key"]
    await posted(browser, "/alert", again, [], 201)
    assert await owner.fetchval("SELECT count(*) FROM intake.alerts") == 2


async def test_a_file_that_cannot_be_kept_costs_nobody_the_words(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    fields = form_of(await checked(browser, "en"), "/alert")
    root = await posted(browser, "/alert?lang=en", fields, [picture(), b"GIF89a" * 9], 201)
    assert "File 2 is no JPEG" in root.one("div", data_left=True).text
    assert root.one("p", class_="code")["data-receipt"]
    assert await owner.fetchval("SELECT count(*) FROM intake.attachments") == 1


async def test_too_many_files_bring_the_check_back(browser: httpx.AsyncClient) -> None:
    fields = form_of(await checked(browser), "/alert")
    root = await posted(browser, "/alert", fields, [picture()] * 6, 413)
    assert "重新选择" in root.one("div", role="alert").text
    assert typed(root, "/alert") == FILLED
    assert form_of(root, "/alert")["key"] == fields["key"]


@pytest.mark.parametrize("lang", LANGS)
async def test_while_the_database_is_away_the_words_stay(
    cluster: Cluster, archive: Addresses, keys: Desk, lang: str
) -> None:
    async with door(cluster.socket) as way:
        through = replace(archive, public=way.address(archive.public))
        async with taking(through, keys) as browser:
            await way.shut()
            kept_nowhere(await browser.get(f"/alert?lang={lang}"))
            fields = form_of(await checked(browser, lang), "/alert")
            root = await posted(browser, f"/alert?lang={lang}", fields, [picture()], 503)
            assert typed(root, "/alert") == {**FILLED, "reply_lang": lang}
            assert form_of(root, "/alert")["key"] == fields["key"]
            copied = "".join(str(part) for part in root.one("textarea", data_copy=True).parts)
            for text in (STORY, "某工业园", "19900005678", "https://example.org/1"):
                assert text in copied
            assert "tel:12333" in {a["href"] for a in root.all("a")}
            receipt = {"receipt": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "do": "add", "text": "还有"}
            root = await posted(browser, "/alert/receipt", receipt, status=503)
            assert form_of(root, "/alert/receipt")["text"] == "还有"
            await way.open()
            await posted(browser, f"/alert?lang={lang}", fields, [picture()], 201)


async def test_without_keys_the_notice_stands_and_nothing_is_lost(
    own_client: httpx.AsyncClient,
) -> None:
    notice = await own_client.get("/alert?lang=zh")
    assert "还不接收爆料" in notice.text
    assert "<form" not in notice.text
    for path, step in (("/alert/check", "check"), ("/alert", "check")):
        root = await posted(own_client, f"{path}?lang=zh", FILLED, status=503)
        assert root.one("main")["data-step"] == step
        assert STORY in "".join(str(part) for part in root.one("textarea", data_copy=True).parts)
    assert (await own_client.get("/alert/receipt")).status_code == 503


async def test_other_sites_forms_are_refused(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    for path in ("/alert", "/alert/check", "/alert/receipt", "/alert/confirm"):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}):
            answer = await browser.post(path, data=dict(FILLED), headers=headers)
            assert answer.status_code == 403
            assert answer.headers["cache-control"] == "no-store"
            assert "19900001234" not in answer.text
    assert await owner.fetchval("SELECT count(*) FROM intake.alerts") == 0
    again = await browser.get("/alert/check?lang=en")
    assert (again.status_code, again.headers["location"]) == (303, "/alert?lang=en")
