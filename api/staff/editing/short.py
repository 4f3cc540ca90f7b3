"""The short case: how lists at the desk show a working copy, wherever one appears."""

from typing import Any

from sqlalchemy import and_, exists

from api.db import AnyRow
from api.lang import Pair
from api.models import DeskCase, Waiting
from api.staff.rendering import Renderer

PENDING = and_(DeskCase.state == "published", DeskCase.edit != DeskCase.published_edit)
IS_WAITING = exists().where(Waiting.case_id == DeskCase.id)
# What a query selects for `short`.
SHORT = (
    DeskCase.id,
    DeskCase.map,
    DeskCase.state,
    DeskCase.date,
    DeskCase.date_precision,
    DeskCase.title_zh,
    DeskCase.title_en,
    DeskCase.text_zh.is_not(None).label("has_text_zh"),
    DeskCase.text_en.is_not(None).label("has_text_en"),
    DeskCase.company_zh,
    DeskCase.company_en,
    DeskCase.place,
    DeskCase.revision,
    DeskCase.edit,
    DeskCase.flags,
    DeskCase.from_alert,
    PENDING.label("pending"),
    IS_WAITING.label("waiting"),
)


def short(row: AnyRow, renderer: Renderer) -> dict[str, Any]:
    """`row` has the columns of SHORT."""
    texts = {"zh": (row.title_zh, row.has_text_zh), "en": (row.title_en, row.has_text_en)}
    some_text = row.has_text_zh or row.has_text_en
    return {
        "id": row.id,
        "map": row.map,
        "state": row.state,
        "date": {"value": row.date, "precision": row.date_precision},
        "title": Pair(row.title_zh, row.title_en).as_dict(),
        "company": Pair(row.company_zh, row.company_en).as_dict(),
        "region": renderer.path("place", row.place),
        "revision": row.revision,
        "edit": row.edit,
        "pending": row.pending,
        "flags": row.flags,
        "from_alert": row.from_alert,
        "waiting": row.waiting,
        "missing": [
            lang
            for lang, (title, has_text) in texts.items()
            if not title or (some_text and not has_text)
        ],
    }
