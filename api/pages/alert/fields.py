"""What was typed, as the pages show it again: in the form's fields, hidden, or as plain text."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from api.alerts.forms import KINDS, AlertForm
from api.alerts.marks import Piece, pieces
from api.errors import Problem
from api.lang import Lang
from api.pages.words import tidy
from api.places.gazetteer import load_gazetteer
from api.terms.vocabulary import load_terms

Pairs = Sequence[tuple[str, str]]
CONTACTS = ("name", "phone", "wechat", "other")
CONSENTS = ("staff", "helpers", "public")
# In the order in which a check shows them, after the story.
_SHOWN = ("happened", "region", "place", "industry", "company", "amount_owed", "months_owed",
          "people", "links")  # fmt: skip
# Chosen beside the files, after the check.
_LATE = ("keep_original",)


class Row(NamedTuple):
    """A field and what was typed, cut at its marks; `who` may see it, where that is chosen."""

    name: str
    label: str
    pieces: list[Piece]
    who: str | None = None


@cache
def choices(lang: Lang) -> dict[str, list[tuple[str, str]]]:
    """Provinces and industries, from the files: the form is there when the database is not."""
    provinces = load_gazetteer().children(None)
    industries = [term for term in load_terms().of("industry") if term.parent is None]
    return {
        "region": [(each.code, each.zh if lang == "zh" else each.en) for each in provinces],
        "industry": [(each.code, each.zh if lang == "zh" else each.en) for each in industries],
    }


def known(pairs: Pairs) -> list[tuple[str, str]]:
    """The fields of the model among what was sent, without those left empty."""
    return [(n, v) for n, v in pairs if n in AlertForm.model_fields and v.strip()]


def values(pairs: Pairs) -> dict[str, str]:
    """One value a field, the last; of the kinds none."""
    return {name: value.replace("\r\n", "\n") for name, value in known(pairs) if name != "kind"}


def chosen_kinds(pairs: Pairs) -> list[str]:
    return [kind for kind in KINDS if ("kind", kind) in pairs]


def hidden(pairs: Pairs) -> list[tuple[str, str]]:
    """What goes on from page to page without being seen, each name once but for the kinds."""
    held = values(pairs)
    kinds = [("kind", kind) for kind in chosen_kinds(pairs)]
    return [*kinds, *((name, held[name]) for name in held if name not in _LATE)]


def story(pairs: Pairs) -> list[Piece]:
    return pieces(tidy(values(pairs).get("story", "")))


def rows(pairs: Pairs, said: Any, lang: Lang) -> list[Row]:
    """What was typed beside the story, marked."""
    held, names = values(pairs), choices(lang)
    kinds = [Piece(getattr(said.kinds, kind), None) for kind in chosen_kinds(pairs)]
    separated = [part for kind in kinds for part in (Piece(" · ", None), kind)][1:]
    found = [Row("kind", said.fields.kind, separated)] if kinds else []
    for name in _SHOWN:
        if name in names and name in held:
            label = dict(names[name]).get(held[name], held[name])
            found.append(Row(name, getattr(said.fields, name), [Piece(label, None)]))
        elif name in held:
            found.append(Row(name, getattr(said.fields, name), pieces(tidy(held[name]))))
    if "exact_place" in held:
        found.append(Row("exact_place", said.fields.exact_place, [Piece(said.yes, None)]))
    return found


def contacts(pairs: Pairs, said: Any) -> list[Row]:
    """The contact details and who may see each."""
    held = values(pairs)
    found = []
    for name in CONTACTS:
        if text := held.get(f"contact_{name}"):
            consent = held.get(f"consent_{name}", "staff")
            who = getattr(said.consents, consent if consent in CONSENTS else "staff")
            label = getattr(said.fields, f"contact_{name}")
            found.append(Row(f"contact_{name}", label, [Piece(tidy(text), None)], who))
    if email := held.get("email"):
        found.append(Row("email", said.fields.email, [Piece(tidy(email), None)]))
    return found


def plain(pairs: Pairs, said: Any, lang: Lang) -> str:
    """Everything as one text, for whom it could not be stored for."""
    held = values(pairs)
    lines = [
        f"{row.label}{said.colon}{''.join(piece.text for piece in row.pieces)}"
        for row in (*rows(pairs, said, lang), *contacts(pairs, said))
    ]
    return "\n".join([held.get("story", ""), "", *lines]).strip()


def faults(problem: Problem, pairs: Pairs, said: Any, lang: Lang) -> dict[str, str]:
    """What is wrong, by field; what belongs to none is under an empty name."""
    given = {name for name, _ in known(pairs)}
    found: dict[str, str] = {}
    for name, detail in problem.faults:
        field = name if name in AlertForm.model_fields else None
        if field in ("kind", "story") and field not in given:
            found.setdefault(field, said.errors.required)
        else:
            found.setdefault(field or "", (field and detail.either(lang)) or said.errors.form)
    return found or {"": said.errors.form}
