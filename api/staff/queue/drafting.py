"""An alert's form as the draft of a case: its codes, and its words without what is likely personal.

Pure. Anybody can close a box, so what is in it need not come from our form: each field is read for
itself, and one that is not what it should be is left out.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from api.alerts.forms import LINK_LINES, STORY, TEXT
from api.folding import clean
from api.lang import Pair
from api.places.geocoder import Geocoder
from api.reference import Vocabulary
from api.staff.contacts.storing import Channel, Consent
from api.staff.drafts import NOTHING, Draft, DraftSource, Precision
from api.staff.importing.links import is_link, platform_of
from api.staff.queue.personal import masked

Form = Mapping[str, Any]
# The form's words for what is wrong -> ours.
ISSUES = {
    "wage_arrears": "wage_arrears",
    "layoffs": "layoffs",
    "injury": "work_injury",
    "discrimination": "discrimination",
    "hours": "excessive_hours",
    "contract": "labour_contract",
    "other": "other",
}
_CHANNELS: dict[str, Channel] = {
    "name": "other", "phone": "phone", "wechat": "wechat", "email": "email", "other": "other",
}  # fmt: skip
# Whoever allowed no more than the staff allowed nobody else.
_CONSENTS: dict[str, Consent] = {"helpers": "helpers", "public": "public"}
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_HAN = re.compile("[\u4e00-\u9fff]")
# What the columns hold.
_MOST_MONEY, _MOST_PEOPLE = Decimal("999999999999.99"), 10_000_000
_FEW_LETTERS = 8


class Reached(NamedTuple):
    """One way to reach the sender, and whom it may be given to."""

    channel: Channel
    value: str
    consent: Consent


def draft_of(
    name: str, form: Form, received: date, vocabulary: Vocabulary, geocoder: Geocoder
) -> Draft:
    """The draft `name` of an alert's form. Its date is the day that was stated, and where none was
    the month of the alert: the very day would tell when somebody was at the form."""
    happened = _day(form.get("happened"))
    value, precision = happened or (received.replace(day=1), "month")
    people = _number(form.get("people"), _MOST_PEOPLE)
    count = int(people) if people is not None and people >= 1 else None
    industry = form.get("industry")
    kinds = form.get("kind")
    told = [kind for kind in kinds if isinstance(kind, str)] if isinstance(kinds, list) else []
    issues = [ISSUES[kind] for kind in told if kind in ISSUES]
    return Draft(
        id=name,
        map="calls",
        date=value,
        date_precision=precision,
        text=_words(form.get("story"), STORY),
        company=_words(form.get("company"), TEXT),
        place=_place(form, vocabulary, geocoder),
        industry=industry if _known(vocabulary, "industry", industry) else None,
        issues=[code for code in dict.fromkeys(issues) if _known(vocabulary, "issue", code)],
        participants_low=count,
        participants_high=count,
        amount_owed=_number(form.get("amount_owed"), _MOST_MONEY),
        months_owed=_number(form.get("months_owed"), 1_000, "0.1"),
        sources=_sources(form.get("links")),
        from_alert=True,
        # The form asks for no point, so that "exact" is as fine as the place that was named.
        shown="exact" if form.get("exact_place") is True else "prefecture",
    )


def filled(draft: Draft) -> list[str]:
    """The names of what the draft says, for the audit trail."""
    names = ("text", "company", "place", "industry", "issues", "amount_owed", "months_owed",
             "sources")  # fmt: skip
    said = [name for name in names if getattr(draft, name) not in (None, [], NOTHING)]
    return sorted([*said, "date", "map", *(["participants"] if draft.participants_low else [])])


def contacts_of(form: Form) -> list[Reached]:
    """The contact details of a form, to be sealed one by one."""
    found = []
    for name, channel in _CHANNELS.items():
        value = _text(form.get(f"contact_{name}"), TEXT)
        if value:
            given = form.get(f"consent_{name}")
            consent = _CONSENTS.get(given, "none") if isinstance(given, str) else "none"
            found.append(Reached(channel, value, consent))
    return found


def _text(value: Any, most: int) -> str | None:
    return clean(value)[:most].strip() or None if isinstance(value, str) else None


def _words(value: Any, most: int) -> Pair:
    """A text without what is likely personal, in the language that it is in."""
    text = _text(value, most)
    if text is None:
        return NOTHING
    chinese = len(_HAN.findall(text)) * _FEW_LETTERS >= len(text)
    return Pair(masked(text), None) if chinese else Pair(None, masked(text))


def _day(value: Any) -> tuple[date, Precision] | None:
    found = _DAY.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    given = [int(part) for part in found.groups() if part is not None]
    try:
        return date(*given, *[1] * (3 - len(given))), _PRECISIONS[len(given) - 1]
    except ValueError:
        return None


def _number(value: Any, most: Decimal | int, step: str = "0.01") -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
        fits = number.is_finite() and 0 <= number <= most
        return number.quantize(Decimal(step)) if fits else None
    except ArithmeticError:
        return None


def _known(vocabulary: Vocabulary, kind: str, code: Any) -> bool:
    return isinstance(code, str) and vocabulary.knows(kind, code)


def _place(form: Form, vocabulary: Vocabulary, geocoder: Geocoder) -> str | None:
    """The finest place that was named; its words themselves are not kept."""
    region = form.get("region")
    within = region if _known(vocabulary, "place", region) else None
    said = _text(form.get("place"), TEXT)
    if said is None:
        return within
    found = geocoder.place(said, within).code
    return found if found is not None and vocabulary.knows("place", found) else within


def _sources(value: Any) -> list[DraftSource]:
    lines = value.split("\n") if isinstance(value, str) else []
    links = [line.strip() for line in lines[:LINK_LINES] if is_link(line.strip())]
    return [DraftSource(platform_of(link), link) for link in dict.fromkeys(links)]
