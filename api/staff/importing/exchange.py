"""Where a row says it was found, and its exchange with an office: sources and replies."""

from collections.abc import Iterable
from datetime import date

from api.lang import Pair
from api.staff.drafts import NOTHING, Draft, DraftReply, DraftSource
from api.staff.importing.cells import Day, in_its_language, read_day, read_state, read_truth
from api.staff.importing.coding import OTHER, Coder
from api.staff.importing.documents import Unreadable, read_replies, read_sources
from api.staff.importing.fields import Row
from api.staff.importing.links import platform_of, read_links
from api.staff.importing.sheets import Cell

_BOARD = ("office", "reply_text", "reply_date", "status", "message", "message_date")
_LEVELS = {
    "ministry": "ministry", "部委": "ministry", "中央": "ministry", "国家": "ministry",
    "province": "province", "省": "province", "省级": "province",
    "prefecture": "prefecture", "city": "prefecture", "市": "prefecture", "市级": "prefecture",
    "地市级": "prefecture", "county": "county", "district": "county", "县": "county",
    "区": "county", "县级": "county", "区县级": "county", "县区级": "county",
}  # fmt: skip


def state(draft: Draft, kind: str, words: Iterable[str]) -> None:
    """Keeps words verbatim, each once."""
    for word in words:
        kept = draft.stated.setdefault(kind, [])
        if word not in kept:
            kept.append(word)


def add_sources(draft: Draft, row: Row, coder: Coder) -> tuple[str, ...]:
    """Fills the sources; returns the platform words that no term matches."""
    if not row.has("sources", "links", "platforms", "platform_codes"):
        return ()
    listed = row.cell("sources")
    if _is_json(listed):
        try:
            draft.sources = read_sources(listed)
        except Unreadable:
            draft.flags.append("unreadable_sources")
        else:
            return _known_platforms(draft, coder)
    codes, unmatched = coder.many("platform", row)
    links: dict[str, None] = {}
    for cell in row.cells.get("links", ()):
        found, rest = read_links(cell)
        links.update(dict.fromkeys(found))
        state(draft, "links", filter(None, (rest,)))
    if listed is not None and not _is_json(listed):
        # A column named "source" holds addresses in one file and the names of media in another.
        found, rest = read_links(listed)
        links.update(dict.fromkeys(found))
        more, strange = coder.read("platform", rest)
        codes = tuple(dict.fromkeys((*codes, *more, *((OTHER,) if strange else ()))))
        unmatched = (*unmatched, *strange)
    state(draft, "platform", unmatched)
    draft.sources = _sources(row, list(links), list(codes))
    return unmatched


def _sources(row: Row, links: list[str], codes: list[str]) -> list[DraftSource]:
    posted = read_day(row.cell("posted_on"))
    live = read_truth(row.cell("still_live"))
    day = posted.value if isinstance(posted, Day) else None
    platforms: list[str | None]
    if len(codes) == len(links):
        platforms = [*codes]
    elif len(codes) == 1:
        platforms = [codes[0] for _ in links]
    else:
        board = "message_board" if row.has(*_BOARD) else None
        platforms = [platform_of(link) or board for link in links]
    sources = [
        DraftSource(platform, link, day, live)
        for platform, link in zip(platforms, links, strict=True)
    ]
    # A platform that is named without an address is still where the case was found.
    return sources + [DraftSource(code, None, day) for code in codes if code not in platforms]


def _known_platforms(draft: Draft, coder: Coder) -> tuple[str, ...]:
    strange: list[str] = []
    for source in draft.sources:
        if source.platform is not None and not coder.knows("platform", source.platform):
            strange.append(source.platform)
            source.platform = OTHER
    state(draft, "platform", strange)
    return tuple(dict.fromkeys(strange))


def add_replies(draft: Draft, row: Row) -> None:
    """Fills the official exchange from JSON of our own export or from message-board columns."""
    if not row.has("replies", "reply_text", "status", "office", "reply_date", "outcome", "level"):
        return
    listed = row.cell("replies")
    if _is_json(listed):
        try:
            draft.replies = read_replies(listed)
        except Unreadable:
            draft.flags.append("unreadable_replies")
        return
    words = "\n\n".join(dict.fromkeys(row.texts("reply_text", "replies")))
    status = read_state(row.text("status"))
    if status is None:
        state(draft, "status", row.texts("status"))
    if not words and status is None and not row.has("office", "reply_date"):
        state(draft, "outcome", row.texts("outcome"))
        return
    replied_on = _day(draft, row, "reply_date")
    level = _LEVELS.get(row.text("level").lower())
    if level is None:
        state(draft, "level", row.texts("level"))
    draft.replies = [
        DraftReply(
            office=_pair(row.text("office")),
            text=_pair(words),
            status=status or ("已办理" if words or replied_on else "待回复"),
            received_on=_day(draft, row, "message_date"),
            replied_on=replied_on,
            level=level,
            promise_due_on=_day(draft, row, "promise_due_on"),
            outcome=_pair(row.text("outcome")),
        )
    ]


def _day(draft: Draft, row: Row, name: str) -> date | None:
    cell = row.cell(name)
    if cell is None:
        return None
    found = read_day(cell)
    if isinstance(found, Day) and found.precision == "day":
        return found.value
    # A reply's day has no precision of its own: a month would pass for its first day.
    state(draft, name, row.texts(name))
    return None


def _pair(text: str) -> Pair:
    return in_its_language(text) if text else NOTHING


def _is_json(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.startswith("[{") or cell == "[]"
    return isinstance(cell, list) and bool(cell) and isinstance(cell[0], dict)
