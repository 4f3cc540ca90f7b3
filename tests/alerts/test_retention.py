"""Kept as long as the privacy page says and no day longer, by a clock that is moved (S7)."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import asyncpg
import pytest

from api.alerts.periods import Periods, periods
from api.alerts.retention import tidy
from api.clock import SHANGHAI
from api.cluster.roles import Addresses
from api.db import writing
from api.settings import Settings
from tests.alerts.rows import Put, put_addition, put_alert, put_guards, put_mail
from tests.processes import environment
from tests.sealing.test_boxes import pair

KEPT: Periods = periods(Settings.model_construct())
DAY = date(2026, 11, 21)
(DESK, _), (MAIL, _) = pair(), pair()
TABLES = ("alerts", "attachments", "additions", "addition_files", "outbox", "confirmations",
          "idempotency", "spent")  # fmt: skip


def at(days: int, hour: int = 3) -> datetime:
    """So many days after everything was put there, at night."""
    return datetime.combine(DAY + timedelta(days), time(hour), SHANGHAI)


@dataclass
class Life:
    """One archive whose clock is moved forward."""

    archive: Addresses
    owner: asyncpg.Connection

    async def put(self, state: str, *, on: int = 0, **more: int) -> Put:
        """An alert of the first day with an addition, decided on day `on`."""
        made = await put_alert(self.owner, DESK, MAIL, on=DAY, **more)  # type: ignore[arg-type]
        await put_addition(self.owner, DESK, made.receipt, "later", on=DAY, files=1)
        if state != "received":
            await self.decide(made, state, on)
        return made

    async def decide(self, put: Put, state: str, on: int) -> None:
        day = DAY + timedelta(on)
        await self.owner.execute(
            "UPDATE intake.alerts SET state = $2, changed_on = $3, decided_on = $4 WHERE id = $1",
            put.id, state, day, None if state in ("received", "checking") else day,
        )  # fmt: skip

    async def run(self, days: int, hour: int = 3) -> dict[str, int]:
        """Retention at that moment; a second time it must find nothing to do."""
        counts = await self._run(at(days, hour))
        before = await self.everything()
        assert not any((await self._run(at(days, hour))).values())
        assert await self.everything() == before
        return {name: count for name, count in counts.items() if count}

    async def _run(self, now: datetime) -> dict[str, int]:
        async with writing(self.archive.desk) as session:
            return await tidy(session, KEPT, now, "console")

    async def everything(self) -> list[str]:
        names = [*(f"intake.{table}" for table in TABLES), "desk.audit"]
        return [
            str(await self.owner.fetchval(f"SELECT array_agg(t::text ORDER BY t::text) FROM {n} t"))
            for n in names
        ]

    async def counts(self) -> list[int]:
        """Alerts with content, files, additions, their files, mails."""
        return [
            await self.owner.fetchval(f"SELECT count({column}) FROM intake.{table}")
            for table, column in zip(TABLES, ("box", "id", "id", "id", "id"), strict=False)
        ]


@pytest.fixture
def life(archive: Addresses, owner: asyncpg.Connection) -> Life:
    return Life(archive, owner)


async def test_a_rejected_alert_from_the_first_day_to_the_last(life: Life) -> None:
    """As GlobaLeaks does: before, near the end, at it, long after, and what is left of it."""
    for state in ("rejected", "spam"):
        await life.put(state, on=2, files=2, mails=0)
    assert await life.counts() == [2, 4, 2, 2, 0]
    assert await life.run(3) == {}
    assert await life.run(2 + 29, hour=23) == {}
    assert await life.counts() == [2, 4, 2, 2, 0]
    assert await life.run(2 + 30) == {"files": 4, "additions": 2, "alerts": 2}
    assert await life.counts() == [0, 0, 0, 0, 0]
    assert await life.run(2 + 364) == {}
    assert await life.run(2 + 365) == {"receipts": 2}
    assert await life.owner.fetchval("SELECT count(*) FROM intake.alerts") == 2


async def test_a_published_alert_keeps_its_contacts_until_staff_are_done(life: Life) -> None:
    put = await life.put("published", on=1, files=1, mails=0)
    await life.put("withdrawn", on=1, files=1, mails=0)
    assert await life.run(1 + 89) == {}
    # Another act of staff begins the time anew, for the one that it concerned.
    await life.owner.execute(
        "UPDATE intake.alerts SET changed_on = $2 WHERE id = $1", put.id, DAY + timedelta(80)
    )
    assert await life.run(1 + 90) == {"files": 1, "additions": 1, "alerts": 1}
    assert await life.run(80 + 89) == {}
    assert await life.counts() == [1, 1, 1, 1, 0]
    assert await life.run(80 + 90) == {"files": 1, "additions": 1, "alerts": 1}
    assert await life.counts() == [0, 0, 0, 0, 0]


async def test_what_nobody_has_read_is_flagged_and_never_deleted(life: Life) -> None:
    await life.put("received", mails=0)
    checked = await life.put("checking", on=10, mails=0)
    assert await life.run(29) == {}
    assert await life.run(30) == {"flagged": 1}
    assert await life.run(40) == {"flagged": 1}
    assert await life.run(5000) == {}
    assert await life.counts() == [2, 2, 2, 2, 0]
    assert await life.owner.fetchval("SELECT bool_and(flagged) FROM intake.alerts")
    await life.decide(checked, "rejected", 5000)
    assert await life.run(5029) == {}
    assert (await life.run(5030))["alerts"] == 1


async def test_an_addition_has_its_own_time_to_be_read(life: Life) -> None:
    put = await life.put("rejected", on=0, mails=0)
    await put_addition(life.owner, DESK, put.receipt, "late", on=DAY + timedelta(28), files=1)
    assert (await life.run(30))["additions"] == 1
    assert (await life.counts())[2:4] == [1, 1]
    assert await life.run(58) == {"additions": 1}


async def test_an_address_of_a_mail_goes_after_it_was_sent(life: Life) -> None:
    put = await life.put("received", mails=0)
    states = {
        "sent": await put_mail(life.owner, MAIL, put.id, DAY),
        "sending": await put_mail(life.owner, MAIL, put.id, DAY),
        "failed": await put_mail(life.owner, MAIL, put.id, DAY),
        "queued": await put_mail(life.owner, MAIL, put.id, DAY),
    }
    for state, name in states.items():
        await life.owner.execute(
            "UPDATE intake.outbox SET state = $2, sent_at = $3 WHERE id = $1",
            name, state, at(1, hour=12) if state in ("sent", "sending") else None,
        )  # fmt: skip
    assert await life.run(2, hour=23) == {}
    assert await life.run(3) == {"mails": 1}
    assert await life.run(4, hour=11) == {}
    assert await life.run(4, hour=12) == {"mails": 2}
    assert await life.run(29) == {}
    assert (await life.run(30))["mails"] == 1


async def test_a_decision_ends_what_waits_in_the_outbox(life: Life) -> None:
    await life.put("rejected", on=1, mails=1)
    assert await life.run(3, hour=23) == {}
    assert await life.run(4) == {"mails": 1}


async def test_guards_against_repetition_go_soon(life: Life) -> None:
    await life.put("received", mails=1)
    await put_guards(life.owner, DAY, at(0, hour=12))
    confirm = await life.owner.fetchval("SELECT confirm FROM intake.outbox")
    await life.owner.execute("INSERT INTO intake.confirmations VALUES ($1, $2)", confirm, DAY)
    assert await life.run(1, hour=11) == {}
    assert await life.run(1, hour=12) == {"answers": 1}
    assert await life.run(2) == {"proofs": 1}
    assert await life.run(29) == {}
    assert await life.run(30) == {"flagged": 1, "mails": 1, "links": 1}
    assert await life.owner.fetchval("SELECT confirmed FROM intake.alerts")


async def test_an_old_receipt_answers_as_one_that_never_was(life: Life) -> None:
    put = await life.put("rejected", on=0, mails=0)
    asked = "SELECT * FROM intake.state_of($1)"
    public = await asyncpg.connect(life.archive.public)
    await life.run(364)
    assert (await public.fetchrow(asked, put.receipt))["state"] == "rejected"
    assert await life.run(365) == {"receipts": 1}
    assert await public.fetch(asked, put.receipt) == []
    # Neither is anything added under it.
    await put_addition(public, DESK, put.receipt, "too late")
    await public.close()
    assert (await life.counts())[2] == 0


async def test_it_is_one_act_in_the_audit_trail(life: Life) -> None:
    await life.run(0)
    assert await life.owner.fetchval("SELECT count(*) FROM desk.audit") == 0
    for _ in range(3):
        await life.put("spam", files=2, mails=0)
    await life.run(30)
    (entry,) = await life.owner.fetch("SELECT * FROM desk.audit")
    assert (entry["act"], entry["subject"]) == ("alert.retention", "intake")
    assert entry["fields"] == ["files", "additions", "alerts"]
    assert entry["day"] == DAY + timedelta(30)


async def test_the_command_counts_and_changes_nothing_a_second_time(
    life: Life, tmp_path: Path
) -> None:
    await life.put("spam", files=2, mails=1)

    def run(days: int) -> dict[str, int]:
        done = subprocess.run(
            [sys.executable, "-m", "api", "retention"],
            cwd=tmp_path, stdin=subprocess.DEVNULL, timeout=120, check=False,
            env=environment(
                DATABASE_DESK_URL=life.archive.desk, QIUZHU_REJECTED_DAYS="7",
                QIUZHU_TODAY=str(DAY + timedelta(days)),
            ),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        lines = [line.split() for line in done.stdout.splitlines()]
        return {" ".join(words): int(count) for count, *words in lines if count != "0"}

    assert [*run(6).values()] == [1]  # the mail's address
    before = await life.everything()
    assert run(6) == {}
    assert await life.everything() == before
    assert sorted(run(7).values()) == [1, 1, 2]
    assert await life.counts() == [0, 0, 0, 0, 0]
    assert run(7) == {}
