"""Reads polygons of provinces, prefectures and counties from GeoJSON and TopoJSON files.

Standard library only; they reach the database through loading.py, and none is in the project.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.places.gazetteer import Gazetteer, Level, load_gazetteer
from api.trouble import Trouble

# The layers of a TopoJSON file that are read; others may be there.
LAYERS = ("provinces", "prefectures", "counties")
_ENDINGS = (".geojson", ".topojson", ".json")

Position = tuple[float, float]
Polygons = list[list[list[Position]]]


class BoundaryError(Trouble, ValueError):
    """A file of boundaries that cannot be read as such."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One place's polygons: a GeoJSON MultiPolygon as text, degrees, WGS 84."""

    code: str
    level: Level
    geometry: str


def read_boundaries(folder: Path) -> Iterator[Boundary]:
    """The polygons of a folder, each place once, in the gazetteer's order.

    Where a place comes twice, TopoJSON wins over GeoJSON: its layers share their arcs, so that no
    gap opens between a province and its counties. Among files of one kind the polygon with more
    points wins, then the file that comes first by name. Raises BoundaryError.
    """
    gazetteer = load_gazetteer()
    found: dict[str, tuple[tuple[bool, int], Polygons]] = {}
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    except OSError:
        raise BoundaryError("无法读取该文件夹。", "The folder cannot be read.") from None
    for path in files:
        data = _read(path)
        shared = data.get("type") == "Topology"
        for code, polygons in _topology(path, data) if shared else _collection(path, data):
            _check(path, code, polygons, gazetteer)
            rank = (shared, sum(len(ring) for polygon in polygons for ring in polygon))
            if code not in found or rank > found[code][0]:
                found[code] = (rank, polygons)
    if not found:
        raise BoundaryError(
            "文件夹中没有任何行政区划多边形（GeoJSON 或 TopoJSON）。",
            "The folder holds no polygon of any place, as GeoJSON or TopoJSON.",
        )
    for place in gazetteer.places.values():
        if place.code in found:
            shape = {"type": "MultiPolygon", "coordinates": found[place.code][1]}
            yield Boundary(place.code, place.level, json.dumps(shape, separators=(",", ":")))


def _broken(path: Path, zh: str, en: str) -> BoundaryError:
    # The name alone: where the file lies is nobody else's business.
    return BoundaryError(f"{path.name}：{zh}", f"{path.name}: {en}")


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise _broken(path, "不是完整的 JSON 文件。", "not a complete JSON file.") from None
    if not isinstance(data, dict) or data.get("type") not in ("Topology", "FeatureCollection"):
        raise _broken(
            path,
            "既不是 GeoJSON FeatureCollection，也不是 TopoJSON。",
            "neither a GeoJSON FeatureCollection nor TopoJSON.",
        )
    return data


def _code(path: Path, feature: Any) -> str:
    properties = feature.get("properties")
    code = properties.get("code") if isinstance(properties, dict) else None
    # A code that a tool has turned into a number still says what it said.
    if isinstance(code, int) and not isinstance(code, bool):
        code = str(code)
    if not isinstance(code, str) or not code:
        raise _broken(path, "有多边形缺少 code 属性。", "a polygon lacks the property code.")
    return code


def _parts(path: Path, shape: Any, key: str) -> list[Any] | None:
    """The polygons of a geometry, still as their file spells them; None for points and lines."""
    kind = shape.get("type") if isinstance(shape, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    parts = [shape.get(key)] if kind == "Polygon" else shape.get(key)
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise _broken(path, "有多边形无法读取。", "a polygon cannot be read.")
    return parts


def _collection(path: Path, data: dict[str, Any]) -> Iterator[tuple[str, Polygons]]:
    features = data.get("features")
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict):
            raise _broken(path, "features 的内容无法读取。", "its features cannot be read.")
        parts = _parts(path, feature.get("geometry"), "coordinates")
        if parts is not None:
            yield _code(path, feature), parts


def _topology(path: Path, data: dict[str, Any]) -> Iterator[tuple[str, Polygons]]:
    try:
        arcs = _arcs(data)
        layers = [data["objects"][name]["geometries"] for name in LAYERS if name in data["objects"]]
        shapes = [shape for layer in layers for shape in layer]
        for shape in shapes:
            parts = _parts(path, shape, "arcs")
            if parts is not None:
                polygons = [[_ring(arcs, ids) for ids in part] for part in parts]
                yield _code(path, shape), polygons
    except BoundaryError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError):
        raise _broken(path, "TopoJSON 的结构不完整。", "its TopoJSON is not complete.") from None


def _arcs(data: dict[str, Any]) -> list[list[Position]]:
    """The arcs in degrees. Quantised arcs hold steps from point to point; others hold points."""
    if "transform" not in data:
        return [[(point[0], point[1]) for point in arc] for arc in data["arcs"]]
    (scale_x, scale_y), (left, bottom) = data["transform"]["scale"], data["transform"]["translate"]
    decoded: list[list[Position]] = []
    for arc in data["arcs"]:
        x = y = 0
        line: list[Position] = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((round(x * scale_x + left, 6), round(y * scale_y + bottom, 6)))
        decoded.append(line)
    return decoded


def _ring(arcs: list[list[Position]], ids: list[int]) -> list[Position]:
    """Arcs end where the next begins; ~i is arc i backwards."""
    ring: list[Position] = []
    for number in ids:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _check(path: Path, code: str, polygons: Polygons, gazetteer: Gazetteer) -> None:
    if gazetteer.get(code) is None:
        shown = code if code.isdigit() and len(code) <= 12 else "…"
        raise _broken(path, f"地名表中没有代码 {shown}。", f"no place has the code {shown}.")
    if not polygons or not all(polygon and all(map(_closed, polygon)) for polygon in polygons):
        raise _broken(path, f"{code} 的多边形无效。", f"the polygon of {code} is not a valid one.")


def _closed(ring: Any) -> bool:
    if not isinstance(ring, list) or len(ring) < 4:
        return False
    return ring[0] == ring[-1] and all(map(_on_earth, ring))


def _on_earth(position: Any) -> bool:
    if not isinstance(position, list | tuple) or len(position) < 2:
        return False
    x, y = position[0], position[1]
    # Not a number is never at most anything, so NaN falls here too.
    numbers = isinstance(x, int | float) and isinstance(y, int | float)
    return numbers and abs(x) <= 180 and abs(y) <= 90
