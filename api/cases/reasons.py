"""Why a case was taken back, in the words its tombstone says it with."""

from typing import Literal

from api.lang import Pair

Reason = Literal["at_request", "privacy", "mistaken", "duplicate", "legal"]

REASONS: dict[str, Pair] = {
    "at_request": Pair("应当事人要求", "At the request of the person concerned"),
    "privacy": Pair("保护隐私", "To protect privacy"),
    "mistaken": Pair("内容有误", "The content was mistaken"),
    "duplicate": Pair("与其他案例重复", "The same as another case"),
    "legal": Pair("法律原因", "For legal reasons"),
}
