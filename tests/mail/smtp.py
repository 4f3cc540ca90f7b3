"""A real SMTP server that keeps what it took, and can be told to refuse, wait or hang up."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 OK"
HANG, CLOSE = "hang", "close"
PASSWORD = "correct horse"
# A hanging server lets go after this; whoever talks to it has given up long before.
_HANGS = 30


@dataclass
class Mailbox:
    """What came in, and what the server does at each stage instead of taking it."""

    # EHLO, MAIL, RCPT, DATA (the command), BODY (what follows it): an answer, HANG or CLOSE.
    stages: dict[str, str] = field(default_factory=dict)
    # Refusals for some recipients only.
    recipients: dict[str, str] = field(default_factory=dict)
    # Seconds that the answer to a stage takes.
    waits: dict[str, float] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)
    # Everything that reached BODY, also what was answered with an error.
    bodies: list[Envelope] = field(default_factory=list)
    hellos: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    # Somebody has come; a mail is being answered.
    greeted: Event = field(default_factory=Event)
    answering: Event = field(default_factory=Event)
    port: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [parsed(envelope) for envelope in self.taken]

    @property
    def reached(self) -> list[str]:
        return [envelope.rcpt_tos[0] for envelope in self.bodies]

    async def at(self, stage: str, server: SMTP) -> str:
        await asyncio.sleep(self.waits.get(stage, 0))
        answer = self.stages.get(stage, OK)
        if answer == HANG:
            await asyncio.sleep(_HANGS)
        if answer in (HANG, CLOSE):
            assert server.transport is not None
            server.transport.close()
            return "421 closing"
        return answer

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, _: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.hellos.append(hostname)
        self.greeted.set()
        session.host_name = hostname
        answer = await self.at("EHLO", server)
        return answers if answer == OK else [answer]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.at("MAIL", server)
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        answer = self.recipients.get(address) or await self.at("RCPT", server)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        self.bodies.append(envelope)
        self.answering.set()
        answer = await self.at("BODY", server)
        if answer == OK:
            self.taken.append(envelope)
        return answer

    def authenticate(
        self, _: SMTP, __: Session, ___: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(mechanism)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


class _Server(SMTP):
    """Also answers DATA itself with what it was told."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        answer = await self.event_handler.at("DATA", self)
        if answer == OK:
            await super().smtp_DATA(arg)
        else:
            await self.push(answer)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


def parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def free_port() -> int:
    with socket.socket() as chooser:
        chooser.bind(("127.0.0.1", 0))
        port: int = chooser.getsockname()[1]
        return port


@contextmanager
def listening(
    mailbox: Mailbox, *, tls: SSLContext | None = None, starttls: bool = False, login: bool = False
) -> Iterator[Mailbox]:
    """The server, for as long as the block runs; on the port of the last time, if there was one."""
    mailbox.port = mailbox.port or free_port()
    controller = _Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        ssl_context=None if starttls else tls,
        tls_context=tls if starttls else None,
        # It would look its own name up.
        server_hostname="mx.example.org",
        require_starttls=starttls,
        authenticator=mailbox.authenticate if login else None,
        auth_require_tls=False,
        enable_SMTPUTF8=False,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
