"""The worker: opens a box, sends its mail, marks it; how many an hour, and to whom how often."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum

from aiosmtplib import SMTPException
from nacl.encoding import RawEncoder
from nacl.hash import blake2b

from api.lang import Lang
from api.mail.addresses import folded, validated_address
from api.mail.letters import is_token, letter
from api.mail.outbox import Outbox, Taken
from api.mail.servers import AFTER, MailServer, NotTaken, leave
from api.sealing.boxes import CannotOpen, Ring

_DAY = timedelta(hours=24)
_HOUR = timedelta(hours=1)


class Outcome(Enum):
    """What became of a mail that was taken in hand."""

    SENT = "sent"
    # It waits for its next try.
    WAITING = "waiting"
    # So does this; perhaps the right key is only not at hand.
    CLOSED = "sealed to another key"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Post:
    """How mails leave: the server, the sender's address, the site that the link leads to."""

    server: MailServer
    sender: str
    site: str
    hourly: int
    hours: int


@dataclass(frozen=True, slots=True)
class _Content:
    to: str
    lang: Lang
    token: str


@dataclass(slots=True)
class Worker:
    """Sends what is due. `say` gets lines that name no address and no mail."""

    post: Post
    ring: Ring
    say: Callable[[str], None]
    # What this process has sent: a withdrawal takes the row away, and with it the table's memory.
    _sent: dict[str, tuple[datetime, bytes]] = field(default_factory=dict)

    async def round(self, outbox: Outbox, stopping: asyncio.Event) -> bool:
        """Sends what is due, one after the other. False: the server takes nothing at present."""
        counts = dict.fromkeys(Outcome, 0)
        try:
            await outbox.expire(self.post.hours)
            while not stopping.is_set() and await self._may_send(outbox):
                mail = await outbox.take()
                if mail is None:
                    return True
                counts[await self._handle(outbox, mail)] += 1
        except NotTaken as refusal:
            counts[Outcome.WAITING] += 1
            self.say(f"邮件服务器暂不可用 the mail server takes nothing at present: {refusal}")
            return False
        finally:
            if any(counts.values()):
                told = ", ".join(f"{outcome.value} {n}" for outcome, n in counts.items() if n)
                self.say(f"邮件 mail: {told}")
        return True

    async def _may_send(self, outbox: Outbox) -> bool:
        """Whether the hour has room. The table counts, so that a restart begins no new hour."""
        now = datetime.now(UTC)
        self._sent = {id: entry for id, entry in self._sent.items() if entry[0] > now - _DAY}
        own = {id for id, (moment, _) in self._sent.items() if moment > now - _HOUR}
        return len(own | await outbox.sent_lately()) < self.post.hourly

    async def _handle(self, outbox: Outbox, mail: Taken) -> Outcome:
        """One mail. Raises NotTaken where the next would fare no better."""
        try:
            content = self._content(mail)
        except CannotOpen:
            return Outcome.CLOSED
        if content is None:
            await outbox.finish(mail, "failed")
            return Outcome.FAILED
        hashes = self._hashes(content.to)
        last = await self._last_to(outbox, hashes)
        if last is not None:
            await outbox.put_off(mail, last + _DAY)
            return Outcome.WAITING
        return await self._send(outbox, mail, content, hashes[0])

    async def _send(
        self, outbox: Outbox, mail: Taken, content: _Content, address: bytes
    ) -> Outcome:
        post = self.post
        body = letter(post.sender, content.to, content.lang, post.site, content.token)
        try:
            smtp = await post.server.ready(post.sender, content.to)
        except NotTaken as refusal:
            if refusal.final:
                await outbox.finish(mail, "failed")
                return Outcome.FAILED
            if refusal.of_recipient:
                return Outcome.WAITING
            raise
        try:
            if not await outbox.begin(mail, address):
                return Outcome.WAITING
            self._sent[mail.id] = (datetime.now(UTC), address)
            try:
                await smtp.data(body, timeout=AFTER)
            except (SMTPException, OSError, ValueError):
                # Perhaps it arrived. Twice would be worse than never.
                await outbox.finish(mail, "failed")
                return Outcome.FAILED
            await outbox.finish(mail, "sent")
            return Outcome.SENT
        finally:
            await leave(smtp)

    def _content(self, mail: Taken) -> _Content | None:
        """What the box holds; None where it is no mail of ours. Raises CannotOpen."""
        try:
            told = json.loads(self.ring.open(mail.box, f"outbox/{mail.id}"))
            to, token = validated_address(told["to"]), told["token"]
            lang: Lang = "en" if told["lang"] == "en" else "zh"
            return _Content(to, lang, token) if is_token(token) else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def _hashes(self, address: str) -> list[bytes]:
        """The mailbox under each of our keys: what was sent before a new key came counts too."""
        mailbox = blake2b(folded(address).encode(), digest_size=32, encoder=RawEncoder)
        return [
            blake2b(
                mailbox, digest_size=32, key=bytes(key), person=b"mail-address", encoder=RawEncoder
            )
            for _, key in sorted(self.ring.keys.items())
        ]

    async def _last_to(self, outbox: Outbox, hashes: list[bytes]) -> datetime | None:
        own = [moment for moment, address in self._sent.values() if address in hashes]
        known = await outbox.last_to(hashes)
        return max([*own, *([known] if known else [])], default=None)
