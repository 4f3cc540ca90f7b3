"""The one mail: neutral, the same for all but its link, and closed to other people's words."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest

from api.mail.letters import is_token, letter
from tests.mail.conftest import SENDER, SITE, Office, new_token
from tests.mail.injections import INJECTIONS
from tests.mail.smtp import Mailbox

# All of them, in this order.
HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding"),
    *("MIME-Version", "Content-Language"),
]
# What the site is about, in a subject or a text, and traces of the archive.
TELLING = re.compile(
    r"工人|劳|求助|案|爆料|工资|欠薪|举报|事件|worker|labou?r|help|case|incident|report|wage"
    r"|union|strike|qiuzhu(?!\.example)",
    re.IGNORECASE,
)


def headers(raw: bytes) -> list[str]:
    return [name.title() for name in message_from_bytes(raw)]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_mail_that_arrives(office: Office, mailbox: Mailbox, lang: str) -> None:
    token = new_token()
    mail = await office.queue("someone@example.org", lang=lang, token=token)
    assert await office.send(mailbox)
    [envelope], [message] = mailbox.taken, mailbox.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["someone@example.org"])
    assert [name.title() for name in message] == [name.title() for name in HEADERS]
    link = f"{SITE}/alert/confirm?t={token}"
    lines = message.get_content().splitlines()
    assert lines.count(link) == 1, "one line, not broken"
    words = message.get_content().replace(link, "")
    assert not TELLING.search(words + message["Subject"]), "neutral"
    assert "http" not in words
    assert bool(re.search("[\u4e00-\u9fff]", words)) == (lang == "zh")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == SENDER
    raw = envelope.content
    assert isinstance(raw, bytes)
    assert raw.isascii()
    assert mail.encode() not in raw
    # Our machine's name is nowhere; the server is told the sender's domain.
    assert mailbox.hellos == ["mail.example.org"]
    assert re.fullmatch(r"<[0-9a-f]{32}@mail\.example\.org>", message["Message-ID"])
    date = parsedate_to_datetime(message["Date"])
    assert (date.minute, date.second) == (0, 0)
    assert timedelta(0) <= datetime.now(UTC) - date < timedelta(hours=1)


@pytest.mark.parametrize("to", INJECTIONS)
def test_an_address_adds_no_header_even_where_nobody_checked_it(to: str) -> None:
    try:
        raw = letter(SENDER, to, "zh", SITE, new_token())
    except (ValueError, MessageError, IndexError):
        return
    assert headers(raw) == [name.title() for name in HEADERS]
    message = message_from_bytes(raw, policy=default)
    assert message["Subject"] == "请确认邮箱地址"
    assert "Bcc" not in message


async def test_a_hundred_injections_through_the_outbox(office: Office, mailbox: Mailbox) -> None:
    """Who has taken over the public process can seal whatever he likes to the worker."""
    assert len(INJECTIONS) >= 100
    for text in INJECTIONS:
        await office.queue(text)
    assert await office.send(mailbox, office.worker(mailbox, hourly=1000))
    assert mailbox.bodies == []
    assert await office.states() == {"failed": len(INJECTIONS)}


@pytest.mark.parametrize(
    "token",
    ["x", "a" * 129, "abc\r\nBcc: v@example.org", "对不起" * 10, "a" * 20 + " words", 7, ["a"]],
)
async def test_a_token_is_no_place_for_words(
    office: Office, mailbox: Mailbox, token: object
) -> None:
    mail = await office.queue("someone@example.org", token=token)
    await office.send(mailbox)
    assert mailbox.bodies == []
    assert await office.state(mail) == "failed"


@pytest.mark.parametrize("told", [b"", b"[]", b"7", b'{"to": 1}', b"\xff", b"[" * 100_000])
async def test_a_box_with_something_else(office: Office, mailbox: Mailbox, told: bytes) -> None:
    await office.queue_box("0AAAAAAAAAAAA", office.lock.seal(told, "outbox/0AAAAAAAAAAAA"))
    after = await office.queue("someone@example.org")
    await office.send(mailbox)
    assert await office.state("0AAAAAAAAAAAA") == "failed"
    assert await office.state(after) == "sent", "it keeps nobody else waiting"


def test_what_passes_for_a_token() -> None:
    assert is_token(new_token())
    assert not is_token(new_token() + "\n")
