"""Reading a JSON body within limits, and answering without telling by the length.

Form bodies are uploads.py's.
"""

import asyncio
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.alerts.forms import problem_of
from api.errors import Problem

# The longest story, with each character as two escapes of six, and the other fields.
ALERT, SMALL = 256_000, 8_000
# Seconds for the whole of a body that small.
_PATIENCE = 120
# Longer than any of the answers, and shorter than what is compressed.
_PADDED = 480
Model = TypeVar("Model", bound=BaseModel)


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_json_body(request: Request, most: int) -> object:
    """The JSON value of a body of at most `most` bytes. Raises Problem."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Problem("unsupported-media-type")
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise Problem("too-large")
        value: object = orjson.loads(body)
    except (TimeoutError, ClientDisconnect, orjson.JSONDecodeError):
        # The decoder's words hold what it stumbled over.
        raise Problem("bad-request") from None
    return value


async def read_small(request: Request, model: type[Model]) -> Model:
    """A small JSON body as a model. Raises Problem."""
    if media_type(request) != "application/json":
        raise Problem("unsupported-media-type")
    return checked(model, await read_json_body(request, SMALL))


def checked(model: type[Model], value: object) -> Model:
    """Raises Problem with a fault per field."""
    try:
        return model.model_validate(value, strict=True)
    except ValidationError as error:
        raise problem_of(error) from None


def answer(body: BaseModel, status: int = 200) -> Response:
    """JSON that nobody keeps."""
    return _json(body.model_dump_json().encode(), status)


def even_answer(body: BaseModel) -> Response:
    """JSON of one length, whatever it says: blanks behind it fill it up."""
    return _json(body.model_dump_json().encode().ljust(_PADDED), 200)


def _json(body: bytes, status: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(body, status, headers=headers, media_type="application/json")
