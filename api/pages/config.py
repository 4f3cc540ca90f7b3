"""What the page tells the script that takes over: frontend/src/state/config.ts has the type."""

import orjson

from api.pages.visit import Facts, Visit


def config(
    visit: Visit,
    facts: Facts,
    *,
    listing: str | None = None,
    case: bytes | None = None,
    gone: dict[str, object] | None = None,
    stats: dict[str, object] | None = None,
) -> bytes:
    """The configuration as JSON; `listing`, `case` and `stats` are the API's own answers."""
    held = {
        "lang": visit.reader.lang,
        "today": visit.reading.today,
        "demo": facts.demo,
        "boundaries": facts.boundaries,
        "ignored": visit.asked.ignored,
        "query": visit.asked.query,
        "alerts": _alerts(visit, facts),
        "list": None if listing is None else orjson.Fragment(listing),
        "case": None if case is None else orjson.Fragment(case),
        "gone": gone,
        "stats": stats,
    }
    return orjson.dumps(held)


def _alerts(visit: Visit, facts: Facts) -> dict[str, int] | None:
    """What the form promises about time; None where no alerts are taken."""
    if getattr(visit.request.app.state, "intake", None) is None:
        return None
    return {
        "rejected": facts.kept.rejected_days,
        "contact": facts.kept.contact_days,
        "mail": facts.kept.mail_hours,
        "receipt": facts.kept.receipt_days,
    }
