"""Invented documents in the public shape, for tests that need no database."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from api.cases.writers import Found
from api.ids import encode_id


def coded(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


GUANGDONG = coded("440000", "广东省", "Guangdong")
SHENZHEN = coded("440300", "深圳市", "Shenzhen")


def case(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A case with every field filled; `changes` replace fields."""
    platform = coded("weibo", "微博", "Weibo")
    return {
        "id": encode_id(number),
        "map": "strikes",
        "date": {"value": "2025-11-07", "precision": "day"},
        "title": {"zh": f"工人讨薪 {number}", "en": f"Workers demand wages {number}"},
        "region": {**SHENZHEN, "path": [GUANGDONG, SHENZHEN]},
        "point": [114.0579, 22.5431],
        "industry": {**coded("manufacturing", "制造业", "Manufacturing"), "path": []},
        "issues": [
            coded("wage_arrears", "欠薪", "Wage arrears"),
            coded("layoff", "裁员", "Layoff"),
        ],
        "actions": [coded("sit_in", "静坐", "Sit-in")],
        "company": {"zh": "某某电子厂", "en": "Example Electronics"},
        "replied": True,
        "revision": 2,
        "updated": "2025-12-01",
        "sources": [
            {
                "platform": platform,
                "url": f"https://example.org/{number}/{part}",
                "posted_on": "2025-11-07",
                "archived": None,
                "still_live": part == "a",
            }
            for part in ("a", "b")
        ],
        "text": {
            "zh": "数十名工人聚集在厂门口。\n要求支付工资。",
            "en": "Dozens gathered at the gate.",
        },
        "stated": {"industry": ["手套"]},
        "period": {"from": "2025-08-01", "until": None},
        "replies": [
            {
                "office": {"zh": "某区人社局", "en": None},
                "level": "county",
                "received_on": "2025-11-08",
                "replied_on": "2025-11-18",
                "days": 10,
                "text": {"zh": "已责令整改。", "en": None},
                "status": "已办理",
                "promise_due_on": None,
                "outcome": {"zh": None, "en": None},
            }
        ],
        "contacts": [],
        "participants": {"low": 1, "high": 100, "stated": "1-100 people"},
        "ownership": coded("private", "私营", "Private"),
        "response": [coded("police", "警方到场", "Police")],
        "accident_type": coded("fall", "高处坠落", "Fall"),
        "deaths": 0,
        "injuries": 3,
        "amount_owed": 120000.5,
        "months_owed": 3.0,
        **changes,
    }


def bare(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A case of which next to nothing is known."""
    nothing = {"zh": None, "en": None}
    fields: dict[str, Any] = dict.fromkeys(
        ("region", "point", "industry", "period", "participants", "ownership", "accident_type")
    )
    fields |= dict.fromkeys(("deaths", "injuries", "amount_owed", "months_owed"))
    fields |= {name: [] for name in ("issues", "actions", "response", "sources", "replies")}
    fields |= {name: dict(nothing) for name in ("title", "text", "company")}
    return case(number, **fields, stated={}, replied=False, **changes)


def found(case: dict[str, Any], *, demo: bool = False) -> Found:
    """The case as a row of `query.documents`."""
    return Found(
        document=orjson.dumps(case),
        id=case["id"],
        title_zh=case["title"]["zh"],
        title_en=case["title"]["en"],
        revision=case["revision"],
        published_on=date.fromisoformat(case["updated"]),
        demo=demo,
    )


def many(count: int) -> Iterator[dict[str, Any]]:
    """Cases whose texts all differ and have the length that real ones have."""
    for number in range(1, count + 1):
        words = f"第{number}起：" + "工人要求支付拖欠的工资。" * 12
        english = f"Case {number}: " + "Workers asked for unpaid wages. " * 15
        yield case(number, text={"zh": words, "en": english})
