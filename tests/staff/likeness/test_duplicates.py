"""GET /staff/cases/{id}/duplicates: what is suggested, what is not, and what is said of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from api.cluster.roles import Addresses
from api.db import Desk, writing
from api.lang import Pair
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.reference import read_vocabulary
from api.staff.drafts import Draft
from api.staff.likeness import sampling
from api.staff.likeness.filling import fill_sketches
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.drafts import call
from tests.staff.people import MakePerson, Person

STORY = (
    "我们是某工地的木工，从开工到现在三个月没有发过工资，项目经理的电话已经打不通。"
    "去劳动监察大队登记了三次，工作人员让我们回去等消息，孩子开学要交学费，实在等不起了。"
)
FIRST = call(text=Pair(STORY, None), stated={})


def again(**changes: Any) -> Draft:
    return replace(call(**{"text": Pair(STORY, None), "stated": {}, **changes}))


async def put(archive: Addresses, *drafts: Draft) -> None:
    async with writing(archive.desk) as session:
        await write_drafts(session, load_gazetteer(), drafts)


async def suggested(client: Person, id_: str = FIRST.id) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await fetch(client, f"/staff/cases/{id_}/duplicates"))["items"]
    return items


async def test_what_agrees_is_named(archive: Addresses, person: MakePerson) -> None:
    twin = again(map="strikes", title=Pair(None, None), date=date(2026, 10, 4))
    await put(archive, FIRST, twin)
    (item,) = await suggested(await person("viewer"))
    assert item["case"]["id"] == twin.id
    assert item["case"]["region"]["code"] == "440306"
    assert item["score"] > 0.9
    assert item["same"] == ["company", "place", "date", "amount", "text"]
    assert item["excerpt"]["zh"].startswith("我们是某工地的木工")
    assert item["repeat"] is False


@pytest.mark.parametrize(
    "other",
    [
        again(text=Pair("别的事情。", None), place="130102", company=Pair("另一家公司", None)),
        again(text=Pair("另外一件事，没有什么相同。", None), title=Pair(None, None),
              date=date(2024, 1, 1), amount_owed=Decimal(900)),
        again(text=Pair("食品厂社保纠纷。", None), title=Pair(None, None), place=None,
              company=Pair(None, None), amount_owed=None, date=date(2026, 10, 3)),
    ],
    ids=["another place and employer", "another time", "only the day"],
)  # fmt: skip
async def test_what_contradicts_is_not_suggested(
    archive: Addresses, person: MakePerson, other: Draft
) -> None:
    await put(archive, FIRST, other)
    assert await suggested(await person("viewer")) == []


async def test_withdrawn_cases_and_the_case_itself_are_not(
    archive: Addresses, person: MakePerson
) -> None:
    twin = again()
    await put(archive, FIRST, twin)
    async with writing(archive.desk) as session:
        renderer = Renderer(await read_vocabulary(session))
        await publish(session, renderer, [twin.id], actor="console", day=TODAY)
    viewer = await person("viewer")
    assert [item["case"]["state"] for item in await suggested(viewer)] == ["published"]
    async with writing(archive.desk) as session:
        await withdraw(session, twin.id, reason="privacy", actor="console", day=TODAY)
    assert await suggested(viewer) == []
    assert [item["case"]["id"] for item in await suggested(viewer, twin.id)] == [FIRST.id]


async def test_ten_at_most_and_the_best_first(archive: Addresses, person: MakePerson) -> None:
    worse = again(text=Pair(STORY[:30], None), company=Pair(None, None), amount_owed=None)
    await put(archive, FIRST, worse, *(again() for _ in range(11)))
    items = await suggested(await person("viewer"))
    scores = [item["score"] for item in items]
    assert len(items) == 10
    assert scores == sorted(scores, reverse=True)
    assert worse.id not in {item["case"]["id"] for item in items}


async def test_an_imprecise_date_and_an_unknown_place_say_nothing(
    archive: Addresses, person: MakePerson
) -> None:
    vague = again(date=date(2026, 10, 1), date_precision="month", place=None)
    await put(archive, FIRST, vague)
    viewer = await person("viewer")
    assert len(await suggested(viewer)) == len(await suggested(viewer, vague.id)) == 1


async def test_a_draft_without_a_word_or_place_has_none(
    archive: Addresses, person: MakePerson
) -> None:
    nothing = {"title": Pair(None, None), "text": Pair(None, None), "company": Pair(None, None)}
    empty = again(**nothing, place=None, amount_owed=None)
    await put(archive, FIRST, empty)
    assert await suggested(await person("viewer"), empty.id) == []


async def test_usual_words_without_a_place_are_found_by_their_days(
    archive: Addresses, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "_MOST", -1)
    usual = {"place": None, "company": Pair(None, None), "amount_owed": None}
    twin, later = again(**usual), again(**usual, date=date(2026, 11, 14))
    await put(archive, again(**usual), twin, later)
    items = await suggested(await person("viewer"), twin.id)
    assert len(items) == 1
    assert items[0]["case"]["id"] != later.id


async def test_the_same_either_way_round(archive: Addresses, person: MakePerson) -> None:
    other = again(amount_owed=Decimal(12000), company=Pair("示例电子厂宝安分厂", None))
    await put(archive, FIRST, other)
    viewer = await person("viewer")
    (one,), (two,) = await suggested(viewer), await suggested(viewer, other.id)
    assert (one["score"], one["same"]) == (two["score"], two["same"])


async def test_cases_from_before_get_their_sketches(archive: Addresses) -> None:
    empty = again(title=Pair(None, None), text=Pair("！", None), company=Pair(None, None))
    await put(archive, FIRST, *(again() for _ in range(3)), replace(empty, amount_owed=None))
    async with writing(archive.desk) as session:
        before = await session.first(select(DeskCase.sketch).where(DeskCase.id == FIRST.id))
        await session.execute(update(DeskCase).values(sketch=[]))
    desk = Desk(archive.desk)
    try:
        assert await fill_sketches(desk) == 5
        assert await fill_sketches(desk) == 1, "it has nothing to make one of"
        async with desk.read() as session:
            after = await session.first(select(DeskCase.sketch).where(DeskCase.id == FIRST.id))
    finally:
        await desk.close()
    assert before == after


@pytest.mark.parametrize("id_", ["0000000000000", "x", "%00", "' OR 1=1"])
async def test_what_is_no_case_is_not_found(
    archive: Addresses, person: MakePerson, id_: str
) -> None:
    viewer = await person("viewer")
    answer = await viewer.get(f"{API}/staff/cases/{id_}/duplicates")
    refused(answer, 404)
