"""Invented calls for help: who appeals, over what, what was tried and what came of it."""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from random import Random

from api.demo.employers import Industry
from api.demo.phrases import Table, covers, table
from api.demo.rates import START
from api.demo.replies import Course, exchange, plan
from api.demo.scene import Scene, Scenes
from api.demo.sources import SOCIAL, found
from api.demo.weights import Weighted, one_of
from api.demo.words import (
    Said,
    article,
    counted,
    month_said,
    months_said,
    possessive,
    rounded_sum,
    sum_said,
)
from api.staff.drafts import Draft

# None: several people, nobody said how many.
_PEOPLE: Weighted[tuple[int, int] | None] = Weighted(
    [((1, 1), 42), ((2, 6), 18), ((7, 30), 17), ((31, 120), 8), (None, 15)]
)
_MONTHS = Weighted(
    (Decimal(months), weight)
    for months, weight in {
        "0.5": 2, "1": 12, "1.5": 3, "2": 20, "2.5": 4, "3": 22, "4": 12, "5": 8, "6": 7,
        "8": 4, "10": 2, "12": 2, "15": 1, "18": 1,
    }.items()
)  # fmt: skip


class Calls:
    """Composes calls for help from their streams."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._issues: dict[tuple[str, bool], Weighted[str]] = {}
        self._outcomes: dict[tuple[str, str, bool, bool], Weighted[str]] = {}
        phrases = table("phrases")
        self._actions = Weighted(phrases["action_weights"].items())
        self._also = Weighted((code, 1.0) for code in phrases["also"])

    def compose(self, random: Random, draft_id: str, recorded: date) -> Draft:
        industry = self._scenes.industries.pick(random, "calls")
        scene = self._scenes.set(random, "calls", recorded, industry, named=0.84, on_site=False)
        issue = self._issue(industry, scene.mainland).pick(random)
        words: Table = table("calls")[issue]
        size = _people(scene, alone=words.get("alone", False))
        key = self._outcome(scene, bool(words["money"])).pick(random)
        outcome: Table = table("phrases")["outcomes"][key]
        course = self._course(scene, outcome, key)
        away = course.days if course else int(random.random() ** 2 * 9)
        day = max(recorded - timedelta(days=away), START)
        draft = scene.draft(draft_id, day, "day" if course else scene.precision())
        draft.issues = [issue]
        draft.participants_low = draft.participants_high = size
        draft.ownership = scene.employer.ownership
        _money(scene, draft, words, size, day)
        draft.responses = list(outcome["codes"])
        deleted = "post_deleted" in outcome["codes"]
        draft.sources = found(
            random, draft, day, recorded, board=course is not None, deleted=deleted
        )
        draft.title = scene.title(one_of(random, words["titles"]))
        draft.text = scene.text(self._parts(scene, draft, words, outcome))
        if course:
            draft.replies = exchange(scene, course, outcome, key, day)
        _state(draft, words)
        return draft

    def _course(self, scene: Scene, outcome: Table, key: str) -> Course | None:
        """The exchange on the board for every third case on the mainland, if there is time."""
        if not scene.mainland or scene.random.random() > 0.34:
            return None
        course = plan(scene.random, outcome["board"], key)
        return course if course.days <= (scene.recorded - START).days else None

    def _parts(
        self, scene: Scene, draft: Draft, words: Table, outcome: Table
    ) -> list[tuple[Said, bool]]:
        """The sentences in order, with whether each must be there; adds what they say."""
        random, phrases = scene.random, table("phrases")
        parts = [(one_of(random, words["openings"]), True)]
        parts.append((one_of(random, words["details"]), False))
        if random.random() < 0.18 and scene.mainland:
            also = self._also.pick(random)
            if also not in draft.issues:
                draft.issues.append(also)
                parts.append((one_of(random, phrases["also"][also]), True))
        if random.random() < 0.55 and "over" not in words and scene.mainland:
            contexts = phrases["contexts"]
            group = contexts.get(scene.industry.path[0], contexts["other"])
            parts.append((one_of(random, group), False))
        if random.random() < 0.4:
            kept = phrases["evidence"] + (phrases["evidence_of_sums"] if words["money"] else ())
            parts.append((one_of(random, kept), False))
        draft.actions = self._acted(scene, draft)
        for at, action in enumerate(draft.actions[:2]):
            parts.append((one_of(random, phrases["actions"][action]), at == 0))
        parts.append((one_of(random, outcome["sentences"]), True))
        return parts

    def _acted(self, scene: Scene, draft: Draft) -> list[str]:
        """What was tried, in the usual order: the employer, an office, then the public."""
        taken: list[str] = []
        for _ in range(one_of(scene.random, (0, 1, 1, 1, 2, 2))):
            action = self._actions.pick(scene.random)
            if scene.mainland or action in table("phrases")["elsewhere"]["actions"]:
                taken.append(action)
        platforms = {source.platform for source in draft.sources}
        if "message_board" in platforms:
            taken.append("board_message")
        if "hotline" in platforms:
            taken.append("hotline")
        if platforms & SOCIAL or not taken:
            taken.append("post_or_video")
        return sorted(set(taken), key=lambda action: (action != "negotiation", taken.index(action)))

    def _issue(self, industry: Industry, mainland: bool) -> Weighted[str]:
        at = (industry.code, mainland)
        if at not in self._issues:
            only = table("phrases")["elsewhere"]["issues"]
            self._issues[at] = Weighted(
                (code, words["weight"])
                for code, words in table("calls").items()
                if covers(self._scenes.terms, words.get("within", ()), industry.code)
                and (mainland or code in only)
            )
        return self._issues[at]

    def _outcome(self, scene: Scene, money: bool) -> Weighted[str]:
        at = (scene.industry.path[0], scene.employer.ownership, money, scene.mainland)
        if at not in self._outcomes:
            only = table("phrases")["elsewhere"]["outcomes"]
            self._outcomes[at] = Weighted(
                (code, outcome["weight"])
                for code, outcome in table("phrases")["outcomes"].items()
                if covers(self._scenes.terms, outcome.get("within", ()), at[0])
                and outcome.get("owner", at[1]) == at[1]
                and (money or "needs" not in outcome)
                and (scene.mainland or code in only)
            )
        return self._outcomes[at]


def _people(scene: Scene, *, alone: bool) -> int | None:
    """How many appeal, None where nobody said; sets the words for them."""
    random, slots, industry = scene.random, scene.slots, scene.industry
    between = (1, 1) if alone else _PEOPLE.pick(random)
    size = None
    if between:
        low, high = between
        size = low + int(random.random() * (high - low + 1))
    trade = one_of(random, industry.workers)
    many = size != 1
    slots.agree(many)
    people = industry.people
    slots.put("workers", trade.zh, f"{trade.en}s" if many else article(trade.en))
    they = Said(f"{people.zh}们", f"the {people.en}s")
    slots.put("they", *(they if many else Said(f"这名{people.zh}", f"the {people.en}")))
    scene.people = they if many else None
    if size is None:
        slots.put("who", f"多名{trade.zh}", f"several {trade.en}s")
    elif many:
        slots.put("who", f"{size}名{trade.zh}", counted(size, trade.en))
    else:
        slots.put("who", f"一名{trade.zh}", article(trade.en))
    return size


def _money(scene: Scene, draft: Draft, words: Table, size: int | None, day: date) -> None:
    """The sum, the months and the time they are owed for, with their words."""
    if not words["money"]:
        return
    random, slots = scene.random, scene.slots
    heads = size or 3 + int(random.random() * 12)
    if words["money"] == "wages":
        months = _MONTHS.pick(random)
        each = (3000 + int(random.random() * 50) * 100) * float(months)
        said = months_said(months)
        slots.put("months", *said)
        slots.put("months_of", said.zh, possessive(said.en))
        # The last unpaid month is the one before the appeal or one earlier.
        last = day.year * 12 + day.month - 2 - int(random.random() * 2)
        first = last - ceil(months) + 1
        since = date(first // 12, first % 12 + 1, 1)
        draft.period_from = since
        draft.period_until = date((last + 1) // 12, (last + 1) % 12 + 1, 1) - timedelta(days=1)
        draft.months_owed = months
        slots.put("since", *month_said(since))
    else:
        low, high = words["sums"]
        each = low + random.random() ** 2 * (high - low)
    amount = rounded_sum(each * heads)
    whole = sum_said(amount, hong_kong=not scene.mainland)
    if size == 1:
        slots.put("total", f"约{whole.zh}", f"about {whole.en}")
    else:
        slots.put("total", f"合计约{whole.zh}", f"about {whole.en} in all")
    if scene.mainland:  # the column is CNY
        draft.amount_owed = Decimal(amount)


def _state(draft: Draft, words: Table) -> None:
    """Keeps beside the term `other` what the source said."""
    if draft.issues[0] == "other":
        draft.stated["issue"] = [words["stated"]]
    if "other" in draft.actions:
        draft.stated["action"] = [table("phrases")["stated"]["action"]]
