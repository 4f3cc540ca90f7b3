"""Alerts for tests of pages: a site that takes them, forms filled in, and what was stored."""

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
from nacl.public import PrivateKey
from PIL import Image

from api.clock import fixed
from api.cluster.roles import Addresses
from api.main import create_app
from api.sealing.boxes import Ring, key_id
from api.sealing.keys import public_line
from api.settings import Settings
from tests.archives import TODAY
from tests.pages.reading import Node, parsed

LANGS = ("zh", "en")
STORY = "公司拖欠三个月工资。\n周师傅的电话是19900001234。 <b>&amp;"
# The fields of a form, as a browser sends them.
Fields = Mapping[str, str | list[str]]
FILLED: Fields = {
    "kind": ["wage_arrears", "hours"],
    "story": STORY,
    "happened": "2026-10",
    "region": "440000",
    "place": "某工业园",
    "industry": "construction",
    "company": "某某公司",
    "amount_owed": "12000",
    "months_owed": "3",
    "people": "20",
    "links": "https://example.org/1",
    "contact_name": "老王",
    "contact_phone": "19900005678",
    "consent_phone": "helpers",
    "exact_place": "true",
    "reply_lang": "zh",
}


@dataclass(frozen=True)
class Desk:
    """The keys of a site, and the ring that opens what it took."""

    ring: Ring
    settings: Mapping[str, str]


def desk() -> Desk:
    private, mail = PrivateKey.generate(), PrivateKey.generate()
    told = {
        "desk_key": public_line("desk", private.public_key),
        "mail_key": public_line("mail", mail.public_key),
        "receipt_key": base64.b64encode(bytes(range(32))).decode(),
    }
    return Desk(Ring({key_id(private.public_key): private}), told)


@asynccontextmanager
async def taking(addresses: Addresses, keys: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """The real application with keys, and a browser that sends what a form holds."""
    told: dict[str, Any] = {**keys.settings}
    settings = Settings.model_construct(
        database_url=addresses.public, public_url="http://test", **told
    )
    app = create_app(settings, clock=fixed(TODAY))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


async def posted(
    client: httpx.AsyncClient,
    path: str,
    fields: Fields,
    files: Sequence[bytes] | None = None,
    status: int = 200,
) -> Node:
    """The page that answers a form; `files` are sent as the files of one that has such a field."""
    data = dict(fields)
    sent = None
    if files is not None:
        sent = [("files", (f"{n}.jpg", body, "image/jpeg")) for n, body in enumerate(files)]
        # A control without a choice sends an empty part.
        sent.append(("files", ("", b"", "application/octet-stream")))
    answer = await client.post(
        path, data=data, files=sent, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == status, answer.text[:2000]
    return kept_nowhere(answer)


def kept_nowhere(answer: httpx.Response) -> Node:
    """A page of the alert: in no cache, its title says nothing, without script or cookie."""
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "same-origin"
    root = parsed(answer.text)
    assert root.one("title").text in ("网页", "Page")
    assert not root.all("script")
    for field in root.one("main").all("form"):
        assert field["autocomplete"] == "off"
        assert field["method"] == "post"
    return root


def form_of(root: Node, path: str, at: int = 0) -> dict[str, str | list[str]]:
    """What a browser would send of the form that leads to `path`."""
    forms = [form for form in root.all("form") if form["action"].partition("?")[0] == path]
    fields: dict[str, str | list[str]] = {}
    for field in forms[at].walk():
        name, value = field.get("name"), field.get("value") or ""
        if field.tag == "textarea":
            # The line break that opens the element is none of the text.
            value = "".join(str(part) for part in field.parts).removeprefix("\n")
        elif field.tag == "select":
            chosen = [
                option for option in field.all("option") if option.get("selected") is not None
            ]
            value = (chosen or field.all("option"))[0]["value"]
        elif field.tag != "input" or not _is_sent(field):
            continue
        if name is None:
            continue
        if name in fields:
            held = fields[name]
            fields[name] = [*(held if isinstance(held, list) else [held]), value]
        else:
            fields[name] = value
    return fields


def _is_sent(field: Node) -> bool:
    kind = field.get("type")
    return kind != "file" and (kind != "checkbox" or field.get("checked") is not None)


def picture(colour: str = "red") -> bytes:
    made = BytesIO()
    Image.new("RGB", (32, 24), colour).save(made, "JPEG")
    return made.getvalue()


async def checked(client: httpx.AsyncClient, lang: str = "zh", **other: str | list[str]) -> Node:
    """The check of a whole form with some fields otherwise."""
    return await posted(
        client, f"/alert/check?lang={lang}", {**FILLED, "reply_lang": lang, **other}
    )


def typed(root: Node, path: str) -> dict[str, str | list[str]]:
    """The form's fields that hold something, but what the pages add themselves."""
    own = {"key", "step"} | {f"consent_{name}" for name in ("name", "wechat", "other")}
    return {name: value for name, value in form_of(root, path).items() if value and name not in own}
