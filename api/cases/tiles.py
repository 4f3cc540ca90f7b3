"""Vector tiles: counts per province, then per prefecture, then the cases' own points.

The layers are `places` (numbers at a place's marker) and, from zoom 8, `points`; `tile_sql.py` and
`by_index.py` make them.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.parameters import TileFilters
from api.errors import Problem
from api.http import cached

router = APIRouter(tags=["cases"])

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
DEEPEST = 22


@router.get(
    "/cases/tiles/{z}/{x}/{y}.mvt",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}}} | problems() | NOT_MODIFIED,
    summary="Vector tile of counts and points",
)
async def read_tile(
    request: Request,
    z: Annotated[int, Path(ge=0, le=DEEPEST, description="Zoom.")],
    x: Annotated[int, Path(ge=0, lt=2**DEEPEST, description="Column.")],
    y: Annotated[int, Path(ge=0, lt=2**DEEPEST, description="Row.")],
    asked: Annotated[TileFilters, Query()],
    reading: Reading,
) -> Response:
    """A Mapbox vector tile. Each feature has `place`, `level` and `count`; a point that stands for
    a single case also has its `id`. A case lies in exactly one tile of a zoom."""
    if max(x, y) >= 2**z:
        raise Problem("invalid-parameter", "x" if x >= 2**z else "y")
    view = await reading.view(asked)
    tile = await (await reading.finder()).tile(view, z, x, y)
    return cached(request, tile, MEDIA_TYPE)
