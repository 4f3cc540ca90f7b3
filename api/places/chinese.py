"""Finds names of places in Chinese text, traditional or simplified, by longest match.

Takes folded text. What several names together mean is the geocoder's.
"""

import re

from api.places.mentions import Mention
from api.places.names import COUNTY, NameIndex

_STREET = re.compile("[东西南北中]?(?:[路巷岸]|街(?!道)|大道|大街|大桥)")
_SETTLEMENT = re.compile("[镇乡村屯寨]|街道|社区")
_MIGRANT = re.compile("农?民工(?!资)|务工")
# People and capital of a place are elsewhere as often as not.
_ELSEWHERE = re.compile("籍|老乡|人(?![民才社力事大工行寿保员身])|老板|商人|上市|投资|独资")
# What the four above can begin with: most names are followed by something else.
_MARKS = frozenset("东西南北中路巷岸街大镇乡村屯寨社籍老人商上投独农民务")
_INSIDE = frozenset("在于赴到")
_HOME = re.compile("(?:总部|老家|籍贯|户籍地?|户口|注册地|[我他她]家|家住)(?:设在|位于|在|是|为)?$")
# A firm's name runs on from the place without a break; words of grammar would be one.
_FIRM = re.compile(r"[^\s，。,.;；、！!？?:：的在于与和被向把将一某]{0,20}?(?:有限|公司|集团|股份)")
_STOP = frozenset(" \t\n，。,.;；、！!？?:：()（）的")
_BLANK = frozenset(" \t\n,，、·/-()（）:：.。")
_FIRM_REACH = 26


def find_chinese(text: str, index: NameIndex) -> list[Mention]:
    """All mentions, in order. One pass: time grows with the length of the text alone."""
    found: list[Mention] = []
    lengths, names = index.lengths_zh, index.chinese
    reached = covered = 0
    for start in [at for at in range(len(text) - 1) if text[at : at + 2] in lengths]:
        if start < reached:
            continue
        for length in lengths[text[start : start + 2]]:
            meanings = names.get(text[start : start + length])
            if meanings is None:
                continue
            reached = min(start + length, len(text))
            covered += reached - start
            mention = Mention(start, reached, meanings, english=False)
            if meanings and _judge(text, mention):
                found.append(mention)
            break
    if 2 * covered >= len(text) and covered == sum(letter not in _BLANK for letter in text):
        # Nothing but names: an address, whatever else its words could mean.
        for mention in found:
            mention.inside = mention.ends = True
            mention.firm = mention.origin = False
    return found


def _judge(text: str, mention: Mention) -> bool:
    """Notes what stands around the mention; False where it is no place at all."""
    start, end = mention.start, mention.end
    full = mention.names[0].full
    following = text[end : end + 1]
    if following in _MARKS:
        if not full and _STREET.match(text, end):
            return False
        if not full and _SETTLEMENT.match(text, end):
            mention.names = tuple(name for name in mention.names if not name.own)
            if not mention.names:
                return False
        mention.elsewhere = bool(_ELSEWHERE.match(text, end))
        mention.origin = bool(_MIGRANT.match(text, end))
    mention.ends = following == "" or following in _STOP
    if start:
        mention.inside = text[start - 1] in _INSIDE
        mention.origin = mention.origin or text[max(start - 2, 0) : start].endswith(("来自", "从"))
        mention.elsewhere = mention.elsewhere or bool(_HOME.search(text, max(start - 5, 0), start))
    if not mention.ends and (not full or mention.names[0].level != COUNTY):
        mention.firm = bool(_FIRM.match(text, end, end + _FIRM_REACH))
    return True
