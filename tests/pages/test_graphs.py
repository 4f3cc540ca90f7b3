"""The graphs page without scripts: the API's figures as tables, each with n and its caveat."""

import httpx
import pytest

from tests.pages.reading import Node, config, fetch, page

CHARTS = {
    "calls": ["month", "industry", "issue", "action", "region", "reply_days", "response"],
    "strikes": ["month", "industry", "issue", "action", "region", "response", "ownership"],
    "accidents": ["month", "industry", "accident_type", "region"],
    "all": ["month", "industry", "issue", "region"],
}
VIEWS = (
    ("calls", ""),
    ("strikes", "map=strikes&since=2026-01"),
    ("accidents", "map=accidents&since=2026-01"),
    ("calls", "region=440000"),
    ("all", "map=all&since=2026-09"),
)


def count(row: Node) -> int:
    return int(row.all("td")[0].text.replace(",", ""))


@pytest.mark.parametrize(("on", "query"), VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_tables_are_the_statistics(
    client: httpx.AsyncClient, on: str, query: str, lang: str
) -> None:
    root = await page(client, f"/graphs?{query}&lang={lang}")
    stats = await fetch(client, f"/cases/stats?{query}&by={','.join(CHARTS[on])}")
    charts = root.all("figure", data_chart=True)
    assert [chart["data-chart"] for chart in charts] == CHARTS[on]
    for chart in charts:
        tallies = stats["by"][chart["data-chart"]]
        rows = {row["data-key"]: count(row) for row in chart.one("tbody").all("tr")}
        counted = {tally["key"] or "": tally["count"] for tally in tallies}
        assert {key: cases for key, cases in rows.items() if cases or key in counted} == counted
        assert count(chart.one("tfoot").one("tr")) == stats["total"]
        n = f"n\u00a0=\u00a0{stats['total'] - counted.get('', 0):,}"
        assert n.replace("\u00a0", " ") in chart.one("p", class_="counted").text
        assert chart.one("p", class_="bias").text
        assert chart.one("caption").text.startswith(chart.one("h3").text)
    section = root.one("section", class_="charts")
    assert section["data-total"] == str(stats["total"])
    assert root.one("h1").text == stats["filters"]["sentence"][lang]
    told = config(root)
    assert told["list"] is None
    assert told["stats"]["total"] == stats["total"]
    assert {name: told["stats"]["by"][name] for name in stats["by"]} == stats["by"]


async def test_a_row_leads_to_what_it_counts(client: httpx.AsyncClient) -> None:
    # Short enough that a page lists all months, and begins and ends within one.
    for query in ("since=2026-09-12&until=2026-11-05", "map=accidents&since=2026"):
        root = await page(client, f"/graphs?{query}&lang=en")
        checked = 0
        for chart in root.all("figure", data_chart=True):
            for row in chart.one("tbody").all("tr"):
                for link in row.all("a"):
                    # Of a year alone the first of January is kept, and it is in no month.
                    if row["data-key"] == "2026-01":
                        continue
                    narrowed = await page(client, link["href"])
                    total = narrowed.one("section", class_="charts")["data-total"]
                    assert total == str(count(row)), link["href"]
                    checked += 1
        assert checked > 20


async def test_a_long_range_is_counted_by_year(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?map=all&since=2000-01&lang=en")
    charts = root.all("figure", data_chart=True)
    assert [chart["data-chart"] for chart in charts] == ["year", *CHARTS["all"][1:]]
    notes = " ".join(note.text for note in charts[0].all("p", class_="note"))
    for said in ("start of 2017", "ends in June 2025", "Not a whole period", "2026"):
        assert said in notes


async def test_what_lies_below_one_code_is_counted_and_named(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?map=strikes&since=2020&region=440000&lang=en")
    chart = root.one("figure", data_chart="region")
    assert chart.one("h3").text == "Cases by region: Guangdong"
    own = [row for row in chart.one("tbody").all("tr") if row["data-key"] == "440000"]
    for row in own:
        assert row.one("th").text == "Guangdong (no finer detail)"
        assert not row.all("a")


async def test_the_filters_stand_beside_the_figures(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?map=strikes&since=2026&region=440000&sort=date&lang=en")
    assert root.one("form", id="filters")["action"] == "/graphs"
    for link in [*root.all("a", data_part=True), *root.all("a", data_span=True)]:
        assert link["href"].startswith(("/graphs?", "#"))
    assert root.one("a", class_="clear")["href"] == "/graphs?sort=date&lang=en"


async def test_nothing_found_draws_nothing(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?q=nowhere-at-all&lang=en")
    assert not root.all("figure")
    assert "nothing to draw" in root.one("p", class_="none").text


async def test_the_last_year_of_the_calendar(client: httpx.AsyncClient) -> None:
    await page(client, "/graphs?since=9999-01&until=9999-12&map=all")
