"""Routes that are asked by the thousand: their query is read in one go.

The framework looks for each field of a model by itself, which takes longer than the answer. What is
documented, and what is refused with which words, stays as it is.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import access
from api.cases.parameters import Asked

Model = TypeVar("Model", bound=BaseModel)


class AskedRoute(APIRoute):
    """For endpoints of exactly `request`, `asked: Annotated[Query model, Query()]`, `reading`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        endpoint: Callable[..., Awaitable[Response]] = self.endpoint
        model = get_args(endpoint.__annotations__["asked"])[0]
        assert issubclass(model, Asked)

        async def answered(request: Request) -> Response:
            reading = await access(request)
            return await endpoint(request, read_query(model, request), reading)

        return answered


def read_query(model: type[Model], request: Request) -> Model:
    """The query as the model has it. Raises what the framework raises for one that it is not."""
    given: dict[str, Any] = {}
    fields = model.model_fields
    for name, value in parse_qsl(request.scope["query_string"].decode(), keep_blank_values=True):
        if name in fields and _is_list(fields[name].annotation):
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise RequestValidationError(
            [{**fault, "loc": ("query", *fault["loc"])} for fault in faults]
        ) from None


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple
