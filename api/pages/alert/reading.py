"""What a form sent, read and judged before anything is taken."""

import asyncio
import secrets
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

from api.alerts.forms import AlertForm, parse
from api.alerts.uploads import MAX_MULTIPART
from api.errors import DETAILS, Problem
from api.mail.addresses import is_mainland, validated_address
from api.pages.alert.fields import Pairs, choices, known

# Seconds for the rest of a body that nobody needs.
_REST = 60


def read_alert(pairs: Pairs) -> AlertForm:
    """The form in what was sent. Raises Problem with a fault per field."""
    form = parse(known(pairs))
    for name, code in (("region", form.region), ("industry", form.industry)):
        if code is not None and code not in dict(choices("zh")[name]):
            raise Problem("unknown-code", name)
    if form.email is not None:
        try:
            address = validated_address(form.email)
        except ValueError:
            raise Problem("invalid-parameter", "email", DETAILS.get("email")) from None
        if is_mainland(address) and not form.email_anyway:
            raise Problem("invalid-parameter", "email_anyway")
    return form


def needs_warning(pairs: Pairs) -> bool:
    """Whether the e-mail address that was typed is at a mainland provider."""
    email = next((value for name, value in known(pairs) if name == "email"), "")
    try:
        return is_mainland(validated_address(email))
    except ValueError:
        return False


def key_of(pairs: Pairs) -> str:
    """The key that a form carries, so that sending it twice counts once; a new one without."""
    held = next((value for name, value in pairs if name == "key"), "")
    return held if 16 <= len(held) <= 200 and held.isascii() and held.isprintable() else new_key()


def new_key() -> str:
    return secrets.token_urlsafe(24)


async def rest_of(request: Request) -> None:
    """Takes the rest of a body that was refused: a browser shows no answer while it is sending."""
    size = 0
    with suppress(ClientDisconnect, TimeoutError, RuntimeError):
        async with asyncio.timeout(_REST):
            async for chunk in request.stream():
                size += len(chunk)
                if size > MAX_MULTIPART:
                    return
