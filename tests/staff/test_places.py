"""GET /staff/places: what a person types finds the place that is meant."""

import pytest

from tests.asking import API, fetch, refused
from tests.staff.people import MakePerson


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("深圳", "440300"),
        ("寶安", "440306"),
        ("shenzhen", "440300"),
        ("广东省深圳市宝安区某工业园", "440306"),
        ("440306", "440306"),
        ("北京", "110000"),
    ],
)
async def test_the_place_that_is_meant_comes_first(
    person: MakePerson, words: str, code: str
) -> None:
    items = (await fetch(await person("viewer"), "/staff/places", {"q": words}))["items"]
    assert items[0]["code"] == code
    assert items[0]["path"][-1]["code"] == code


async def test_nothing_and_too_much(person: MakePerson) -> None:
    viewer = await person("viewer")
    assert (await fetch(viewer, "/staff/places", {"q": " "}))["items"] == []
    assert (await fetch(viewer, "/staff/places", {"q": "没有这个地方"}))["items"] == []
    every = await fetch(viewer, "/staff/places", {"q": "市", "limit": "5"})
    assert len(every["items"]) == 5
    refused(await viewer.get(f"{API}/staff/places?q={'x' * 201}"), 422, "q")
    refused(await viewer.get(f"{API}/staff/places?q=x&limit=0"), 422, "limit")
