"""Finds names of places in English text by whole words, and reads the words around them.

Takes straightened text. What several names together mean is the geocoder's.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from api.places import wordlists
from api.places.mentions import Mention
from api.places.names import COUNTY, PREFECTURE, PROVINCE, Meanings, NameIndex, word_key

_WORD = re.compile("[A-Za-zÀ-ɏ]+(?:'[A-Za-zÀ-ɏ]+)*")
_WITHIN_NAME = frozenset((" ", "  ", "-", ", "))
_WITHIN_FIRM = frozenset((" ", "-", " & ", ", ", "., ", ". ", " ("))
_SENTENCE_END = frozenset('.!?:;。\n|"“')
_ADDRESS = re.compile(r"[A-Za-zÀ-ɏ'\s,;/|().·、\-]+\Z")
_ADDRESS_REACH = 160
_FIRM_REACH = 8
_LEVELS = {
    "province": (PROVINCE,),
    "city": (PREFECTURE, COUNTY),
    "prefecture": (PREFECTURE,),
    "district": (COUNTY,),
    "county": (COUNTY,),
}


class _Word(NamedTuple):
    start: int
    end: int  # without a possessive 's
    text: str
    key: str
    possessive: bool
    capital: bool


def find_english(text: str, index: NameIndex) -> list[Mention]:
    """All mentions, in order. One pass: time grows with the length of the text alone."""
    words = [_word(match) for match in _WORD.finditer(text)]
    if not words:
        return []
    if len(text) <= _ADDRESS_REACH and _ADDRESS.match(text):
        address = _address(words, index)
        if address:
            return address
    # All in one case, the case says nothing; otherwise names begin with a capital.
    uncased = text.islower() or text.isupper()
    found: list[Mention] = []
    position = 0
    while position < len(words):
        word = words[position]
        size = 1
        if word.capital or uncased:
            for length in index.lengths_en.get(word.key, ()):
                meanings = _meanings(text, words[position : position + length], length, index)
                if meanings is None:
                    continue
                size = length
                mention = Mention(
                    word.start, words[position + length - 1].end, meanings, True, uncased=uncased
                )
                if _judge(text, words, position, position + length - 1, mention):
                    found.append(mention)
                break
        position += size
    return found


def _word(match: re.Match[str]) -> _Word:
    text = match.group()
    possessive = text[-2:] in ("'s", "'S")
    if possessive:
        text = text[:-2]
    start = match.start()
    return _Word(start, start + len(text), text, word_key(text), possessive, text[:1].isupper())


def _address(words: list[_Word], index: NameIndex) -> list[Mention]:
    """The mentions of a text that is nothing but names, in any case and spacing; else nothing."""
    found: list[Mention] = []
    position = 0
    while position < len(words):
        for length in range(min(8, len(words) - position), 0, -1):
            part = words[position : position + length]
            meanings = index.joined.get("".join(word.key for word in part))
            if meanings:
                exact = any("'" in word.text for word in part)
                found.append(
                    Mention(part[0].start, part[-1].end, meanings, True, inside=True, exact=exact)
                )
                position += length
                break
        else:
            if words[position].key not in wordlists.ADMIN_EN or not found:
                return []
            position += 1
    return found


def _meanings(text: str, words: list[_Word], length: int, index: NameIndex) -> Meanings | None:
    if len(words) < length:
        return None
    first = words[0]
    if length == 1:
        # GD, SZ and the like stand for too much else.
        if len(first.key) <= 2 or (first.key in wordlists.ACRONYMS_EN and not first.text.isupper()):
            return None
        return index.english.get(first.key)
    for before, after in pairwise(words):
        if text[before.end : after.start] not in _WITHIN_NAME:
            return None
        if first.capital and not (after.capital or after.key in wordlists.SMALL_EN):
            return None
    return index.english.get(" ".join(word.key for word in words))


def _judge(text: str, words: list[_Word], first: int, last: int, mention: Mention) -> bool:
    """Notes what stands around the mention; False where it is no place at all."""
    mention.exact = any("'" in word.text for word in words[first : last + 1])
    mention.inside = words[last].possessive
    if last + 1 < len(words) and not words[last].possessive:
        after = words[last + 1]
        gap = text[mention.end : after.start]
        key = after.key
        mention.elsewhere = gap in (" ", "-") and key in wordlists.ELSEWHERE_EN
        if gap == "-" and key in wordlists.BASED_EN:
            mention.origin = True
        elif gap == " ":
            if after.capital and key in wordlists.STREET_EN:
                return False
            if key in wordlists.BASED_EN:
                mention.origin = True
            elif key in _LEVELS:
                if _narrow(mention, key):
                    mention.end = after.end
                    mention.inside = after.possessive
            elif after.capital and not mention.uncased:
                mention.partial = True
                mention.firm = _names_firm(text, words, last + 1)
    _look_back(text, words, first, mention)
    return True


def _narrow(mention: Mention, kind: str) -> bool:
    """Lets the word for a level pick the meanings: "Jilin city" is not the province of Jilin."""
    names = [name for name in mention.names if name.level in _LEVELS[kind]]
    if kind != "district":
        # "Hebei city employees": a district bears that name, but no city.
        names = [name for name in names if not name.district]
    mention.names = tuple([name._replace(full=True) for name in names]) or mention.names
    return bool(names)


def _names_firm(text: str, words: list[_Word], position: int) -> bool:
    for word in words[position : position + _FIRM_REACH]:
        if text[words[position - 1].end : word.start] not in _WITHIN_FIRM or not word.capital:
            return False
        if word.key in wordlists.FIRM_EN:
            return True
        position += 1
    return False


def _look_back(text: str, words: list[_Word], first: int, mention: Mention) -> None:
    position = first - 1
    right = mention.start
    # "the city of Jilin", but not "Dunhua city of Jilin".
    of_city = first > 2 and text[max(right - 9, 0) : right].lower() == " city of "
    if of_city and not words[first - 3].capital:
        _narrow(mention, "city")
    for _ in range(5):
        if position < 0 or text[words[position].end : right].strip(" ") not in ("", "'s"):
            return
        word = words[position]
        key = word.key
        if key in wordlists.INSIDE_EN:
            mention.inside = True
            return
        if key == "from":
            mention.origin = True
            return
        if key not in wordlists.BETWEEN_EN and not (key == "china" and word.possessive):
            starts = position == 0 or bool(
                _SENTENCE_END.intersection(text[words[position - 1].end : word.start])
            )
            mention.after_name = position == first - 1 and (
                (word.capital and not word.possessive and not starts) or key in wordlists.NAMING_EN
            )
            return
        right = word.start
        position -= 1
