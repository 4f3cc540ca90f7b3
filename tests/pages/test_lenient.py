"""Broken and foreign addresses: the page opens with the rest and names what it left out."""

from random import Random
from urllib.parse import parse_qsl, quote, quote_from_bytes

import httpx
import pytest

from api.cases.filters import FILTERS
from api.pages.lenient import NAMES, OLD, OWN
from tests.asking import raw
from tests.hostile import BOXES, BYTES, CODES, DATES, NUMBERS, TEXTS
from tests.pages.reading import config, fetch, page, parsed

LEFT_OUT: tuple[tuple[str, str, list[str]], ...] = (
    # address, what is left of it, what is named
    ("region=999999", "", ["region"]),
    ("region=440000,999999", "region=440000", ["region"]),
    ("region=440000&region=110000", "region=110000,440000", []),
    ("industry=nothing&issue=wage_arrears", "issue=wage_arrears", ["industry"]),
    ("map=maps", "", ["map"]),
    ("since=2026-02-30&until=2026-11", "until=2026-11", ["since"]),
    ("since=2026-10&until=2026-01", "", ["since", "until"]),
    ("until=all", "", ["until"]),
    ("since=2026-10&since=2026-09", "since=2026-09", ["since"]),
    ("participants_min=-1&deaths_min=many&injuries_min=3", "injuries_min=3",
     ["participants_min", "deaths_min"]),
    ("replied=perhaps&has_source=1", "has_source=true", ["replied"]),
    ("bbox=1,2,3", "", ["bbox"]),
    ("sort=sideways&lang=xx&show=everything&at=here", "", ["sort", "lang", "show", "at"]),
    ("cursor=made-up", "", ["cursor"]),
    ("limit=5&nope=1&utm_source=x&<script>=1", "", ["unknown"]),
    ("q=&region=&industry=%20&since=&deaths_min=", "", []),
    ("q=%20%20&company=", "", []),
    ("q=%FF&region=440000", "region=440000", ["q"]),
    ("q=a%00b", "", ["q"]),
    ("q=%ED%A0%80&%FF=1", "", ["q", "unknown"]),
    ("ignored=eventId,addressId,<b>,nope", "", ["eventId", "addressId"]),
)  # fmt: skip


@pytest.mark.parametrize(("query", "left", "named"), LEFT_OUT)
async def test_the_rest_is_shown(
    client: httpx.AsyncClient, query: str, left: str, named: list[str]
) -> None:
    for path in ("/", "/graphs"):
        if path == "/graphs" and named == ["cursor"]:
            continue
        root = await page(client, f"{path}?{query}", 200)
        told = config(root)
        assert told["query"] == left
        assert sorted(told["ignored"]) == sorted(named)
        lines = root.all("p", class_="ignored")
        assert bool(lines) == bool(named)
        for name in named:
            label = (FILTERS[name].label.zh or "") if name in FILTERS else name
            assert ("未知参数" if name == "unknown" else label) in lines[0].text
    total = (await fetch(client, f"/cases?{left}"))["total"]
    shown = (await page(client, f"/?{query}")).one("div", data_list=True)["data-total"]
    assert shown == str(total)


@pytest.mark.parametrize(
    ("keyword", "kept"),
    [
        ("x" * 20_000, "x" * 200),
        ("工" * 201, "工" * 200),
        (" ".join(f"w{number}" for number in range(40)), " ".join(f"w{n}" for n in range(10))),
        ("工" * 300_000, "工" * 200),
        ("x" * 200, None),
    ],
)
async def test_a_long_keyword_is_cut_and_that_is_said(
    client: httpx.AsyncClient, keyword: str, kept: str | None
) -> None:
    root = parsed((await raw(client, "/", f"lang=en&q={quote(keyword)}".encode())).text)
    query = dict(parse_qsl(config(root)["query"]))
    assert query == {"q": kept or keyword}
    said = [line.text for line in root.all("p", class_="ignored")]
    assert said == ([] if kept is None else [
        "The keyword was too long; only its beginning was kept."
    ])  # fmt: skip
    assert config(root)["ignored"] == []


async def test_names_that_can_be_shown_are_a_closed_list() -> None:
    assert {*FILTERS, *OWN, *OLD, "unknown"} == NAMES
    assert all(name.isidentifier() for name in NAMES)


async def test_values_mean_what_they_mean_to_the_api(client: httpx.AsyncClient) -> None:
    """Whatever the API takes for a filter, the page takes; what the API refuses it leaves out."""
    pools = {
        "codes": CODES, "date": DATES, "integer": NUMBERS, "bbox": BOXES, "text": TEXTS,
        "boolean": ("true", "false", "1", "0", "yes", "no", "TRUE", "on", "maybe"),
        "choice": ("calls", "all", "CALLS", "maps"),
    }  # fmt: skip
    random = Random(3)
    for name, row in FILTERS.items():
        for value in random.sample(pools[row.kind], min(6, len(pools[row.kind]))):
            query = f"{name}={quote(value)}"
            answer = await client.get(f"/api/v1/cases?{query}")
            told = config(await page(client, f"/?{query}"))
            stripped = value.strip() == value and value.strip() != ""
            if answer.status_code == 200:
                assert told["ignored"] == [], query
                assert told["list"]["total"] == answer.json()["total"], query
            elif stripped and len(value) <= 200 and len(value.split()) <= 10:
                assert told["query"] == "", query
                assert set(told["ignored"]) <= {"since", "until", name}, query
                assert name in told["ignored"], query


async def test_nothing_a_reader_sends_is_a_fault(client: httpx.AsyncClient) -> None:
    random = Random(9)
    names = [*FILTERS, *OWN, *OLD, "nope", "", "%FF", "<b>"]
    pool = [*NUMBERS, *DATES, *BOXES, *CODES, *TEXTS]
    for _ in range(250):
        values = [
            quote_from_bytes(random.choice(BYTES)) if random.random() < 0.15
            else quote(random.choice(pool) * random.choice((1, 1, 1, 50)))
            for _ in range(random.choice((1, 1, 2, 4)))
        ]  # fmt: skip
        query = "&".join(f"{random.choice(names)}={value}" for value in values)
        path = random.choice(("/", "/", "/graphs", "/about", "/alert", "/cases/0000000000000"))
        answer = await raw(client, path, query.encode())
        wanted = {404} if "cases" in path else {200, 302} if path == "/" else {200}
        assert answer.status_code in wanted, query
        if answer.status_code != 302:
            parsed(answer.text)


@pytest.mark.parametrize("query", ["&" * 60_000, "a=1&" * 20_000, "%" * 70_000, "q=%", "=" * 500])
async def test_long_and_empty_queries(client: httpx.AsyncClient, query: str) -> None:
    answer = await raw(client, "/", query.encode())
    assert answer.status_code == 200
    assert len(answer.content) < 200_000


async def test_a_cursor_of_other_filters_is_left_out(client: httpx.AsyncClient) -> None:
    root = await page(client, "/?map=strikes&since=2026-01")
    cursor = dict(parse_qsl(root.all("a", rel="next")[0]["href"].partition("?")[2]))["cursor"]
    other = await page(client, f"/?map=calls&cursor={cursor}&region=440000")
    told = config(other)
    assert told["ignored"] == ["cursor"]
    assert told["query"] == "map=calls&region=440000"
    assert told["list"]["total"] == int(other.one("div", data_list=True)["data-total"])
