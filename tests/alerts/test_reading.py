"""Staff at a terminal: a list without content, one alert with all of it, each look on record."""

import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest
from nacl.public import PrivateKey
from nacl.utils import random

from api.alerts.visible import lines_of, visible
from api.cluster.roles import Addresses
from api.ids import new_id
from api.sealing.boxes import Lock
from api.sealing.keys import DESK, read_lock, write_pair
from tests.alerts.rows import DAY, PICTURE, put_addition, put_alert
from tests.processes import environment

PASSPHRASE = b"an invented passphrase"
MAIL = Lock(PrivateKey.generate().public_key)
HOSTILE = "a\x1b[2J\x07b\u202egpj.exe\u2066\u200b\u00ad\x9b31m\x00\u3164\U000e0041"


@dataclass(frozen=True)
class Staff:
    """The commands, with the desk's address and nothing else at hand."""

    address: str
    private: Path
    lock: Lock

    def run(
        self, *arguments: str, passphrase: bytes = PASSPHRASE
    ) -> "subprocess.CompletedProcess[str]":
        reading, writing = os.pipe()
        os.write(writing, passphrase)
        os.close(writing)
        show = arguments[0] == "show"
        keys = ("--private", str(self.private), "--passphrase-fd", str(reading)) if show else ()
        try:
            return subprocess.run(
                [sys.executable, "-m", "api", "alerts", *arguments, *keys],
                cwd=self.private.parent, pass_fds=[reading], stdin=subprocess.DEVNULL,
                env=environment(
                    DATABASE_DESK_URL=self.address, QIUZHU_TODAY=DAY.isoformat(), LANG="C.UTF-8"
                ),
                capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
        finally:
            os.close(reading)

    def shown(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Lock]:
    private = tmp_path_factory.mktemp("desk") / "stick"
    return private, read_lock(DESK, write_pair(private, DESK, PASSPHRASE))


@pytest.fixture
def staff(archive: Addresses, key: tuple[Path, Lock]) -> Staff:
    return Staff(archive.desk, *key)


async def acts(owner: asyncpg.Connection) -> list[tuple[str, str, list[str]]]:
    rows = await owner.fetch("SELECT act, subject, fields FROM desk.audit ORDER BY number")
    return [tuple(row) for row in rows]


async def test_the_list_shows_no_content(staff: Staff, owner: asyncpg.Connection) -> None:
    first = await put_alert(owner, staff.lock, MAIL, on=DAY - timedelta(40), files=2)
    second = await put_alert(owner, staff.lock, MAIL, files=0)
    await owner.execute(
        "UPDATE intake.alerts SET state = 'checking', changed_on = $2, lane = 'plain',"
        " flagged = true, confirmed = true WHERE id = $1",
        first.id, DAY - timedelta(30),
    )  # fmt: skip
    await put_addition(owner, staff.lock, first.receipt, "kanarienvogel", on=DAY)
    lines = staff.shown("list").splitlines()
    assert [line.split() for line in lines[1:]] == [
        [second.id, "2026-11-21", "proven", "zh", "received"],
        ["!", first.id, "2026-10-12", "plain", "zh", "checking", "2026-10-22", "2", "1", "+", "✓"],
    ]
    assert "kanarienvogel" not in "".join(lines)
    for options, found in {
        ("--state", "received"): [second.id],
        ("--state", "received", "--state", "checking"): [second.id, first.id],
        ("--lane", "plain"): [first.id],
        ("--lane", "unproven"): [],
    }.items():
        assert re.findall(r"\b[0-9A-HJKMNP-TV-Z]{13}\b", staff.shown("list", *options)) == found
    wrong = staff.run("list", "--state", "' OR 1=1")
    assert wrong.returncode == 2
    assert await acts(owner) == []


async def test_one_alert_with_all_of_it(
    staff: Staff, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    put = await put_alert(
        owner, staff.lock, MAIL, files=2, place=HOSTILE, company="x\nstate: published"
    )
    await put_addition(owner, staff.lock, put.receipt, "補充 " + HOSTILE, on=DAY, files=1)
    text = staff.shown("show", put.id)
    for words in ('kind: ["wage_arrears"]', "    | 示例电子厂拖欠三个月工资。",
                  "contact_phone: 19900001234",
                  "contact_email: kanarienvogel@example.org", "text: 補充 a", "email: true",
                  "amount_owed: 12500.50", "lane: proven", "received_on: 2026-11-21"):  # fmt: skip
        assert words in text
    # No control, no turned direction reaches the terminal, and no value poses as a field.
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2066-\u2069]", text)
    assert text.count("a‹U+001B›[2J‹U+0007›b‹U+202E›gpj.exe‹U+2066›‹U+200B›") == 2
    assert [line for line in text.splitlines() if line.startswith("state:")] == ["state: received"]
    assert text.count(f"png {len(PICTURE):,} B; 原件 original {len(PICTURE) + 1:,} B") == 2
    folder = tmp_path / "saved"
    staff.shown("show", put.id, "--save", str(folder))
    names = {f"{put.id}-0-{n}.{end}" for n in (1, 2) for end in ("png", "original")}
    assert {path.name for path in folder.iterdir()} == {*names, f"{put.id}-1-1.jpg"}
    assert (folder / f"{put.id}-0-1.png").read_bytes() == PICTURE
    assert (folder / f"{put.id}-0-1.original").read_bytes() == PICTURE + b"!"
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    again = staff.run("show", put.id, "--save", str(folder))
    assert again.returncode == 2
    assert "is not overwritten" in again.stderr
    assert await acts(owner) == [
        ("alert.view", put.id, []), ("alert.view", put.id, ["files"]),
        ("alert.view", put.id, ["files"]),
    ]  # fmt: skip


async def test_nothing_is_shown_that_is_not_on_record(
    staff: Staff, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    put = await put_alert(owner, staff.lock, MAIL)
    wrong = staff.run("show", put.id, passphrase=b"another passphrase")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    unknown = staff.run("show", new_id())
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "no alert of this id" in unknown.stderr
    await owner.execute("REVOKE INSERT ON desk.audit FROM qiuzhu_desk")
    refused = staff.run("show", put.id, "--save", str(tmp_path / "saved"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "kanarienvogel" not in refused.stderr
    assert not (tmp_path / "saved").exists()
    assert await acts(owner) == []


async def test_what_does_not_open_is_said_and_hides_nothing_else(
    staff: Staff, owner: asyncpg.Connection
) -> None:
    strange = Lock(PrivateKey.generate().public_key)
    foreign = await put_alert(owner, strange, MAIL)
    await put_addition(owner, staff.lock, foreign.receipt, "readable")
    text = staff.shown("show", foreign.id)
    assert text.count("cannot be opened") == 2
    assert "text: readable" in text
    # A box of another row, and boxes that did not come from our form.
    one, two = [await put_alert(owner, staff.lock, MAIL, files=0) for _ in range(2)]
    await owner.execute(
        "UPDATE intake.alerts SET box = (SELECT box FROM intake.alerts WHERE id = $1)"
        " WHERE id = $2", one.id, two.id,
    )  # fmt: skip
    assert "cannot be opened" in staff.shown("show", two.id)
    for body, shown in {
        b'[1, "\\u001b"]': '?: [1,"\\u001b"]', b"not json \x1b": "cannot be opened",
        b'{"form": "\\u001bx", "v": 1}': "form: ‹U+001B›x", b"{}": "lane: proven",
    }.items():  # fmt: skip
        name = new_id()
        await owner.execute(
            "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
            " VALUES ($1, $2, 'proven', 'zh', $3, $4)",
            name, DAY, random(32), staff.lock.seal(body, f"alert/{name}"),
        )  # fmt: skip
        assert shown in staff.shown("show", name)
    await owner.execute("UPDATE intake.alerts SET box = NULL WHERE id = $1", one.id)
    assert "has been deleted" in staff.shown("show", one.id)


async def test_staff_decide(staff: Staff, owner: asyncpg.Connection) -> None:
    put = await put_alert(owner, staff.lock, MAIL)
    await owner.execute("UPDATE intake.alerts SET flagged = true")
    question = "SELECT state, changed_on, decided_on, reason, flagged FROM intake.alerts"

    async def after(*arguments: str) -> tuple[str, date, date | None, str | None, bool]:
        staff.shown("decide", put.id, *arguments)
        return tuple(await owner.fetchrow(question))

    assert await after("--state", "checking") == ("checking", DAY, None, None, False)
    rejected = await after("--state", "rejected", "--reason", "duplicate")
    assert rejected == ("rejected", DAY, DAY, "duplicate", False)
    assert await after("--state", "received") == ("received", DAY, None, None, False)
    assert await after("--state", "spam") == ("spam", DAY, DAY, None, False)
    assert await acts(owner) == [("alert.decide", put.id, ["state", "reason"])] * 4
    for arguments, said in (
        ((put.id, "--state", "published"), "The state is one of"),
        ((put.id, "--state", "withdrawn"), "The state is one of"),
        ((put.id, "--state", "spam", "--reason", "because\x1b"), "A reason is one of"),
        ((new_id(), "--state", "spam"), "no alert of this id"),
    ):
        done = staff.run("decide", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
    await owner.execute("UPDATE intake.alerts SET state = 'withdrawn'")
    assert "cannot be changed" in staff.run("decide", put.id, "--state", "received").stderr
    assert len(await acts(owner)) == 4


def test_whatever_steers_a_terminal_is_shown_by_its_code() -> None:
    for number in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, *range(0x200B, 0x2010),
                   *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFE0F, 0xFEFF,
                   0xE0041, 0xD800):  # fmt: skip
        assert visible(chr(number)) == f"‹U+{number:04X}›"
    plain = "欠薪 é ü 12,500 ¥ — “示例” 🙂"
    assert visible(plain) == plain
    assert list(lines_of("a\x1b", "1\r\n2\rx\n")) == [
        "a‹U+001B›:",
        "    | 1",
        "    | 2‹U+000D›x",
        "    | ",
    ]
