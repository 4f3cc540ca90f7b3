"""GET /cases/feed.*: what feed readers get, and what they must never get."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import httpx
import orjson
import pytest

from api.cases.entries import Entry, entry
from api.cases.feed import Feed, atom, json_feed
from api.lang import Lang
from tests.cases.examples import bare, case

ADDRESS = "https://qiuzhu.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
SHENZHEN = "map=strikes&region=440300"


def made(of: dict[str, Any], lang: Lang = "en", *, demo: bool = False) -> Entry:
    return entry(orjson.dumps(of).decode(), ADDRESS, lang, demo=demo)


def head(lang: Lang = "en") -> Feed:
    own = f"{ADDRESS}/api/v1/cases/feed"
    today = date(2026, 11, 21)
    return Feed(lang, "urn:qiuzhu:feed:x", "Qiuzhu: Calls", ADDRESS, own, "map=calls", today)


def parsed(feed: Feed, entries: list[Entry]) -> ElementTree.Element:
    return ElementTree.fromstring(atom(feed, entries))


def text_of(element: ElementTree.Element, tag: str) -> str:
    found = element.find(f"{ATOM}{tag}")
    assert found is not None
    return found.text or ""


def test_an_entry_says_what_where_and_about_what() -> None:
    english = made(case())
    assert english.title == "Workers demand wages 1"
    assert english.address == f"{ADDRESS}/cases/{case()['id']}"
    assert english.summary == (
        "2025-11-07 · Guangdong > Shenzhen · Manufacturing · Wage arrears · Layoff"
    )
    assert [(each.kind, each.code) for each in english.categories] == [
        ("place", "440300"),
        ("industry", "manufacturing"),
        ("issue", "wage_arrears"),
        ("issue", "layoff"),
    ]
    assert made(case(), "zh").summary.startswith("2025-11-07 · 广东省 > 深圳市 · 制造业")


def test_a_missing_language_falls_back_to_the_other() -> None:
    only_chinese = case(title={"zh": "讨薪", "en": None}, text={"zh": "正文", "en": None})
    assert (made(only_chinese).title, made(only_chinese).text) == ("讨薪", "正文")
    only_english = case(title={"zh": None, "en": "Wages"}, text={"zh": None, "en": "Text"})
    assert (made(only_english, "zh").title, made(only_english, "zh").text) == ("Wages", "Text")


def test_a_case_of_which_nothing_is_known_is_still_an_entry() -> None:
    for lang, title in (("en", "Untitled"), ("zh", "无题")):
        nothing = made(bare(), lang)  # type: ignore[arg-type]
        assert nothing.title == title
        assert nothing.text == nothing.summary == "2025-11-07"
        assert nothing.categories == ()


def test_demonstration_data_is_marked_everywhere() -> None:
    shown = made(case(), demo=True)
    assert shown.title == "[Demonstration] Workers demand wages 1"
    assert made(case(), "zh", demo=True).title.startswith("【演示】")
    categories = parsed(head(), [shown]).iter(f"{ATOM}category")
    assert "urn:qiuzhu:demo" in {category.get("scheme") for category in categories}
    feed = json_feed(head(), [shown, made(case(2))])
    assert feed["_qiuzhu"]["demo"] is True
    assert [item["_qiuzhu"]["demo"] for item in feed["items"]] == [True, False]
    assert "demonstration data" in feed["items"][0]["tags"]


def test_contacts_and_hours_are_in_no_feed() -> None:
    contacts = [{"channel": "phone", "value": "CANARY-13800000000"}]
    entries = [made(case(contacts=contacts))]
    whole = atom(head(), entries) + orjson.dumps(json_feed(head(), entries))
    assert b"CANARY" not in whole
    assert whole.count(b"T00:00:00+08:00") == whole.count(b"2025-12-01T")


def test_what_xml_cannot_hold_is_left_out() -> None:
    title = {"zh": None, "en": 'a\x00b\x0bc\ufffed<e>&"😢'}
    shown = parsed(head(), [made(case(title=title))]).find(f"{ATOM}entry")
    assert shown is not None
    assert text_of(shown, "title") == 'abcd<e>&"😢'


def test_an_empty_feed_is_valid() -> None:
    root = parsed(head("zh"), [])
    assert text_of(root, "updated") == "2026-11-21T00:00:00+08:00"
    assert root.find(f"{ATOM}entry") is None
    assert json_feed(head(), [])["items"] == []


async def test_atom_is_complete(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/api/v1/cases/feed.atom?{SHENZHEN}&lang=zh")
    assert answer.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert text_of(root, "title") == "求助：工人集体行动，位于深圳市"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"{ADDRESS}/api/v1/cases/feed.atom?{SHENZHEN}&lang=zh",
        # A page without dates shows six months; the feed is of all.
        "alternate": f"{ADDRESS}/?{SHENZHEN}&since=all",
    }
    # RFC 4287: these once in every entry, and an author once above them.
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for element in root.findall(f"{ATOM}entry"):
        for tag in ("id", "title", "updated", "summary", "content"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
        assert text_of(element, "id").startswith("urn:qiuzhu:case:")
        assert "example.org" not in text_of(element, "id")


async def test_json_feed_is_complete(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/api/v1/cases/feed.json?{SHENZHEN}")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Qiuzhu: Strikes and protests, in Shenzhen"
    assert feed["feed_url"] == f"{ADDRESS}/api/v1/cases/feed.json?{SHENZHEN}&lang=en"
    assert feed["home_page_url"] == f"{ADDRESS}/?{SHENZHEN}&since=all"
    assert feed["_qiuzhu"]["demo"] is True
    for item in feed["items"]:
        assert item["title"].startswith("[Demonstration] ")
        assert (await client.get(f"/api/v1/cases/{item['_qiuzhu']['id']}")).status_code == 200
        assert item["url"] == f"{ADDRESS}/cases/{item['_qiuzhu']['id']}"


@pytest.mark.parametrize("dates", ["", "since=2026-01-01", "until=2026-03-31", "since=all"])
async def test_its_page_shows_what_it_holds(client: httpx.AsyncClient, dates: str) -> None:
    feed = (await client.get(f"/api/v1/cases/feed.json?{SHENZHEN}&{dates}")).json()
    query = feed["home_page_url"].removeprefix(f"{ADDRESS}/?")
    assert query.count("since=") == 1
    listed = (await client.get(f"/api/v1/cases?{query}&sort=-updated")).json()
    held = [item["_qiuzhu"]["id"] for item in feed["items"]]
    assert held == [item["id"] for item in listed["items"]]


async def test_both_feeds_hold_the_newest_by_publication(client: httpx.AsyncClient) -> None:
    # No window: the list has to be asked for everything.
    listed = await client.get("/api/v1/cases?map=all&since=all&sort=-updated&limit=50")
    expected = [f"urn:qiuzhu:case:{item['id']}" for item in listed.json()["items"]]
    feed = (await client.get("/api/v1/cases/feed.json?map=all")).json()
    root = ElementTree.fromstring((await client.get("/api/v1/cases/feed.atom?map=all")).content)
    assert [item["id"] for item in feed["items"]] == expected
    assert [text_of(each, "id") for each in root.findall(f"{ATOM}entry")] == expected
    assert len(expected) == 50


@pytest.mark.parametrize("form", ["atom", "json"])
async def test_a_feed_is_cached_by_content(client: httpx.AsyncClient, form: str) -> None:
    address = f"/api/v1/cases/feed.{form}?{SHENZHEN}"
    first = await client.get(address)
    assert first.headers["cache-control"] == "public, max-age=60, stale-if-error=86400"
    assert "Accept-Language" in first.headers["vary"]
    again = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    chinese = await client.get(address, headers={"Accept-Language": "zh"})
    assert chinese.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("form", ["atom", "json"])
async def test_bad_filters_are_problems(client: httpx.AsyncClient, form: str) -> None:
    for filters in ("since=2026-02-30", "industry=nothing", "limit=5", "cursor=x"):
        answer = await client.get(f"/api/v1/cases/feed.{form}?{filters}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"


async def test_an_archive_without_cases_has_a_feed(own_client: httpx.AsyncClient) -> None:
    feed = (await own_client.get("/api/v1/cases/feed.json")).json()
    assert (feed["items"], feed["_qiuzhu"]["demo"]) == ([], False)
    root = ElementTree.fromstring((await own_client.get("/api/v1/cases/feed.atom")).content)
    assert text_of(root, "title") == "Qiuzhu: Calls for help"
