"""How a filter reads: its labels, its sentence in both languages, its form in an address."""

from datetime import date
from typing import Any

from api.cases.filters import Filter
from api.lang import Pair
from api.reference import Vocabulary

MAP_LABELS = {
    "calls": Pair("工人求助", "calls for help"),
    "strikes": Pair("工人集体行动", "strikes and protests"),
    "accidents": Pair("安全事故", "work accidents"),
    "all": Pair("全部地图", "all maps"),
}


def labels(row: Filter, value: Any, vocabulary: Vocabulary) -> Pair:
    """A value's words for its sentence; several are joined with "or"."""
    if row.kind == "choice":
        return MAP_LABELS[value]
    if row.kind == "boolean":
        return row.words[0] if value else row.words[1]
    if row.kind == "codes":
        pairs = [vocabulary.label(row.vocabulary or "", code) for code in value]
        return Pair("或".join(p.zh or "" for p in pairs), " or ".join(p.en or "" for p in pairs))
    if isinstance(value, date):
        return Pair(f"{value.year}年{value.month}月{value.day}日", value.isoformat())
    if row.kind == "integer":
        return Pair(str(value), f"{value:,}")
    text = canonical_value(value)
    return Pair(text, text)


def sentence(row: Filter, value: Any, vocabulary: Vocabulary) -> Pair:
    """What one filter says, in both languages."""
    if row.name == "since" and value is None:
        return Pair("不限日期", "any date")
    words = labels(row, value, vocabulary)
    return Pair(row.zh.format(words.zh), row.en.format(words.en))


def canonical_value(value: Any) -> str:
    """A definite value as it stands in an address."""
    if value is None:
        return "all"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(f"{part:.6f}" if isinstance(part, float) else part for part in value)
    return str(value)
