"""The door of alerts: each is sealed and added in one transaction, and nothing is read back.

What is decided before (lanes, files, repeated keys) stands in taking.py.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from api.alerts.forms import AlertForm
from api.alerts.idempotency import Keys, still_running
from api.alerts.lanes import Lane, Lanes
from api.alerts.receipts import Hashes, new_receipt, read_receipt
from api.alerts.rows import File, Row, Sealer
from api.alerts.told import BUDGET, Left, State, Submitted
from api.alerts.work import Work
from api.clock import Clock
from api.db import Adding, ReadSession, WriteSession
from api.errors import Problem
from api.models import (
    Addition,
    AdditionFile,
    Alert,
    Attachment,
    Base,
    Confirmation,
    IdempotentAnswer,
    OutboxMail,
    SpentToken,
)
from api.sealing.boxes import Lock

_LOCK_TIMEOUT = "55P03"


class Intake:
    """Everything that alerts need of this process: keys, budgets and a database pool of its own."""

    def __init__(
        self,
        adding: Adding,
        clock: Clock,
        hashes: Hashes,
        *,
        to_staff: Lock,
        to_mail: Lock | None,
        lanes: Lanes,
    ) -> None:
        self._adding = adding
        self._clock = clock
        self._hashes = hashes
        self._sealer = Sealer(to_staff, to_mail, hashes)
        self.keys = Keys(hashes)
        self.lanes = lanes
        self.work = Work(hashes)

    async def replayed(self, key: str, body: bytes) -> Submitted | None:
        """What this key was answered before; None where it is new.

        Raises Problem "idempotency-conflict" where it came with another body.
        """
        async with self._adding.asking() as session:
            return await self._answered(session, key, body)

    async def submit(
        self,
        form: AlertForm,
        files: Sequence[File] = (),
        *,
        key: str,
        body: bytes,
        lane: Lane,
        token: bytes | None = None,
        refused: Sequence[Left] = (),
    ) -> Submitted:
        """Stores an alert, whole or not at all, and answers its receipt once that is done.

        `token` is the proof of work, spent with the alert; one that was spent before makes no
        lane. Raises Problem for a key that came with another body or is still in work.
        """
        async with self._adding.transaction() as session:
            if token is not None and not await self._spend(session, token):
                lane = self.lanes.without_proof()
            files, refused = self._afforded(lane, files, refused)
            receipt = new_receipt()
            told = Submitted(receipt, len(files), tuple(refused))
            row = {
                "key": self._hashes.idempotency_key(key),
                "body": body,
                "answer": self.keys.locked(key, told),
            }
            if not await _add(session, IdempotentAnswer, row):
                earlier = await self._answered(session, key, body)
                if earlier is None:
                    # It was tidied away between the two statements: the next attempt is a new one.
                    raise still_running()
                return earlier
            code = receipt.replace("-", "")
            alert = self._sealer.alert(form, day=self._today, lane=lane, code=code)
            letter = self._sealer.letter(form, alert["id"], self._today)
            await _add(session, Alert, alert)
            await _add(session, Attachment, *self._sealer.files(files, alert_id=alert["id"]))
            if letter is not None:
                await _add(session, OutboxMail, letter)
        self.work.taken()
        return told

    async def state_of(self, receipt: str) -> State | None:
        """What the receipt's alert has come to; None for whatever is no receipt."""
        async with self._adding.asking() as session:
            return await self._state(session, self._hash(receipt))

    async def add(self, receipt: str, story: str, files: Sequence[File] = ()) -> bool:
        """Seals something to an alert. An unknown receipt takes the same way and leaves nothing."""
        hashed = self._hash(receipt)
        row = self._sealer.addition(story, hashed, self._today)
        try:
            async with self._adding.transaction() as session:
                known = await self._is_open(session, hashed)
                await _add(session, Addition, row)
                if known:
                    rows = self._sealer.files(files, addition_id=row["id"])
                    await _add(session, AdditionFile, *rows)
        except IntegrityError:
            # Withdrawn in this very moment: there is nothing any more that files could belong to.
            return False
        return known

    async def is_open(self, receipt: str) -> bool:
        """Whether something can be added."""
        async with self._adding.asking() as session:
            return await self._is_open(session, self._hash(receipt))

    async def withdraw(self, receipt: str) -> bool:
        """Empties an alert at once. An unknown receipt takes the same way and changes nothing."""
        hashed = self._hash(receipt)
        async with self._adding.transaction() as session:
            known = await self._is_open(session, hashed)
            await _add(session, Addition, self._sealer.withdrawal(hashed, self._today))
        return known

    async def confirm(self, token: str) -> bool:
        """Counts a confirmation link, once; False only where this very link was counted before."""
        row = {"confirm": self._hashes.confirmation(token), "received_on": self._today}
        async with self._adding.transaction() as session:
            return await _add(session, Confirmation, row)

    async def close(self) -> None:
        await self._adding.close()

    @property
    def _today(self) -> date:
        return self._clock()

    def _hash(self, receipt: str) -> bytes:
        # What is no receipt takes the same way as one that nobody has.
        return self._hashes.receipt(read_receipt(receipt) or "")

    def _afforded(
        self, lane: Lane, files: Sequence[File], refused: Sequence[Left]
    ) -> tuple[Sequence[File], Sequence[Left]]:
        """The files that are taken: all, but in the unproven lane as many as the budget holds."""
        if lane != "unproven":
            return files, refused
        return self.afforded(files, refused)

    def afforded(
        self, files: Sequence[File], refused: Sequence[Left]
    ) -> tuple[Sequence[File], Sequence[Left]]:
        """As many files as the hour's bytes hold, and the others among what is refused."""
        kept = [file for file in files if self.lanes.files.take(file.size)]
        left = [Left(file.position, BUDGET) for file in files if file not in kept]
        return kept, sorted([*refused, *left])

    async def _spend(self, session: WriteSession, token: bytes) -> bool:
        """Spends a proof of work; False where somebody did before."""
        return await _add(session, SpentToken, {"token": token, "made_on": self._today})

    async def _answered(self, session: ReadSession, key: str, body: bytes) -> Submitted | None:
        question = text("SELECT same, answer FROM intake.answer_to(:key, :body)")
        asked = {"key": self._hashes.idempotency_key(key), "body": body}
        row = await session.first(question.bindparams(**asked))
        if row is None:
            return None
        if not row.same:
            raise Problem("idempotency-conflict")
        return self.keys.opened(key, bytes(row.answer))

    async def _state(self, session: ReadSession, hashed: bytes) -> State | None:
        columns = "state, changed_on, reason, case_id"
        question = text(f"SELECT {columns} FROM intake.state_of(:receipt)")  # noqa: S608
        row = await session.first(question.bindparams(receipt=hashed))
        if row is None:
            self.work.wrong()
            return None
        return State(row.state, row.changed_on, row.reason, row.case_id)

    async def _is_open(self, session: ReadSession, hashed: bytes) -> bool:
        state = await self._state(session, hashed)
        return state is not None and state.state != "withdrawn"


async def _add(session: WriteSession, model: type[Base], *rows: Row) -> bool:
    """Adds rows; False where one of that key was there. Waits for whoever is adding it just now.

    Raises Problem "still-running" where that takes too long.
    """
    if not rows:
        return False
    # No target of the conflict and nothing returned: both would need the right to read.
    table = cast(Table, model.__table__)
    statement: Any = insert(table).values(list(rows)).on_conflict_do_nothing().inline()
    try:
        return await session.execute(statement) > 0
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_TIMEOUT:
            raise still_running() from None
        raise
