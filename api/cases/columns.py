"""The flat columns of an export: name, Chinese header, and how the cell is read from a document.

One table for xls, xlsx, csv and geojson; the importer recognises the same names. Contacts are not
in it and never may be. The sheet process imports this, so nothing heavy is imported here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from api.lang import Lang

Cell = str | int | float | bool | None
Case = Mapping[str, Any]
Read = Callable[[Case, Lang], Cell]

# What a spreadsheet may take for a formula, also behind blanks, and what it drops on the way in.
# The apostrophes in front keep the escape reversible: text that has one of its own gets another.
_FORMULA = re.compile(r"'*[\s\u200b-\u200f\u2060\ufeff]*?[=+\-@＝＋－＠\t\r\n]")
_WORDS = {True: "true", False: "false"}
_SHOWN_DIGITS = {"day": 10, "month": 7, "year": 4}


class Column(NamedTuple):
    """One column; `name` is the English header and the key in GeoJSON."""

    name: str
    zh: str
    read: Read


def stated_day(case: Case) -> str:
    """The day of a case with no more digits than are known: 2025, 2025-11 or 2025-11-07."""
    day = case["date"]
    return str(day["value"])[: _SHOWN_DIGITS[day["precision"]]]


def path_label(coded: Mapping[str, Any] | None, lang: Lang) -> str | None:
    """Province > … > the place itself."""
    if coded is None:
        return None
    return " > ".join(step[lang] for step in coded["path"]) or str(coded[lang])


def escaped(text: str) -> str:
    """Text as a CSV cell: one apostrophe in front of what a spreadsheet would run."""
    # Nearly every text begins with a letter or digit; the pattern would take most of the time.
    return text if text[:1].isalnum() or not _FORMULA.match(text) else f"'{text}"


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _plain(key: str) -> Read:
    return lambda case, _: case[key]


def _inside(key: str, part: str) -> Read:
    """A member of an object that may be null."""
    return lambda case, _: case[key] and case[key][part]


def _label(key: str) -> Read:
    return lambda case, lang: case[key] and case[key][lang]


def _codes(key: str) -> Read:
    return lambda case, _: _joined([coded["code"] for coded in case[key]])


def _labels(key: str) -> Read:
    return lambda case, lang: _joined([coded[lang] for coded in case[key]])


def _point(index: int) -> Read:
    return lambda case, _: case["point"] and case["point"][index]


def _json(key: str) -> Read:
    """A list or object as in the document; nothing for an empty one."""
    return lambda case, _: orjson.dumps(case[key]).decode() if case[key] else None


def _joined(words: Sequence[str]) -> str | None:
    # dict.fromkeys: each once, in the document's order.
    return (words[0] if len(words) == 1 else "; ".join(dict.fromkeys(words))) or None


def _platforms(part: str | None) -> Read:
    def read(case: Case, lang: Lang) -> Cell:
        key, platforms = part or lang, [source["platform"] for source in case["sources"]]
        return _joined([platform[key] for platform in platforms if platform])

    return read


COLUMNS: tuple[Column, ...] = (
    Column("id", "编号", _plain("id")),
    Column("map", "地图", _plain("map")),
    Column("date", "日期", lambda case, _: stated_day(case)),
    Column("date_precision", "日期精度", _inside("date", "precision")),
    Column("title_zh", "标题（中文）", _inside("title", "zh")),
    Column("title_en", "标题（英文）", _inside("title", "en")),
    Column("text_zh", "正文（中文）", _inside("text", "zh")),
    Column("text_en", "正文（英文）", _inside("text", "en")),
    Column("region_code", "地区代码", _inside("region", "code")),
    Column("region", "地区", lambda case, lang: path_label(case["region"], lang)),
    Column("longitude", "经度", _point(0)),
    Column("latitude", "纬度", _point(1)),
    Column("industry_code", "行业代码", _inside("industry", "code")),
    Column("industry", "行业", _label("industry")),
    Column("issue_codes", "问题代码", _codes("issues")),
    Column("issues", "问题", _labels("issues")),
    Column("action_codes", "行动代码", _codes("actions")),
    Column("actions", "行动", _labels("actions")),
    Column("response_codes", "回应代码", _codes("response")),
    Column("responses", "回应", _labels("response")),
    Column("ownership_code", "所有制代码", _inside("ownership", "code")),
    Column("ownership", "所有制", _label("ownership")),
    Column("accident_type_code", "事故类型代码", _inside("accident_type", "code")),
    Column("accident_type", "事故类型", _label("accident_type")),
    Column("platform_codes", "平台代码", _platforms("code")),
    Column("platforms", "平台", _platforms(None)),
    Column("company_zh", "企业（中文）", _inside("company", "zh")),
    Column("company_en", "企业（英文）", _inside("company", "en")),
    Column("participants_low", "参与人数下限", _inside("participants", "low")),
    Column("participants_high", "参与人数上限", _inside("participants", "high")),
    Column("participants_stated", "参与人数原文", _inside("participants", "stated")),
    Column("deaths", "死亡人数", _plain("deaths")),
    Column("injuries", "受伤人数", _plain("injuries")),
    Column("amount_owed", "拖欠金额（元）", _plain("amount_owed")),
    Column("months_owed", "拖欠月数", _plain("months_owed")),
    Column("period_from", "所涉时段起", _inside("period", "from")),
    Column("period_until", "所涉时段止", _inside("period", "until")),
    Column("stated", "来源原文用语", _json("stated")),
    Column("sources", "来源", _json("sources")),
    Column("replies", "官方回复", _json("replies")),
    Column("revision", "版本", _plain("revision")),
    Column("updated", "更新日期", _plain("updated")),
    Column("demo", "演示数据", _plain("demo")),
)


def header(lang: Lang) -> list[str]:
    return [column.zh if lang == "zh" else column.name for column in COLUMNS]


def cells(document: bytes, lang: Lang, *, demo: bool) -> list[Cell]:
    """One row: a stored document, and whether it is invented, which the document does not say."""
    return case_cells({**orjson.loads(document), "demo": demo}, lang)


def case_cells(case: Case, lang: Lang) -> list[Cell]:
    """One row of a case that is already parsed and has its `demo` member."""
    return [column.read(case, lang) for column in COLUMNS]


def written(row: Sequence[Cell]) -> list[Cell]:
    """The row for a spreadsheet, where truth is a word that reads the same in every locale."""
    return [_WORDS[cell] if cell is True or cell is False else cell for cell in row]
