"""FILTERS: for each filter parameter its predicate, its bitmap and its sentence in both languages.

The only place, with query.py, that states a condition on case columns. The parameters
themselves are in `parameters.py`, their sentences are filled in by `sentences.py`, and a set of
filters made definite is a View, in `view.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pyroaring import BitMap
from sqlalchemy import ColumnElement, Text, func, literal
from sqlalchemy.dialects.postgresql import ARRAY

from api.db import one_of
from api.folding import fold
from api.index.segment import Segment
from api.lang import Pair
from api.models import CaseColumns
from api.search.saying import says

Cases = type[CaseColumns]
Kind = Literal["choice", "date", "codes", "text", "integer", "boolean", "bbox"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter: its predicate over any table with the case columns, and how it reads.

    `where` and `matches` get the definite value (codes already widened to what they cover) and say
    the same of a table and of the index; None where nothing is asked. Only texts have no `matches`:
    their words are looked up. `zh` and `en` get the value's labels joined for a reader.
    """

    name: str
    kind: Kind
    label: Pair
    where: Callable[[Cases, Any], ColumnElement[bool] | None]
    matches: Callable[[Segment, Any], BitMap | None] | None
    zh: str
    en: str
    vocabulary: str | None = None
    # What a boolean's yes and no put into the sentence.
    words: tuple[Pair, Pair] = (Pair("有", "with"), Pair("无", "without"))


def _among(name: str) -> Callable[[Segment, Any], BitMap]:
    return lambda segment, codes: segment.having(name, codes)


def _flag(name: str) -> Callable[[Segment, Any], BitMap]:
    return lambda segment, value: segment.having(name, ("true" if value else "false",))


def _one_of(column: str) -> Callable[[Cases, Any], ColumnElement[bool]]:
    return lambda cases, codes: one_of(getattr(cases, column), codes)


def _overlap(column: str) -> Callable[[Cases, Any], ColumnElement[bool]]:
    return lambda cases, codes: getattr(cases, column).overlap(literal(list(codes), ARRAY(Text)))


def _containing(column: str) -> Callable[[Cases, Any], ColumnElement[bool]]:
    def every_word(cases: Cases, words: str) -> ColumnElement[bool]:
        text = getattr(cases, column)
        condition: ColumnElement[bool] = literal(True)
        for word in words.split():
            condition = condition & says(text, fold(word))
        return condition

    return every_word


def _inside(cases: Cases, box: tuple[float, ...]) -> ColumnElement[bool]:
    west, south, east, north = box
    point = cases.point
    # The index finds by bounds in single precision, so a little more than lies inside.
    return (
        point.op("&&")(func.ST_MakeEnvelope(*box, 4326))
        & func.ST_X(point).between(west, east)
        & func.ST_Y(point).between(south, north)
    )


def _term(name: str, column: str, label: Pair, many: bool, zh: str, en: str) -> Filter:
    where = _overlap(column) if many else _one_of(column)
    return Filter(name, "codes", label, where, _among(name), zh, en, vocabulary=name)


_TABLE = (
    Filter(
        "map",
        "choice",
        Pair("地图", "Map"),
        lambda cases, value: None if value == "all" else cases.map == value,
        lambda segment, value: None if value == "all" else segment.having("map", (value,)),
        "{}",
        "{}",
        vocabulary="map",
    ),
    Filter(
        "since",
        "date",
        Pair("起始日期", "Since"),
        lambda cases, day: None if day is None else cases.date >= day,
        lambda segment, day: None if day is None else segment.since(day),
        "自{}起",
        "since {}",
    ),
    Filter(
        "until",
        "date",
        Pair("截止日期", "Until"),
        lambda cases, day: cases.date <= day,
        Segment.until,
        "至{}",
        "until {}",
    ),
    Filter(
        "region",
        "codes",
        Pair("地区", "Region"),
        _one_of("place"),
        _among("region"),
        "位于{}",
        "in {}",
        vocabulary="place",
    ),
    _term("industry", "industry", Pair("行业", "Industry"), False, "行业为{}", "industry: {}"),
    _term("issue", "issues", Pair("问题", "Issue"), True, "涉及{}", "about {}"),
    _term("action", "actions", Pair("行动", "Action"), True, "行动为{}", "action: {}"),
    _term("response", "responses", Pair("回应", "Response"), True, "回应为{}", "response: {}"),
    _term("platform", "platforms", Pair("平台", "Platform"), True, "发布于{}", "posted on {}"),
    _term("ownership", "ownership", Pair("所有制", "Ownership"), False, "所有制为{}", "owned: {}"),
    _term(
        "accident_type",
        "accident_type",
        Pair("事故类型", "Accident type"),
        False,
        "事故类型为{}",
        "accident type: {}",
    ),
    Filter(
        "company",
        "text",
        Pair("企业", "Company"),
        _containing("employer"),
        None,
        "企业名称含“{}”",
        "company named “{}”",
    ),
    Filter(
        "q",
        "text",
        Pair("关键词", "Keyword"),
        _containing("search"),
        None,
        "含“{}”",
        "mentioning “{}”",
    ),
    Filter(
        "participants_min",
        "integer",
        Pair("参与人数下限", "Participants, at least"),
        lambda cases, count: cases.participants_low >= count,
        lambda segment, count: segment.at_least("participants_low", count),
        "至少{}人参与",
        "with at least {} participants",
    ),
    Filter(
        "participants_max",
        "integer",
        Pair("参与人数上限", "Participants, at most"),
        lambda cases, count: cases.participants_high <= count,
        lambda segment, count: segment.at_most("participants_high", count),
        "至多{}人参与",
        "with at most {} participants",
    ),
    Filter(
        "deaths_min",
        "integer",
        Pair("死亡人数下限", "Deaths, at least"),
        lambda cases, count: cases.deaths >= count,
        lambda segment, count: segment.at_least("deaths", count),
        "至少{}人死亡",
        "with at least {} deaths",
    ),
    Filter(
        "injuries_min",
        "integer",
        Pair("受伤人数下限", "Injuries, at least"),
        lambda cases, count: cases.injuries >= count,
        lambda segment, count: segment.at_least("injuries", count),
        "至少{}人受伤",
        "with at least {} injured",
    ),
    Filter(
        "replied",
        "boolean",
        Pair("官方已回复", "Replied"),
        lambda cases, value: cases.replied.is_(value),
        _flag("replied"),
        "{}官方回复",
        "{} an official reply",
    ),
    Filter(
        "has_source",
        "boolean",
        Pair("有来源", "Has a source"),
        lambda cases, value: cases.source_count > 0 if value else cases.source_count == 0,
        _flag("has_source"),
        "{}来源",
        "{} a source",
    ),
    Filter(
        "has_contact",
        "boolean",
        Pair("有公开联系方式", "Has a public contact"),
        lambda cases, value: cases.has_contact.is_(value),
        _flag("has_contact"),
        "{}公开联系方式",
        "{} a public contact",
    ),
    Filter(
        "placed",
        "boolean",
        Pair("已定位", "Placed on the map"),
        lambda cases, value: cases.place.is_not(None) if value else cases.place.is_(None),
        _flag("placed"),
        "{}在地图上定位",
        "{} on the map",
        words=(Pair("已", "placed"), Pair("未能", "not placed")),
    ),
    Filter(
        "bbox",
        "bbox",
        Pair("地图范围", "Map area"),
        _inside,
        Segment.inside,
        "在地图范围 {} 内",
        "inside the area {}",
    ),
)
FILTERS: Mapping[str, Filter] = {row.name: row for row in _TABLE}
