"""The error family: every refusal is one row of faults.py, answered as RFC 9457 problem+json.

Pages say the same in HTML, in pages/refusals.py. Bodies never repeat what was sent: a value could
be a phone number or a name.
"""

import json
import re
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.faults import DETAILS, KINDS
from api.lang import Lang, Pair, asked_lang

MEDIA_TYPE = "application/problem+json"
__all__ = ["DETAILS", "KINDS", "MEDIA_TYPE", "Fault", "Problem", "ProblemBody"]

_INVALID = DETAILS["unfit"]
_NAME = re.compile(r"[a-z_]{1,40}\Z")


def shown_name(name: str) -> str | None:
    """A parameter's name where it looks like one of ours; anything else may be content."""
    return name if _NAME.match(name) else None


class Fault(BaseModel):
    """What is wrong with one parameter."""

    parameter: str | None
    zh: str
    en: str


class ProblemBody(BaseModel):
    """RFC 9457 problem details; the title is in the asked language, or in both where none was."""

    type: str = Field(examples=["/api/v1/docs#invalid-parameter"])
    title: str
    status: int
    titles: dict[str, str]
    parameter: str | None = None
    errors: list[Fault] = []


class Problem(Exception):
    """A refusal. `extra` becomes further members of the body (a tombstone, for instance)."""

    def __init__(
        self,
        kind: str,
        parameter: str | None = None,
        detail: Pair | None = None,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.faults: list[tuple[str | None, Pair]] = (
            [(parameter, detail or _INVALID)] if parameter else []
        )
        self.extra = extra or {}
        self.headers = headers or {}


def problem_body(problem: Problem, lang: Lang | None) -> dict[str, Any]:
    """The members of RFC 9457; the title in `lang`, or in both languages where that is None."""
    status, title = KINDS[problem.kind]
    zh, en = title.zh or "", title.en or ""
    return {
        # Relative, so that no address of a deployment is baked in.
        "type": f"/api/v1/docs#{problem.kind}",
        "title": f"{zh} / {en}" if lang is None else (zh if lang == "zh" else en),
        "status": status,
        "titles": {"zh": zh, "en": en},
        "parameter": problem.faults[0][0] if problem.faults else None,
        "errors": [
            {"parameter": name, "zh": detail.zh, "en": detail.en} for name, detail in problem.faults
        ],
        **problem.extra,
    }


def problem_headers(problem: Problem) -> dict[str, str]:
    """What every refusal carries, whatever form its body has."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language", **problem.headers}
    if KINDS[problem.kind][0] == 503:
        headers.setdefault("Retry-After", "5")
    return headers


def respond(problem: Problem, query_lang: str | None, accept_language: str | None) -> Response:
    """The problem as an answer of the API, in the asked language."""
    body = problem_body(problem, asked_lang(query_lang, accept_language))
    return Response(
        json.dumps(body, ensure_ascii=False),
        body["status"],
        headers=problem_headers(problem),
        media_type=MEDIA_TYPE,
    )


def to_problem(error: Exception) -> Problem:
    """Any exception of a request as the problem a reader may see."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return _validation(error)
    if isinstance(error, HTTPException):
        kinds = {404: "not-found", 405: "method-not-allowed"}
        return Problem(
            kinds.get(error.status_code, "bad-request"), headers=dict(error.headers or {})
        )
    return Problem("failed")


def _validation(error: RequestValidationError) -> Problem:
    faults: list[tuple[str | None, Pair]] = []
    unknown = False
    for part in error.errors():
        name = next((str(step) for step in part["loc"][1:] if isinstance(step, str)), None)
        unknown = unknown or part["type"] == "extra_forbidden"
        known = shown_name(name) if name is not None else None
        if name is None:
            known = str(part.get("ctx", {}).get("parameter", "")) or None
        faults.append((known, DETAILS.get(part["type"], _INVALID)))
    problem = Problem("unknown-parameter" if unknown else "invalid-parameter")
    problem.faults = faults
    return problem
