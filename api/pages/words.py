"""The words of the pages in both languages, and dates and numbers as their readers expect them.

The texts are in words_*.toml, which have the same keys in both languages and say what frontend/src/
i18n says; the long prose of the notices is in templates of its own.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from api.cases.columns import stated_day
from api.lang import Lang

TAGS: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}
OTHER: dict[Lang, Lang] = {"zh": "en", "en": "zh"}
_WEB = re.compile(r"https?://[^\s/]", re.ASCII | re.IGNORECASE)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
# What turns the direction of the text behind it, or cannot be seen.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def read_words(lang: Lang) -> Any:
    """The words of one language as attributes: `words.list.more`."""
    files = sorted(Path(__file__).parent.glob(f"words_*{lang}.toml"))
    held: dict[str, Any] = {}
    for file in files:
        held |= tomllib.loads(file.read_text("utf-8"))
    return _attributes(held)


def _attributes(value: Any) -> Any:
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _attributes(inner) for name, inner in value.items()})
    return value


WORDS: dict[Lang, Any] = {"zh": read_words("zh"), "en": read_words("en")}


class Written(NamedTuple):
    """A free text and, where it is not in the language of the page, the tag of its own."""

    text: str
    tag: str | None


def tidy(text: str) -> str:
    """The text without characters that would turn or hide what stands around it."""
    return _UNSEEN.sub("", text)


def written(text: Mapping[str, str | None] | None, lang: Lang) -> Written | None:
    """A free text in `lang`, or in the other language where that is missing."""
    if text is None:
        return None
    if own := text[lang]:
        return Written(tidy(own), None)
    other = text[OTHER[lang]]
    return Written(tidy(other), TAGS[OTHER[lang]]) if other else None


def day(text: str, lang: Lang) -> str:
    """`2025`, `2025-11` or `2025-11-07` in words."""
    year, *rest = (int(part) for part in text.split("-"))
    if lang == "zh":
        return "".join(f"{n}{unit}" for n, unit in zip((year, *rest), "年月日", strict=False))
    month = [_MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*(str(n) for n in rest[1:]), *month, str(year)])


def place(path: Mapping[str, Any], lang: Lang) -> str:
    """A place with what it lies in, in the order of the language."""
    steps = [str(step[lang]) for step in path["path"]] or [str(path[lang])]
    return " ".join(steps) if lang == "zh" else ", ".join(reversed(steps))


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def money(value: float, lang: Lang) -> str:
    """Chinese yuan, whole: nobody states fen."""
    return f"{'¥' if lang == 'zh' else 'CN¥'}{value:,.0f}"


def host(url: str | None) -> str | None:
    """The host of a web address, as what a link to it says; None for anything a link cannot be."""
    if url is None or not _WEB.match(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    return parts.hostname if usual else f"{parts.hostname}:{port}"


def share(part: int, whole: int) -> str:
    """A part in percent; what is not nothing does not read as nothing."""
    permille = (2000 * part + whole) // (2 * whole)
    return "<0.1%" if part and not permille else f"{permille / 10:g}%"


__all__ = [
    "OTHER",
    "TAGS",
    "WORDS",
    "Written",
    "day",
    "host",
    "money",
    "number",
    "place",
    "share",
    "stated_day",
    "tidy",
    "written",
]
