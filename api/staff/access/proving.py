"""Proof of who somebody is: password and code, with the same work and words whether he exists.

A code counts once, and only in the transaction that makes something of it.
"""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import select, update

from api.db import Desk, WriteSession
from api.errors import Problem
from api.models import StaffAccount
from api.sealing.boxes import Lock, Ring
from api.staff.access import passwords, totp
from api.staff.access.passwords import Kitchen
from api.staff.access.throttle import Throttle

# No account has it: ids have letters and digits only.
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody has to prove."""

    id: str
    name: str
    disabled: bool
    password: str = field(repr=False)
    totp: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody was right with this password, and with the code of this step."""

    account: Account
    step: int


class Prover:
    """One for a process: it counts who is wrong and how much is being hashed."""

    def __init__(self, ring: Ring, lock: Lock) -> None:
        self.kitchen = Kitchen()
        self.throttle = Throttle()
        self._ring = ring
        # Who is looked at where there is nobody of that name.
        self._decoy = Account(
            id=_NOBODY,
            name="",
            disabled=True,
            password=passwords.hash_password(secrets.token_urlsafe(32)),
            totp=totp.sealed(lock, totp.new_secret(), _NOBODY),
        )

    async def account(self, desk: Desk, name: str) -> Account:
        """The account of that name, or one that nobody can prove to be."""
        columns = (
            StaffAccount.id,
            StaffAccount.name,
            StaffAccount.disabled,
            StaffAccount.password,
            StaffAccount.totp,
        )
        async with desk.read() as session:
            row = await session.first(select(*columns).where(StaffAccount.name == name))
        if row is None:
            return self._decoy
        return Account(row.id, row.name, row.disabled, row.password, bytes(row.totp))

    async def prove(
        self, account: Account, password: str, code: str, *, known: bool
    ) -> Proof | None:
        """None where any of it is wrong; which of it takes no longer to find than another."""
        right = await self.kitchen.verify(account.password, password, known=known)
        step = totp.step_of(self._ring, account.totp, account.id, code)
        if not right or step is None or account.disabled:
            return None
        return Proof(account, step)


async def spend(session: WriteSession, proof: Proof) -> None:
    """Uses the code up. Raises Problem where it was, or where the account changed meanwhile."""
    account = proof.account
    spent = await session.execute(
        update(StaffAccount)
        .where(
            StaffAccount.id == account.id,
            StaffAccount.password == account.password,
            StaffAccount.totp == account.totp,
            StaffAccount.totp_step < proof.step,
            ~StaffAccount.disabled,
        )
        .values(totp_step=proof.step)
    )
    if spent != 1:
        raise Problem("wrong-login")
