"""Five wrong tries a minute (S23), and that no stranger keeps a member of staff out."""

import asyncpg
import pytest
from fastapi import FastAPI

from api.errors import Problem
from api.staff.access.throttle import Throttle
from tests.asking import API, refused
from tests.staff.access.test_login import LOGIN, WRONG, asked
from tests.staff.people import MakePerson, Person


@pytest.fixture
async def li(person: MakePerson) -> Person:
    return await person("moderator", "li.na")


@pytest.mark.parametrize("name", ["li.na", "nobody"])
async def test_the_sixth_try_of_a_minute_waits(li: Person, stranger: Person, name: str) -> None:
    """Whether there is somebody of that name or not, and even where the sixth would be right."""
    for _ in range(5):
        refused(await stranger.post(LOGIN, json=asked(li, password=WRONG, name=name)), 401)
    answer = await stranger.post(LOGIN, json=asked(li, name=name))
    assert refused(answer, 429)["type"].endswith("#too-often")
    assert 50 < int(answer.headers["retry-after"]) <= 60
    # Another name is another matter.
    refused(await stranger.post(LOGIN, json=asked(li, name="wang.wei")), 401)


async def test_many_at_once_are_counted_before_they_are_found_wrong(
    li: Person, stranger: Person
) -> None:
    import asyncio

    asking = (stranger.post(LOGIN, json=asked(li, password=WRONG)) for _ in range(30))
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*asking))
    assert statuses == [401] * 5 + [429] * 25


async def test_strangers_lock_nobody_out_of_a_browser_he_uses(
    li: Person, staff_app: FastAPI, stranger: Person
) -> None:
    async with Person(staff_app) as own:
        assert (await own.post(LOGIN, json=asked(li))).status_code == 200
        await own.post(f"{API}/staff/logout")
        for _ in range(20):
            await stranger.post(LOGIN, json=asked(li, password=WRONG))
        refused(await stranger.post(LOGIN, json=asked(li, password=WRONG)), 429)
        # His last code is used up: what he is told is not that somebody else was wrong.
        refused(await own.post(LOGIN, json=asked(li)), 401)
        # The known browser has tries of its own, and no more than others.
        for _ in range(4):
            refused(await own.post(LOGIN, json=asked(li, password=WRONG)), 401)
        refused(await own.post(LOGIN, json=asked(li, password=WRONG)), 429)


async def test_a_known_browser_is_known_for_its_owner_alone(
    li: Person, person: MakePerson, staff_app: FastAPI, stranger: Person
) -> None:
    eve = await person("viewer", "eve")
    async with Person(staff_app) as hers:
        assert (await hers.post(LOGIN, json=asked(eve))).status_code == 200
        for _ in range(5):
            refused(await stranger.post(LOGIN, json=asked(li, password=WRONG)), 401)
        refused(await hers.post(LOGIN, json=asked(li)), 429)


async def test_a_known_browser_grows_old(
    li: Person, staff_app: FastAPI, stranger: Person, owner: asyncpg.Connection
) -> None:
    async with Person(staff_app) as own:
        assert (await own.post(LOGIN, json=asked(li))).status_code == 200
        await owner.execute("UPDATE desk.devices SET made_on = made_on - 400")
        for _ in range(5):
            refused(await stranger.post(LOGIN, json=asked(li, password=WRONG)), 401)
        refused(await own.post(LOGIN, json=asked(li)), 429)


class Hand:
    """A clock that is turned by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def tries(throttle: Throttle, times: int, key: str = "name/x") -> int:
    """How many of `times` were let through."""
    let = 0
    for _ in range(times):
        try:
            throttle.take(key)
        except Problem:
            continue
        let += 1
    return let


def test_the_limits_of_a_minute_and_of_an_hour() -> None:
    clock = Hand()
    throttle = Throttle(clock)
    for minute in range(6):
        assert tries(throttle, 10) == 5, minute
        clock.now += 60
    assert tries(throttle, 10) == 0, "thirty in an hour"
    clock.now += 3600 - 360
    assert tries(throttle, 10) == 5
    with pytest.raises(Problem) as told:
        throttle.take("name/x")
    assert told.value.headers["Retry-After"] == "60"


def test_what_was_right_does_not_count() -> None:
    throttle = Throttle(Hand())
    for _ in range(50):
        throttle.forgive("name/x", throttle.take("name/x"))
    assert tries(throttle, 10) == 5


def test_guessing_names_fills_no_memory() -> None:
    throttle = Throttle(Hand())
    for number in range(20_100):
        throttle.take(f"name/{number}")
    assert len(throttle._tries) == 20_000
