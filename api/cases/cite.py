"""The citation of one revision, joined to a stored document when it is read.

It names the public address, and no absolute address is ever stored.
"""

from datetime import date

import orjson

from api.lang import Pair


def case_address(address: str, case_id: str) -> str:
    """The public page of a case."""
    return f"{address}/cases/{case_id}"


def cite(
    address: str, case_id: str, title: Pair, revision: int, day: date, *, demo: bool
) -> dict[str, str]:
    """How to cite this revision, in both languages."""
    where = case_address(address, case_id)
    said = day.isoformat()
    name_zh, name_en = title.either("zh") or "无题", title.either("en") or "untitled"
    zh = f"求助（Qiuzhu）：《{name_zh}》，案例 {case_id}，第 {revision} 版，{said}。{where}"
    en = f"Qiuzhu: “{name_en}”, case {case_id}, revision {revision}, {said}. {where}"
    if demo:
        zh, en = f"【演示数据，并非真实案例】{zh}", f"[Demonstration data, not a real case] {en}"
    return {"zh": zh, "en": en}


def with_cite(document: bytes, citation: dict[str, str]) -> bytes:
    """A stored document with its last member, `cite`."""
    return b"".join(cited(document, citation))


def cited(document: bytes, citation: dict[str, str]) -> tuple[bytes | memoryview, ...]:
    """The same in parts, for whoever joins many of them."""
    return memoryview(document)[:-1], b',"cite":', orjson.dumps(citation), b"}"
