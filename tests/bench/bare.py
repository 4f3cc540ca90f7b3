"""The bare handler: Starlette and asyncpg alone, answering lists with the API's own SQL.

A process of its own: `python -m tests.bench.bare`, told on standard input what to serve.
"""

import pickle
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# Returned from memory: as long as a list of 50.
HELD = b'"' + b"x" * 24_998 + b'"'


@dataclass(frozen=True, slots=True)
class Order:
    """What to serve: a statement that answers total and summaries, and the bytes around them."""

    address: str
    port: int
    pool: int
    sql: str
    # By query string: what is asked, and the statement's parameters for it.
    parameters: Mapping[str, tuple[Any, ...]]
    limit: int
    # Before the total and behind the items; the same for every answer to the same question.
    head: str
    tail: str


def bare_app(order: Order) -> Starlette:
    pool: asyncpg.Pool

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        nonlocal pool
        # Connections are handed back as they are, without asyncpg's RESET ALL: one statement a
        # request, and the hardest baseline.
        async with asyncpg.create_pool(
            order.address,
            min_size=order.pool,
            max_size=order.pool,
            server_settings={"default_transaction_read_only": "on"},
            reset=_as_it_is,
        ) as pool:
            yield

    async def list_cases(request: Request) -> Response:
        async with pool.acquire() as connection:
            row = await connection.fetchrow(order.sql, *order.parameters[request.url.query])
        items = ",".join((row[1] or ())[: order.limit])
        body = f'{order.head}{row[0]},"items":[{items}]{order.tail}'
        return Response(body.encode(), media_type="application/json")

    async def held(request: Request) -> Response:
        return Response(HELD, media_type="application/json")

    routes = [Route("/cases", list_cases), Route("/held", held)]
    return Starlette(routes=routes, lifespan=lifespan)


async def _as_it_is(connection: asyncpg.Connection) -> None:
    """Leaves a connection that is handed back alone."""


def main() -> None:
    order: Order = pickle.load(sys.stdin.buffer)
    uvicorn.run(
        bare_app(order),
        port=order.port,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


if __name__ == "__main__":
    main()
