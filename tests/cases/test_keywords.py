"""What a keyword finds: short Chinese words, either script, metacharacters, never two fields."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from api.cluster import Cluster
from api.db import writing
from api.lang import Pair
from tests.archives import copied, serving
from tests.asking import listed
from tests.staff.drafts import call
from tests.staff.test_publishing import put

Finds = Callable[..., Awaitable[set[str]]]
NOTHING = Pair(None, None)
# Their terms are wage arrears and electronics, their source is Weibo: none of it is text.
CASES = {
    "simplified": call(title=Pair("工人讨薪未果", None), text=Pair("欠薪三个月。", None)),
    "traditional": call(title=Pair("工人討薪未果", None), text=Pair("資方避而不見。", None)),
    "english": call(
        title=Pair(None, "Miners' protest at O'Neil Co."),
        text=NOTHING,
        company=Pair(None, "O'Neil"),
    ),
    "percent": call(title=Pair("拖欠100%工资", "100% of wages owed"), text=NOTHING),
    "underscore": call(title=Pair(None, "plant_7"), text=Pair(None, "C:\\plant\\gate")),
    "wide": call(title=Pair("ＡＢＣ电子", None), text=Pair(None, "Straße № 5 and ﬁne")),
    "edges": call(
        title=Pair("甲乙", "begin middle"), text=Pair("丙丁", "end"), company=Pair("戊", "f")
    ),
    "elsewhere": call(title=Pair("无", None), text=NOTHING, place="510100"),
}  # fmt: skip


@pytest.fixture(scope="module")
async def finds(cluster: Cluster, empty_template: str) -> AsyncIterator[Finds]:
    """Asks an archive of these cases; answers the names of those found."""
    names = {draft.id: name for name, draft in CASES.items()}
    for name, draft in CASES.items():
        if name not in ("english", "edges"):
            draft.company = NOTHING
    async with copied(cluster, empty_template) as archive:
        async with writing(archive.desk) as session:
            await put(session, *CASES.values())
        async with serving(archive) as client:

            async def find(**query: str) -> set[str]:
                _, ids = await listed(client, query)
                return {names[id_] for id_ in ids}

            yield find


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("薪", {"simplified", "traditional"}),
        ("讨薪", {"simplified", "traditional"}),
        ("討薪", {"simplified", "traditional"}),
        ("資方", {"traditional"}),
        ("资方", {"traditional"}),
        ("miners", {"english"}),
        ("ＭＩＮＥＲＳ", {"english"}),
        ("O'Neil", {"english"}),
        ("o'neil protest", {"english"}),
        ("100%", {"percent"}),
        ("%", {"percent"}),
        ("_", {"underscore"}),
        ("plant_7", {"underscore"}),
        ("plantX7", set()),
        ("\\", {"underscore"}),
        ("\\plant\\", {"underscore"}),
        ("abc", {"wide"}),
        ("strasse", {"wide"}),
        ("no", {"wide"}),
        ("fine", {"wide"}),
        ("甲乙", {"edges"}),
        ("丁 甲", {"edges"}),
        # Words never span two fields, or two words of one.
        ("乙丙", set()),
        ("丁戊", set()),
        ("middleend", set()),
        ("beginmiddle", set()),
        ("begin end 戊", {"edges"}),
        # Place names of every level and language; the others lie in another province.
        ("成都", {"elsewhere"}),
        ("四川省", {"elsewhere"}),
        ("sichuan", {"elsewhere"}),
        ("chengdu 无", {"elsewhere"}),
        # Labels and codes of terms are not searched.
        ("wage_arrears", set()),
        ("Electronics", set()),
        ("拖欠", {"percent"}),
        ("微博", set()),
        ("calls", set()),
        ("example.org", set()),
    ],
)
async def test_keywords(finds: Finds, query: str, found: set[str]) -> None:
    assert await finds(q=query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [("o'neil", {"english"}), ("戊", {"edges"}), ("甲乙", set()), ("f", {"edges"})],
)
async def test_company_looks_at_the_company_only(finds: Finds, query: str, found: set[str]) -> None:
    assert await finds(company=query) == found
