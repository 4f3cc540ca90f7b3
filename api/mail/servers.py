"""The mail server that takes our mails: its address as a setting, and the way up to DATA.

Nothing here repeats an answer of the server: it may hold the address of the person.
"""

import asyncio
import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from api.trouble import Trouble

Security = Literal["none", "start", "always"]
_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("start", 587),
    "smtps": ("always", 465),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[A-Za-z0-9._:-]+\Z")
# Seconds for everything before DATA, for one answer within it, and for the answer to a mail.
BEFORE, STEP, AFTER = 45.0, 20.0, 60.0


class NotTaken(Exception):
    """The server took no mail; nothing of it was sent."""

    def __init__(self, stage: str, code: int | None) -> None:
        super().__init__(f"{stage} {code}" if code else stage)
        # Only an answer to RCPT speaks of this mail; all else speaks of the server or of us, which
        # is no reason to give a mail up. 421 is a server that closes.
        told = code is not None and stage == "RCPT" and code != 421
        self.of_recipient = told
        self.final = told and code is not None and 500 <= code < 600


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int
    security: Security
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    async def ready(self, sender: str, to: str) -> SMTP:
        """A connection on which sender and recipient were taken, so that DATA comes next.

        Raises NotTaken. It knows us by the sender's domain, never by this machine's name.
        """
        smtp = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            local_hostname=sender.rpartition("@")[2],
            timeout=STEP,
            use_tls=self.security == "always",
            start_tls=self.security == "start",
        )
        stage = "connect"
        try:
            async with asyncio.timeout(BEFORE):
                await smtp.connect()
                stage = "MAIL"
                await smtp.mail(sender)
                stage = "RCPT"
                await smtp.rcpt(to)
        except BaseException as error:
            smtp.close()
            if not isinstance(error, SMTPException | OSError | ValueError):
                raise
            if isinstance(error, SMTPAuthenticationError):
                stage = "AUTH"
            code = error.code if isinstance(error, SMTPResponseException) else None
            raise NotTaken(stage, code) from None
        return smtp


async def leave(smtp: SMTP) -> None:
    """Says good-bye where that is still possible."""
    try:
        async with asyncio.timeout(2):
            await smtp.quit()
    except (SMTPException, OSError, ValueError):
        pass
    finally:
        smtp.close()


def read_server(url: str) -> MailServer:
    """The server in smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT.

    Raises Trouble, which does not repeat the address.
    """
    try:
        # urlsplit would drop line breaks without a word.
        if _CONTROL.search(url) or " " in url:
            raise ValueError
        parts = urlsplit(url)
        server = _server(parts)
    except (ValueError, KeyError):
        raise Trouble(
            "QIUZHU_SMTP_URL 应为 smtps://用户:密码@主机:端口（或 smtp+starttls://、smtp://）。",
            "QIUZHU_SMTP_URL should be smtps://USER:PASSWORD@HOST:PORT (or smtp+starttls://, "
            "smtp://).",
        ) from None
    if server.security == "none" and server.user is not None and not _is_here(server.host):
        raise Trouble(
            "QIUZHU_SMTP_URL 会把密码明文发到别的机器：请用 smtps:// 或 smtp+starttls://。",
            "QIUZHU_SMTP_URL would send the password in the clear to another machine: use "
            "smtps:// or smtp+starttls://.",
        )
    return server


def _server(parts: SplitResult) -> MailServer:
    security, port = _SCHEMES[parts.scheme]
    host = parts.hostname or ""
    if not _HOST.match(host) or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError
    user, password = (
        None if text is None else unquote(text, errors="strict")
        for text in (parts.username, parts.password)
    )
    if (user is None) != (password is None) or user == "" or password == "":
        raise ValueError
    if user is not None and password is not None and _CONTROL.search(user + password):
        raise ValueError
    if parts.port == 0:
        raise ValueError
    return MailServer(host, parts.port or port, security, user, password)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
