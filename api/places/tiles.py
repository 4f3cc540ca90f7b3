"""Vector tiles of the boundaries a deployment has loaded: provinces, prefectures, counties.

What is counted inside them is api/cases/tiles.py's; how they are loaded is loading.py's.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import atan, degrees, pi, sinh
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy import ColumnElement, LargeBinary, and_, func, literal, select
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.parameters import Asked
from api.cases.tiles import DEEPEST, MEDIA_TYPE
from api.db import AnySelect, ReadSession
from api.errors import Problem
from api.http import cached
from api.models import PlaceRow
from api.places.gazetteer import Level

router = APIRouter(tags=["places"])

EXTENT = 4096
# Steps across a tile to which corners are moved: half a pixel of a tile drawn 512 wide. Moving them
# to a grid, unlike thinning each ring by itself, keeps the two sides of a shared border together.
_STEPS = 1024
# Beyond the tile's edge, so that the line along a cut lies outside what is seen.
_BUFFER = 64
# The zoom of 40 metre steps, finer than any boundaries we know of.
_UNTHINNED = 11


@router.get(
    "/places/tiles/{z}/{x}/{y}.mvt",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}}} | problems() | NOT_MODIFIED,
    summary="Vector tile of boundaries",
)
async def read_boundary_tile(
    request: Request,
    z: Annotated[int, Path(ge=0, le=DEEPEST, description="Zoom.")],
    x: Annotated[int, Path(ge=0, lt=2**DEEPEST, description="Column.")],
    y: Annotated[int, Path(ge=0, lt=2**DEEPEST, description="Row.")],
    _: Annotated[Asked, Query()],
    reading: Reading,
) -> Response:
    """Polygons with their `code`: layer `provinces`, from zoom 4 `prefectures`, from zoom 7
    `counties`. Empty where the deployment has loaded no boundaries."""
    if max(x, y) >= 2**z:
        raise Problem("invalid-parameter", "x" if x >= 2**z else "y")
    async with reading.database.read() as session:
        tile = bytes(await session.value(_statement(z, x, y)))
    return cached(request, tile, MEDIA_TYPE)


async def loaded_levels(session: ReadSession) -> Sequence[Level]:
    """The levels of which at least one place has its boundary, from the top down."""
    levels: tuple[Level, ...] = ("province", "prefecture", "county")
    found = [
        select(PlaceRow.code)
        .where(PlaceRow.level == level, PlaceRow.boundary.is_not(None))
        .exists()
        .label(level)
        for level in levels
    ]
    row = await session.first(select(*found))
    assert row is not None
    return [level for level, loaded in zip(levels, row, strict=True) if loaded]


# By zoom the layers and what each holds. A map of prefectures counts the districts of Beijing, and
# the counties a province runs itself, as units of their own.
_LAYERS: tuple[tuple[str, int, ColumnElement[bool]], ...] = (
    ("provinces", 0, PlaceRow.level == "province"),
    ("prefectures", 4, and_(PlaceRow.level != "province", PlaceRow.unit == PlaceRow.code)),
    ("counties", 7, PlaceRow.level == "county"),
)


@lru_cache(maxsize=256)
def _statement(z: int, x: int, y: int) -> AnySelect:
    layers = [_layer(name, which, z, x, y) for name, first, which in _LAYERS if z >= first]
    whole = layers[0]
    for layer in layers[1:]:
        whole = whole.op("||")(layer)
    return select(whole)


def _layer(name: str, which: ColumnElement[bool], z: int, x: int, y: int) -> ColumnElement[Any]:
    tile = func.ST_TileEnvelope(z, x, y)
    near = func.ST_MakeEnvelope(*_degrees(z, x, y), 4326)
    shape: ColumnElement[Any] = func.ST_Transform(PlaceRow.boundary, 3857)
    if z < _UNTHINNED:
        width = func.ST_XMax(tile) - func.ST_XMin(tile)
        shape = func.ST_SnapToGrid(shape, width / _STEPS)
    drawn = (
        select(
            PlaceRow.code,
            func.ST_AsMVTGeom(shape, tile, EXTENT, _BUFFER, True).label("geom"),
        )
        .where(which, PlaceRow.boundary.op("&&")(near))
        .order_by(PlaceRow.position)
        .subquery(name)
    )
    rows = select(drawn).where(drawn.c.geom.is_not(None)).subquery(f"{name}_features")
    encoded = select(func.ST_AsMVT(rows.table_valued(), name, EXTENT, "geom")).select_from(rows)
    return func.coalesce(encoded.scalar_subquery(), literal(b"", LargeBinary))


def _degrees(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """West, south, east and north of a tile with its buffer. Not left to the database: of a box
    that reaches over the edge of the world it makes one on the other side."""
    buffer, size = _BUFFER / EXTENT, 2**z
    west, east = ((x + step) / size * 360 - 180 for step in (-buffer, 1 + buffer))
    south, north = (
        degrees(atan(sinh(pi * (1 - 2 * (y + step) / size)))) for step in (1 + buffer, -buffer)
    )
    return max(west, -180), south, min(east, 180), north
