"""Vector tiles as plain dictionaries, and where a point lies in the grid of a zoom."""

import math
from typing import Any

import mapbox_vector_tile

Features = list[dict[str, Any]]
EXTENT = 4096


def decoded(tile: bytes) -> dict[str, Features]:
    """Layer -> features, each its properties and `at`, its place in the tile (y grows down)."""
    read = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    layers: dict[str, Features] = {}
    for name, layer in read.items():
        assert layer["extent"] == EXTENT
        assert all(feature["geometry"]["type"] == "Point" for feature in layer["features"])
        layers[name] = [
            {**feature["properties"], "at": tuple(feature["geometry"]["coordinates"])}
            for feature in layer["features"]
        ]
    return layers


def position(zoom: int, lon: float, lat: float) -> tuple[float, float]:
    """Where a point lies in the grid of a zoom, in tiles from the north-western corner."""
    size = 2**zoom
    sine = math.sin(math.radians(lat))
    x = (lon + 180) / 360 * size
    y = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size
    return x, y


def tile_of(zoom: int, lon: float, lat: float) -> tuple[int, int]:
    x, y = position(zoom, lon, lat)
    return int(x), int(y)
