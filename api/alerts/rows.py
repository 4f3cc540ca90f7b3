"""An alert as rows: everything that a person said is sealed here, under the row's own id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe
from typing import Any

import orjson

from api.alerts.files import Kept
from api.alerts.forms import AlertForm
from api.alerts.receipts import Hashes
from api.ids import new_id
from api.sealing.boxes import Lock

Row = dict[str, Any]
# Bytes of the link's token.
_TOKEN = 24


@dataclass(frozen=True, slots=True)
class File:
    """A file that was accepted, and which of those sent it was, from 0."""

    position: int
    kept: Kept

    @property
    def size(self) -> int:
        return len(self.kept.body) + len(self.kept.original or b"")


@dataclass(frozen=True, slots=True)
class Sealer:
    """The public keys: of the desk, and of the mail worker where mail is sent."""

    to_staff: Lock
    to_mail: Lock | None
    hashes: Hashes

    def alert(self, form: AlertForm, *, day: date, lane: str, code: str) -> Row:
        """`code` is the receipt's 24 characters."""
        made = new_id()
        said = form.model_dump(mode="json", exclude={"email", "email_anyway"})
        sealed = {
            "v": 1,
            # Staff write to the person themselves; the outbox's copy serves the confirmation only.
            "form": {**said, "contact_email": form.email},
            "email": form.email is not None,
        }
        return {
            "id": made,
            "received_on": day,
            "lane": lane,
            "lang": form.reply_lang,
            "receipt": self.hashes.receipt(code),
            "box": self.to_staff.seal(orjson.dumps(sealed), f"alert/{made}"),
        }

    def letter(self, form: AlertForm, alert: str, day: date) -> Row | None:
        """The outbox's row; None where there is no address, or nobody who sends mail."""
        if form.email is None or self.to_mail is None:
            return None
        made, token = new_id(), token_urlsafe(_TOKEN)
        letter = {"v": 1, "to": form.email, "lang": form.reply_lang, "token": token}
        return {
            "id": made,
            "alert_id": alert,
            "made_on": day,
            "box": self.to_mail.seal(orjson.dumps(letter), f"outbox/{made}"),
            "confirm": self.hashes.confirmation(token),
        }

    def addition(self, story: str, hashed: bytes, day: date) -> Row:
        made = new_id()
        box = self.to_staff.seal(orjson.dumps({"v": 1, "text": story}), f"addition/{made}")
        return {**self.withdrawal(hashed, day), "id": made, "kind": "addition", "box": box}

    def withdrawal(self, hashed: bytes, day: date) -> Row:
        return {
            "id": new_id(),
            "receipt": hashed,
            "received_on": day,
            "kind": "withdrawal",
            "box": None,
        }

    def files(self, files: Sequence[File], **parent: str) -> list[Row]:
        return [self._file(file, at, parent) for at, file in enumerate(files, 1)]

    def _file(self, file: File, at: int, parent: dict[str, str]) -> Row:
        made, original = new_id(), file.kept.original
        sealed = None if original is None else self.to_staff.seal(original, f"original/{made}")
        return {
            "id": made,
            **parent,
            "position": at,
            "kind": file.kept.kind,
            "box": self.to_staff.seal(file.kept.body, f"file/{made}"),
            "original": sealed,
        }
