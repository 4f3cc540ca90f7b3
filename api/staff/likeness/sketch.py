"""The sketch of a case: a few numbers by which the database finds cases that resemble it.

Equal pieces of text, an equal employer and an equal amount give equal numbers. Nothing is compared
here; how alike two cases are is scoring.py's.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from zlib import crc32

from api.folding import fold

# Numbers kept of a case's texts, each an entry of the index. Of two texts that share a third of
# their pieces, about a third of these are equal: one of 16 nearly always is.
KEPT = 16
# Characters a piece is long: four of Chinese say as much as two words of English.
_HAN_PIECE, _LATIN_PIECE = 4, 9
# What is looked at of one text: far more than an appeal is long.
_LONGEST = 8_000
_HAN = re.compile("[㐀-鿿豈-﫿]")
_PARTS = re.compile("[㐀-鿿豈-﫿]+|[^㐀-鿿豈-﫿]+")
# Reposts differ in blanks, punctuation, marks of emphasis and hash signs.
_SIGNS = re.compile(r"[\W_]+")
# What nearly every employer's name has, in either language.
_FORMS = re.compile(
    "有限责任公司|股份有限公司|有限公司|公司|集团|"
    r"\b(?:company|co|limited|ltd|corporation|corp|group|inc)\b"
)


def squeezed(text: str) -> str:
    """Folded text without blanks and punctuation: the form in which wordings compare."""
    return _SIGNS.sub("", fold(text[:_LONGEST]))


def pieces(text: str) -> set[bytes]:
    """The overlapping pieces of a squeezed text; of a part shorter than a piece, the whole."""
    found: set[bytes] = set()
    for part in _PARTS.findall(text):
        # Four bytes a character: cutting bytes is faster than encoding each piece.
        whole = part.encode("utf-32-le", "surrogatepass")
        length = 4 * (_HAN_PIECE if _HAN.match(part) else _LATIN_PIECE)
        last = max(len(whole) - length, 0)
        found.update([whole[at : at + length] for at in range(0, last + 1, 4)])
    return found


def employer_name(name: str) -> str:
    """An employer's name without its legal form, squeezed: what two spellings of it share."""
    folded = fold(name)
    return _SIGNS.sub("", _FORMS.sub(" ", folded)) or _SIGNS.sub("", folded)


def sketch(
    *texts: str | None, companies: Iterable[str | None] = (), amount: Decimal | None = None
) -> list[int]:
    """The numbers of a case, ascending: the smallest hashes of its texts' pieces, and one each for
    an employer's name and the amount owed (CNY). Traditional and simplified give the same."""
    found: set[bytes] = set()
    # A description often only repeats its title.
    for text in dict.fromkeys(texts):
        if text:
            found |= pieces(squeezed(text))
    # Nobody is kept out by these hashes: 32 bits meet by chance seldom enough, and what they find
    # is compared anyway.
    numbers = sorted(map(crc32, found))[:KEPT]
    return sorted({*numbers, *keys(companies, amount)})


def keys(companies: Iterable[str | None] = (), amount: Decimal | None = None) -> list[int]:
    """The numbers of employers and amount alone."""
    names = {f"employer {employer_name(name)}" for name in companies if name}
    if amount:
        # In whole yuan: cents are not what two tellings of one debt agree in.
        names.add(f"amount {amount:.0f}")
    return sorted(crc32(name.encode()) for name in names)
