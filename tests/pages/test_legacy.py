"""Old links of CLB's page open the same view here."""

from urllib.parse import parse_qsl, quote

import httpx
import pytest

from tests.asking import raw
from tests.pages.reading import config, page

FIRST = (
    "i18n_language=zh_CN&map=3&startDate=2020-05&endDate=2020-11&eventId=&keyword=&addressId="
    "&parentAddressId=&address=&industry=&parentIndustry=&industryName="
)
LINKS = (
    (FIRST, "map=calls&since=2020-05&until=2020-11&lang=zh"),
    (FIRST.upper().replace("ZH_CN", "zh_CN"), "map=calls&since=2020-05&until=2020-11&lang=zh"),
    ("i18n_language=en_US&map=1", "map=strikes&lang=en"),
    ("map=2", "map=accidents"),
    ("map=9&startDate=2020-05", "since=2020-05&ignored=map"),
    ("i18n_language=EN-us&map= 1 ", "map=strikes&lang=en"),
    ("i18n_language=zh_TW&map=1", "map=strikes&lang=zh-Hant"),
    ("i18n_language=fr_FR", "ignored=i18n_language"),
    ("startDate=2020-5&endDate=2020/11", "since=2020-05&until=2020-11"),
    ("startDate=201101&endDate=2011-12-31", "since=2011-01&until=2011-12-31"),
    ("startDate=2020-13&endDate=2020-11", "until=2020-11&ignored=startDate"),
    ("startDate=2020-11&endDate=2020-05", "ignored=startDate,endDate"),
    ("startDate=2020-05&endDate=2020-05", "since=2020-05&until=2020-05"),
    ("keyword=讨薪", "q=讨薪"),
    ("keyword=" + "讨" * 500, "q=" + "讨" * 200),
    ("address=深圳市&parentAddress=广东省", "region=440300"),
    ("address=Shenzhen&parentAddress=Guangdong", "region=440300"),
    ("address=&parentAddress=广东", "region=440000"),
    ("address=朝阳区&parentAddress=北京市", "region=110105"),
    ("address=朝阳区", "ignored=address"),
    ("address=Nowhere&parentAddress=Guangdong", "region=440000&ignored=address"),
    ("addressId=19&parentAddressId=3&address=深圳",
     "region=440300&ignored=addressId,parentAddressId"),
    ("industry=12&industryName=建筑业", "industry=construction&ignored=industry"),
    ("industryName=Manufacturing", "industry=manufacturing"),
    ("industryName=电子&parentIndustry=制造业", "industry=electronics"),
    ("industryName=电子&parentIndustry=7", "industry=electronics&ignored=parentIndustry"),
    ("industryName=nothing of the kind", "ignored=industryName"),
    ("eventId=123456", "ignored=eventId"),
    ("eventId=123&amp;map=3&amp;keyword=工资", "map=calls&q=工资&ignored=eventId"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new"), LINKS)
async def test_old_links_lead_to_the_same_view(
    client: httpx.AsyncClient, old: str, new: str
) -> None:
    answer = await raw(client, "/", quote(old, safe="=&;/%-_,").encode())
    assert answer.status_code == 302, answer.text[:300]
    path, _, query = answer.headers["location"].partition("?")
    assert path == "/"
    assert dict(parse_qsl(query)) == dict(parse_qsl(new))
    # And the new address is one of ours: nothing but what was named is left out.
    root = await page(client, answer.headers["location"])
    told = config(root)
    named = dict(parse_qsl(new)).get("ignored")
    assert sorted(told["ignored"]) == sorted(named.split(",") if named else [])
    if named:
        assert root.one("p", class_="ignored")


async def test_the_first_link_opens_that_year_in_chinese(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/?{FIRST}")
    root = await page(client, answer.headers["location"])
    assert root.one("html")["lang"] == "zh-Hans"
    parts = {part["name"]: part["values"] for part in config(root)["list"]["filters"]["parts"]}
    assert parts == {"map": ["calls"], "since": ["2020-05-01"], "until": ["2020-11-30"]}
    assert "自2020年5月1日起" in root.one("div", data_sentence=True).text


@pytest.mark.parametrize(
    "own",
    ["", "map=calls", "industry=construction", "map=strikes&industry=construction&lang=en",
     "q=startDate", "industry=12", "map=", "at=3.00/36.000/104.000&show=map"],
)  # fmt: skip
async def test_our_own_links_are_left_alone(client: httpx.AsyncClient, own: str) -> None:
    assert (await client.get(f"/?{own}")).status_code == 200


async def test_old_parameters_mean_nothing_elsewhere(client: httpx.AsyncClient) -> None:
    root = await page(client, "/graphs?startDate=2020-05&map=3")
    assert sorted(config(root)["ignored"]) == ["map", "startDate"]
