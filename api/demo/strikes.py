"""Invented strikes and protests: how many did what, over what, and how it was answered."""

from datetime import date, timedelta
from random import Random

from api.demo.employers import Industry
from api.demo.phrases import Table, covers, table
from api.demo.rates import START
from api.demo.scene import Scene, Scenes
from api.demo.sources import found
from api.demo.weights import Weighted, one_of
from api.demo.words import Said, counted, when_said
from api.staff.drafts import Draft

SHENZHEN = "440300"
# CLB's bands; None for a number that nobody told.
_BANDS: Weighted[tuple[str, int | None, int | None]] = Weighted(
    [
        (("none", None, None), 12),
        (("tens", 1, 100), 66),
        (("hundreds", 100, 1000), 19),
        (("thousands", 1000, 10000), 2.7),
        (("myriads", 10000, None), 0.15),
    ]
)


class Strikes:
    """Composes strikes and protests from their streams."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._weighted: dict[tuple[str, str, str], Weighted[str]] = {}
        self._responses = Weighted(
            (key, entry["weight"]) for key, entry in table("strikes")["responses"].items()
        )

    def compose(
        self, random: Random, draft_id: str, recorded: date, *, in_shenzhen: bool = False
    ) -> Draft:
        """`in_shenzhen`: the one that every year begins with there, on its very day."""
        data = table("strikes")
        industries = self._scenes.industries
        industry = (
            industries.get("electronics") if in_shenzhen else industries.pick(random, "strikes")
        )
        unit = SHENZHEN if in_shenzhen else None
        scene = self._scenes.set(
            random, "strikes", recorded, industry, named=0.6, on_site=True, unit=unit
        )
        away = 0 if in_shenzhen else int(random.random() ** 2 * 6)
        day = max(recorded - timedelta(days=away), START)
        draft = scene.draft(draft_id, day, "day" if in_shenzhen else scene.precision())
        issue = self._weights("issues", industry).pick(random)
        draft.ownership = scene.employer.ownership
        draft.actions = self._acted(random, industry)
        if not scene.mainland:
            # Most of the others speak of institutions of the mainland.
            issue, draft.actions = "pay_rise", ["protest"]
        words: Table = data["issues"][issue]
        draft.issues = [issue]
        _fill(scene, draft, words)
        response = self._responses.pick(random)
        if data["responses"][response].get("needs") == "pay" and not words.get("pay"):
            response = "none"
        draft.responses = list(data["responses"][response]["codes"])
        deleted = response == "post_deleted"
        draft.sources = found(random, draft, day, recorded, board=False, deleted=deleted)
        draft.title = scene.title(one_of(random, data["titles"]))
        draft.text = scene.text(_parts(random, draft, words, response))
        for kind, code, entries in (
            ("issue", issue, data["issues"]),
            ("action", draft.actions[-1], data["actions"]),
        ):
            if "stated" in entries[code]:
                draft.stated[kind] = [entries[code]["stated"]]
        return draft

    def _weights(self, what: str, industry: Industry, told: str = "weight") -> Weighted[str]:
        """The issues or actions an industry has, those with the key `told`."""
        at = (what, industry.code, told)
        if at not in self._weighted:
            self._weighted[at] = Weighted(
                (code, entry["weight"])
                for code, entry in table("strikes")[what].items()
                if covers(self._scenes.terms, entry.get("within", ()), industry.code)
                and told in entry
            )
        return self._weighted[at]

    def _acted(self, random: Random, industry: Industry) -> list[str]:
        """One action done together, often a second one, and at times one told in a sentence."""
        together = self._weights("actions", industry, "words")
        actions = [together.pick(random)]
        if random.random() < 0.3:
            actions.append(together.pick(random))
        if random.random() < 0.15:
            actions.append(self._weights("actions", industry, "sentences").pick(random))
        return list(dict.fromkeys(actions))


def _fill(scene: Scene, draft: Draft, words: Table) -> None:
    """The words for who did what over what; sets how many took part."""
    random, slots, data = scene.random, scene.slots, table("strikes")
    trade = one_of(random, scene.industry.workers)
    slots.put("workers", trade.zh, f"{trade.en}s")
    slots.put("people", scene.industry.people.zh, f"{scene.industry.people.en}s")
    slots.put("when", *when_said(draft.date, draft.date_precision))
    months = 2 + int(random.random() * 6)
    slots.put("months", f"{months}个月", counted(months, "month"))
    slots.put("reason", *slots.inside(one_of(random, words["reasons"])))
    slots.put("demand", *one_of(random, words["demands"]))
    crowd, draft.participants_low, draft.participants_high = _BANDS.pick(random)
    some = one_of(random, data["crowds"][crowd])
    slots.put("crowd", *some)
    if crowd != "none" and random.random() < 0.25:
        draft.participants_stated = some.en if scene.langs == "en" else some.zh
    entries = [data["actions"][code] for code in draft.actions if "words" in data["actions"][code]]
    done = [entries[0]["words"], *(entry.get("again", entry["words"]) for entry in entries[1:])]
    first = Said(done[0][0], done[0][1])
    slots.put("do", *slots.inside(first))
    all_done = Said("，并".join(zh for zh, _, _ in done), " and ".join(past for _, _, past in done))
    slots.put("did", *slots.inside(all_done))


def _parts(random: Random, draft: Draft, words: Table, response: str) -> list[tuple[Said, bool]]:
    """The sentences in order, with whether each must be there."""
    data = table("strikes")
    parts = [(one_of(random, data["openings"]), True)]
    parts.append((one_of(random, words["details"]), True))
    for action in draft.actions:
        told = data["actions"][action].get("sentences")
        if told:
            parts.append((one_of(random, told), True))
    answered = data["responses"][response]["sentences"]
    if not answered or random.random() < 0.5:
        parts.append((one_of(random, data["courses"]), not answered))
    if answered:
        parts.append((one_of(random, answered), True))
    return parts
