"""S32's tokens and budgets: a proof counts once, and nobody is sent away for having none."""

import asyncio
import base64
import json
from collections import Counter
from typing import Any

import asyncpg
import httpx
import pytest

import api.alerts.work
from api.alerts.lanes import Budget, Lanes
from api.alerts.receipts import Hashes
from api.alerts.work import EASY, HARD, Work
from api.cluster.roles import Addresses
from tests.alerts.senders import ALERT, counts, new_key, proof, send, solved, taking
from tests.asking import API

PDF = b"%PDF-1.4\n" + b"x" * 5_000 + b"%%EOF\n"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.alerts.work, "EASY", 500)


async def lanes(owner: asyncpg.Connection) -> Counter[str]:
    return Counter(row["lane"] for row in await owner.fetch("SELECT lane FROM intake.alerts"))


def test_a_budget_comes_back() -> None:
    clock = Clock()
    budget = Budget(10, 60, clock)
    assert budget.take(6)
    assert not budget.take(5), "what is too much takes nothing"
    assert budget.take(4)
    assert budget.sum == 10
    clock.now += 59
    assert not budget.holds(1)
    clock.now += 1
    assert (budget.sum, budget.take(10)) == (0, True)


def test_the_plain_lane_is_an_hours() -> None:
    clock = Clock()
    own = Lanes(plain_hourly=2, file_bytes=0, clock=clock)
    found = [own.without_proof() for _ in range(4)]
    assert found == ["plain", "plain", "unproven", "unproven"]
    clock.now += 3600
    assert own.without_proof() == "plain"


async def test_lanes(archive: Addresses, owner: asyncpg.Connection) -> None:
    async with taking(archive, plain_hourly=2) as client:
        for _ in range(4):
            assert (await send(client)).status_code == 201
        assert (await send(client, headers={"Altcha": await proof(client)})).status_code == 201
    assert await lanes(owner) == {"plain": 2, "unproven": 2, "proven": 1}


async def test_one_token_200_times(archive: Addresses, owner: asyncpg.Connection) -> None:
    async with taking(archive, plain_hourly=10) as one, taking(archive, plain_hourly=10) as two:
        token = {"Altcha": await proof(one)}
        sends = [send((one, two)[number % 2], headers=token) for number in range(200)]
        answers = await asyncio.gather(*sends, return_exceptions=True)
        statuses = Counter(
            answer.status_code if isinstance(answer, httpx.Response) else type(answer)
            for answer in answers
        )
        assert statuses == {201: 200}
        assert await lanes(owner) == {"proven": 1, "plain": 20, "unproven": 179}
        assert (await counts(owner))["spent"] == 1


async def test_a_token_is_spent_with_its_alert_only(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    async with taking(archive, plain_hourly=0) as client:
        token, key = {"Altcha": await proof(client)}, new_key()
        await owner.execute("ALTER TABLE intake.alerts ADD CHECK (lane = '')")
        assert (await send(client, key=key, headers=token)).status_code == 500
        assert await counts(owner) == {}
        await owner.execute("ALTER TABLE intake.alerts DROP CONSTRAINT alerts_lane_check")
        assert (await send(client, key=key, headers=token)).status_code == 201
    assert await lanes(owner) == {"proven": 1}


def altered(given: str, **changes: Any) -> str:
    return base64.b64encode(
        json.dumps({**json.loads(base64.b64decode(given)), **changes}).encode()
    ).decode()


def test_what_is_no_proof() -> None:
    work = Work(Hashes(bytes(32)))
    good = solved(work.challenge().model_dump())
    assert work.token(good) is not None
    told = json.loads(base64.b64decode(good))
    plain = told["salt"].partition("?")[0]
    for bad in (
        *(None, "", "x", "工", "A" * 3_000, base64.b64encode(b"[]").decode()),
        *(base64.b64encode(text).decode() for text in (b"{", b"{}", b"null", b"\xff", b"[" * 900)),
        *(altered(good, number=number) for number in (told["number"] + 1, -1, "1", 1.5, None)),
        altered(good, salt=plain),
        altered(good, salt=f"{plain}?expires=99999999999&"),
        altered(good, salt=told["salt"] + "x"),
        altered(good, salt=told["salt"] + str(told["number"])[:1], number=1),
        altered(good, algorithm="SHA-1"),
        altered(good, signature="0" * 64),
        altered(good, challenge="0" * 64),
        altered(good, challenge=5),
        solved(Work(Hashes(bytes(range(32)))).challenge().model_dump()),
    ):
        assert work.token(bad) is None, bad


def test_a_proof_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(Hashes(bytes(32)))
    monkeypatch.setattr(api.alerts.work, "MINUTES", -1)
    assert work.token(solved(work.challenge().model_dump())) is None


def test_processes_of_one_deployment_know_each_others_challenges() -> None:
    one, two = Work(Hashes(bytes(32))), Work(Hashes(bytes(32)))
    given = solved(one.challenge().model_dump())
    assert one.token(given) == two.token(given)


def test_work_rises_with_load_and_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.alerts.work, "EASY", EASY)
    clock = Clock()
    work = Work(Hashes(bytes(32)), clock)
    found = [work.difficulty]
    for _ in range(40):
        work.taken()
    found.append(work.difficulty)
    for _ in range(20):
        work.wrong()
    found.append(work.difficulty)
    for _ in range(2_000):
        work.taken()
    found.append(work.difficulty)
    clock.now += 300
    assert found == [EASY, 3 * EASY, 12 * EASY, HARD]
    assert work.difficulty == EASY


async def test_files_without_proof_have_a_budget(
    archive: Addresses, owner: asyncpg.Connection
) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.pdf", PDF))]

    async def sent(client: httpx.AsyncClient, **headers: str) -> Any:
        headers["Idempotency-Key"] = new_key()
        answer = await client.post(f"{API}/alerts", data=ALERT, files=files, headers=headers)
        assert answer.status_code == 201
        return answer.json()

    async with taking(archive, plain_hourly=1, file_budget_mb=0.008) as client:
        assert (await sent(client))["files"] == {"kept": 2, "refused": []}, "the plain lane"
        left = [{"position": 1, "code": "budget"}]
        assert (await sent(client))["files"] == {"kept": 1, "refused": left}
        left = [{"position": at, "code": "budget"} for at in (0, 1)]
        told = await sent(client)
        assert told["files"] == {"kept": 0, "refused": left}
        assert (await sent(client, Altcha=await proof(client)))["files"]["kept"] == 2
        # What is added later counts as well.
        data = {"receipt": told["receipt"], "text": "补充"}
        added = await client.post(f"{API}/alerts/additions", data=data, files=files)
        assert added.json() == {"known": True, "files": {"kept": 0, "refused": left}}
    assert await lanes(owner) == {"plain": 1, "unproven": 2, "proven": 1}
    assert (await counts(owner))["attachments"] == 5
