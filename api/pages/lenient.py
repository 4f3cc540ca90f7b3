"""How pages read an address: what cannot be read is left out and named, and the rest is shown.

The API refuses the same parameters; what each of them means is cases/parameters.py's and
cases/view.py's. Names come from closed lists, because anything else may be content.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlencode

from pydantic import ValidationError

from api.cases.filters import FILTERS
from api.cases.parameters import MAX_CODES, MAX_TEXT, MAX_WORDS, CaseListQuery
from api.cases.sentences import canonical_value
from api.errors import Problem
from api.lang import Lang
from api.reference import Vocabulary

# What only pages take. `ignored` is what an old link held that nobody could resolve.
OWN = ("sort", "cursor", "lang", "show", "at", "ignored")
# The parameters of CLB's page that name nothing we have, or hold what could not be found.
OLD = (
    "map", "startDate", "endDate", "eventId", "keyword", "addressId", "parentAddressId", "address",
    "parentAddress", "industry", "parentIndustry", "industryName", "i18n_language",
)  # fmt: skip
UNKNOWN = "unknown"
NAMES = frozenset({*FILTERS, *OWN, *OLD, UNKNOWN})
# Bytes of a query that are looked at; browsers send no longer addresses by themselves.
LONGEST = 65_536
_MOST_PARTS = 400
_HALF = re.compile(rb"%[0-9A-Fa-f]?\Z")

Pairs = list[tuple[str, str]]


class Asked(NamedTuple):
    """An address as far as it could be read.

    `given` are the filters as they stand in a tidy address; `cut` says that a text was too long.
    """

    filters: CaseListQuery
    given: Mapping[str, str]
    own: Mapping[str, str]
    ignored: tuple[str, ...]
    cut: bool

    @property
    def query(self) -> str:
        return urlencode(self.given, safe=",/")


@dataclass
class _Reading:
    """What has been read of one address so far."""

    given: dict[str, str]
    ignored: dict[str, None]
    cut: bool = False

    def ignore(self, name: str) -> None:
        self.ignored[name if name in NAMES else UNKNOWN] = None


def pairs(query: bytes, *, blank: bool = False) -> tuple[Pairs, tuple[str, ...]]:
    """The names and values of a query that are text, and the names of those that are not.

    A plain form sends every field; those without a value are left out unless `blank`.
    """
    whole = len(query) <= LONGEST
    parts = query[:LONGEST].split(b"&")
    found: Pairs = []
    broken: dict[str, None] = {}
    if len(parts) > _MOST_PARTS:
        broken[UNKNOWN] = None
    for number, part in enumerate(parts[:_MOST_PARTS]):
        name, _, value = part.partition(b"=")
        last = number == len(parts) - 1
        try:
            text = _text(name)
            found.append((text, _text(value, ends=whole or not last)))
        except UnicodeDecodeError:
            known = name.decode("ascii", "replace")
            broken[known if known in NAMES else UNKNOWN] = None
    return [pair for pair in found if blank or pair[1].strip()], tuple(broken)


def _text(raw: bytes, *, ends: bool = True) -> str:
    """UTF-8; where the query was cut the last character may be half there."""
    if not ends:
        raw = _HALF.sub(b"", raw)
    return codecs.getincrementaldecoder("utf-8")().decode(
        unquote_to_bytes(raw.replace(b"+", b" ")), ends
    )


def read(query: bytes, vocabulary: Vocabulary) -> Asked:
    """Reads the query of a page. A parameter without a value counts as not given."""
    found, broken = pairs(query)
    reading = _Reading({}, dict.fromkeys(broken))
    values: dict[str, list[str]] = {}
    for name, value in found:
        if name in FILTERS or name in OWN:
            values.setdefault(name, []).append(value.strip())
        else:
            reading.ignore(name)
    for name in FILTERS:
        if name in values:
            _read_filter(reading, name, values[name], vocabulary)
    own = {name: values[name][-1] for name in OWN if name in values}
    for name in [name for name in own if not _sound(name, own[name])]:
        reading.ignore(name)
        del own[name]
    for name in own.pop("ignored", "").split(","):
        if name in NAMES:
            reading.ignore(name)
    page = {"sort": own["sort"]} if "sort" in own else {}
    filters = CaseListQuery.model_validate(reading.given | page)
    return Asked(filters, reading.given, own, tuple(reading.ignored), reading.cut)


def _read_filter(
    reading: _Reading, name: str, values: Sequence[str], vocabulary: Vocabulary
) -> None:
    row = FILTERS[name]
    value: Any = values[-1]
    if row.kind == "codes":
        codes = {code.strip() for value in values for code in value.split(",")} - {""}
        known = sorted(code for code in codes if vocabulary.knows(row.vocabulary, code))
        if len(known) < len(codes) or len(known) > MAX_CODES:
            reading.ignore(name)
        value = known[:MAX_CODES]
    # A form says that all dates are asked, and then the first day that was typed beside it.
    elif len({*values} - {"all"}) > 1:
        reading.ignore(name)
    if row.kind == "text":
        words = value[:MAX_TEXT].split()
        reading.cut = reading.cut or len(value) > MAX_TEXT or len(words) > MAX_WORDS
        value = " ".join(words[:MAX_WORDS])
    if not value:
        return
    try:
        definite = getattr(CaseListQuery.model_validate({name: value}), name)
    except ValidationError:
        reading.ignore(name)
    else:
        reading.given[name] = canonical_value(definite)


def _sound(name: str, value: str) -> bool:
    if name == "sort":
        return value in ("-date", "date", "-updated")
    if name == "show":
        return value in ("list", "map")
    if name == "at":
        return len(value) <= 60 and value.count("/") == 2
    if name == "lang":
        return value in ("zh", "en", "zh-Hant")
    return len(value) <= 300


def without(asked: Asked, names: Sequence[str]) -> Asked:
    """The address without some of its filters."""
    given = {name: value for name, value in asked.given.items() if name not in names}
    return _with(asked, given)


def undated(asked: Asked) -> Asked:
    """The address with all dates."""
    given = {name: value for name, value in asked.given.items() if name != "until"}
    return _with(asked, given | {"since": "all"})


def ignoring(asked: Asked, names: Sequence[str]) -> Asked:
    """The address without parameters that were refused after all, which are named."""
    own = {name: value for name, value in asked.own.items() if name not in names}
    ignored = tuple(dict.fromkeys((*asked.ignored, *names)))
    return without(asked, names)._replace(own=own, ignored=ignored)


def _with(asked: Asked, given: Mapping[str, str]) -> Asked:
    filters = CaseListQuery.model_validate({**given, "sort": asked.filters.sort})
    return asked._replace(filters=filters, given=given)


def refused(problem: Problem) -> tuple[str, ...]:
    """The parameters that a refusal is about; a window that ends before it begins is two."""
    about = {name for name, _ in problem.faults if name is not None} & NAMES
    return ("since", "until") if "since" in about else tuple(sorted(about))


def named(asked: Asked, lang: Lang, words: Any) -> str:
    """What was left out, by the labels of the filters and by the names of everything else."""
    labels = {name: row.label.either(lang) or name for name, row in FILTERS.items()}
    labels[UNKNOWN] = words.unknown
    found: str = words.separator.join(labels.get(name, name) for name in asked.ignored)
    return found
