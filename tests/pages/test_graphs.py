"""The graphs page without scripts: the API's figures as tables, each with n and its caveat."""

import httpx
import pytest

from tests.pages.reading import config, fetch, page

CHARTS = ["month", "industry", "action", "issue", "region", "reply_days"]
VIEWS = (
    "",
    "map=strikes&since=2026-01",
    "region=440000",
    "map=all&since=2026-09",
    "q=nowhere-at-all",
)


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_tables_are_the_statistics(client: httpx.AsyncClient, query: str, lang: str) -> None:
    root = await page(client, f"/graphs?{query}&lang={lang}")
    stats = await fetch(client, f"/cases/stats?{query}&by={','.join(CHARTS)}")
    charts = root.all("figure", data_chart=True)
    assert [chart["data-chart"] for chart in charts] == CHARTS
    for chart in charts:
        tallies = stats["by"][chart["data-chart"]]
        rows = [(row["data-key"], int(row.one("td").text.replace(",", "")))
                for row in chart.one("tbody").all("tr")]  # fmt: skip
        assert rows == [(tally["key"] or "", tally["count"]) for tally in tallies]
        missing = sum(tally["count"] for tally in tallies if tally["key"] is None)
        assert f"n = {stats['total'] - missing:,}" in chart.one("p", class_="n").text
        assert chart.one("p", class_="bias").text
        assert chart.one("caption").text == chart.one("h2").text
    assert config(root)["list"] is None


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
                    listed = await page(client, link["href"])
                    total = listed.one("div", data_list=True)["data-total"]
                    assert total == row.one("td").text, link["href"]
                    checked += 1
        assert checked > 20


async def test_a_long_range_is_counted_by_year(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?map=all&since=2000-01&lang=en")
    charts = [chart["data-chart"] for chart in root.all("figure", data_chart=True)]
    assert charts == ["year", *CHARTS[1:]]
    assert "2017" in root.all("figure", data_chart="year")[0].one("p", class_="bias").text
