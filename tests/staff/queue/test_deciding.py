"""Alerts assigned and decided on: by whom, from which states, and what their senders are told."""

from typing import Any

import asyncpg
import httpx
import pytest

from api.alerts.states import STATES
from api.cluster.roles import Addresses
from api.ids import new_id
from tests.alerts.senders import ask, sent, taking
from tests.archives import TODAY
from tests.asking import API, fetch, refused
from tests.staff.people import MakePerson
from tests.staff.queue.alerts import acts, put, put_plain


async def act(client: httpx.AsyncClient, name: str, what: str, **body: Any) -> httpx.Response:
    return await client.post(f"{API}/staff/alerts/{name}/{what}", json=body)


async def test_assigned_to_whoever_may_open_it(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator", "li.na")
    await person("viewer", "reader")
    await person("publisher", "gone", disabled=True)
    name = await put_plain(owner)
    assert (await act(li, name, "assignment", assignee="li.na")).status_code == 204
    (alert,) = (await fetch(li, "/staff/alerts"))["items"]
    assert (alert["assignee"], alert["state"], alert["changed_on"]) == ("li.na", "received", None)
    for nobody in ("reader", "gone", "no.one", "' OR 1=1"):
        refused(await act(li, name, "assignment", assignee=nobody), 422, "assignee", sent=nobody)
    assert (await act(li, name, "assignment", assignee=None)).status_code == 204
    refused(await act(li, name, "assignment"), 422, "assignee")
    assert await owner.fetchval("SELECT assignee FROM intake.alerts") is None
    assert await acts(owner, "alert.%") == [("alert.assign", name, ["assignee"])] * 2


async def test_decided_and_told(
    archive: Addresses, owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    async with taking(archive) as site:
        receipt = await sent(site)
        (alert,) = (await fetch(li, "/staff/alerts"))["items"]
        for state, reason in (
            ("checking", None), ("rejected", "unverifiable"), ("received", None), ("spam", None),
        ):  # fmt: skip
            answer = await act(li, alert["id"], "decision", state=state, reason=reason)
            assert answer.status_code == 204, answer.text
            told = (await ask(site, "state", receipt)).json()
            assert told["state"] == state
            assert (told["reason"] or {}).get("code") == reason
            assert told["changed_on"] == TODAY.isoformat()
    said = ("alert.decide", alert["id"], ["state", "reason"])
    assert await acts(owner, "alert.%") == [said] * 4


@pytest.mark.parametrize(
    "body",
    [
        {"state": "published"},
        {"state": "withdrawn"},
        {"state": ""},
        {"state": "spam", "reason": "because"},
        {},
        {"state": "spam", "x": 1},
    ],
)
async def test_what_is_no_decision(
    body: dict[str, Any], owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    name = await put_plain(owner)
    refused(await act(li, name, "decision", **body), 422)
    assert await owner.fetchval("SELECT state FROM intake.alerts") == "received"


async def test_states_in_which_it_can_be_done(
    owner: asyncpg.Connection, person: MakePerson
) -> None:
    li = await person("moderator")
    done: dict[str, set[str]] = {"assignment": set(), "decision": set(), "case": set()}
    bodies: dict[str, dict[str, Any]] = {
        "assignment": {"assignee": None}, "decision": {"state": "checking"}, "case": {},
    }  # fmt: skip
    for what, body in bodies.items():
        for state in STATES:
            made = await put(owner)
            await owner.execute("UPDATE intake.alerts SET state = $1 WHERE id = $2", state, made.id)
            answer = await act(li, made.id, what, **body)
            if answer.status_code in (201, 204):
                done[what].add(state)
            else:
                assert refused(answer, 409)["state"] == state
        refused(await act(li, new_id(), what, **body), 404)
        refused(await act(li, "x", what, **body), 404)
    assert done == {
        "assignment": {*STATES} - {"withdrawn"},
        "decision": {"received", "checking", "rejected", "spam"},
        "case": {"received", "checking"},
    }
