"""Whether the process runs (/livez) and whether it can answer readers (/readyz)."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.cases.dependencies import problems
from api.db import Database
from api.reference import read_vocabulary

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str


@router.get("/livez", response_model=Health, summary="The process runs")
async def live() -> Response:
    return _ok()


@router.get(
    "/readyz",
    response_model=Health,
    responses={503: problems()[503]},
    summary="Readers can be answered",
)
async def ready(request: Request) -> Response:
    """Asks the database for something that every answer needs; 503 where it cannot."""
    database: Database = request.app.state.database
    async with database.read() as session:
        await read_vocabulary(session)
    return _ok()


def _ok() -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
