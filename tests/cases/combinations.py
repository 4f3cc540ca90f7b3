"""Random filter combinations of codes and words that occur, the same on every run."""

from collections.abc import Callable
from random import Random

from tests.cases.conftest import Case
from tests.cases.test_filters import codes_of

COUNT = 220
# The default window among them; those that hold most cases seldom, because they are slow.
_WINDOWS = (
    ("", ""), ("", ""), ("2026-09", ""), ("2025-11", ""), ("", "2024-03-31"), ("2021", "2021"),
    ("2023-02", "2023-05-15"), ("2020-06-30", "2020-12"), ("2026-10-01", "2030"), ("all", "2020"),
)  # fmt: skip
_CODED = ("region", "industry", "issue", "action", "response", "platform", "ownership",
          "accident_type")  # fmt: skip
_WORDS = ("工", "工资", "讨薪", "討薪", "wages", "厂", "example", "公司 工人", "a", "1")
_BOXES = ("113,22,115,24", "100,20,125,45", "120.5,30.5,122.5,32", "73,3,135,54", "104,28,110,34")


def combinations(documents: list[Case]) -> list[dict[str, str]]:
    """Sets of filters; about half describe a case that there is."""
    random = Random(20261121)
    found: list[dict[str, str]] = []
    while len(found) < COUNT:
        filters = {"map": random.choice(("calls", "strikes", "accidents", "all"))}
        since, until = random.choice(_WINDOWS)
        if len(found) % 20 == 0:
            since, until = "all", ""
        filters |= {"since": since} if since else {}
        filters |= {"until": until} if until else {}
        near = random.choice(documents)
        several = random.choice((1, 1, 1, 2, 2, 3))
        for name in random.sample(list(_MAKERS), several):
            value = _MAKERS[name](random, near, documents)
            if value:
                filters[name] = value
        if filters not in found:
            found.append(filters)
    return found


def _code(name: str) -> Callable[[Random, Case, list[Case]], str]:
    def some(random: Random, near: Case, documents: list[Case]) -> str:
        codes = sorted(codes_of(near, name))
        chosen = random.sample(codes, min(len(codes), 1))
        if random.random() < 0.4:
            more = sorted(codes_of(random.choice(documents), name))
            chosen += random.sample(more, min(len(more), 2))
        return ",".join(chosen)

    return some


def _one(*values: str) -> Callable[[Random, Case, list[Case]], str]:
    return lambda random, near, documents: random.choice(values)


_MAKERS: dict[str, Callable[[Random, Case, list[Case]], str]] = {
    **{name: _code(name) for name in _CODED},
    "q": _one(*_WORDS),
    "company": _one("示例", "example", "厂", "no. 1"),
    "participants_min": _one("1", "100"),
    "participants_max": _one("100", "1000"),
    "deaths_min": _one("0", "1"),
    "injuries_min": _one("1", "3"),
    "replied": _one("true", "false"),
    "has_source": _one("true", "false"),
    "placed": _one("true", "false"),
    "bbox": _one(*_BOXES),
}
