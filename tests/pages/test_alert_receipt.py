"""What a receipt does without scripts: the state, additions, withdrawal after a second press."""

import json
from datetime import date

import asyncpg
import httpx
import pytest

from tests.pages.alerting import (
    LANGS,
    Desk,
    checked,
    form_of,
    kept_nowhere,
    picture,
    posted,
)
from tests.pages.reading import Node

PATH = "/alert/receipt"
WRONG = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"


async def sent(client: httpx.AsyncClient, **other: str) -> str:
    """The receipt of an alert of its own."""
    fields = form_of(await checked(client, **other), "/alert")
    root = await posted(client, "/alert", fields, [picture()], 201)
    return root.one("p", class_="code")["data-receipt"]


def state(root: Node) -> str | None:
    found = root.all("p", data_state=True)
    return found[0]["data-state"] if found else None


@pytest.mark.parametrize("lang", LANGS)
async def test_every_state_is_told_in_words(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, lang: str
) -> None:
    code = await sent(browser)
    kept_nowhere(await browser.get(f"{PATH}?lang={lang}"))
    case = "0123456789abc"
    for name, reason, shown, words in (
        ("received", None, "received", None),
        ("checking", None, "checking", None),
        ("published", None, "published", f"/cases/{case}?lang={lang}"),
        ("rejected", "duplicate", "rejected", "已有案例" if lang == "zh" else "a case already"),
        ("rejected", "kanarienvogel", "rejected", "其他" if lang == "zh" else "another"),
        ("spam", None, "rejected", None),
    ):
        await owner.execute(
            "UPDATE intake.alerts SET state = $1, reason = $2, case_id = $3, changed_on = $4",
            name, reason, case, date(2026, 11, 20),
        )  # fmt: skip
        root = await posted(browser, f"{PATH}?lang={lang}", {"receipt": code, "do": "ask"})
        assert state(root) == shown
        main = root.one("main")
        links = [link["href"] for link in main.all("a")]
        assert words is None or words in main.text or words in links
        assert ("kanarienvogel" in main.text) is False
        assert any("/cases/" in link for link in links) == (name == "published")


async def test_a_code_is_read_as_people_write_it(browser: httpx.AsyncClient) -> None:
    code = await sent(browser)
    for written in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert state(await posted(browser, PATH, {"receipt": written})) == "received"


async def test_unknown_codes_are_answered_alike(browser: httpx.AsyncClient) -> None:
    code = await sent(browser)
    known = await browser.post(PATH, data={"receipt": code})
    answers = set()
    for wrong in (WRONG, "ZZZZ", "", "x" * 500, "🙂", WRONG[:-1] + "B"):
        for do in ("ask", "add", "withdraw", "really"):
            data = {"receipt": wrong, "do": do, "text": "kanarienvogel"}
            answer = await browser.post(PATH, data=data)
            assert answer.status_code == known.status_code == 200
            assert len(answer.content) == len(known.content)
            answers.add(answer.content)
    assert len(answers) == 1
    assert "kanarienvogel" not in answers.pop().decode()


async def test_words_and_files_are_added_sealed(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, keys: Desk
) -> None:
    code = await sent(browser)
    root = await posted(browser, PATH, {"receipt": code})
    fields = {**form_of(root, PATH), "text": "今天又来了\n19900001234", "do": "add"}
    root = await posted(browser, PATH, fields, [picture(), b"GIF89a" * 9])
    notice = root.one("div", data_notice=True).text
    assert "已收到" in notice
    assert "第 2 个文件" in notice
    assert form_of(root, PATH)["text"] == ""
    row = await owner.fetchrow("SELECT id, box FROM intake.additions")
    assert row is not None
    assert "今天又来了" in json.loads(keys.ring.open(row["box"], f"addition/{row['id']}"))["text"]
    assert await owner.fetchval("SELECT count(*) FROM intake.addition_files") == 1
    empty = await posted(browser, PATH, {**fields, "text": " "}, [], 422)
    assert empty.one("p", role="alert").text
    long = await posted(browser, PATH, {**fields, "text": "字" * 10_001}, [], 422)
    assert form_of(long, PATH)["text"] == "字" * 10_001


async def test_everything_is_withdrawn_after_a_second_press(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    code, other = await sent(browser), await sent(browser, story="别的事")
    root = await posted(browser, PATH, {"receipt": code, "do": "withdraw"})
    assert state(root) == "received"
    assert await owner.fetchval("SELECT count(box) FROM intake.alerts") == 2
    root = await posted(browser, PATH, {**form_of(root, PATH), "do": "really"})
    assert state(root) == "withdrawn"
    assert await owner.fetchval("SELECT count(box) FROM intake.alerts") == 1
    assert await owner.fetchval("SELECT count(*) FROM intake.attachments") == 1
    again = await posted(browser, PATH, {"receipt": code, "do": "add", "text": "x"})
    assert state(again) == "withdrawn"
    assert not [form for form in again.one("main").all("form") if "receipt" in form["action"]]
    assert state(await posted(browser, PATH, {"receipt": other})) == "received"


async def test_a_confirmation_counts_by_its_button_only(
    browser: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    await sent(browser, email="nobody@example.org")
    asked = kept_nowhere(await browser.get("/alert/confirm?t=kanarienvogel&lang=en"))
    assert await owner.fetchval("SELECT count(*) FROM intake.confirmations") == 0
    assert form_of(asked, "/alert/confirm") == {"t": "kanarienvogel"}
    done = await posted(browser, "/alert/confirm?lang=en", {"t": "kanarienvogel"})
    assert "Done" in done.one("main").text
    assert await owner.fetchval("SELECT bool_or(confirmed) FROM intake.alerts") is False
