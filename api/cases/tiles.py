"""Vector tiles: counts per province, then per prefecture, then the cases' own points.

The layers are `places` (numbers at a place's marker) and, from zoom 8, `points`.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    LargeBinary,
    Text,
    case,
    cast,
    func,
    literal,
    select,
)
from starlette.requests import Request
from starlette.responses import Response

from api.cases.dependencies import NOT_MODIFIED, Reading, problems
from api.cases.parameters import TileFilters
from api.cases.view import View
from api.db import AnySelect, one_of
from api.errors import Problem
from api.http import cached
from api.models import PlaceRow, PublicCase

router = APIRouter(tags=["cases"])

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
PROVINCES_BELOW = 5
PREFECTURES_BELOW = 8
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
    statement = tile_statement(view, z, x, y)
    tile = b""
    if statement is not None:
        async with reading.database.read() as session:
            tile = bytes(await session.value(statement))
    return cached(request, tile, MEDIA_TYPE)


def tile_statement(view: View, z: int, x: int, y: int) -> AnySelect | None:
    """The statement whose one value is the tile; None where the tile can only be empty."""
    if z < PREFECTURES_BELOW:
        summed = _summed(view, z < PROVINCES_BELOW, z, x, y)
        return None if summed is None else select(_encoded(summed, "places"))
    hits = _hits(view, z, x, y)
    areas = _encoded(_areas(hits, z, x, y), "places")
    return select(areas.op("||")(_encoded(_points(hits, z, x, y), "points")))


def _envelope(z: int, x: int, y: int) -> ColumnElement[Any]:
    return func.ST_TileEnvelope(z, x, y)


def _projected(point: Any) -> ColumnElement[Any]:
    return func.ST_Transform(point, 3857)


def _inside(point: Any, z: int, x: int, y: int) -> ColumnElement[bool]:
    """Half open, so that a point on the line between two tiles is counted in one of them."""
    tile, projected = _envelope(z, x, y), _projected(point)
    inside: ColumnElement[bool] = (
        point.op("&&")(func.ST_Transform(tile, 4326))
        & (func.ST_X(projected) >= func.ST_XMin(tile))
        & (func.ST_X(projected) < func.ST_XMax(tile))
        & (func.ST_Y(projected) > func.ST_YMin(tile))
        & (func.ST_Y(projected) <= func.ST_YMax(tile))
    )
    return inside


def _geometry(point: Any, z: int, x: int, y: int) -> ColumnElement[Any]:
    return func.ST_AsMVTGeom(_projected(point), _envelope(z, x, y), 4096, 0, False).label("geom")


def _summed(view: View, by_province: bool, z: int, x: int, y: int) -> AnySelect | None:
    """Cases under the place that this zoom shows them by, where its marker lies in the tile.

    None where no marker does. Counting comes first and apart (MATERIALIZED): joined to the places
    in one go, the projection would be computed for every case.
    """
    known = view.vocabulary.marks(by_province)
    marks = [code for code, east, south in known if _cell(east, south, z) == (x, y)]
    if not marks:
        return None
    counted = (
        select(PublicCase.place, func.count().label("count"))
        .where(*view.where(PublicCase))
        .group_by(PublicCase.place)
        .cte("counted")
        .prefix_with("MATERIALIZED")
    )
    shown = PlaceRow.province if by_province else PlaceRow.unit
    summed = (
        select(shown.label("mark"), func.sum(counted.c.count).label("count"))
        .select_from(counted)
        .join(PlaceRow, PlaceRow.code == counted.c.place)
        .where(one_of(shown, marks))
        .group_by(shown)
        .cte("summed")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(
            PlaceRow.code.label("place"),
            PlaceRow.level,
            cast(summed.c.count, BigInteger).label("count"),
            _geometry(PlaceRow.marker, z, x, y),
        )
        .select_from(summed)
        .join(PlaceRow, PlaceRow.code == summed.c.mark)
        .order_by(PlaceRow.code)
    )


def _cell(east: float, south: float, z: int) -> tuple[int, int]:
    """Column and row of the tile that holds a point given in shares of the world's square."""
    return int(east * 2**z), int(south * 2**z)


def _hits(view: View, z: int, x: int, y: int) -> CTE:
    """Matching cases in the tile. What is known no finer than a prefecture is an area mark."""
    area = (PlaceRow.level != "county") & ~PublicCase.exact
    return (
        select(
            PublicCase.id,
            PublicCase.place,
            PublicCase.point,
            PlaceRow.level,
            area.label("area"),
        )
        .join(PlaceRow, PlaceRow.code == PublicCase.place)
        .where(*view.where(PublicCase), _inside(PublicCase.point, z, x, y))
        .cte("hits")
        .prefix_with("MATERIALIZED")
    )


def _areas(hits: CTE, z: int, x: int, y: int) -> AnySelect:
    return (
        select(
            hits.c.place,
            hits.c.level,
            func.count().label("count"),
            _geometry(hits.c.point, z, x, y),
        )
        .where(hits.c.area)
        .group_by(hits.c.place, hits.c.level, hits.c.point)
        .order_by(hits.c.place)
    )


def _points(hits: CTE, z: int, x: int, y: int) -> AnySelect:
    alone = case((func.count() == 1, func.min(hits.c.id)), else_=literal(None, Text))
    return (
        select(
            func.min(hits.c.place).label("place"),
            func.min(hits.c.level).label("level"),
            func.count().label("count"),
            alone.label("id"),
            _geometry(hits.c.point, z, x, y),
        )
        .where(~hits.c.area)
        .group_by(hits.c.point)
        .order_by(func.min(hits.c.id))
    )


def _encoded(features: AnySelect, layer: str) -> ColumnElement[Any]:
    rows = features.subquery(f"{layer}_features")
    encoded = select(func.ST_AsMVT(rows.table_valued(), layer, 4096, "geom")).select_from(rows)
    return func.coalesce(encoded.scalar_subquery(), literal(b"", LargeBinary))
