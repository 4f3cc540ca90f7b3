"""The one mail that is ever sent: neutral, in one language, a line with a link and nothing else.

Nothing that somebody submitted is in it; address and token are checked before they get here.
"""

import re
import secrets
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from api.lang import Lang
from api.mail.addresses import domain_of

# 7-bit, so that no server on the way has to recode it.
_POLICY = SMTP.clone(cte_type="7bit")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}\Z")
_SUBJECT = {"zh": "请确认邮箱地址", "en": "Please confirm your address"}
_TEXT = {
    "zh": """您好：

有人在一个网页上填写了这个邮箱地址。如果是您本人，请打开下面的链接确认：

{link}

如果不是您，请忽略这封邮件。不打开链接，就不会再为此事给您发邮件。

这封邮件由程序自动发出，请勿回复。
""",
    "en": """Hello,

Somebody entered this address on a web page. If it was you, open this link to confirm:

{link}

If it was not you, ignore this mail. Unless the link is opened, no other mail follows.

This mail was sent automatically; please do not reply.
""",
}


def is_token(text: str) -> bool:
    """Whether a token can be nothing but one: the mail is no place for other people's words."""
    return _TOKEN.match(text) is not None


def letter(sender: str, to: str, lang: Lang, address: str, token: str) -> bytes:
    """The mail as it goes over the wire. `address` is where readers find the site."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = _SUBJECT[lang]
    # The hour is enough for a mail program to sort by.
    message["Date"] = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{domain_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    text = _TEXT[lang].format(link=f"{address}/alert/confirm?t={token}")
    message.set_content(text, cte="base64")
    message["Content-Language"] = lang
    return message.as_bytes()
