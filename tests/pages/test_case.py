"""The page of one case: all that the document has, its history, and what is left of it."""

import asyncpg
import httpx
import orjson
import pytest

from api.cluster.roles import Addresses
from api.db import writing
from api.lang import Pair
from api.staff.publishing import withdraw
from tests.cases.examples import case as example
from tests.hostile import TEXTS
from tests.pages.reading import Node, config, fetch, page, parsed
from tests.staff.drafts import call
from tests.staff.test_publishing import DAY, put

PAYLOADS = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<!--", "-->", "]]>",
    '"><img src=x onerror=alert(1)>', "<svg/onload=alert(1)>", "{{7*7}}", "{% raw %}", "&lt;b&gt;",
    "</title><script>", "javascript:alert(1)", "'\"`=", "<bdi>", "</article></main>", "</bdo>",
    "\u202egnp.exe", "\u2066x\u2069", "a\u200bb", *TEXTS,
)  # fmt: skip


def inline(root: Node) -> list[Node]:
    """The scripts that are not the page's own file: data, and nothing that runs."""
    found = [script for script in root.all("script") if script.get("src") is None]
    assert {script["type"] for script in found} <= {"application/json", "application/ld+json"}
    return found


def facts(root: Node) -> dict[str, list[str]]:
    listed = root.all("dl", class_="facts")[0]
    return {row["data-fact"]: [value.text for value in row.all("dd")]
            for row in listed.all("div", data_fact=True)}  # fmt: skip


async def test_everything_the_document_has(
    archive: Addresses, own_client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await put(session, draft)
    document = {
        **example(),
        "id": draft.id,
        "text": {"zh": "第一段。\n\n第二段。", "en": "English text."},
        "contacts": [{"channel": "phone", "value": "000-0000"}],
        "replies": [
            {**example()["replies"][0], "promise_due_on": "2025-12-01", "status": "办理中",
             "outcome": {"zh": "已付清。", "en": "Paid in full."}},
            {**example()["replies"][0], "replied_on": None, "days": None, "status": "待回复",
             "text": {"zh": None, "en": None}},
        ],
        "sources": [
            {**example()["sources"][0], "still_live": False, "archived": "ab" * 32},
            {**example()["sources"][0], "platform": None, "url": "javascript:alert(1)",
             "still_live": None},
        ],
    }  # fmt: skip
    await owner.execute(
        "UPDATE pub.cases SET document = $1, has_contact = true WHERE id = $2",
        orjson.dumps(document).decode(),
        draft.id,
    )
    answer = await own_client.get(f"/cases/{draft.id}?lang=en")
    assert answer.headers["cache-control"] == "no-cache"
    root = parsed(answer.text)
    assert root.one("main", id="main")["data-view"] == "case"
    article = root.one("article", data_case=draft.id)
    assert article.one("h1").text == "Workers demand wages 1"
    assert article.all("time")[0]["datetime"] == "2025-11-07"
    assert facts(root) == {
        "map": ["Strikes and protests"],
        "period": ["1 August 2025 – …"],
        "place": ["Guangdong", "Shenzhen"],
        "industry": ["Manufacturing"],
        "company": ["Example Electronics", "某某电子厂"],
        "issues": ["Wage arrears", "Layoff"],
        "actions": ["Sit-in"],
        "amount_owed": ["CN¥120,000"],
        "months_owed": ["3 months"],
        "participants": ["1 to 100", "as stated: 1-100 people"],
        **{"deaths": ["0"], "injuries": ["3"]},
        "accident_type": ["Fall"],
        **{"ownership": ["Private"], "response": ["Police"]},
    }
    texts = article.one("section", class_="texts").all("div", class_="text")
    assert [text.get("lang") for text in texts] == [None, "zh-Hans"]
    assert [p.text for p in texts[1].all("p")] == ["工人讨薪 1", "第一段。", "第二段。"]
    assert article.one("section", class_="stated").one("dd").text == "手套"
    events = [(e["data-event"], [t["datetime"] for t in e.all("time")])
              for e in article.one("ol", class_="timeline").all("li")]  # fmt: skip
    assert events == [
        ("message", ["2025-11-08"]), ("reply", ["2025-11-18"]), ("promise", ["2025-12-01"]),
        ("outcome", []), ("waiting", []),
    ]  # fmt: skip
    timeline = article.one("ol", class_="timeline").text
    for said in ("after 10 days · being handled", "this day has passed", "as of 1 December 2025"):
        assert said in timeline
    sources = article.one("section", class_="sources").all("li")
    link = sources[0].one("a")
    assert (link.text, link["rel"]) == ("example.org", "noreferrer noopener nofollow external")
    assert "removed at source" in sources[0].text
    assert "ab" * 32 in sources[0].text
    assert not sources[1].all("a"), "only web addresses are links"
    assert "000-0000" in article.one("section", class_="contacts").text
    assert draft.id in article.one("details", class_="cite").one("code").text
    assert article.one("code", id="case-link").text.endswith(f"/cases/{draft.id}")
    told = config(root)
    assert told["case"] == await fetch(own_client, f"/cases/{draft.id}")
    assert article.one("p", class_="citation").text == told["case"]["cite"]["en"]
    assert (told["list"], told["gone"]) == (None, None)


@pytest.mark.parametrize(("lang", "missing"), [("zh", "尚无英文"), ("en", "no English text yet")])
async def test_a_missing_language_is_said(
    archive: Addresses, own_client: httpx.AsyncClient, lang: str, missing: str
) -> None:
    draft = call(text=Pair("只有中文。", None), title=Pair("讨薪", None))
    async with writing(archive.desk) as session:
        await put(session, draft)
    root = await page(own_client, f"/cases/{draft.id}?lang={lang}")
    assert missing in root.one("p", class_="missing").text
    assert root.one("h1").get("lang") == (None if lang == "zh" else "zh-Hans")


async def test_a_case_of_which_little_is_known(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    nothing = Pair(None, None)
    draft = call(
        title=nothing, text=nothing, company=nothing, place=None, industry=None, issues=[],
        actions=[], amount_owed=None, months_owed=None, stated={}, sources=[], replies=[],
        date_precision="year",
    )  # fmt: skip
    async with writing(archive.desk) as session:
        await put(session, draft)
    for lang in ("zh", "en"):
        root = await page(own_client, f"/cases/{draft.id}?lang={lang}")
        assert root.all("time")[0]["datetime"] == "2026"
        assert facts(root).keys() == {"map"}
        listed = await page(own_client, f"/?since=all&until=2026&lang={lang}")
        assert listed.one("article", data_case=draft.id).all("time")[0]["datetime"] == "2026"


async def test_the_way_back_is_the_list_it_was_opened_from(client: httpx.AsyncClient) -> None:
    listed = await page(client, "/?map=strikes&region=440000&since=all&sort=date&lang=en")
    href = listed.all("article", data_case=True)[0].one("a")["href"]
    root = await page(client, href)
    back = root.one("p", class_="back").one("a")["href"]
    assert back == "/?map=strikes&since=all&region=440000&sort=date&lang=en"
    assert config(root)["query"] == "map=strikes&since=all&region=440000"
    # The address that is cited is the bare one.
    canonical = root.one("link", rel="canonical")["href"]
    assert canonical == f"https://qiuzhu.example.org{href.partition('?')[0]}?lang=en"


async def test_values_lead_to_their_filters(client: httpx.AsyncClient) -> None:
    for query in ("map=calls&replied=true", "map=strikes&since=2026", "map=accidents&since=2026"):
        listed = await page(client, f"/?{query}&lang=en")
        root = await page(client, listed.all("article", data_case=True)[0].one("a")["href"])
        places = (root.all("dl", class_="facts")[0], root.one("nav", class_="like"))
        links = [link["href"] for place in places for link in place.all("a")]
        assert len(links) > 4
        for href in links:
            told = config(await page(client, href))
            assert told["ignored"] == []
            assert told["list"]["total"] > 0, "at least the case itself"
            assert told["query"].startswith(("since=all", query.partition("&")[0]))


async def test_history_says_what_changed_and_why(
    archive: Addresses, own_client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    draft = call()
    async with writing(archive.desk) as session:
        await put(session, draft)
    await owner.execute(
        "INSERT INTO pub.revisions (case_id, revision, change, day, kind, fields, reason_zh)"
        " VALUES ($1, 2, 99, $2, 'changed', '{text,amount_owed}', '更正金额')",
        draft.id,
        DAY,
    )
    rows = (await page(own_client, f"/cases/{draft.id}?lang=en")).one("ol", class_="revisions")
    assert [row["data-revision"] for row in rows.all("li")] == ["2", "1"]
    newest = rows.all("li")[0]
    assert "changed: text, amount owed" in newest.text
    assert newest.one("bdi")["lang"] == "zh-Hans"


async def test_what_is_left_of_a_withdrawn_and_a_merged_case(
    archive: Addresses, own_client: httpx.AsyncClient
) -> None:
    drafts = [call(title=Pair("CANARY", "CANARY")), call(), call()]
    gone, merged, kept = (draft.id for draft in drafts)
    async with writing(archive.desk) as session:
        await put(session, *drafts)
        await withdraw(session, gone, reason="at_request", actor="c", day=DAY)
        await withdraw(session, merged, reason="duplicate", actor="c", day=DAY, merged_into=kept)
    for lang, reason in (("zh", "应当事人要求"), ("en", "At the request of the person")):
        root = await page(own_client, f"/cases/{gone}?lang={lang}", 410)
        said = root.one("article", data_case=gone)
        assert reason in said.text
        assert gone in said.text
        assert DAY.isoformat() in {time["datetime"] for time in said.all("time")}
        told = config(root)
        assert (told["gone"]["id"], told["case"]) == (gone, None)
        assert told["gone"]["reason"]["code"] == "at_request"
        assert "CANARY" not in (await own_client.get(f"/cases/{gone}?lang={lang}")).text
    answer = await own_client.get(f"/cases/{merged}?region=440000&lang=en&nope=1")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/cases/{kept}?region=440000&lang=en"


async def test_hostile_text_is_text(archive: Addresses, own_client: httpx.AsyncClient) -> None:
    drafts = [
        call(
            title=Pair(payload, payload), text=Pair(payload, payload), company=Pair(payload, None),
            stated={"issue": [payload]},
        )
        for payload in PAYLOADS if payload.strip()
    ]  # fmt: skip
    async with writing(archive.desk) as session:
        await put(session, *drafts)
    addresses = [f"/cases/{draft.id}?lang=en" for draft in drafts]
    for address in (*addresses, "/?since=2026-10&until=2026-10", "/graphs?since=2026-10"):
        answer = await own_client.get(address)
        root = parsed(answer.text)
        scripts = inline(root)
        for script in scripts:
            orjson.loads("".join(str(part) for part in script.parts))
        assert not root.all("img")
        assert not root.all("svg")
        assert len(root.all("main")) == 1
        visible = root.one("div", id="app").text
        assert not {*"\u202e\u202d\u2066\u2069\u200b"} & {*visible}
    shown = await page(own_client, addresses[0])
    assert shown.one("h1").text == PAYLOADS[0]


async def test_hostile_keywords_are_text(client: httpx.AsyncClient) -> None:
    # Two at a time; a window without cases, for what is looked at is what the page says of them.
    for payload, other in zip(PAYLOADS[::2], PAYLOADS[1::2], strict=False):
        asked = {"q": payload, "company": other, "since": "2026-11", "lang": "en"}
        answer = await client.get("/", params=asked)
        root = parsed(answer.text)
        assert not root.all("img")
        assert len(inline(root)) == 2
