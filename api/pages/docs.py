"""The documentation page: our OpenAPI document as plain HTML, without scripts or fonts."""

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, problems
from api.cases.filters import FILTERS
from api.cases.parameters import Asked
from api.errors import KINDS
from api.http import cached
from api.lang import Lang, asked_lang

router = APIRouter(tags=["documentation"])

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "docs.css").read_text()
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# Only this very style sheet; no script, no picture, no request to anywhere.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_CHINESE: dict[str, Any] = tomllib.loads((_FOLDER.parent / "docs_zh.toml").read_text("utf-8"))
_TYPES: dict[Lang, dict[str, str]] = {
    "en": {"string": "text", "integer": "whole number", "boolean": "true or false"},
    "zh": {"string": "文本", "integer": "整数", "boolean": "true 或 false"},
}
_PAGES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["marked"] = lambda text: _marked(text)


@router.get(
    "/docs",
    response_class=Response,
    responses={200: {"content": {"text/html": {}}}} | problems() | NOT_MODIFIED,
    summary="This documentation",
)
async def read_docs(request: Request, _: Annotated[Asked, Query()]) -> Response:
    """Every address of the API with its parameters and answers, for people."""
    asked = asked_lang(request.query_params.get("lang"), request.headers.get("accept-language"))
    lang = asked or "en"
    document = request.app.openapi()
    html = _PAGES.get_template("docs.html").render(
        lang=lang,
        style=_STYLE,
        document=document,
        operations=list(_operations(document, lang)),
        filters=_filters(document, lang),
        kinds=KINDS,
        address=request.app.state.settings.address,
    )
    response = cached(request, html.encode(), "text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Language"] = lang
    response.headers.add_vary_header("Accept-Language")
    return response


def _operations(document: dict[str, Any], lang: Lang) -> Iterator[dict[str, Any]]:
    words: dict[str, list[str]] = _CHINESE["operations"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            filtered = _is_filtered(parameters)
            own = [item for item in parameters if not (filtered and item["name"] in FILTERS)]
            english = (operation.get("summary", ""), operation.get("description", ""))
            summary, description = words[path] if lang == "zh" else english
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "summary": summary,
                "description": description,
                "filtered": filtered,
                "parameters": [_parameter(item, path, lang) for item in own],
                "responses": {
                    status: answer.get("description", "")
                    for status, answer in operation["responses"].items()
                },
            }


def _filters(document: dict[str, Any], lang: Lang) -> list[dict[str, Any]]:
    """The filters, once: they are the same on every address that takes them."""
    path = "/api/v1/cases"
    parameters = document["paths"][path]["get"]["parameters"]
    return [_parameter(item, path, lang) for item in parameters if item["name"] in FILTERS]


def _is_filtered(parameters: list[dict[str, Any]]) -> bool:
    return {"map", "industry", "q"} <= {item["name"] for item in parameters}


def _parameter(item: dict[str, Any], path: str, lang: Lang) -> dict[str, Any]:
    schema = item.get("schema", {})
    plain = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    shape = plain[0] if plain else {}
    inner = shape.get("items", shape)
    values = inner.get("enum") or ([inner["const"]] if "const" in inner else [])
    description = item.get("description", "")
    if lang == "zh":
        other = path.endswith("/changes") and item["name"] == "since"
        words: dict[str, str] = _CHINESE["parameters"]
        description = _CHINESE["since_changes"]["text"] if other else words[item["name"]]
    default = schema.get("default")
    return {
        "name": item["name"],
        "type": _TYPES[lang][inner.get("type", "string")],
        "several": "items" in shape,
        "values": values,
        "default": ",".join(default) if isinstance(default, list | tuple) else default,
        "description": description,
    }


def _marked(text: str) -> Markup:
    """Escaped text in which `this` is code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped)
