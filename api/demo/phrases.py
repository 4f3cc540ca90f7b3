"""Reads the sentences of data/*.toml and checks that every code in them is offered on its map."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.demo.words import Said
from api.terms.vocabulary import Kind, MapName, Terms

Table = Mapping[str, Any]
# The order of `weights` in the data, whatever order the vocabulary lists the maps in.
MAPS_IN_DATA: tuple[MapName, ...] = ("calls", "strikes", "accidents")
_DATA = Path(__file__).parent / "data"


@lru_cache
def table(name: str) -> Table:
    """One file of sentences, with every list of [zh, en] as a tuple of Said."""
    data: Table = _said(tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8")))
    return data


def said(pair: Iterable[str]) -> Said:
    zh, en = pair
    return Said(zh, en)


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(entry) for key, entry in value.items()}
    if isinstance(value, list) and all(isinstance(pair, list) and _is_pair(pair) for pair in value):
        return tuple(map(said, value))
    return value


def _is_pair(pair: list[Any]) -> bool:
    return len(pair) == 2 and all(isinstance(words, str) for words in pair)


def covers(terms: Terms, within: Iterable[str], industry: str) -> bool:
    """Is the industry one of these or below one of them? No list means no limit."""
    listed = tuple(within)
    return not listed or any(term.code in listed for term in terms.path("industry", industry))


def check(terms: Terms) -> None:
    """Raises ValueError for a code of the data that is no term or is not offered on its map."""
    for kind, code, map_name in _codes():
        term = terms.get(kind, code)
        if term is None or map_name not in term.maps:
            raise ValueError(f"demonstration data: {kind} {code} is not offered on {map_name}")


def _codes() -> Iterable[tuple[Kind, str, MapName]]:
    """Every term that the data names, with the map it is used on."""
    industries = table("industries")
    for code, industry in industries["industries"].items():
        yield from (
            ("industry", code, name)
            for name, weight in zip(MAPS_IN_DATA, industry["weights"], strict=True)
            if weight
        )
    for entry in (*industries["groups"].values(), *industries["industries"].values()):
        for owner in entry.get("owners", ()):
            yield from (("ownership", owner, name) for name in MAPS_IN_DATA[:2])
    phrases, calls, strikes, accidents = map(table, ("phrases", "calls", "strikes", "accidents"))
    yield from (("issue", code, "calls") for code in (*calls, *phrases["also"]))
    yield from (("action", code, "calls") for code in phrases["actions"])
    for outcome in phrases["outcomes"].values():
        yield from (("response", code, "calls") for code in outcome["codes"])
    yield from (("issue", code, "strikes") for code in strikes["issues"])
    yield from (("action", code, "strikes") for code in strikes["actions"])
    for name, data in zip(MAPS_IN_DATA[1:], (strikes, accidents), strict=True):
        for response in data["responses"].values():
            yield from (("response", code, name) for code in response["codes"])
    for code, kind in accidents["types"].items():
        yield ("accident_type", code, "accidents")
        yield from (("issue", issue, "accidents") for issue in kind["issues"])
        yield from (("industry", industry, "accidents") for industry in kind["industries"])
