"""A working copy as the finished public JSON: what is public is listed here, field by field.

A column that is not named here cannot become public. Only publishing.py calls this.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from api.db import AnyRow
from api.lang import Pair
from api.places.gazetteer import Gazetteer, Place
from api.reference import Vocabulary
from api.staff.placing import Placed
from api.terms.vocabulary import Term


class Renderer:
    """Renders with one vocabulary, whose labels it builds once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._coded: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def places(self) -> Gazetteer:
        return self._vocabulary.places

    def render(
        self,
        case: AnyRow,
        where: Placed,
        stated: Mapping[str, list[str]],
        sources: Sequence[AnyRow],
        replies: Sequence[AnyRow],
        contacts: Sequence[Mapping[str, str]],
        revision: int,
        day: date,
    ) -> tuple[str, str]:
        """Summary and document as finished JSON texts; the document lacks only `cite`.

        `case` is a desk.cases row; of its place only `where` and `stated` are told, of contacts
        only those that may be public. `day` is the publication day.
        """
        summary = {
            "id": case.id,
            "map": case.map,
            "date": {"value": case.date, "precision": case.date_precision},
            "title": _text(case.title_zh, case.title_en),
            "region": self.path("place", where.place),
            "point": None if where.lon is None else [where.lon, where.lat],
            "industry": self.path("industry", case.industry),
            "issues": self.codes("issue", case.issues),
            "actions": self.codes("action", case.actions),
            "company": _text(case.company_zh, case.company_en),
            "replied": case.replied,
            "sources": len(sources),
            "revision": revision,
            "updated": day,
        }
        document = {
            **summary,
            "sources": [self._source(source) for source in sources],
            "text": _text(case.text_zh, case.text_en),
            "stated": stated,
            "period": _period(case),
            "replies": [_reply(reply) for reply in replies],
            "contacts": contacts,
            "participants": _participants(case),
            "ownership": self.code("ownership", case.ownership),
            "response": self.codes("response", case.responses),
            "accident_type": self.code("accident_type", case.accident_type),
            "deaths": case.deaths,
            "injuries": case.injuries,
            "amount_owed": _number(case.amount_owed),
            "months_owed": _number(case.months_owed),
        }
        return orjson.dumps(summary).decode(), orjson.dumps(document).decode()

    def code(self, kind: str, code: str | None) -> dict[str, Any] | None:
        if code is None:
            return None
        held = self._coded.get((kind, code))
        if held is None:
            held = {"code": code, **self._vocabulary.label(kind, code).as_dict()}
            self._coded[kind, code] = held
        return held

    def codes(self, kind: str, codes: Iterable[str]) -> list[dict[str, Any] | None]:
        return [self.code(kind, code) for code in codes]

    def path(self, kind: str, code: str | None) -> dict[str, Any] | None:
        coded = self.code(kind, code)
        if coded is None or code is None:
            return None
        if "path" not in coded:
            places, terms = self._vocabulary.places, self._vocabulary.terms
            steps: Sequence[Place | Term] = (
                places.path(code) if kind == "place" else terms.path("industry", code)
            )
            coded["path"] = [{"code": s.code, "zh": s.zh, "en": s.en} for s in steps]
        return coded

    def _source(self, source: AnyRow) -> dict[str, Any]:
        return {
            "platform": self.code("platform", source.platform),
            "url": source.url,
            "posted_on": source.posted_on,
            "archived": source.archived_hash,
            "still_live": source.still_live,
        }


def _text(zh: str | None, en: str | None) -> dict[str, str | None]:
    return Pair(zh, en).as_dict()


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _period(case: AnyRow) -> dict[str, Any] | None:
    if case.period_from is None and case.period_until is None:
        return None
    return {"from": case.period_from, "until": case.period_until}


def _participants(case: AnyRow) -> dict[str, Any] | None:
    low, high, stated = case.participants_low, case.participants_high, case.participants_stated
    if low is None and high is None and stated is None:
        return None
    return {"low": low, "high": high, "stated": stated}


def _reply(reply: AnyRow) -> dict[str, Any]:
    days = None
    if reply.received_on is not None and reply.replied_on is not None:
        days = (reply.replied_on - reply.received_on).days
    return {
        "office": _text(reply.office_zh, reply.office_en),
        "level": reply.level,
        "received_on": reply.received_on,
        "replied_on": reply.replied_on,
        "days": days,
        "text": _text(reply.text_zh, reply.text_en),
        "status": reply.status,
        "promise_due_on": reply.promise_due_on,
        "outcome": _text(reply.outcome_zh, reply.outcome_en),
    }
