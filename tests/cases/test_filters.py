"""Every filter against what plain Python finds in the documents of the archive."""

from collections.abc import Callable
from random import Random
from typing import Any

import httpx
import pytest

from api.cases.filters import FILTERS
from api.folding import fold
from tests.asking import listed
from tests.cases.conftest import Case

# Small enough to compare many values: half a year of all three maps.
SINCE = "2026-05-01"
BASE = {"map": "all", "since": SINCE}
_LAST_DAY = {4: "-12-31", 7: "-31", 10: ""}
_FIRST_DAY = {4: "-01-01", 7: "-01", 10: ""}


def codes_of(case: Case, name: str) -> set[str]:
    """The case's codes of a kind, with those above them."""
    if name in ("region", "industry"):
        coded = case[name]
        return (
            set() if coded is None else {coded["code"], *(step["code"] for step in coded["path"])}
        )
    if name == "platform":
        return {source["platform"]["code"] for source in case["sources"] if source["platform"]}
    held = case[{"issue": "issues", "action": "actions"}.get(name, name)]
    return {coded["code"] for coded in (held if isinstance(held, list) else [held]) if coded}


def _texts(case: Case, *names: str) -> list[str]:
    return [fold(text) for name in names for text in case[name].values() if text is not None]


def _mentions(texts: list[str], words: str) -> bool:
    return all(any(fold(word) in text for text in texts) for word in words.split())


def _search(case: Case) -> list[str]:
    path = case["region"]["path"] if case["region"] else []
    places = [fold(step[lang]) for step in path for lang in ("zh", "en")]
    return _texts(case, "title", "text", "company") + places


def _participants(case: Case, bound: str) -> int | None:
    value: int | None = (case["participants"] or {}).get(bound)
    return value


def _inside(case: Case, box: str) -> bool:
    west, south, east, north = map(float, box.split(","))
    point = case["point"]
    return point is not None and west <= point[0] <= east and south <= point[1] <= north


def _coded(name: str) -> Callable[[Case, str], bool]:
    return lambda case, value: bool(codes_of(case, name) & set(value.split(",")))


def _at_least(number: int | None, value: str) -> bool:
    return number is not None and number >= int(value)


def _flag(read: Callable[[Case], Any]) -> Callable[[Case, str], bool]:
    return lambda case, value: bool(read(case)) is (value == "true")


# What each filter means, in plain Python over a document.
MEANT: dict[str, Callable[[Case, str], bool]] = {
    "map": lambda case, value: value in ("all", case["map"]),
    "since": lambda case, value: (
        value == "all" or case["date"]["value"] >= value + _FIRST_DAY[len(value)]
    ),
    "until": lambda case, value: case["date"]["value"] <= value + _LAST_DAY[len(value)],
    **{name: _coded(name) for name, row in FILTERS.items() if row.kind == "codes"},
    "company": lambda case, value: _mentions(_texts(case, "company"), value),
    "q": lambda case, value: _mentions(_search(case), value),
    "participants_min": lambda case, value: _at_least(_participants(case, "low"), value),
    "participants_max": lambda case, value: (_participants(case, "high") or 10**10) <= int(value),
    "deaths_min": lambda case, value: _at_least(case["deaths"], value),
    "injuries_min": lambda case, value: _at_least(case["injuries"], value),
    "replied": _flag(lambda case: case["replied"]),
    "has_source": _flag(lambda case: case["sources"]),
    "has_contact": _flag(lambda case: case["contacts"]),
    "placed": _flag(lambda case: case["region"]),
    "bbox": _inside,
}
ASKED = {
    "map": ["calls", "strikes", "accidents", "all"],
    "since": ["2026-05", "2026-09-30", "2026"],
    "until": ["2026-05-31", "2026-07", "2026", "2027"],
    "company": ["example", "厂", "example 2", "有限 公司", "no. 1", "%", "_"],
    "q": ["工", "讨薪", "討薪", "wages", "WAGES", "ｗａｇｅｓ", "深圳", "guangdong", "工资 广东",
          "%", "_", "'", "\\", "Example's", "“"],
    "participants_min": ["0", "1", "100", "1000"],
    "participants_max": ["0", "100", "1000", "2147483647"],
    "deaths_min": ["0", "1", "3"],
    "injuries_min": ["0", "1", "5"],
    **{name: ["true", "false"] for name in ("replied", "has_source", "has_contact", "placed")},
    "bbox": ["113,22,115,24", "73,3,135,54", "-180,-90,180,90", "0,0,1,1", "116.4,39.9,116.4,39.9"],
}  # fmt: skip


def _some_codes(documents: list[Case], name: str) -> list[str]:
    """Codes that occur, the one that occurs most and least among them, and two at a time."""
    counts: dict[str, int] = {}
    for case in documents:
        for code in codes_of(case, name):
            counts[code] = counts.get(code, 0) + 1
    ordered = sorted(counts, key=lambda code: (counts[code], code))
    some = Random(name).sample(ordered, min(8, len(ordered)))
    return [ordered[0], ordered[-1], *some, ",".join(some[:2])]


def test_every_filter_has_a_meaning_here() -> None:
    assert MEANT.keys() == FILTERS.keys()


@pytest.mark.parametrize("name", FILTERS)
async def test_a_filter_finds_what_it_means(
    client: httpx.AsyncClient, documents: list[Case], name: str
) -> None:
    near = [case for case in documents if MEANT["since"](case, SINCE)]
    values = ASKED.get(name) or _some_codes(near, name)
    sizes = set()
    for value in values:
        query = BASE | {name: value}
        # `since` of the base stands unless it is what is tried.
        expected = {
            case["id"]
            for case in documents
            if all(MEANT[each](case, said) for each, said in query.items())
            and ("until" in query or case["date"]["value"] <= "2026-11-21")
        }
        total, ids = await listed(client, query)
        assert len(ids) == len(set(ids)) == total
        assert set(ids) == expected, f"{name}={value}"
        sizes.add(total)
    # A filter that lets everything or nothing through would pass all of the above.
    assert len(sizes) > 1, name
