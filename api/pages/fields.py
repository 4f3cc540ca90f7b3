"""What is known of a case, as rows of a label and values; a value may lead to its filter."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from api.lang import Lang
from api.pages import words
from api.pages.links import Links
from api.pages.visit import Visit


class Value(NamedTuple):
    """One value; `tag` where it is in the other language, `href` where a filter asks for it."""

    text: str
    href: str | None = None
    tag: str | None = None


class Fact(NamedTuple):
    name: str
    label: str
    values: list[Value]


def facts(visit: Visit, case: Mapping[str, Any]) -> list[Fact]:
    """Every field that has a value, in the order in which people ask."""
    lang, said, on = visit.reader.lang, visit.reader.words.case, case["map"]
    rows = {
        "map": [Value(getattr(said.maps, on), list_of(visit, on))],
        "period": _period(case["period"], lang),
        "place": _path(visit, on, "region", case["region"]),
        "industry": _path(visit, on, "industry", case["industry"]),
        "company": _written(case["company"], lang),
        "issues": _coded(visit, on, "issue", case["issues"]),
        "actions": _coded(visit, on, "action", case["actions"]),
        "amount_owed": _number(case["amount_owed"], lambda value: words.money(value, lang)),
        "months_owed": _number(case["months_owed"], lambda value: _months(value, said)),
        "participants": _participants(case["participants"], said),
        "deaths": _number(case["deaths"], lambda value: said.people.format(words.number(value))),
        "injuries": _number(
            case["injuries"], lambda value: said.people.format(words.number(value))
        ),
        "accident_type": _coded(visit, on, "accident_type", _maybe(case["accident_type"])),
        "ownership": _coded(visit, on, "ownership", _maybe(case["ownership"])),
        "response": _coded(visit, on, "response", case["response"]),
    }
    return [Fact(name, getattr(said, name), values) for name, values in rows.items() if values]


def stated(case: Mapping[str, Any], names: Any) -> list[Fact]:
    """What the source said in words that no term has, verbatim."""
    return [
        Fact(kind, getattr(names, kind, words.tidy(kind)), [Value(words.tidy(t)) for t in texts])
        for kind, texts in case["stated"].items()
        if texts
    ]


def list_of(visit: Visit, on: str, **filters: str) -> str:
    """All cases of the case's map for which this holds: the case is one of them."""
    given = {} if on == "calls" else {"map": on}
    # With no dates of its own the list would show the last months, and the case not be among them.
    return Links({}, None, visit.reader.named).to("/", **given, since="all", **filters)


def _path(visit: Visit, on: str, name: str, coded: Mapping[str, Any] | None) -> list[Value]:
    # What is in no path stands for itself.
    return [] if coded is None else _coded(visit, on, name, coded["path"] or [coded])


def _coded(visit: Visit, on: str, name: str, coded: Iterable[Mapping[str, Any]]) -> list[Value]:
    lang = visit.reader.lang
    return [Value(each[lang], list_of(visit, on, **{name: each["code"]})) for each in coded]


def _maybe(coded: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    return [] if coded is None else [coded]


def _written(text: Mapping[str, str | None], lang: Lang) -> list[Value]:
    """Both languages: a name is looked for in either."""
    return [
        Value(words.tidy(found), tag=None if each == lang else words.TAGS[each])
        for each in (lang, words.OTHER[lang])
        if (found := text[each])
    ]


def _number(value: float | None, shown: Any) -> list[Value]:
    return [] if value is None else [Value(shown(value))]


def _months(value: float, said: Any) -> str:
    return str(said.month_one if value == 1 else said.months.format(words.number(value)))


def _period(period: Mapping[str, str | None] | None, lang: Lang) -> list[Value]:
    if period is None:
        return []
    ends = [words.day(end, lang) if end else "…" for end in (period["from"], period["until"])]
    return [Value(" – ".join(ends))]


def _participants(band: Mapping[str, Any] | None, said: Any) -> list[Value]:
    if band is None:
        return []
    low, high = band["low"], band["high"]
    values = []
    if low is not None and low == high:
        values.append(Value(said.people.format(words.number(low))))
    elif low is not None and high is not None:
        values.append(Value(said.band.format(words.number(low), words.number(high))))
    elif low is not None:
        values.append(Value(said.at_least.format(words.number(low))))
    elif high is not None:
        values.append(Value(said.at_most.format(words.number(high))))
    if band["stated"]:
        values.append(Value(said.stated_as.format(words.tidy(band["stated"]))))
    return values
