"""Writes the gazetteer and boundaries into `pub.places`, as the owner, again after every edit.

What the files hold and mean is gazetteer.py's and boundaries.py's.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import asyncpg

from api.places.boundaries import BoundaryError, read_boundaries
from api.places.gazetteer import Gazetteer
from api.trouble import Trouble

_STAGED = """
CREATE TEMPORARY TABLE staged (
    code text, parent text, level text, kind text, zh text, en text, short_zh text,
    province text, unit text, lon float8, lat float8, marker_lon float8, marker_lat float8,
    position integer
) ON COMMIT DROP
"""
_UPSERT = """
INSERT INTO pub.places
    (code, parent, level, kind, zh, en, short_zh, province, unit, point, marker, position)
SELECT code, parent, level, kind, zh, en, short_zh, province, unit,
    ST_SetSRID(ST_MakePoint(lon, lat), 4326),
    ST_SetSRID(ST_MakePoint(marker_lon, marker_lat), 4326), position
FROM staged
ON CONFLICT (code) DO UPDATE SET
    parent = excluded.parent, level = excluded.level, kind = excluded.kind, zh = excluded.zh,
    en = excluded.en, short_zh = excluded.short_zh, province = excluded.province,
    unit = excluded.unit, point = excluded.point, marker = excluded.marker,
    position = excluded.position
"""
_STAGED_BOUNDARIES = """
CREATE TEMPORARY TABLE staged_boundaries (code text, position integer, geometry text)
ON COMMIT DROP
"""
# Simplified polygons may cross themselves; what making them valid leaves of lines is dropped.
_UPDATE_BOUNDARIES = """
UPDATE pub.places SET boundary = ST_Multi(ST_CollectionExtract(
    ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(staged.geometry), 4326)), 3))
FROM staged_boundaries AS staged
WHERE places.code = staged.code AND staged.position >= $1 AND staged.position < $2
"""
_BATCH = 200


async def load_places(connection: asyncpg.Connection, gazetteer: Gazetteer) -> int:
    """Makes pub.places equal to the gazetteer; boundaries stay. Answers the number of places.

    Raises Trouble where cases use a place that is no longer in the file.
    """
    rows = [
        (
            place.code,
            place.parent,
            place.level,
            place.kind,
            place.zh,
            place.en,
            place.short_zh,
            gazetteer.province(place.code),
            gazetteer.unit(place.code),
            place.lon,
            place.lat,
            place.marker_lon,
            place.marker_lat,
            position,
        )
        for position, place in enumerate(gazetteer.places.values())
    ]
    async with connection.transaction():
        await connection.execute(_STAGED)
        await connection.copy_records_to_table("staged", records=rows)
        await connection.execute(_UPSERT)
        await _remove_the_rest(connection, [row[0] for row in rows])
    return len(rows)


async def _remove_the_rest(connection: asyncpg.Connection, codes: Iterable[str]) -> None:
    gone = await connection.fetch("SELECT code FROM pub.places WHERE code <> ALL($1)", list(codes))
    lost = [row["code"] for row in gone]
    if not lost:
        return
    try:
        await connection.execute("DELETE FROM pub.places WHERE code = ANY($1)", lost)
    except asyncpg.ForeignKeyViolationError:
        named = ", ".join(lost[:20])
        raise Trouble(
            f"仍有案例位于文件中已删除的地点之一：{named}",
            f"cases still lie in a place that is no longer in the file, one of: {named}",
        ) from None


async def load_boundaries(
    connection: asyncpg.Connection, folder: Path, progress: Callable[[int, int], None]
) -> dict[str, int]:
    """Replaces all boundaries by those of the folder; answers how many there are of each level.

    `progress` is told how many are in and how many there are. Raises BoundaryError, and then
    nothing has changed.
    """
    found = list(read_boundaries(folder))
    rows = [(each.code, position, each.geometry) for position, each in enumerate(found)]
    async with connection.transaction():
        await connection.execute("UPDATE pub.places SET boundary = NULL WHERE boundary IS NOT NULL")
        await connection.execute(_STAGED_BOUNDARIES)
        await connection.copy_records_to_table("staged_boundaries", records=rows)
        for start in range(0, len(rows), _BATCH):
            await connection.execute(_UPDATE_BOUNDARIES, start, start + _BATCH)
            progress(min(start + _BATCH, len(rows)), len(rows))
        lost = await connection.fetch(
            "SELECT code FROM staged_boundaries LEFT JOIN pub.places USING (code)"
            " WHERE boundary IS NULL OR ST_IsEmpty(boundary) ORDER BY code LIMIT 20"
        )
        if lost:
            named = ", ".join(row["code"] for row in lost)
            raise BoundaryError(
                f"这些代码的边界没有面积，或地名表尚未载入：{named}",
                f"no area in the boundary of, or places not loaded yet: {named}",
            )
    return dict(Counter(each.level for each in found))
