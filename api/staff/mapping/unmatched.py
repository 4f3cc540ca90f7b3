"""What imports said and no term matches: each wording with how many cases state it, and a guess."""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from rapidfuzz import fuzz, process
from sqlalchemy import text

from api.db import AnyRow, ReadSession
from api.folding import fold
from api.reference import Vocabulary
from api.terms.vocabulary import KINDS, Kind, load_terms

# From 100 for equal: below this a guess is more often wrong than right.
_CLOSE = 82
# Ordered by count; wordings can be long, so that their hash stands for them in order and cursor.
_LISTING = text(
    "WITH words AS (SELECT kind, word AS stated, count(*) AS cases, md5(word) AS mark"
    " FROM desk.cases, jsonb_each(stated) AS said(kind, words),"
    " jsonb_array_elements_text(words) AS word"
    " WHERE state <> 'withdrawn' AND stated <> '{}' AND kind = ANY(:kinds) GROUP BY kind, word),"
    " open AS (SELECT * FROM words WHERE NOT EXISTS (SELECT FROM desk.mappings m"
    " WHERE m.kind = words.kind AND m.stated = words.stated))"
    " SELECT kind, stated, cases, mark, (SELECT count(*) FROM open) AS total FROM open"
    " WHERE (-cases, kind, mark) > (:count, :kind, :mark)"
    " ORDER BY -cases, kind, mark LIMIT :limit"
)
_MAPPINGS = text(
    "SELECT kind, stated, code, made_by, made_on, (SELECT count(*) FROM desk.cases"
    " WHERE cases.stated @> jsonb_build_object(m.kind, jsonb_build_array(m.stated))"
    " AND state <> 'withdrawn') AS left FROM desk.mappings m ORDER BY made_on DESC, kind, stated"
)

# Before every count.
START: tuple[int, str, str] = (-(2**62), "", "")
Place = tuple[int, str, str]


async def read_unmatched(
    session: ReadSession, kind: Kind | None, after: Place, limit: int
) -> Sequence[AnyRow]:
    """Rows of kind, stated, cases, mark and total; what is mapped and being worked off is not
    among them. `after` is minus the count, kind and mark of the last row before."""
    count, last, mark = after
    asked = {"kinds": list((kind,) if kind else KINDS), "limit": limit}
    return await session.all(_LISTING.bindparams(**asked, count=count, kind=last, mark=mark))


async def read_mappings(session: ReadSession) -> Sequence[AnyRow]:
    """The mappings, newest first, with the number of rows that each has still to reach."""
    return await session.all(_MAPPINGS)


def guess(vocabulary: Vocabulary, kind: str, stated: str) -> str | None:
    """The term that a wording most likely means; None where none is near enough."""
    code = _guess(cast(Kind, kind), stated[:200])
    return code if code is not None and vocabulary.knows(kind, code) else None


@lru_cache(maxsize=5_000)
def _guess(kind: Kind, stated: str) -> str | None:
    terms = load_terms()
    if codes := terms.read(kind, stated).codes:
        return codes[0]
    found = process.extractOne(
        fold(stated), _spellings(kind), scorer=fuzz.WRatio, score_cutoff=_CLOSE
    )
    return None if found is None else found[2][0]


@lru_cache
def _spellings(kind: Kind) -> dict[tuple[str, int], str]:
    """Code and number -> spelling, as rapidfuzz wants its choices; `other` is no guess."""
    return {
        (term.code, number): fold(spelling)
        for term in load_terms().of(kind)
        if term.code != "other"
        for number, spelling in enumerate(term.spellings())
    }
