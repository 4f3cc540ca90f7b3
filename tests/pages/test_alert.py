"""Incident Alert without scripts: its pages in both languages, and one receipt for one form."""

import json

import asyncpg
import httpx
import pytest

from tests.pages.alerting import (
    FILLED,
    LANGS,
    STORY,
    Desk,
    checked,
    form_of,
    kept_nowhere,
    picture,
    posted,
    typed,
)


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
