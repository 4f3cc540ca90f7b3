"""The statements of tiles: how many cases lie where, and a tile's bytes from its features.

What a tile shows is decided in `tile_features.py`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Float,
    LargeBinary,
    Text,
    cast,
    func,
    literal,
    select,
)

from api.cases.tile_features import Features
from api.cases.view import View
from api.db import AnySelect
from api.models import PlaceRow, PublicCase

# Units across a tile, as the format's own default.
EXTENT = 4096


def lying(view: View, z: int, x: int, y: int) -> AnySelect:
    """Rows of place, area, lon, lat, number of cases and the id of one of them."""
    area = ((PlaceRow.level != "county") & ~PublicCase.exact).label("area")
    point = PublicCase.point
    return (
        select(
            PublicCase.place,
            area,
            func.ST_X(point).label("lon"),
            func.ST_Y(point).label("lat"),
            func.count().label("number"),
            func.min(PublicCase.id).label("id"),
        )
        .join(PlaceRow, PlaceRow.code == PublicCase.place)
        .where(*view.where(PublicCase), _inside(point, z, x, y))
        .group_by(PublicCase.place, area, point)
    )


def _inside(point: Any, z: int, x: int, y: int) -> ColumnElement[bool]:
    """Half open, so that a point on the line between two tiles is counted in one of them."""
    tile, projected = func.ST_TileEnvelope(z, x, y), func.ST_Transform(point, 3857)
    inside: ColumnElement[bool] = (
        point.op("&&")(func.ST_Transform(tile, 4326))
        & (func.ST_X(projected) >= func.ST_XMin(tile))
        & (func.ST_X(projected) < func.ST_XMax(tile))
        & (func.ST_Y(projected) > func.ST_YMin(tile))
        & (func.ST_Y(projected) <= func.ST_YMax(tile))
    )
    return inside


def encoded(z: int, x: int, y: int, places: Features, points: Features) -> AnySelect:
    """The statement whose one value is the tile; a layer without features is left out."""
    return select(_layer("places", places, z, x, y).op("||")(_layer("points", points, z, x, y)))


def _layer(name: str, features: Features, z: int, x: int, y: int) -> ColumnElement[Any]:
    if not features:
        return literal(b"", LargeBinary)
    code, level, count, id_, lon, lat = zip(*features, strict=True)
    given = (
        func.unnest(
            _array(code, Text),
            _array(level, Text),
            _array(count, BigInteger),
            _array(id_, Text),
            _array(lon, Float),
            _array(lat, Float),
        )
        .table_valued("place", "level", "count", "id", "lon", "lat", name=f"given_{name}")
        .render_derived()
    )
    point = func.ST_SetSRID(func.ST_MakePoint(given.c.lon, given.c.lat), 4326)
    tile = func.ST_TileEnvelope(z, x, y)
    drawn = select(
        given.c.place,
        given.c.level,
        cast(given.c.count, BigInteger).label("count"),
        given.c.id,
        func.ST_AsMVTGeom(func.ST_Transform(point, 3857), tile, EXTENT, 0, False).label("geom"),
    ).subquery(f"drawn_{name}")
    return (
        select(func.ST_AsMVT(drawn.table_valued(), name, EXTENT, "geom"))
        .select_from(drawn)
        .scalar_subquery()
    )


def _array(values: Sequence[Any], type_: Any) -> ColumnElement[Any]:
    return literal(list(values), ARRAY(type_))
