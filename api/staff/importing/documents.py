"""What our own export wrote, read back: documents as flat rows, sources and replies as JSON.

Foreign files never come through here, except that any file may carry JSON in `sources`, `replies`
and `stated`.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from api.folding import clean
from api.lang import Pair
from api.staff.drafts import DraftReply, DraftSource
from api.staff.importing.cells import Day, read_day, read_state
from api.staff.importing.fields import LONGEST_TEXT
from api.staff.importing.links import is_link
from api.staff.importing.sheets import Cell

# A document does not say that it is invented; its citation does, in these words.
_DEMO = ("【演示数据", "[Demonstration data")
_TEXTS = ("title", "text", "company")
_ONE_CODE = ("region", "industry", "ownership", "accident_type")
_CODES = {"issues": "issue_codes", "actions": "action_codes", "response": "response_codes"}
_MEMBERS = {
    "date": {"value": "date", "precision": "date_precision"},
    "period": {"from": "period_from", "until": "period_until"},
    "participants": {
        "low": "participants_low",
        "high": "participants_high",
        "stated": "participants_stated",
    },
}
# A term kind or a field name.
_KIND = re.compile("[a-z_]{1,40}")
_SHA256 = re.compile("[0-9a-f]{64}")
_LEVELS = ("ministry", "province", "prefecture", "county")


class Unreadable(ValueError):
    """A list of sources or replies that is not what our export writes."""


def is_document(row: Mapping[str, Any]) -> bool:
    """True for a public document, as our ndjson export has one a line."""
    return "id" in row and isinstance(row.get("title"), dict)


def flattened(document: Mapping[str, Any]) -> dict[str, Cell]:
    """A public document under the column names of our tabular exports."""
    row: dict[str, Cell] = {}
    for name, value in document.items():
        if name in _TEXTS and isinstance(value, dict):
            row.update({f"{name}_{lang}": value.get(lang) for lang in ("zh", "en")})
        elif name in _ONE_CODE and isinstance(value, dict):
            row[f"{name}_code"] = value.get("code")
        elif name in _CODES and isinstance(value, list):
            row[_CODES[name]] = [coded.get("code") for coded in value if isinstance(coded, dict)]
        elif name in _MEMBERS and isinstance(value, dict):
            row.update({field: value.get(key) for key, field in _MEMBERS[name].items()})
        elif name == "cite":
            words = value.values() if isinstance(value, dict) else ()
            if any(isinstance(word, str) and word.startswith(_DEMO) for word in words):
                row["demo"] = True
        elif name == "point":
            if isinstance(value, list) and len(value) == 2:
                row["longitude"], row["latitude"] = value
        elif name in _ONE_CODE or name in _CODES or name in _MEMBERS:
            continue  # null: nothing to say
        elif name == "replied":
            continue  # follows from the replies
        else:
            row[name] = value
    return row


def _listed(cell: Cell) -> list[dict[str, Any]]:
    try:
        found = json.loads(cell) if isinstance(cell, str) else cell
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Unreadable
    return found


def read_sources(cell: Cell) -> list[DraftSource]:
    """Sources as the public document has them; Unreadable where they are not."""
    return [_source(item) for item in _listed(cell)]


def _source(item: Mapping[str, Any]) -> DraftSource:
    platform, url, live = item.get("platform"), item.get("url"), item.get("still_live")
    code = platform.get("code") if isinstance(platform, dict) else platform
    if not isinstance(code, str | None) or not isinstance(live, bool | None):
        raise Unreadable
    if url is not None and not (isinstance(url, str) and is_link(url)):
        raise Unreadable
    archived = item.get("archived")
    if archived is not None and not (isinstance(archived, str) and _SHA256.fullmatch(archived)):
        raise Unreadable
    return DraftSource(code, url, _day(item.get("posted_on")), live, archived)


def read_replies(cell: Cell) -> list[DraftReply]:
    """Replies as the public document has them; Unreadable where they are not."""
    return [_reply(item) for item in _listed(cell)]


def _reply(item: Mapping[str, Any]) -> DraftReply:
    status, level = item.get("status"), item.get("level")
    state = read_state(status) if isinstance(status, str) else None
    if state is None or level not in (None, *_LEVELS):
        raise Unreadable
    return DraftReply(
        office=_pair(item.get("office")),
        text=_pair(item.get("text")),
        status=state,
        received_on=_day(item.get("received_on")),
        replied_on=_day(item.get("replied_on")),
        level=level,
        promise_due_on=_day(item.get("promise_due_on")),
        outcome=_pair(item.get("outcome")),
    )


def _day(value: Any) -> Any:
    if value is None:
        return None
    found = read_day(value)
    if not isinstance(found, Day):
        raise Unreadable
    return found.value


def _pair(value: Any) -> Pair:
    if value is None:
        return Pair(None, None)
    if not isinstance(value, dict):
        raise Unreadable
    zh, en = value.get("zh"), value.get("en")
    return Pair(
        None if zh is None else _words(zh) or None, None if en is None else _words(en) or None
    )


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Unreadable
    return clean(value)


def read_stated(cell: Cell) -> dict[str, list[str]]:
    """What an earlier source stated, by kind; Unreadable where it is not such an object."""
    try:
        found = json.loads(cell) if isinstance(cell, str) else cell
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    stated: dict[str, list[str]] = {}
    for kind, words in found.items():
        if not isinstance(words, list) or not _KIND.fullmatch(kind):
            raise Unreadable
        stated[kind] = [word for word in map(_words, words) if word]
    return stated
