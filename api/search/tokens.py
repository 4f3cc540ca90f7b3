"""Which tokens a folded text has, and which of them a word that is asked for needs.

Tokens are every character and every pair of neighbours, blanks apart, the words of three and more
of a-z and 0-9, and of each block the phrases that many of its texts have (phrases.py). What a
reader wrote is folded before it comes here.
"""

import re
from typing import NamedTuple

# Before the tokens of what stands in the employer's name; no text has this character.
EMPLOYER = "\x1f"
# All that str.split() takes for a blank lies below this code point.
BLANKS = frozenset(chr(point) for point in range(0x3001) if chr(point).isspace())
SHORTEST = 3
# Longer words are cut into pieces of LONGEST that overlap by half: whatever is no longer than half
# of it lies whole in one of them. An index cannot hold words of any length.
LONGEST = 64
_HALF = LONGEST // 2
WORD = re.compile(rf"[a-z0-9]{{{SHORTEST},}}")
# First and last code points of Chinese characters, and how many of them make a phrase.
CHINESE = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
PHRASE_SHORTEST, PHRASE_LONGEST = 3, 8
_RANGES = "".join(f"{chr(first)}-{chr(last)}" for first, last in CHINESE)
_CHINESE_ONLY = re.compile(f"[{_RANGES}]{{{PHRASE_SHORTEST},}}")


class Asked(NamedTuple):
    """What a text has in which a word occurs, and whether a text that has it has the word.

    `grams` are tokens. `parts` occur in one of its words, a line break standing for the word's end.
    `phrases` are tokens too in a block where many texts have them; who has the first of them there
    has the word, where that is the word itself.
    """

    grams: list[str]
    parts: list[str]
    phrases: list[str]
    exact: bool


def asked(word: str) -> Asked:
    """What to look up for a folded word, which may hold blanks: folding makes some."""
    if WORD.fullmatch(word):
        return Asked([], _within(word, "", ""), [], len(word) <= _HALF)
    grams: list[str] = []
    for piece in _unblank(word):
        grams += [piece[n : n + 2] for n in range(len(piece) - 1)] or [piece]
    parts = [
        part
        for found in WORD.finditer(word)
        for part in _within(
            found.group(),
            "\n" if found.start() > 0 else "",
            "\n" if found.end() < len(word) else "",
        )
    ]
    grams = list(dict.fromkeys(grams))
    return Asked(grams, parts, _phrases(word), len(word) <= 2 and grams == [word])


def is_phrase(token: str) -> bool:
    """Whether it is of Chinese characters only, three and more."""
    return _CHINESE_ONLY.fullmatch(token) is not None


def _phrases(word: str) -> list[str]:
    """The word itself if it may be one, and the shortest ones in it."""
    whole = [word] if len(word) <= PHRASE_LONGEST and is_phrase(word) else []
    shortest = (word[n : n + PHRASE_SHORTEST] for n in range(len(word) - PHRASE_SHORTEST + 1))
    return list(dict.fromkeys((*whole, *filter(is_phrase, shortest))))


def _within(word: str, before: str, after: str) -> list[str]:
    if len(word) <= _HALF:
        return [before + word + after]
    return [before + word[:_HALF], word[-_HALF:] + after]


def _unblank(word: str) -> list[str]:
    return "".join(" " if c in BLANKS else c for c in word).split()


def pieces(word: str) -> list[str]:
    """A word as it is kept: itself, or its overlapping pieces, the last of which ends with it."""
    if len(word) <= LONGEST:
        return [word]
    return [word[n : n + LONGEST] for n in range(0, len(word) - _HALF, _HALF)]
