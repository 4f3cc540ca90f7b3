"""The alert routes in the OpenAPI document: bodies that they read themselves, and refusals."""

from typing import Any

from api.alerts.forms import AlertForm
from api.alerts.idempotency import LONGEST, PATTERN, SHORTEST
from api.alerts.schemas import AdditionForm, ReceiptForm
from api.cases.dependencies import problems

# Models that no parameter of a function names; openapi.py puts them among the schemas.
BODIES = (AlertForm, ReceiptForm, AdditionForm)
_WORDS = {
    400: "The body cannot be read, or the Idempotency-Key is missing",
    403: "A browser sends it from another site",
    409: "Another attempt with this key is still running; try again after Retry-After",
    413: "The body is too large",
    415: "Not a type of content that is taken here",
    422: "A field is unknown or invalid, or the key came with another body",
    503: "Busy, the database cannot be reached, or no alerts are taken here",
}
HEADERS: list[dict[str, Any]] = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Random, the same for every attempt at one alert: it is taken once.",
        "schema": {
            "type": "string",
            "minLength": SHORTEST,
            "maxLength": LONGEST,
            "pattern": f"^{PATTERN}$",
        },
    },
    {
        "name": "Altcha",
        "in": "header",
        "required": False,
        "description": "A solution of a challenge; one that does not hold is as none.",
        "schema": {"type": "string"},
    },
]


def _json(model: type) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _forms(names: str) -> dict[str, Any]:
    schema = {"type": "object", "description": f"{names}; an empty field is one left out."}
    return {
        "multipart/form-data": {"schema": schema},
        "application/x-www-form-urlencoded": {"schema": schema},
    }


FORM = {
    "required": True,
    "content": _json(AlertForm)
    | _forms("The fields of AlertForm, `kind` repeated, and up to five `files` of 10 MB"),
}
ADDITION = {
    "required": True,
    "content": _json(AdditionForm)
    | _forms("The fields of AdditionForm and up to five `files` of 10 MB"),
}
SMALL = {"required": True, "content": _json(ReceiptForm)}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route; 422 and 503 are possible everywhere."""
    shape = problems()[422]
    return {status: {**shape, "description": _WORDS[status]} for status in (*statuses, 422, 503)}
