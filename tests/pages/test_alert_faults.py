"""What goes wrong with an alert: whatever it is, what was typed comes back, and what to do."""

from dataclasses import replace

import asyncpg
import httpx
import pytest

from api.cluster import Cluster
from api.cluster.roles import Addresses
from tests.doors import door
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
    taking,
    typed,
)


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
