"""Old links of CLB's page: read once, and answered with the address here that shows the same.

Places and industries are found by name. Numbers were rows of a database that is gone; they and
whatever else nobody can resolve are named in `ignored`.
"""

import re
from asyncio import to_thread
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from api.cases.filters import FILTERS
from api.cases.parameters import MAX_TEXT, MAX_WORDS
from api.pages.lenient import OLD, pairs
from api.places.geocoder import load_geocoder
from api.reference import Vocabulary

_MAPS = {"1": "strikes", "2": "accidents", "3": "calls"}
_NAMES = {name.lower(): name for name in OLD}
# Names that our own page has too, with other values.
_SHARED = frozenset({"map", "industry"})
_DAY = re.compile(r"(\d{4})[-/.]?(\d{1,2})?(?:[-/.](\d{1,2}))?\Z", re.ASCII)
# Longer than any name of a place or industry in either language.
_LONGEST_NAME = 100


async def translated(query: bytes, vocabulary: Vocabulary) -> str | None:
    """Where an old link leads now, as a path with a query; None for any other address."""
    old = _old(query)
    if old is None:
        return None
    found: dict[str, str] = {}
    ignored: dict[str, None] = {}
    used: set[str] = set()

    def use(source: str, name: str, value: str | None) -> None:
        if source not in old:
            return
        used.add(source)
        if value is None:
            ignored[source] = None
        else:
            found[name] = value

    chosen = old.get("map", "")
    use("map", "map", _MAPS.get(chosen) or (chosen if chosen in _MAPS.values() else None))
    first, last = _day(old.get("startDate", "")), _day(old.get("endDate", ""))
    if first and last and first[:10] > (last + "-99-99")[:10]:
        first = last = None
    use("startDate", "since", first)
    use("endDate", "until", last)
    use("keyword", "q", " ".join(old.get("keyword", "")[:MAX_TEXT].split()[:MAX_WORDS]))
    use("i18n_language", "lang", _lang(old.get("i18n_language", "")))
    region, unplaced = await _region(old, vocabulary)
    industry, unmatched = _industry(old, vocabulary)
    for name, code in (("region", region), ("industry", industry)):
        if code is not None:
            found[name] = code
    ignored |= dict.fromkeys([*unplaced, *unmatched])
    ignored |= dict.fromkeys(name for name in ("eventId", *_IDS) if name in old)
    ordered = {name: found[name] for name in (*FILTERS, "lang") if name in found}
    if ignored:
        ordered["ignored"] = ",".join(name for name in OLD if name in ignored)
    return f"/?{urlencode(ordered, safe=',/')}" if ordered else "/"


_IDS = ("addressId", "parentAddressId")


def _old(query: bytes) -> Mapping[str, str] | None:
    """The parameters of an old link that have a value, by their own names; None for no old link."""
    found, _ = pairs(query, blank=True)
    old: dict[str, str] = {}
    is_old = False
    for name, value in found:
        # What is copied out of a page's source has its ampersands spelled out.
        known = _NAMES.get(name.strip().lower().removeprefix("amp;"))
        text = value.strip()
        if known is None:
            continue
        is_old = is_old or known not in _SHARED or (known == "map" and text in _MAPS)
        if text:
            old[known] = text
    return old if is_old else None


def _day(text: str) -> str | None:
    """A month or day in the forms people write them, as our page takes them."""
    match = _DAY.match(text)
    if match is None:
        return None
    year, *rest = (int(part) for part in match.groups() if part is not None)
    try:
        date(year, *rest, *[1] * (2 - len(rest)))
    except ValueError:
        return None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def _lang(text: str) -> str | None:
    tag = text.replace("-", "_").lower()
    if tag in ("zh_tw", "zh_hk", "zh_mo", "zh_hant"):
        return "zh-Hant"
    base = tag.split("_")[0]
    return base if base in ("zh", "en") else None


async def _region(old: Mapping[str, str], vocabulary: Vocabulary) -> tuple[str | None, list[str]]:
    """The place that the names mean, the nearer inside the wider; and the names that mean none."""
    code: str | None = None
    unknown: list[str] = []
    for name in ("parentAddress", "address"):
        if name not in old:
            continue
        # Reading the spellings takes a third of a second, once.
        geocoder = await to_thread(load_geocoder)
        placed = geocoder.place(old[name][:_LONGEST_NAME], within=code)
        if placed.code is None or placed.reason == "stated" or not _knows(vocabulary, placed.code):
            unknown.append(name)
        else:
            code = placed.code
    return code, unknown


def _knows(vocabulary: Vocabulary, code: str) -> bool:
    return vocabulary.knows("place", code)


def _industry(old: Mapping[str, str], vocabulary: Vocabulary) -> tuple[str | None, list[str]]:
    """The narrowest industry that the names mean, and the names that mean none."""
    code: str | None = None
    unknown: list[str] = []
    for name in ("parentIndustry", "industry", "industryName"):
        if name not in old:
            continue
        text = old[name][:_LONGEST_NAME]
        found = vocabulary.terms.match("industry", text)
        if found is None:
            unknown.append(name)
        elif code is None or found in vocabulary.covers("industry", code):
            code = found
        elif code not in vocabulary.covers("industry", found):
            # CLB moved industries between classes: the name itself says more than its class.
            code = found
    return code, unknown
