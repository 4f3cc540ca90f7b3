"""Likely personal data in a text: numbers by their form, addresses and names by a guess.

Staff decide; nothing is changed for them but in a draft made from an alert, where it is masked.
Looked for in simplified half-width text, told by positions in the text as it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Literal, NamedTuple, get_args

from api.alerts.marks import numbers
from api.folding import fold
from api.staff.queue.names import names

Kind = Literal[
    "phone", "id_number", "bank_card", "email", "wechat", "qq", "plate", "name", "address"
]
KINDS: tuple[str, ...] = get_args(Kind)
# As long whatever it hides.
MASK = "■■■"
# Longer than any story; what lies beyond is hostile, and is not looked at.
LONGEST = 50_000


class Likely(NamedTuple):
    """A stretch of a text, in characters, and what it looks like."""

    start: int
    end: int
    kind: Kind


_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64} ?@ ?"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20}"
)
_NOT_BEFORE = r"(?<![\dA-Za-z])"
_NOT_AFTER = r"(?![\dA-Za-z])"
_GAP = r"[ .·\-]{0,2}"
_SPELLED = "零〇一二两三四五六七八九幺"
_PHONES = (
    re.compile(rf"{_NOT_BEFORE}(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}{_NOT_AFTER}"),
    # Other countries' and Hong Kong's.
    re.compile(rf"(?<![\d+])\+\d{{1,3}}[ -]?\d(?:[ -]?\d){{6,12}}{_NOT_AFTER}"),
    re.compile(rf"(?<![{_SPELLED}])[一幺][{_SPELLED}]{{10}}(?![{_SPELLED}])"),
)
# What a number is only by the word before it.
_LABELLED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "phone",
        re.compile(
            r"(?:电话|手机号?码?|座机|固话|联系方式|致电|拨打|\btel\b|\bphone\b|\bmobile\b|\bcall\b)"
            r"[^\d\n,，。;；]{0,8}(\d(?:[ -]?\d){6,12})(?![\d-]|\s*[元块人个天])",
            re.IGNORECASE,
        ),
    ),
    (
        "id_number",
        re.compile(
            r"(?:身份证|证件号|\bID (?:card|number|no)\b|护照|通行证|居住证|\bpassport\b)"
            r"[^\dA-Za-z\n,，。;；]{0,6}(?:(?:号码?|no|number|is)[^\dA-Za-z\n,，。]{0,4}){0,2}"
            r"([A-Za-z]{0,2}\d{7,17}[\dXx])",
            re.IGNORECASE,
        ),
    ),
    (
        "wechat",
        re.compile(
            r"(?:微信|薇信|威信|weixin|we-?chat|(?<![a-z])v信|(?<![a-z])[vw]x|加v)"
            r"[\s,:是为=]{0,3}(?:(?:my|我的) ?)?(?:号码?|账号|帐号|id|account|number)?"
            r"[\s:是为=]{0,3}(?:(?:is|at)\s)?[\s@]{0,2}"
            r"([A-Za-z][-_A-Za-z0-9]{5,19}|[1-9]\d{4,10})(?![A-Za-z0-9_-])",
            re.IGNORECASE,
        ),
    ),
    (
        "qq",
        re.compile(
            r"(?:(?<![a-z])qq|扣扣|企鹅)(?:群|邮箱)?(?: ?(?:号码?|账号|帐号|number|no))?\.?\s?"
            r"(?:[:是为=]|is)?\s?([1-9]\d{4,10})(?!\d)",
            re.IGNORECASE,
        ),
    ),
)
# A long number that its own label says is something else.
_OTHER_NUMBER = re.compile(
    r"(?:订单|单号|运单|案号|流水|编号|统一社会信用代码|信用代码|合同号|order|invoice|case)"
    r"[^\d\n]{0,6}\Z",
    re.IGNORECASE,
)
_HAN = "\u4e00-\u9fff"
_ROOM = (
    r"(?:[A-Za-z]?\d{1,4}(?:号楼|栋|幢|座|单元|号院|楼|层|室|房|号铺|号门|号)[ ,]?){0,4}"
    r"(?:[A-Za-z]?\d{2,5}(?![\d年月日元人个万块天米公]))?"
)
_STREETS = re.compile(
    r"(?:路|街|道|巷|弄|胡同|村|屯|组|社区|小区|花园|苑|里|寨|公寓|大厦|工业区|工业园|宿舍|家属院)"
    rf"[{_HAN}]{{0,6}}?[ ]?[A-Za-z]?\d{{1,5}}(?:-\d{{1,4}})?"
    rf"(?:号楼|号院|号|弄|栋|幢|座|组|室|房)[ ]?{_ROOM}"
)
_ROOMS = re.compile(
    rf"(?<![\dA-Za-z])[A-Za-z]?\d{{1,3}}(?:号楼|栋|幢|座|单元)[ ]?"
    rf"(?:[{_HAN}]{{0,2}}?[A-Za-z]?\d{{1,5}}(?:单元|楼|层|室|房|号)?){{1,3}}"
    rf"|宿舍[{_HAN}]?[ ]?[A-Za-z]?\d{{3,4}}(?:室|房|号)?"
)
# Where an address begins, going back from its street.
_LEAD = re.compile(rf"(?:[在于住到是址家从往去来]|[^{_HAN}])(?=[{_HAN}]*\Z)")
_ADDRESS_EN = re.compile(
    r"\b(?:(?:Room|Rm\.?|Flat|Unit|Apt\.?|Apartment|Dormitory|Dorm) ?[A-Z]?\d{1,5}[A-Z]?"
    r"(?:,? (?:Building|Block|Floor|Tower) ?[A-Z]?\d{0,4})?"
    r"|(?:Building|Block) ?\d{1,3},? (?:Room|Unit|Flat) ?\d{1,5}"
    r"|(?:No\.? ?)?\d{1,5},? (?:[A-Z][a-z]+ ){1,3}(?:Road|Street|Rd|St|Avenue|Ave|Lane|Alley)\b)"
    r"(?:,? (?:No\.? ?)?\d{0,5} ?(?:[A-Z][a-z]+ ){1,3}(?:Road|Street|Avenue|Lane|Village))?"
)
_OF_MARKS: dict[str, Kind] = {
    "id_card": "id_number", "bank_card": "bank_card", "plate": "plate", "phone": "phone",
}  # fmt: skip


def likely(text: str) -> list[Likely]:
    """What is likely personal in `text`, in order and never twice; the surer kind wins."""
    plain, at = _plain(text[:LONGEST])
    found: list[Likely] = []
    taken = bytearray(len(plain))
    for start, end, kind in _candidates(plain):
        while end > start and plain[end - 1] in " ,":
            end -= 1
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Likely(start, end, kind))
    return sorted(Likely(at[each.start], at[each.end - 1] + 1, each.kind) for each in found)


def masked(text: str) -> str:
    """The text without what is likely personal."""
    parts, last = [], 0
    for each in likely(text):
        parts += [text[last : each.start], MASK]
        last = each.end
    return "".join((*parts, text[last:]))


def in_utf16(text: str, found: Sequence[Likely]) -> list[Likely]:
    """The same stretches counted as a browser counts: in UTF-16 code units."""
    units = [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]
    return [Likely(units[each.start], units[each.end], each.kind) for each in found]


def described(texts: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """What is likely personal in each of several fields, in UTF-16 code units."""
    return [
        {"field": field, **each._asdict()}
        for field, text in texts.items()
        if text
        for each in in_utf16(text, likely(text))
    ]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as patterns read it, and for each of its characters where that stands in `text`."""
    letters: list[str] = []
    at: list[int] = []
    for position, letter in enumerate(text):
        for each in letter if letter.isascii() else _folded(letter):
            letters.append(each)
            at.append(position)
    return "".join(letters), at


@lru_cache(maxsize=30_000)
def _folded(letter: str) -> str:
    # Zero-width characters and the like, which hide a number from a pattern and not from a reader.
    return "" if not letter.isprintable() and not letter.isspace() else fold(letter)


def _candidates(plain: str) -> Iterator[tuple[int, int, Kind]]:
    """The surest first."""
    for match in _EMAIL.finditer(plain):
        yield *match.span(), "email"
    by_form = list(numbers(plain))
    for wanted in ("id_card", "plate"):
        yield from ((m.start, m.end, _OF_MARKS[wanted]) for m in by_form if m.kind == wanted)
    for pattern in _PHONES:
        for match in pattern.finditer(plain):
            yield *match.span(), "phone"
    for kind, pattern in _LABELLED[1:]:
        for match in pattern.finditer(plain):
            yield *match.span(1), kind
    for mark in by_form:
        if not _OTHER_NUMBER.search(plain, max(0, mark.start - 20), mark.start):
            yield mark.start, mark.end, _OF_MARKS[mark.kind]
    for match in _LABELLED[0][1].finditer(plain):
        yield *match.span(1), "phone"
    yield from _addresses(plain)
    for start, end in names(plain):
        yield start, end, "name"


def _addresses(plain: str) -> Iterator[tuple[int, int, Kind]]:
    for match in _STREETS.finditer(plain):
        before = plain[max(0, match.start() - 24) : match.start()]
        lead = None
        for lead in _LEAD.finditer(before):  # noqa: B007 (the last one counts)
            pass
        begin = match.start() - (len(before) - lead.end() if lead else len(before))
        yield begin, match.end(), "address"
    for pattern in (_ROOMS, _ADDRESS_EN):
        for match in pattern.finditer(plain):
            yield *match.span(), "address"
