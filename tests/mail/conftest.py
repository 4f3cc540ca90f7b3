"""A mail server, a key, and an outbox that the public role fills and the worker empties."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import asyncpg
import orjson
import pytest
from nacl.public import PrivateKey

from api.clock import SHANGHAI
from api.cluster.roles import Addresses
from api.ids import new_id
from api.mail.outbox import Outbox, opened
from api.mail.servers import MailServer
from api.mail.worker import Post, Worker
from api.sealing.boxes import Lock, Ring, key_id
from tests.mail.smtp import Mailbox, listening

SITE = "https://qiuzhu.example.org"
SENDER = "post@mail.example.org"


@dataclass
class Office:
    """All that stands around the outbox: who fills it, who looks at it, and the worker's key."""

    addresses: Addresses
    public: asyncpg.Connection
    owner: asyncpg.Connection
    key: PrivateKey = field(default_factory=PrivateKey.generate)
    said: list[str] = field(default_factory=list)

    @property
    def lock(self) -> Lock:
        return Lock(self.key.public_key)

    @property
    def ring(self) -> Ring:
        return Ring({key_id(self.key.public_key): self.key})

    async def queue(
        self, to: object, *, lang: str = "zh", token: object = None, made_on: date | None = None
    ) -> str:
        """A mail as the intake puts it there; answers its id."""
        mail, told = new_id(), {"v": 1, "to": to, "lang": lang, "token": token or new_token()}
        await self.queue_box(mail, self.lock.seal(orjson.dumps(told), f"outbox/{mail}"), made_on)
        return mail

    async def queue_box(self, mail: str, box: bytes, made_on: date | None = None) -> None:
        alert, day = new_id(), made_on or datetime.now(SHANGHAI).date()
        await self.public.execute(
            "INSERT INTO intake.alerts (id, received_on, lane, lang, receipt, box)"
            " VALUES ($1, $2, 'plain', 'zh', $3, $4)",
            *(alert, day, secrets.token_bytes(32), b"sealed to others"),
        )
        await self.public.execute(
            "INSERT INTO intake.outbox (id, alert_id, made_on, box, confirm)"
            " VALUES ($1, $2, $3, $4, $5)",
            *(mail, alert, day, box, secrets.token_bytes(32)),
        )

    async def state(self, mail: str) -> str:
        state: str = await self.owner.fetchval("SELECT state FROM intake.outbox WHERE id=$1", mail)
        return state

    async def states(self) -> dict[str, int]:
        rows = await self.owner.fetch("SELECT state, count(*) FROM intake.outbox GROUP BY state")
        return {row["state"]: row["count"] for row in rows}

    async def pass_time(self, hours: float) -> None:
        """Moves everything that has happened into the past."""
        await self.owner.execute(
            "UPDATE intake.outbox SET sent_at = sent_at - $1 * interval '1 hour',"
            " not_before = not_before - $1 * interval '1 hour'",
            hours,
        )

    def worker(self, mailbox: Mailbox, **changes: object) -> Worker:
        """A worker that has just been started."""
        server = MailServer("127.0.0.1", mailbox.port, "none")
        post = Post(server, SENDER, SITE, hourly=60, hours=72)
        return Worker(replace(post, **changes), self.ring, self.said.append)  # type: ignore[arg-type]

    async def send(self, mailbox: Mailbox, worker: Worker | None = None) -> bool:
        """What `./qiuzhu mail --once` does."""
        async with opened(self.addresses.mail) as outbox:
            return await self.send_from(outbox, worker or self.worker(mailbox))

    async def send_from(self, outbox: Outbox, worker: Worker) -> bool:
        await outbox.give_up_unfinished()
        return await worker.round(outbox, asyncio.Event())


def new_token() -> str:
    return secrets.token_urlsafe(24)


@pytest.fixture
async def office(archive: Addresses, owner: asyncpg.Connection) -> AsyncIterator[Office]:
    public = await asyncpg.connect(archive.public)
    yield Office(archive, public, owner)
    await public.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with listening(Mailbox()) as box:
        yield box
