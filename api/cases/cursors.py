"""Cursors: where a page ended, bound to the filters and the day it was made for."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from api.errors import Problem
from api.ids import is_id

# A reader who pages past midnight keeps the window he began with; after that he starts anew.
KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Position:
    """The last case of a page: its sort day and id."""

    day: date
    id: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position, the day whose default window it pages through, and what it was made for."""

    made_on: date
    position: Position
    made_for: str

    def encode(self) -> str:
        text = "|".join(
            (
                self.made_on.isoformat(),
                self.position.day.isoformat(),
                self.position.id,
                self.made_for,
            )
        )
        return base64.urlsafe_b64encode(f"{text}|{_check(text)}".encode()).decode().rstrip("=")


def _check(text: str) -> str:
    # Against damage and tinkering, not a secret: a cursor opens nothing that a filter does not.
    return hashlib.blake2b(text.encode(), digest_size=6, person=b"qz-cursor").hexdigest()


def decode(cursor: str, today: date) -> Cursor:
    """The cursor's content.

    Raises Problem "invalid-cursor" for one that is damaged, made up or older than KEPT.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        body, _, check = text.rpartition("|")
        made_on, day, id_, made_for = body.split("|")
        decoded = Cursor(
            date.fromisoformat(made_on), Position(date.fromisoformat(day), id_), made_for
        )
    except (ValueError, binascii.Error):
        raise Problem("invalid-cursor", "cursor") from None
    whole = check == _check(body) and is_id(id_) and decoded.encode() == cursor
    if not whole or not today - KEPT <= decoded.made_on <= today + KEPT:
        raise Problem("invalid-cursor", "cursor")
    return decoded
