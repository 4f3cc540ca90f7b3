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
        "alerts": _alerts(visit),
        "list": None if listing is None else orjson.Fragment(listing),
        "case": None if case is None else orjson.Fragment(case),
        "gone": gone,
        "stats": stats,
    }
    return orjson.dumps(held)


def _alerts(visit: Visit) -> dict[str, int] | None:
    """What the form promises about time; None where no alerts are taken."""
    state = visit.request.app.state
    if getattr(state, "intake", None) is None:
        return None
    settings = state.settings
    return {
        "rejected": settings.rejected_days,
        "contact": settings.contact_days,
        "mail": settings.mail_hours,
        "receipt": settings.receipt_days,
    }
