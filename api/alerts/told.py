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
    "duplicate": Pair("同一件事已有案例", "the same matter is a case already"),
    "unverifiable": Pair("无法核实", "it could not be verified"),
    "out_of_scope": Pair("不属于本站收录的范围", "it is not what this site collects"),
    "unsafe": Pair("公开可能给您或他人带来危险", "to publish it could endanger you or others"),
    "incomplete": Pair(
        "内容不足，可凭回执码补充", "it is too little; you can add to it with the code"
    ),
    "other": Pair("其他原因", "another reason"),
}


def reason_of(code: str | None) -> Pair | None:
    """The words of a reason; a code that this version does not know is some other reason."""
    return None if code is None else REASONS.get(code, REASONS["other"])
