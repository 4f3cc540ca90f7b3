"""The official exchange of a case as a timeline: message, reply, promise, outcome."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from api.pages.visit import Reader
from api.pages.words import OTHER, TAGS, Written, day, number, tidy, written

_STATUS = {"待回复": "waiting", "办理中": "handling", "已办理": "handled"}


class Event(NamedTuple):
    """One step. `day` is null where nobody knows it; `note` is in the page's language.

    `twin` is a reply's text in the other language: offices are often quoted.
    """

    kind: str
    label: str
    day: str | None
    note: str | None = None
    office: Written | None = None
    text: Written | None = None
    twin: Written | None = None


def events(case: Mapping[str, Any], reader: Reader, today: date) -> list[Event]:
    """The steps in the order of the exchange."""
    found: list[Event] = []
    before: tuple[Any, ...] | None = None
    for reply in case["replies"]:
        steps = _round(reply, case["updated"], reader, today)
        message = (reply["received_on"], reply["office"])
        # One message that was answered twice is told once.
        found += steps[1:] if message == before else steps
        before = message
    return found


def _round(reply: Mapping[str, Any], updated: str, reader: Reader, today: date) -> list[Event]:
    said, lang = reader.words.case, reader.lang
    office, text = written(reply["office"], lang), written(reply["text"], lang)
    outcome, due = written(reply["outcome"], lang), reply["promise_due_on"]
    level = getattr(said.levels, reply["level"] or "", None)
    found = [Event("message", said.message, reply["received_on"], level, office)]
    if reply["replied_on"] or text:
        status = getattr(said.status, _STATUS[reply["status"]])
        notes = " · ".join(note for note in (_waited(reply["days"], said), status) if note)
        other = reply["text"][OTHER[lang]] if text and text.tag is None else None
        twin = Written(tidy(other), TAGS[OTHER[lang]]) if other else None
        found.append(Event("reply", said.reply, reply["replied_on"], notes, office, text, twin))
    else:
        # What is shown is what was known when this revision was published.
        found.append(Event("waiting", said.no_reply, None, said.as_of.format(day(updated, lang))))
    if due:
        passed = said.promise_passed if outcome else said.promise_unknown
        note = passed if date.fromisoformat(due) < today else said.promise_open
        found.append(Event("promise", said.promise, due, note))
    if outcome:
        found.append(Event("outcome", said.outcome, None, text=outcome))
    return found


def _waited(days: int | None, said: Any) -> str | None:
    # A reply before its message is a slip of the source.
    if days is None or days < 0:
        return None
    few = {0: said.same_day, 1: said.day_one}
    return str(few.get(days) or said.days.format(number(days)))
