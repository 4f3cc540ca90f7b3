"""The invented official exchange on the message board: offices, days, answers and promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from api.demo.phrases import Table, said, table
from api.demo.scene import Scene
from api.demo.weights import Weighted, one_of
from api.demo.words import Said, day_said
from api.lang import Pair
from api.staff.drafts import DraftReply

_PROMISES = frozenset({"promised", "paid_in_part"})
# What a promise came to when its day had passed before the case was written down.
_KEPT = Weighted([("kept", 35), ("partly", 20), ("broken", 45)])


@dataclass(frozen=True, slots=True)
class Course:
    """The days of an exchange, counted from the appeal; None for what did not happen (yet)."""

    received: int
    acknowledged: int | None
    replied: int | None
    due: int | None
    settled: bool
    # How long after the appeal the case is written down.
    days: int


def plan(random: Random, board: str, outcome: str) -> Course:
    """How long everything takes; `board` is the state of the thread, `outcome` from the data."""
    received = int(random.random() * 4)
    if board == "待回复":
        return Course(received, None, None, None, False, received + 3 + int(random.random() * 40))
    acknowledged = None
    at = received + 2 + int(random.random() ** 2 * 28)
    if random.random() < 0.25:
        acknowledged = at
        at += 4 + int(random.random() * 20)
    due = at + 7 + int(random.random() * 45) if outcome in _PROMISES else None
    settled = due is not None and random.random() < 0.5
    last = due if due is not None and settled else at
    return Course(received, acknowledged, at, due, settled, last + 1 + int(random.random() * 9))


def exchange(scene: Scene, course: Course, outcome: Table, key: str, day: date) -> list[DraftReply]:
    """The rows of the exchange for an appeal of `day`."""
    data, random = table("replies"), scene.random
    office, level = _office(scene, outcome["codes"])
    received = day + timedelta(days=course.received)
    if course.replied is None:
        return [DraftReply(office, Pair(None, None), "待回复", received, None, level)]
    rows: list[DraftReply] = []
    if course.acknowledged is not None:
        answered = day + timedelta(days=course.acknowledged)
        text = _text(scene, data["texts"]["acknowledged"])
        rows.append(DraftReply(office, text, "办理中", received, answered, level))
    due = None if course.due is None else day + timedelta(days=course.due)
    if due is not None:
        scene.slots.put("due", *day_said(due))
    what = outcome.get("reply", outcome["codes"][-1])
    reply = DraftReply(
        office=office,
        text=_text(scene, data["texts"][what]),
        status=outcome["board"],
        received_on=received,
        replied_on=day + timedelta(days=course.replied),
        level=level,
        promise_due_on=due,
    )
    if course.settled:
        after = data["after"][_KEPT.pick(random)]
        reply.outcome = scene.pair(scene.slots.fill(one_of(random, after)))
    elif key == "paid_in_full":
        reply.outcome = scene.pair(said(data["after"]["kept"][1]))
    rows.append(reply)
    return rows


def _text(scene: Scene, answers: Sequence[Said]) -> Pair:
    words = scene.slots.fill(one_of(scene.random, answers))
    mark = said(table("phrases")["reply_mark"])
    return scene.pair(Said(words.zh + mark.zh, words.en + mark.en))


def _office(scene: Scene, codes: list[str]) -> tuple[Pair, str | None]:
    """The office that answers, and its level: that of the place or the next one up."""
    offices = table("replies")["offices"]
    code = next((code for code in codes if code in offices), "labour_inspection")
    steps = len(scene.names.path)
    if steps > 1 and scene.random.random() < 0.25:
        steps -= 1
    area = scene.names.upto(steps)
    scene.slots.put("area", f"（{area.zh}）" if steps else "", f" ({area.en})" if steps else "")
    office = scene.slots.fill(one_of(scene.random, offices[code]))
    # A district of Beijing is a county two steps down: the level is the place's, not the count's.
    level = scene.names.path[steps - 1].level if steps else None
    return scene.pair(office), level
