"""Invented cases made at the desk, for tests of what is done with them."""

from typing import Any

import httpx

from tests.asking import API

CONTENT: dict[str, Any] = {
    "map": "calls",
    "date": {"value": "2026-10-03", "precision": "day"},
    "title": {"zh": "示例电子厂拖欠工资", "en": "Example Electronics owes wages"},
    "text": {"zh": "工人讨薪未果。", "en": "Workers ask for their pay."},
    "company": {"zh": "示例电子厂", "en": "Example Electronics"},
    "place": "440306",
    "industry": "electronics",
    "issues": ["wage_arrears"],
    "actions": ["post_or_video"],
    "amount_owed": 12500.5,
    "sources": [{"platform": "weibo", "url": "https://example.org/1", "posted_on": "2026-10-03"}],
    "replies": [
        {
            "office": {"zh": "示例区人社局", "en": "Example district labour bureau"},
            "text": {"zh": "已转办。", "en": "Passed on."},
            "status": "办理中",
            "received_on": "2026-10-04",
            "replied_on": "2026-10-12",
        }
    ],
}
WHY = {"zh": "更正标题", "en": "The title was corrected"}


async def made(client: httpx.AsyncClient, **members: Any) -> dict[str, Any]:
    """A new draft."""
    answer = await client.post(f"{API}/staff/cases", json={**CONTENT, **members})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def saved(client: httpx.AsyncClient, case: dict[str, Any], **members: Any) -> dict[str, Any]:
    answer = await save(client, case, **members)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def save(client: httpx.AsyncClient, case: dict[str, Any], **members: Any) -> httpx.Response:
    given = {"map": case["map"], "date": case["date"], "edit": case["edit"], **members}
    return await client.put(f"{API}/staff/cases/{case['id']}", json=given)


async def act(client: httpx.AsyncClient, case_id: str, name: str, **body: Any) -> httpx.Response:
    return await client.post(f"{API}/staff/cases/{case_id}/{name}", json=body)


async def published(
    client: httpx.AsyncClient, case: dict[str, Any] | None = None, **members: Any
) -> dict[str, Any]:
    """A case that is public now, as the desk has it."""
    case = case or await made(client, **members)
    answer = await act(client, case["id"], "publish", edit=case["edit"], reason=WHY)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "published"
    return await read(client, case["id"])


async def read(client: httpx.AsyncClient, case_id: str) -> dict[str, Any]:
    answer = await client.get(f"{API}/staff/cases/{case_id}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body
