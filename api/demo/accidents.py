"""Invented accidents: what happened, to how many, and what was said of the cause."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from api.demo.phrases import MAPS_IN_DATA, Table, covers, table
from api.demo.rates import START
from api.demo.scene import Scene, Scenes
from api.demo.sources import found
from api.demo.weights import Weighted, one_of
from api.demo.words import Said, article, counted, number, when_said
from api.staff.drafts import Draft

_NOT_TOLD = 0.04
_HURT = ("受伤", "injured")
# [zh, en] or [zh, en, industry terms].
_Entry = Sequence[Any]


class Accidents:
    """Composes accidents from their streams."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._fit: dict[tuple[str, str, str], list[Said]] = {}
        data = table("accidents")
        # The type of an accident decides the industry, not the other way round.
        own = table("industries")["industries"]
        self._industries = {
            code: Weighted(
                (industry, weight * own[industry]["weights"][MAPS_IN_DATA.index("accidents")])
                for industry, weight in kind["industries"].items()
            )
            for code, kind in data["types"].items()
        }
        self._issues = {
            code: Weighted(kind["issues"].items()) for code, kind in data["types"].items()
        }
        self._types = {
            month: Weighted(
                (code, kind["weight"])
                for code, kind in data["types"].items()
                if month in kind.get("months", range(1, 13))
            )
            for month in range(1, 13)
        }
        self._responses = Weighted(
            (key, entry["weight"]) for key, entry in data["responses"].items()
        )

    def compose(self, random: Random, draft_id: str, recorded: date) -> Draft:
        data = table("accidents")
        day = max(recorded - timedelta(days=int(random.random() ** 2 * 5)), START)
        code = self._types[day.month].pick(random)
        kind: Table = data["types"][code]
        industry = self._scenes.industries.get(self._industries[code].pick(random))
        scene = self._scenes.set(random, "accidents", recorded, industry, named=0.55, on_site=True)
        draft = scene.draft(draft_id, day, scene.precision())
        draft.accident_type = code
        if random.random() < 0.85:
            draft.issues = [self._issues[code].pick(random)]
        # The offices that the other answers name are those of the mainland.
        response = self._responses.pick(random) if scene.mainland else "none"
        draft.responses = list(data["responses"][response]["codes"])
        deleted = response == "post_deleted"
        draft.sources = found(random, draft, day, recorded, board=False, deleted=deleted)
        _fill(scene, draft, kind, one_of(random, self._fitting(code, "whats", industry.code)))
        draft.title = scene.title(one_of(random, data["titles"]))
        cause = one_of(random, self._fitting(code, "causes", industry.code))
        draft.text = scene.text(_parts(random, draft, kind, cause, response))
        if "stated" in kind:
            draft.stated["accident_type"] = [kind["stated"]]
        return draft

    def _fitting(self, code: str, what: str, industry: str) -> list[Said]:
        """What there is to say of a type of accident where it happens in the industry."""
        at = (code, what, industry)
        if at not in self._fit:
            entries: Sequence[_Entry] = table("accidents")["types"][code][what]
            self._fit[at] = [
                Said(zh, en)
                for zh, en, *within in entries
                if covers(self._scenes.terms, within[0] if within else (), industry)
            ]
        return self._fit[at]


def _fill(scene: Scene, draft: Draft, kind: Table, what: Said) -> None:
    """The words for what happened to whom; sets the dead and injured."""
    random, slots = scene.random, scene.slots
    trade = one_of(random, scene.industry.workers)
    slots.put("workers", trade.zh, f"{trade.en}s")
    slots.put("when", *when_said(draft.date, draft.date_precision))
    slots.put("what", *what)
    slots.put("a_what", what.zh, article(what.en))
    if random.random() < _NOT_TOLD and "illness" not in kind:
        slots.put("toll", "伤亡人数未公布", "an unknown number of casualties")
        slots.put("short", "", "casualties unknown")
        return
    dead = _how_many(random, kind["dead"])
    hurt = _how_many(random, kind["hurt"])
    if not dead and not hurt:
        if "rescue" in kind:
            saved = 3 + int(random.random() * 20)
            slots.put(
                "toll",
                f"{saved}人被困后获救，无人伤亡",
                f"{counted(saved, 'worker')} in need of rescue, none of them hurt",
            )
            slots.put("short", "", f"{number(saved)} rescued unhurt")
            draft.deaths = draft.injuries = 0
            return
        hurt = 1
    draft.deaths, draft.injuries = dead, hurt
    slots.put("toll", *_toll(dead, hurt, kind.get("hurt_word", _HURT)))
    figures = [f"{number(dead)} dead"] * (dead > 0)
    figures += [f"{number(hurt)} {kind.get('hurt_word', _HURT)[1]}"] * (hurt > 0)
    slots.put("short", "", ", ".join(figures))


def _toll(dead: int, hurt: int, word: Sequence[str]) -> Said:
    """For after "left": two workers dead and one injured."""
    zh = [f"{dead}人死亡"] * (dead > 0) + [f"{hurt}人{word[0]}"] * (hurt > 0)
    if dead and hurt:
        en = f"{counted(dead, 'worker')} dead and {number(hurt)} {word[1]}"
    elif dead:
        en = f"{counted(dead, 'worker')} dead"
    else:
        en = f"{counted(hurt, 'worker')} {word[1]}"
    return Said("、".join(zh), en)


def _how_many(random: Random, shares: Sequence[float]) -> int:
    return random.choices(range(len(shares)), shares)[0]


def _parts(
    random: Random, draft: Draft, kind: Table, cause: Said, response: str
) -> list[tuple[Said, bool]]:
    """The sentences in order, with whether each must be there; illness has no scene."""
    data = table("accidents")
    event = "illness" not in kind
    harmed = draft.deaths or draft.injuries
    openings = data["openings"] + (data["scenes"] if event else ())
    # Without anybody hurt there are no families and no costs to speak of.
    openings += data["families"] if harmed else ()
    details = data["details"] if harmed else ()
    details += data["scene_details"] if event else ()
    parts = [
        (one_of(random, openings), True),
        (cause, True),
        (one_of(random, details), random.random() < 0.5),
    ]
    parts.append((one_of(random, data["responses"][response]["sentences"]), True))
    return parts
