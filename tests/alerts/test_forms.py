"""Each field of an alert: cleaned, bounded, and refused in both languages without an echo."""

import re
from typing import Any

import asyncpg
import httpx
import pytest

from api.alerts.forms import LINKS, STORY, TEXT, AlertForm, parse, read_json
from api.errors import DETAILS, KINDS, Problem
from tests.alerts.senders import ALERT, counts, new_key, send
from tests.asking import API, refused
from tests.hostile import TEXTS

CANARY = "kanarienvogel"
SHORT = ("place", "company", "contact_name", "contact_phone", "contact_wechat", "contact_other")
CONSENTS = ("consent_name", "consent_phone", "consent_wechat", "consent_other")
TICKS = ("email_anyway", "exact_place", "keep_original")
# Field and what it does not take, as JSON.
WRONG: list[tuple[str, Any]] = [
    *(("kind", value) for value in ([], [CANARY], CANARY, None, [1], ["injury"] * 8, {"a": 1})),
    *(("story", value) for value in ("", " \n", "\x00", None, 5, [CANARY], CANARY * 1_000)),
    *(("happened", value) for value in (CANARY, "2026-02-30", "2026-13", "26", "2026-1-1", 2026)),
    *((name, value) for name in SHORT for value in (CANARY * 50, 5, [CANARY], True)),
    *(("region", value) for value in (CANARY.upper(), "44 00", "'", 440000)),
    *(("industry", value) for value in ("电子", CANARY + "!", 5)),
    *(("amount_owed", value) for value in (-1, 1e13, CANARY, "5", True, [1])),
    *(("months_owed", value) for value in (-1, 1001, CANARY)),
    *(("people", value) for value in (-1, 1.5, 10**8, 2**70, CANARY, "5", True)),
    *(("links", value) for value in (f"{CANARY}\n" * 6, CANARY * 300, 5)),
    *((name, value) for name in CONSENTS for value in (CANARY, None, "", True)),
    *(("email", value) for value in (CANARY, f"{CANARY}@", f"a@{CANARY}\r\nBcc: b@example.org", 5)),
    ("email", f"{CANARY}@qq.com"),
    *((name, value) for name in TICKS for value in (CANARY, 1, "true", None)),
    *(("reply_lang", value) for value in ("de", CANARY, None)),
    (CANARY, CANARY),
    ("receipt", CANARY),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda part: repr(part)[:40])
async def test_refused(any_site: httpx.AsyncClient, name: str, value: Any) -> None:
    # A mainland address is refused for the tick that is missing.
    field = "email_anyway" if value == f"{CANARY}@qq.com" else name
    body = refused(await send(any_site, {**ALERT, name: value}), 422, field, sent="arienvogel" * 2)
    if name != CANARY:
        assert CANARY not in str(body)
    else:
        assert body["type"].endswith("#unknown-parameter")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'"a', b"NaN", b"[" * 5_000, b'{"a":"\\ud800"}']
)
async def test_unreadable(any_site: httpx.AsyncClient, body: bytes) -> None:
    headers = {"Idempotency-Key": new_key(), "Content-Type": "application/json"}
    for path in ("", "/state", "/additions", "/withdrawal"):
        refused(await any_site.post(f"{API}/alerts{path}", content=body, headers=headers), 400)


@pytest.mark.parametrize("body", [b"[]", b"null", b"5", b'"a"', b"true"])
async def test_no_object(any_site: httpx.AsyncClient, body: bytes) -> None:
    headers = {"Idempotency-Key": new_key(), "Content-Type": "application/json; charset=utf-8"}
    for path in ("", "/state", "/additions", "/withdrawal"):
        refused(await any_site.post(f"{API}/alerts{path}", content=body, headers=headers), 422)


async def test_too_large_or_of_another_type(
    site: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    headers = {"Idempotency-Key": new_key(), "Content-Type": "application/json"}
    for path in ("", "/state", "/additions", "/withdrawal"):
        large = b'{"story":"' + b"x" * 300_000
        refused(await site.post(f"{API}/alerts{path}", content=large, headers=headers), 413)
        for kind in ("", "text/plain", "application/xml", "text/json", "application/jsonp"):
            other = {**headers, "Content-Type": kind}
            refused(await site.post(f"{API}/alerts{path}", content=b"{}", headers=other), 415)
        coded = {**headers, "Content-Encoding": "gzip"}
        refused(await site.post(f"{API}/alerts{path}", content=b"{}", headers=coded), 415)
    assert await counts(owner) == {}


@pytest.mark.parametrize("name", ["region", "industry"])
async def test_unknown_codes(any_site: httpx.AsyncClient, name: str) -> None:
    body = refused(await send(any_site, {**ALERT, name: "999999"}), 422, name)
    assert body["type"].endswith("#unknown-code")
    known = {"region": "440300", "industry": "construction"}[name]
    assert (await send(any_site, {**ALERT, name: known})).status_code == 201


async def test_every_query_parameter_but_the_language_is_refused(
    any_site: httpx.AsyncClient,
) -> None:
    for query in (f"?nope={CANARY}", f"?receipt={CANARY}", f"?lang={CANARY}"):
        for path in ("", "/state", "/additions", "/withdrawal"):
            refused(await any_site.post(f"{API}/alerts{path}{query}", json={}), 422, sent=CANARY)
        refused(await any_site.get(f"{API}/alerts/challenge{query}"), 422, sent=CANARY)


@pytest.mark.parametrize(("asked", "has"), [("zh", "须"), ("en", "must")])
async def test_in_the_asked_language(any_site: httpx.AsyncClient, asked: str, has: str) -> None:
    answer = await any_site.post(
        f"{API}/alerts?lang={asked}", json={}, headers={"Idempotency-Key": new_key()}
    )
    assert answer.json()["title"] == answer.json()["titles"][asked]
    answer = await send(any_site, {**ALERT, "people": "x"})
    assert has in answer.json()["errors"][0][asked]


def test_texts_are_cleaned() -> None:
    for text in TEXTS:
        said = read_json({**ALERT, "story": f"事{text}"[:STORY], "place": text[:TEXT]})
        assert not re.search("[\x00-\x08\x0b-\x1f]", said.story + (said.place or ""))
        assert said.place is None or said.place.strip() == said.place != ""
    said = read_json({**ALERT, "story": "\x00 一\r\n二\t三\x1b "})
    assert said.story == "一\n二\t三"


def test_the_longest_that_is_taken() -> None:
    said = read_json({**ALERT, "story": "工" * STORY, "links": "x" * LINKS, "place": "工" * TEXT})
    assert (len(said.story), len(said.links or ""), len(said.place or "")) == (STORY, LINKS, TEXT)


def test_a_form_says_the_same_as_json() -> None:
    fields = {
        "story": "一\r\n二",
        "happened": " 2026-03 ",
        "amount_owed": "12,000.50",
        "months_owed": "2.5",
        "people": " 12 ",
        "exact_place": "on",
        "keep_original": "true",
        "links": "https://example.org/1\r\n\r\nhttps://example.org/2",
        "company": "",
        "consent_phone": "helpers",
    }
    said = parse([("kind", "injury"), ("kind", "hours,injury"), *fields.items()])
    assert said == read_json(
        {
            "kind": ["injury", "hours"],
            "story": "一\n二",
            "happened": "2026-03",
            "amount_owed": 12000.5,
            "months_owed": 2.5,
            "people": 12,
            "exact_place": True,
            "keep_original": True,
            "links": "https://example.org/1\nhttps://example.org/2",
            "consent_phone": "helpers",
        }
    )


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([("story", "a"), ("story", "b")], "story"),
        ([("exact_place", CANARY)], "exact_place"),
        ([("people", CANARY)], "people"),
        ([("nope", CANARY)], "nope"),
        ([], "kind"),
    ],
)
def test_forms_that_are_refused(pairs: list[tuple[str, str]], name: str) -> None:
    with pytest.raises(Problem) as refusal:
        parse(pairs)
    assert name in [fault for fault, _ in refusal.value.faults]
    assert CANARY not in repr(refusal.value.faults)


def test_every_tick_and_consent_is_tried() -> None:
    tried = {name for name, _ in WRONG}
    assert tried >= AlertForm.model_fields.keys()


def test_every_refusal_has_words() -> None:
    for zh, en in (*DETAILS.values(), *(title for _, title in KINDS.values())):
        assert zh
        assert en
        assert en.isascii()
