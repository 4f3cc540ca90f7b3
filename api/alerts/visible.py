"""Strangers' words on a terminal: what steers it, turns direction or hides is shown by its code."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import orjson

# Controls, formats (direction, joiners), halves of pairs, private use, line separators.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Blank, or changing the look of the letter before, without being one of these.
_BLANK = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f"}


def visible(text: str) -> str:
    """`text` as one line."""
    return "".join(_shown(char) for char in text)


def lines_of(name: str, value: Any) -> Iterator[str]:
    """A field as lines. Only the first begins at the margin, so that no value feigns a field."""
    if not isinstance(value, str):
        value = orjson.dumps(value).decode()
    first, *rest = value.replace("\r\n", "\n").split("\n")
    if not rest:
        yield f"{visible(name)}: {visible(first)}"
        return
    yield f"{visible(name)}:"
    for line in (first, *rest):
        yield f"    | {visible(line)}"


def _shown(char: str) -> str:
    hidden = unicodedata.category(char) in _HIDDEN or char in _BLANK
    variation = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return f"‹U+{ord(char):04X}›" if hidden or variation else char
