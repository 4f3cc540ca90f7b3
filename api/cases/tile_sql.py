"""The statements of tiles: how many cases lie where, and a tile's bytes from its features.

What a tile shows is decided in `tile_features.py`.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Float,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    func,
    literal,
    select,
)

from api.cases.tile_features import Features
from api.cases.view import View
from api.db import AnySelect
from api.fixed import Fixed
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


def _layer(name: str) -> ColumnElement[Any]:
    columns = {
        column: bindparam(f"{name}_{column}", type_=ARRAY(t)) for column, t in _GIVEN.items()
    }
    given = (
        func.unnest(*columns.values()).table_valued(*columns, name=f"given_{name}").render_derived()
    )
    point = func.ST_SetSRID(func.ST_MakePoint(given.c.lon, given.c.lat), 4326)
    drawn = select(
        given.c.place,
        given.c.level,
        given.c.count,
        given.c.id,
        func.ST_AsMVTGeom(func.ST_Transform(point, 3857), _TILE, EXTENT, 0, False).label("geom"),
    ).subquery(f"drawn_{name}")
    made = select(func.ST_AsMVT(drawn.table_valued(), name, EXTENT, "geom")).select_from(drawn)
    return func.coalesce(made.scalar_subquery(), literal(b"", LargeBinary))


def given(layer: str, features: Features) -> dict[str, list[Any]]:
    """What ENCODED is given of a layer; one without features is left out of the tile."""
    columns = zip(*features, strict=True) if features else ((),) * len(_GIVEN)
    return {f"{layer}_{name}": list(values) for name, values in zip(_GIVEN, columns, strict=True)}


_TILE = func.ST_TileEnvelope(*(bindparam(name, type_=Integer) for name in "zxy"))
# As a Feature has them.
_GIVEN: dict[str, Any] = {
    "place": Text,
    "level": Text,
    "count": BigInteger,
    "id": Text,
    "lon": Float,
    "lat": Float,
}
# One row with the tile's bytes, of z, x, y and what `given` makes of both layers.
ENCODED = Fixed(select(_layer("places").op("||")(_layer("points"))))
