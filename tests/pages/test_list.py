"""The list page: its hooks, its form and its sentence, and that it says what the API says."""

from random import Random
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest

from api.cases.filters import FILTERS
from tests.asking import API
from tests.cases.combinations import combinations
from tests.cases.conftest import Case
from tests.cases.conftest import documents as documents
from tests.pages.reading import Node, config, fetch, ids, page

LANGUAGES = ("zh", "en")


def form_of(root: Node) -> dict[str, Node]:
    """The fields that a browser would send, by name."""
    form = root.one("form", id="filters")
    assert (form["method"], form["action"]) == ("get", "/")
    fields = [*form.all("input"), *form.all("select"), root.one("select", form="filters")]
    sent = [
        field for field in fields if field.get("type") != "radio" or "checked" in field.attributes
    ]
    return {field["name"]: field for field in sent if "disabled" not in field.attributes}


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_hooks_are_where_they_are_promised(client: httpx.AsyncClient, lang: str) -> None:
    root = await page(client, f"/?lang={lang}")
    answer = await fetch(client, "/cases")
    listing = root.one("div", data_list=True)
    assert listing["data-total"] == str(answer["total"])
    articles = listing.all("article", data_case=True)
    assert [article["data-case"] for article in articles] == [i["id"] for i in answer["items"]]
    for article, item in zip(articles, answer["items"], strict=True):
        digits = {"day": 10, "month": 7, "year": 4}[item["date"]["precision"]]
        assert article.all("time")[0]["datetime"] == item["date"]["value"][:digits]
        title = article.one("h3").one("a")
        other = "en" if lang == "zh" else "zh"
        assert title.text == (item["title"][lang] or item["title"][other])
        assert (title.get("lang") is None) == bool(item["title"][lang])
        assert title["href"] == f"/cases/{item['id']}?lang={lang}"
        assert bool(article.all("li", class_="replied")) == item["replied"]
    app = root.one("div", id="app")
    assert app["data-view"] == "list"
    assert app.one("main", id="main")["data-pane"] == "list"
    assert root.one("html")["lang"] == ("zh-Hans" if lang == "zh" else "en")
    assert {tool["data-tool"] for tool in app.all("a", class_="tool")} == {
        *("advanced", "export", "subscribe", "graphs")
    }
    assert app.one("h1").text == answer["filters"]["sentence"][lang]


async def test_the_script_is_told_what_the_api_says(client: httpx.AsyncClient) -> None:
    told = config(await page(client, "/?region=440000&since=2026-01&lang=en"))
    assert told["list"] == await fetch(client, "/cases?region=440000&since=2026-01")
    assert told["lang"] == "en"
    assert told["today"] == "2026-11-21"
    assert told["demo"] is True
    assert told["boundaries"] == []
    assert told["query"] == "since=2026-01&region=440000"
    assert (told["case"], told["gone"], told["ignored"]) == (None, None, [])


async def test_page_and_api_agree_for_many_filters(
    client: httpx.AsyncClient, documents: list[Case]
) -> None:
    for filters in Random(7).sample(combinations(documents), 60):
        query = urlencode(filters, doseq=True)
        root = await page(client, f"/?{query}&lang=en")
        answer = await fetch(client, f"/cases?{query}")
        assert root.one("div", data_list=True)["data-total"] == str(answer["total"]), query
        assert ids(root) == [item["id"] for item in answer["items"]], query
        assert not root.all("p", class_="ignored"), query
        removable = [part["name"] for part in answer["filters"]["parts"] if part["removable"]]
        assert [part["data-part"] for part in root.all("a", data_part=True)] == removable
        for part in root.all("a", data_part=True):
            left = dict(parse_qsl(part["href"].partition("?")[2]))
            assert part["data-part"] not in left
            assert left.keys() - {"lang"} == filters.keys() - {part["data-part"]}


async def test_paging_shows_every_case_once(client: httpx.AsyncClient) -> None:
    address: str | None = "/?map=strikes&since=2026-01&sort=date&lang=zh"
    found: list[str] = []
    pages = 0
    while address:
        root = await page(client, address)
        found += ids(root)
        pages += 1
        more = root.all("a", rel="next")
        address = more[0]["href"] if more else None
        told = config(root)
        assert (told["list"] is None) == (pages > 1), "the script pages by itself"
        assert bool(root.all("meta", name="robots")) == (pages > 1)
    answer = await fetch(client, "/cases?map=strikes&since=2026-01&sort=date&limit=200")
    assert pages > 2
    assert len(found) == len(set(found)) == answer["total"]
    assert found[:200] == [item["id"] for item in answer["items"]]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_form_has_every_filter(client: httpx.AsyncClient, lang: str) -> None:
    root = await page(client, f"/?lang={lang}")
    fields = form_of(root)
    assert fields.keys() == (FILTERS.keys() - {"bbox"}) | {"lang", "sort"}
    form = root.one("form", id="filters")
    labels = {label["for"]: label.text for label in form.all("label", for_=True)}
    advanced = {field["name"] for field in form.one("details", class_="advanced").walk()
                if field.get("name")}  # fmt: skip
    main = {"map", "since", "until", "region", "industry", "q"}
    assert advanced == FILTERS.keys() - main - {"bbox"}
    for name in advanced:
        assert labels[f"filter-{name}"] == FILTERS[name].label._asdict()[lang]
    for name in ("region", "industry", "q"):
        assert fields[name]["aria-label"]
    assert len(form.one("div", id="filter-ends").all("input")) == 2


async def test_the_form_needs_no_script_on_a_phone(client: httpx.AsyncClient) -> None:
    form = (await page(client, "/?lang=en&map=all&since=2026&replied=true&q=pay")).one("form")
    panel = form.one("div", popover=True)
    button = form.one("button", class_="open-panel")
    assert (button["popovertarget"], button["type"]) == (panel["id"], "button")
    assert "(3)" in button.text
    assert not panel.all("input", name="q"), "the keyword stands before the panel"
    assert panel.one("button", type="submit")


async def test_the_form_holds_what_is_in_force(client: httpx.AsyncClient) -> None:
    given = {
        "map": "calls", "since": "2026-02", "until": "2026-10-31", "region": "440300",
        "industry": "electronics", "issue": "overtime_pay,wage_arrears", "company": "a<b",
        "q": "工资 \"x", "participants_min": "2", "replied": "true", "bbox": "100,20,120,40",
    }  # fmt: skip
    root = await page(client, f"/?{urlencode(given)}&sort=date")
    form = form_of(root)
    shown = {}
    for name, node in form.items():
        chosen = [option["value"] for option in node.all("option", selected=True)]
        shown[name] = ",".join(chosen) if node.tag == "select" else node["value"]
    shown["issue"] = ",".join(sorted(shown["issue"].split(",")))
    assert {name: value for name, value in shown.items() if value} == {**given, "sort": "date"}
    assert root.one("details", class_="advanced").get("open") is not None
    # What lies in the province of what is chosen can be chosen next.
    assert "440100" in {option["value"] for option in form["region"].all("option")}


async def test_all_dates_stay_until_a_day_is_typed(client: httpx.AsyncClient) -> None:
    root = await page(client, "/?since=all&map=accidents")
    dates = [(n["name"], n["value"]) for n in root.one("form", id="filters").all("input")
             if n.get("name") in ("since", "until")]  # fmt: skip
    assert dates == [("since", "all"), ("since", ""), ("until", "")]
    typed = await page(client, "/?since=all&map=accidents&since=2026-10&until=")
    assert config(typed)["query"] == "map=accidents&since=2026-10"
    assert config(typed)["ignored"] == []


async def test_quick_choices_are_links(client: httpx.AsyncClient) -> None:
    root = await page(client, "/?region=440000")
    quick = [link["href"] for link in root.all("a", data_span=True)][:-1]
    assert quick == [
        "/?region=440000",
        "/?region=440000&since=2025-11-21",
        "/?region=440000&since=all",
    ]
    totals = []
    for address in quick:
        query = address.partition("?")[2]
        totals.append((await fetch(client, f"/cases?{query}"))["total"])
        shown = (await page(client, address)).one("div", data_list=True)["data-total"]
        assert shown == str(totals[-1])
    assert totals == sorted(totals)


async def test_nothing_found_says_what_to_loosen(client: httpx.AsyncClient) -> None:
    query = "region=440000&industry=construction&q=nowhere-at-all"
    root = await page(client, f"/?{query}&lang=en")
    assert root.one("div", data_list=True)["data-total"] == "0"
    empty = root.one("div", class_="empty")
    links = [link["href"] for link in empty.all("a")]
    assert links, "without the keyword there are some"
    for link in empty.all("a"):
        total = (await page(client, link["href"])).one("div", data_list=True)["data-total"]
        assert f"({total} cases)" in link.text


async def test_downloads_and_feeds_are_of_this_view(client: httpx.AsyncClient) -> None:
    root = await page(client, "/?region=440300&since=2026-10&lang=en")
    section = root.one("section", id="downloads")
    hrefs = [link["href"] for link in section.all("a")]
    assert len(hrefs) == 7
    for href in hrefs:
        assert href.startswith(f"{API}/cases/")
        assert href.endswith("?since=2026-10&region=440300&lang=en")
        assert (await client.get(href)).status_code == 200


async def test_every_link_keeps_the_language(client: httpx.AsyncClient) -> None:
    for path in ("/", "/graphs", "/about", "/privacy", "/alert", "/nothing"):
        for lang in ("zh", "en", "zh-Hant"):
            root = await page(client, f"{path}?lang={lang}", 404 if path == "/nothing" else 200)
            for link in root.all("a", href=True):
                href = link["href"]
                own = href.startswith("/") and not href.startswith((API, "/assets/"))
                if own and "language" not in (link.get("class") or ""):
                    assert f"lang={lang}" in href, href
        root = await page(client, path, 404 if path == "/nothing" else 200)
        for link in root.all("a", href=True):
            own = link["href"].startswith("/") and not link["href"].startswith(API)
            assert not own or "lang=" not in link["href"] or link.get("class") == "language"


async def test_the_language_is_asked_for(client: httpx.AsyncClient) -> None:
    for address, header, tag in (
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "zh-TW", "zh-Hans"),
        ("/", "fr", "zh-Hans"),
        ("/?lang=en", "zh", "en"),
        ("/?lang=zh-Hant", "en", "zh-Hans"),
        ("/?lang=xx", "en", "en"),
    ):
        answer = await client.get(address, headers={"Accept-Language": header})
        assert answer.headers["content-language"] == tag
        named = "lang=" in address and "xx" not in address
        assert ("Accept-Language" in answer.headers["vary"]) == (not named)


async def test_an_empty_archive_has_a_page(own_client: httpx.AsyncClient) -> None:
    root = await page(own_client, "/")
    assert root.one("div", data_list=True)["data-total"] == "0"
    assert not root.all("p", class_="demo")
    assert config(root)["demo"] is False
