"""The index of names: every spelling of every place, keyed for one pass over a text.

Owns the reading of data/aliases.csv and data/spellings.csv and what a spelling alone tells about
itself; the words around it in a text are chinese.py's and english.py's.

Columns of both files: `code`, `alias`, `lang` (zh, zh-Hant, en), `kind` (full, short, long,
variant, pinyin, former, zone, town, inner: a place inside Hong Kong, Macau or Taiwan, with the code
of the whole) and `weight`, which is not read: its levels are the gazetteer's, and which of two
namesakes of one level has more people says nothing about a text.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from api.folding import fold
from api.places import wordlists
from api.places.gazetteer import DATA, Gazetteer

PROVINCE, PREFECTURE, COUNTY = 0, 1, 2
_LEVELS = {"province": PROVINCE, "prefecture": PREFECTURE, "county": COUNTY}
_SUFFIX_ZH = "省市区县旗州盟镇街"
_SUFFIX_EN = (
    *("city", "county", "district", "banner", "prefecture", "league"),
    *("province", "region", "municipality", "area"),
)
_APOSTROPHE = re.compile("[’‘ʼʻ`´′＇]")


class Alias(NamedTuple):
    """One row of an alias file, as far as it is read."""

    code: str
    text: str
    chinese: bool
    kind: str


class Name(NamedTuple):
    """One meaning of a spelling."""

    code: str
    level: (
        int  # of the statement: a name inside Hong Kong states no province, although its code does
    )
    above: tuple[str, ...]  # codes of the places above, the nearest first
    full: bool  # carries its suffix (宝安区, Bao'an District) and so cannot be another word
    word: bool  # also an everyday word
    common: bool  # also common in other names
    # A short district: next to its prefecture it is a place, next to its province a coincidence.
    district: bool
    own: bool  # the plain short name: with "town" or "street" after it, it names something else


Meanings = tuple[Name, ...]


def straighten(text: str) -> str:
    """Text in the form names are looked for: NFKC, one kind of apostrophe, case kept."""
    # Before NFKC, which would turn an acute accent used as apostrophe into blank and accent.
    return unicodedata.normalize("NFKC", _APOSTROPHE.sub("'", text))


def word_key(word: str) -> str:
    """An English word without case, diacritics and apostrophes: Xi'an, XIAN and Xīān are one."""
    if not word.isascii():
        word = "".join(
            character
            for character in unicodedata.normalize("NFKD", word)
            if not unicodedata.combining(character)
        )
    return word.replace("'", "").lower()


class NameIndex:
    """Dictionaries for both scripts: what a text may start with at a point, and the meanings."""

    def __init__(self, gazetteer: Gazetteer, aliases: Iterable[Alias]) -> None:
        self._gazetteer = gazetteer
        chinese: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        english: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        provinces = {place.en.lower() for place in gazetteer.children(None)}
        for alias in aliases:
            if alias.chinese:
                self._add(chinese, fold(alias.text), alias)
                continue
            words = [
                word_key(word)
                for word in straighten(alias.text).replace("-", " ").replace(",", " ").split()
            ]
            # "Suzhou Anhui" is a name beside its province's; as one it would hide the province.
            if alias.kind == "variant" and " ".join(words[1:]) in provinces:
                continue
            self._add(english, " ".join(words), alias)
            if (
                len(words) == 2
                and words[1] == "county"
                and len(gazetteer.places[alias.code].zh) == 2
            ):
                # A county of one character is mostly written in one word: Weixian, not Wei.
                self._add(english, words[0] + "xian", alias._replace(kind="short"))
        self.chinese: dict[str, Meanings] = {k: tuple(v.values()) for k, v in chinese.items()}
        # A decoy is a name without meaning: longest match takes it before the name it holds.
        self.chinese.update({fold(decoy): () for decoy in wordlists.DECOYS_ZH})
        self.english: dict[str, Meanings] = {k: tuple(v.values()) for k, v in english.items()}
        joined: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        for key, meanings in self.english.items():
            joined[key.replace(" ", "")].update({name.code: name for name in meanings})
        self.joined: dict[str, Meanings] = {k: tuple(v.values()) for k, v in joined.items()}
        # The lengths worth trying after two characters, or after one word; the longest first.
        self.lengths_zh = _lengths((name[:2], len(name)) for name in self.chinese)
        self.lengths_en = _lengths(
            (name.split(" ", 1)[0], name.count(" ") + 1) for name in self.english
        )

    def _add(self, table: defaultdict[str, dict[str, Name]], key: str, alias: Alias) -> None:
        place = self._gazetteer.places[alias.code]
        path = self._gazetteer.path(alias.code)
        above = tuple(step.code for step in reversed(path))
        # Rows of kind municipality and pseudo answer as their province.
        code = above[0]
        level = _LEVELS[self._gazetteer.places[code].level]
        if alias.kind == "inner":
            level = COUNTY
        else:
            above = above[1:]
        suffix = key[-1] in _SUFFIX_ZH if alias.chinese else key.rpartition(" ")[2] in _SUFFIX_EN
        full = alias.kind in ("town", "zone") or (suffix and alias.kind != "short")
        if alias.chinese:
            full = full and len(key) > 2
            word = level == COUNTY and key in wordlists.WORDS_ZH
            word = word or (level == PREFECTURE and key in wordlists.PREFECTURES_ZH)
            common = level == COUNTY and key in wordlists.NAMES_ZH
        else:
            full = full and " " in key
            word = level != PROVINCE and key in wordlists.WORDS_EN
            common = False
        name = Name(
            code=code,
            level=level,
            above=above,
            full=full,
            word=word,
            common=common,
            district=not full and level == COUNTY and place.zh.endswith("区"),
            own=not full and alias.kind in ("full", "short"),
        )
        # A suffixed and a short reading of one spelling can meet (东区): the doubtful one stands.
        known = table[key].get(code)
        if known is None or level < known.level:
            table[key][code] = name


def _lengths(keys: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, length in keys:
        found[key].add(length)
    return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in found.items()}


def read_aliases() -> Iterator[Alias]:
    """The rows of both alias files."""
    for name in ("aliases.csv", "spellings.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield Alias(row["code"], row["alias"], row["lang"] != "en", row["kind"])
