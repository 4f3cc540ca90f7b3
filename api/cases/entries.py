"""A published case as a feed entry: title, summary, categories in one language. Never a contact.

Ids do not hold the public address, so a feed that moves does not show every case anew.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson

from api.cases.cite import case_address
from api.cases.columns import path_label, stated_day
from api.lang import Lang, Pair

_UNTITLED = {"zh": "无题", "en": "Untitled"}
_DEMO_PREFIX = {"zh": "【演示】", "en": "[Demonstration] "}
_DEMO_LABEL = {"zh": "演示数据", "en": "demonstration data"}


class Category(NamedTuple):
    kind: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One case as feed readers show it; `day` is the day of this revision's publication."""

    id: str
    map: str
    address: str
    title: str
    summary: str
    text: str
    day: date
    categories: tuple[Category, ...]
    demo: bool

    @property
    def urn(self) -> str:
        return f"urn:qiuzhu:case:{self.id}"


def entry(document: str, address: str, lang: Lang, *, demo: bool) -> Entry:
    """A stored document as an entry; a text that `lang` lacks is given in the other language."""
    case = orjson.loads(document)
    categories = _categories(case, lang)
    labels = dict.fromkeys(category.label for category in categories)
    summary = " · ".join((stated_day(case), *labels))
    title = _either(case["title"], lang) or _UNTITLED[lang]
    if demo:
        title = _DEMO_PREFIX[lang] + title
        categories.append(Category("demo", "demo", _DEMO_LABEL[lang]))
    return Entry(
        id=case["id"],
        map=case["map"],
        address=case_address(address, case["id"]),
        title=title,
        summary=summary,
        text=_either(case["text"], lang) or summary,
        day=date.fromisoformat(case["updated"]),
        categories=tuple(categories),
        demo=demo,
    )


def _either(text: dict[str, str | None], lang: Lang) -> str | None:
    return Pair(text["zh"], text["en"]).either(lang)


def _categories(case: dict[str, Any], lang: Lang) -> list[Category]:
    found: list[Category] = []
    if case["region"] is not None:
        label = path_label(case["region"], lang) or ""
        found.append(Category("place", case["region"]["code"], label))
    if case["industry"] is not None:
        found.append(Category("industry", case["industry"]["code"], case["industry"][lang]))
    found += [Category("issue", issue["code"], issue[lang]) for issue in case["issues"]]
    return found
