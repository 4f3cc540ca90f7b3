"""About, privacy, alert and refusals: in both languages, without scripts or a database."""

import re
from dataclasses import replace
from typing import Any

import httpx
import pytest

from api.alerts.periods import periods
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.errors import KINDS
from api.lang import Lang
from api.pages.notices import CACHE_SECONDS, kept
from api.pages.words import WORDS
from api.settings import Settings
from tests.archives import application, serving
from tests.asking import raw
from tests.doors import door
from tests.pages.reading import Node, page

NOTICES = ("about", "privacy", "alert")
_HAN = re.compile("[\u4e00-\u9fff]")
# Names and marks that are the same in either language.
_SAME = re.compile(
    r"Qiuzhu|API|Cookie|JSON( Feed)?|Atom|BibTeX|SHA-256|CSV|AGPL[-\w.]*|ODbL|CC BY|Tor|Alert|n =|"
    r"© OpenStreetMap contributors|geoBoundaries|GeoNames|Natural Earth|QQ|GNU Affero|ID"
)


def leaves(words: Any, path: str = "") -> dict[str, Any]:
    if hasattr(words, "__dict__"):
        return {
            key: value
            for name, inner in vars(words).items()
            for key, value in leaves(inner, f"{path}.{name}").items()
        }
    return {path: words}


def test_both_languages_say_the_same_things() -> None:
    zh, en = leaves(WORDS["zh"]), leaves(WORDS["en"])
    assert zh.keys() == en.keys()
    for key in zh:
        # The same values are filled in, whatever their order.
        slots = [sorted(re.findall(r"\{(\w*)\}", text)) for text in (zh[key], en[key])]
        assert slots[0] == slots[1], key
        if key not in (".shell.subtitle", ".case.description", ".list.before"):
            assert _HAN.search(zh[key]) or not re.search(
                "[A-Za-z]", _SAME.sub("", re.sub(r"\{\w*\}", "", zh[key]))
            ), key
            assert not _HAN.search(en[key]), key


@pytest.mark.parametrize("name", NOTICES)
async def test_a_notice_has_the_same_sections_in_both_languages(
    client: httpx.AsyncClient, name: str
) -> None:
    shapes = []
    for lang in ("zh", "en"):
        root = await page(client, f"/{name}?lang={lang}")
        main = root.one("main", id="main")
        shapes.append(
            [
                (node.tag, node.get("id"), (node.get("href") or "").replace(f"lang={lang}", ""))
                for node in main.walk()
                if node.tag in ("h1", "h2", "li", "p", "dt", "dd", "a", "section")
            ]
        )
        assert bool(_HAN.search(main.text)) == (lang == "zh") or name == "about"
        assert not root.all("script")
    assert shapes[0] == shapes[1]


async def test_about_says_what_must_be_said(client: httpx.AsyncClient) -> None:
    root = await page(client, "/about?lang=en")
    sections = {section["aria-labelledby"] for section in root.all("section")}
    assert sections == {"method", "limits", "changes", "cite", "borders", "reuse", "credits"}
    text = root.one("main", id="main").text
    for words in ("not a census", "Natural Earth", "places boundaries", "frontend/basemap/own/",
                  "OpenStreetMap contributors (ODbL)", "GeoNames (CC BY 4.0)", "revision",
                  "demonstration data", "Open Database License (ODbL 1.0)"):  # fmt: skip
        assert words in text


async def test_about_does_not_speak_of_demonstration_where_there_is_none(
    own_client: httpx.AsyncClient,
) -> None:
    assert "demonstration" not in (await page(own_client, "/about?lang=en")).text.lower()


async def test_privacy_gives_its_numbers_from_one_place(archive: Addresses) -> None:
    """Every number is a setting's, and stands in the same clause in both languages."""
    told: dict[str, Any] = {
        "rejected_days": 31, "contact_days": 97, "mail_hours": 71, "idempotency_hours": 23,
        "receipt_days": 367,
    }  # fmt: skip
    numbers = kept(periods(Settings.model_construct(**told)))
    assert told.items() < numbers.items()
    assert len(set(numbers.values())) == len(numbers)
    clauses: list[list[list[str]]] = []
    app = application(archive.public, **told)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for lang in ("zh", "en"):
                main = (await page(client, f"/privacy?lang={lang}")).one("main", id="main")
                clauses.append([re.findall(r"\d+", item.text) for item in main.all("li")])
                found = re.findall(r"\d+", main.text)
                assert sorted(found) == sorted(str(number) for number in numbers.values())
            assert f"max-age={CACHE_SECONDS}" in (await client.get("/")).headers["cache-control"]
    assert clauses[0] == clauses[1]


async def test_privacy_speaks_of_everything_that_retention_deletes(
    client: httpx.AsyncClient,
) -> None:
    text = (await page(client, "/privacy?lang=en")).one("section", **{"aria-labelledby": "alerts"})
    for words in ("not deleted by time", "reject", "spam", "contacts", "originals", "additions",
                  "confirmation mail", "receipt", "fingerprint", "withdraw", "Backups",
                  "recorded by day"):  # fmt: skip
        assert words in text.text, words


async def test_alert_is_honest_and_gives_the_official_lines(client: httpx.AsyncClient) -> None:
    for lang in ("zh", "en"):
        root = await page(client, f"/alert?lang={lang}")
        lines = {link["href"] for link in root.one("dl", class_="lines").all("a")}
        assert {"tel:12333", "tel:12351", "tel:12348"} <= lines
        assert not root.all("form")


async def test_notices_are_kept_and_checked(client: httpx.AsyncClient) -> None:
    for path in ("/", "/graphs", *(f"/{name}" for name in NOTICES)):
        answer = await client.get(path)
        tag = answer.headers["etag"]
        unchanged = await client.get(path, headers={"If-None-Match": tag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        for name in ("etag", "vary", "cache-control", "content-security-policy"):
            assert unchanged.headers[name] == answer.headers[name]


def refusal(root: Node, status: int) -> str:
    main = root.one("main", id="main")
    assert main["data-status"] == str(status)
    assert root.all("meta", name="robots")[0]["content"] == "noindex"
    assert not root.all("script")
    return main.one("h1").text


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_unknown_addresses_are_pages_that_repeat_nothing(
    client: httpx.AsyncClient, lang: Lang
) -> None:
    title = KINDS["not-found"][1].either(lang)
    bodies = set()
    for path in (
        *("/kanarienvogel", "/cases/KANARIENVOGEL", "/cases/0000000000000", "/cases", "/graphs/"),
        *("/assets/kanarienvogel.js", "/apis", "/livez/kanarienvogel"),
    ):
        answer = await raw(client, path, f"lang={lang}&kanarienvogel=1".encode())
        assert answer.status_code == 404
        assert "kanarienvogel" not in answer.text.lower()
        bodies.add(answer.content)
    assert len(bodies) == 1
    assert refusal(await page(client, f"/nope?lang={lang}", 404), 404) == title


async def test_a_page_takes_no_other_method(client: httpx.AsyncClient) -> None:
    for path in ("/", "/about", "/graphs"):
        answer = await client.post(path, content=b"x=1")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET"
        assert answer.headers["content-type"].startswith("text/html")


async def test_pages_while_the_database_is_away(cluster: Cluster, archive: Addresses) -> None:
    async with door(cluster.socket) as way:
        through = replace(archive, public=way.address(archive.public))
        async with serving(through) as client:
            assert (await client.get("/")).status_code == 200
            await way.shut()
            for path in ("/", "/graphs", "/cases/0000000000000", "/about", "/sitemap.xml"):
                answer = await client.get(f"{path}?lang=en&q=kanarienvogel")
                assert answer.status_code == 503
                assert answer.headers["retry-after"] == "5"
                assert answer.headers["cache-control"] == "no-store"
                assert "kanarienvogel" not in answer.text
                assert "cannot be reached" in refusal(
                    await page(client, f"{path}?lang=en", 503), 503
                )
            for path in ("/privacy", "/alert", "/nope", "/favicon.svg", "/robots.txt"):
                assert (await client.get(path)).status_code in (200, 404), path
            await way.open()
            assert (await client.get("/")).status_code == 200
