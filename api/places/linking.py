"""Reads neighbouring mentions together: "Suzhou, Anhui", 苏州昆山, "Chaoyang District in Beijing".

A place next to the place above it picks the meaning of both. Conflicts are left to the geocoder.
"""

import re
from itertools import pairwise

from api.places.mentions import Mention
from api.places.names import COUNTY, PREFECTURE, PROVINCE, Name

# What may stand between a place and the one above it. No line break, no full stop, no "and".
_GAP = re.compile(
    r"(?:[ \t,，、·:：()（）'\-/]|省|市|的|自治区|'s\b|\b(?:in|of|the|city|province|prefecture"
    r"|county|district|municipality|area|town|township|china)\b)*",
    re.IGNORECASE,
)
_REACH = 24
# A comma joins a list only where "and" or a Chinese list mark stands somewhere in it.
_LIST_REACH = 8
_LIST = re.compile(r"(?:[,，]? ?(and\b|or\b|&|[、和与及]|以及)|, ?|，) ?", re.IGNORECASE)


def link(mentions: list[Mention], text: str) -> None:
    """Narrows the meanings of neighbours to those that lie in one another, and marks the lower."""
    for before, after in pairwise(mentions):
        if after.start - before.end > _REACH or not _GAP.fullmatch(text, before.end, after.start):
            continue
        # English writes the lower place first, Chinese last: that reading is tried first.
        first, second = (before, after) if before.english else (after, before)
        if not (
            _nest(first, second, text[before.end : after.start])
            or _nest(second, first, text[before.end : after.start])
        ):
            continue
        # "from Foshan, Guangdong", 四川达州籍: both are the origin.
        after.origin = after.origin or before.origin
        before.elsewhere = before.elsewhere or after.elsewhere
        # One of the two outside a firm's name vouches for the other.
        before.firm = after.firm = before.firm and after.firm
        # A place followed by the place below it is not the beginning of another name, and one that
        # completes a place ("in Chaoyang, Liaoning") is not either.
        before.partial = False
        after.partial = after.partial and before.weak

    _share(mentions, text)


def _share(mentions: list[Mention], text: str) -> None:
    """What is said of one member of a list holds for all: "in Wuxi, Suzhou and Changzhou"."""
    run: list[Mention] = []
    listed = False
    for before, after in pairwise(mentions):
        near = 0 < after.start - before.end <= _LIST_REACH
        gap = _LIST.fullmatch(text, before.end, after.start) if near else None
        if gap is None:
            if listed:
                _equal(run)
            run, listed = [], False
            continue
        run = run or [before]
        run.append(after)
        listed = listed or gap.group(1) is not None
    if listed:
        _equal(run)


def _equal(run: list[Mention]) -> None:
    for before, after in pairwise(run):
        after.inside = after.inside or before.inside
        after.origin = after.origin or before.origin
    for after, before in pairwise(reversed(run)):
        before.elsewhere = before.elsewhere or after.elsewhere
        before.origin = before.origin or after.origin
        if after.linked and not before.linked:
            # "Wuxi and Suzhou, Jiangsu": the place above the last is the place above all.
            beside = {code for name in after.names for code in name.above[:1]}
            names = tuple(name for name in before.names if beside.intersection(name.above))
            if names:
                before.names, before.linked = names, True


def _nest(lower: Mention, upper: Mention, gap: str) -> bool:
    above = {name.code: name for name in upper.names}
    inside = [name for name in lower.names if _fits(name, lower, above, gap)]
    if not inside:
        return False
    # The nearest place above is the one meant: "Jilin, Jilin" holds the city and the province.
    wanted = [next(code for code in name.above if code in above) for name in inside]
    if len(inside) > 1:
        top = min([name.level for name in inside])
        inside = [name for name in inside if name.level == top]
    lower.names, lower.linked = tuple(inside), True
    upper.names = tuple([name for name in upper.names if name.code in wanted])
    return True


def _fits(name: Name, lower: Mention, above: dict[str, Name], gap: str) -> bool:
    for code in name.above:
        if code in above:
            upper = above[code]
            break
    else:
        return False
    # The name of a province next to another is no district of it (河北 is one of Tianjin).
    if upper.level >= name.level or (
        name.level == COUNTY and any(other.level == PROVINCE for other in lower.names)
    ):
        return False
    if lower.english:
        return True
    if name.word:
        return gap in ("", "省", "市") and (lower.ends or name.level == PREFECTURE)
    return not (name.common and name.district and upper.code != name.above[0])
