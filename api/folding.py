"""How two spellings of one text compare equal, and what is removed from text on entry.

Folding is done character by character after NFKC, so a substring stays a substring.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# CJK unified ideographs, extension A and the compatibility block: where OpenCC's characters live.
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, one character at a time.

    OpenCC's phrase rules look at neighbours; a keyword and the text around it would then be
    converted differently and a substring would no longer be found.
    """
    converter = OpenCC("t2s")
    characters = [chr(point) for start, end in _HAN_BLOCKS for point in range(start, end)]
    converted = converter.convert("\n".join(characters)).split("\n")
    return {
        ord(before): after
        for before, after in zip(characters, converted, strict=True)
        if before != after
    }


def fold(text: str) -> str:
    """NFKC, case folded, traditional to simplified Chinese: the form in which texts compare."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified())


def clean(text: str) -> str:
    """Text as it may be stored: no controls but TAB and LF, LF line ends, no edge blanks."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
