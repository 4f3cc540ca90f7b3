"""What a person is told of an alert, and nothing that tells more to who has no receipt."""

from datetime import date
from typing import NamedTuple

from api.lang import Pair

# Why a file is left out that was in order: an hour's bytes without proof of work are spent.
BUDGET = "budget"


class Left(NamedTuple):
    """A file that was not taken: which of those sent, from 0, and why."""

    position: int
    code: str


class Submitted(NamedTuple):
    """What is told once; the receipt, in groups, is nowhere else."""

    receipt: str
    kept: int = 0
    refused: tuple[Left, ...] = ()


class Added(NamedTuple):
    """Whether there was an open alert to add to, and what became of the files."""

    known: bool
    kept: int = 0
    refused: tuple[Left, ...] = ()


class State(NamedTuple):
    """How far the desk is with an alert. `case_id` only once it is published."""

    state: str
    changed_on: date | None
    reason: str | None
    case_id: str | None


# Why an alert was not published, as its sender is told.
REASONS: dict[str, Pair] = {
    "duplicate": Pair("已有相同的案例", "the same case is already there"),
    "unclear": Pair("信息不足，无法核实", "there was too little to check it by"),
    "elsewhere": Pair("不属于劳动问题", "it is not about work"),
    "unsafe": Pair("公布会使人处于危险", "publishing it would put somebody in danger"),
    "other": Pair("其他原因", "for another reason"),
}


def reason_of(code: str | None) -> Pair | None:
    """The words of a reason; a code that this version does not know is some other reason."""
    return None if code is None else REASONS.get(code, REASONS["other"])
