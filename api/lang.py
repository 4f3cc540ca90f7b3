"""The two languages of everything shown: zh (Simplified Chinese) and en.

Owns the pair type and the choice of a language for one request; no vocabulary and no messages.
"""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Pair(NamedTuple):
    """One text in both languages; None where a language is missing."""

    zh: str | None
    en: str | None

    def either(self, lang: Lang) -> str | None:
        """The text in `lang`, or in the other language where that is missing."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def as_dict(self) -> dict[str, str | None]:
        return {"zh": self.zh, "en": self.en}


def asked_lang(query: str | None, accept_language: str | None) -> Lang | None:
    """The language a reader asked for: `lang` first, then Accept-Language; None for neither."""
    if query in ("zh", "en"):
        return "zh" if query == "zh" else "en"
    best: tuple[float, Lang] | None = None
    for entry in (accept_language or "")[:500].split(","):
        # Blanks may stand around the semicolon.
        tag, _, quality = entry.replace(" ", "").partition(";q=")
        base = tag.lower().split("-")[0]
        if base not in ("zh", "en"):
            continue
        try:
            weight = float(quality or "1")
        except ValueError:
            continue
        if 0 < weight <= 1 and (best is None or weight > best[0]):
            best = (weight, "zh" if base == "zh" else "en")
    return best[1] if best else None
