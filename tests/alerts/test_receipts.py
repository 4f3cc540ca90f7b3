"""S12: a receipt is read as people type it, kept as a keyed hash, and guessed by nobody."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from random import Random

import asyncpg
import httpx
import pytest

from api.alerts.receipts import ALPHABET, Hashes, new_receipt, read_receipt
from api.sealing.stored import read_receipt_key
from tests.alerts.senders import ALERT, RING, ask, counts, sent
from tests.asking import API

CODE = "0123456789ABCDEFGHJKMNPQ"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "0123-4567-89AB-CDEF-GHJK-MNPQ",
        " 0123 4567\t89ab\ncdef GHJK–MNPQ ",
        "OI23 4567 89AB CDEF GHJK MNPQ",
        "ol23 4567 89AB CDEF GHJK MNPQ",
        "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＭＮＰＱ",
    ],
)
def test_read_as_it_is_typed(typed: str) -> None:
    assert read_receipt(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", CODE[1:], CODE + "0", CODE[:-1] + "U", "工" * 24, "x" * 9000]
)
def test_no_receipt(typed: str) -> None:
    assert read_receipt(typed) is None


def test_receipts_are_random() -> None:
    made = {new_receipt() for _ in range(2_000)}
    assert len(made) == 2_000
    assert all(re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", m) for m in made)
    assert set("".join(made)) == {*ALPHABET, "-"}


def test_each_use_has_its_own_hash() -> None:
    hashes, other = Hashes(bytes(range(32))), Hashes(bytes(32))
    found = [
        each(CODE)
        for owner in (hashes, other)
        for each in (owner.receipt, owner.idempotency_key, owner.answer_key, owner.body_key,
                     owner.confirmation, owner.spent)
    ]  # fmt: skip
    assert len(set(found)) == 12
    assert {len(each) for each in found} == {32}


@pytest.mark.parametrize("key", ["", "x", "AAAA", "A" * 44, "!" * 44])
def test_keys_that_are_none(key: str) -> None:
    with pytest.raises(ValueError, match="not a receipt key"):
        read_receipt_key(key)


async def test_only_a_hash_is_kept(site: httpx.AsyncClient, owner: asyncpg.Connection) -> None:
    receipt = await sent(site)
    row = await owner.fetchrow("SELECT * FROM intake.alerts")
    assert row["receipt"] == Hashes(bytes(range(32))).receipt(receipt.replace("-", ""))
    assert receipt not in RING.open(row["box"], f"alert/{row['id']}").decode()


def seen(answer: httpx.Response) -> tuple[object, ...]:
    return answer.status_code, len(answer.content), tuple(answer.headers.items())


async def several(
    ask_one: Callable[[str], Awaitable[httpx.Response]], receipts: list[str]
) -> list[httpx.Response]:
    """The answers, eight at a time."""
    answers: list[httpx.Response] = []
    left = iter(receipts)

    async def work() -> None:
        for receipt in left:
            answers.append(await ask_one(receipt))

    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(work())
    return answers


@pytest.mark.parametrize("guesses", [1_000, pytest.param(5_000, marks=pytest.mark.long)])
async def test_right_and_wrong_look_the_same(
    site: httpx.AsyncClient, owner: asyncpg.Connection, guesses: int
) -> None:
    random = Random(12)
    right = [await sent(site, {**ALERT, "people": number}) for number in range(50)]
    states = ("received", "checking", "published", "rejected", "spam", "withdrawn")
    for number, row in enumerate(await owner.fetch("SELECT id FROM intake.alerts")):
        await owner.execute(
            "UPDATE intake.alerts SET state = $2, reason = $3, case_id = $4 WHERE id = $1",
            *(row["id"], states[number % 6], "unsafe" if number % 6 == 3 else None),
            "0123456789ABC",
        )
    gone = [await sent(site) for _ in range(10)]
    # What was kept as long as receipts are: nothing is left of these.
    await owner.execute("DELETE FROM intake.alerts WHERE state = 'received' AND case_id IS NULL")
    wrong = [new_receipt() for _ in range(guesses - 100)]
    wrong += [*gone, *("x" * random.randrange(1, 60) for _ in range(90))]
    mixed = [*right, *wrong]
    random.shuffle(mixed)
    answers = await several(lambda receipt: ask(site, "state", receipt), mixed)
    assert len(answers) == guesses + 50
    assert len({seen(answer) for answer in answers}) == 1
    told = [answer.json()["state"] for answer in answers]
    assert told.count("unknown") == guesses
    assert set(told) == {*states, "unknown"}

    before = await counts(owner)
    for what, more in (("additions", {"text": "补充"}), ("withdrawal", {})):
        some = [*right[:20], *wrong[:100], *gone, "x"]
        answers = await several(lambda one, w=what, m=more: ask(site, w, one, **m), some)  # type: ignore[misc]
        assert len({seen(answer) for answer in answers}) == 1
        known = [answer.json()["known"] for answer in answers]
        assert 0 < known.count(True) <= 20
        assert "additions" not in before or before["alerts"] == 50
    # Of what belongs to no alert nothing stays.
    left = await owner.fetchval(
        "SELECT count(*) FROM intake.additions a WHERE NOT EXISTS"
        " (SELECT FROM intake.alerts b WHERE b.receipt = a.receipt)"
    )
    assert left == 0


async def test_wrong_receipts_make_the_work_harder(site: httpx.AsyncClient) -> None:
    async def asked() -> int:
        numbers: int = (await site.get(f"{API}/alerts/challenge")).json()["maxnumber"]
        return numbers

    at_rest = await asked()
    for what in ("state", "additions", "withdrawal"):
        for _ in range(7):
            await ask(site, what, new_receipt(), **({"text": "x"} if what == "additions" else {}))
    assert await asked() == 4 * at_rest
