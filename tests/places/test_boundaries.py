"""Reading polygons: both formats, which source wins, and what a broken folder is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.places.boundaries import BoundaryError, read_boundaries
from api.trouble import Trouble

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]


def feature(code: Any, coordinates: Any = None, kind: str = "Polygon") -> dict[str, Any]:
    shape = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def topology(**changes: Any) -> dict[str, Any]:
    """Two squares that share the arc between them; the left one has an island of its own."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.25], "translate": [100, 20]},
        "arcs": [
            [[2, 0], [0, 4]],  # the shared edge, upwards: (101, 20) to (101, 21)
            [[2, 4], [-2, 0], [0, -4], [2, 0]],  # round the left square, from its top right
            [[2, 0], [2, 0], [0, 4], [-2, 0]],  # round the right square, from its bottom left
            [[10, 0], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "provinces": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "properties": {"code": "440000"},
                     "arcs": [[[0, 1]], [[3]]]},
                    {"type": "Polygon", "properties": {"code": "450000"}, "arcs": [[2, ~0]]},
                    {"type": "Point", "properties": {}, "coordinates": [1, 1]},
                ],
            },
            "rivers": {"type": "GeometryCollection", "geometries": [{"type": "LineString"}]},
        },
        **changes,
    }  # fmt: skip


def write(folder: Path, name: str, data: Any) -> None:
    text = data if isinstance(data, str) else json.dumps(data)
    (folder / name).write_text(text, encoding="utf-8")


def shapes(folder: Path) -> dict[str, Any]:
    return {each.code: json.loads(each.geometry) for each in read_boundaries(folder)}


def test_geojson(tmp_path: Path) -> None:
    hole = [[2, 2], [2, 4], [4, 4], [4, 2], [2, 2]]
    write(tmp_path, "b.geojson", collection(feature("440306"), feature(440000, [SQUARE, hole])))
    write(tmp_path, "notes.txt", "not read")
    found = list(read_boundaries(tmp_path))
    assert [(each.code, each.level) for each in found] == [
        ("440000", "province"),
        ("440306", "county"),
    ]
    assert json.loads(found[0].geometry) == {
        "type": "MultiPolygon",
        "coordinates": [[SQUARE, hole]],
    }


def test_points_and_empty_geometries_are_passed_over(tmp_path: Path) -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point"}}
    nothing: dict[str, Any] = {"type": "Feature", "properties": {}, "geometry": None}
    write(tmp_path, "b.json", collection(point, nothing, feature("440000")))
    assert list(shapes(tmp_path)) == ["440000"]


def test_quantised_topojson_is_decoded_with_shared_arcs_in_both_directions(tmp_path: Path) -> None:
    write(tmp_path, "admin.topojson", topology())
    found = shapes(tmp_path)
    left, island = found["440000"]["coordinates"]
    assert left == [[[101, 20], [101, 21], [100, 21], [100, 20], [101, 20]]]
    assert island == [[[105, 20], [105.5, 20], [105.5, 20.25], [105, 20]]]
    assert found["450000"]["coordinates"] == [
        [[[101, 20], [102, 20], [102, 21], [101, 21], [101, 20]]]
    ]


def test_topojson_without_a_transform_holds_plain_points(tmp_path: Path) -> None:
    layer = {"geometries": [{"type": "Polygon", "properties": {"code": "440300"}, "arcs": [[0]]}]}
    data = {"type": "Topology", "arcs": [SQUARE], "objects": {"prefectures": layer}}
    write(tmp_path, "admin.json", data)
    assert shapes(tmp_path)["440300"]["coordinates"] == [[SQUARE]]


def test_topojson_wins_over_geojson_however_detailed(tmp_path: Path) -> None:
    write(tmp_path, "a.geojson", collection(feature("450000", [[[1, 1]] * 50])))
    write(tmp_path, "z.topojson", topology())
    assert len(shapes(tmp_path)["450000"]["coordinates"][0][0]) == 5


def test_among_geojson_files_more_points_win_then_the_first_name(tmp_path: Path) -> None:
    fine = [[0, 0], [5, 0], *SQUARE[1:]]
    write(tmp_path, "b.geojson", collection(feature("440000", [fine])))
    write(tmp_path, "a.geojson", collection(feature("440000")))
    write(tmp_path, "c.geojson", collection(feature("440000", [fine[::-1]])))
    assert shapes(tmp_path)["440000"]["coordinates"] == [[fine]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{"type": "FeatureCollection", "features": [', "not a complete JSON file"),
        ("[" * 100_000, "not a complete JSON file"),
        ("\x00\x01", "not a complete JSON file"),
        ('{"name": "qiuzhu"}', "neither a GeoJSON FeatureCollection nor TopoJSON"),
        ([1], "neither a GeoJSON FeatureCollection nor TopoJSON"),
        (collection({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}),
         "a polygon lacks the property code"),
        (collection(feature(None)), "a polygon lacks the property code"),
        (collection(feature(True)), "a polygon lacks the property code"),
        (collection("x"), "its features cannot be read"),
        (collection(feature("990000")), "no place has the code 990000"),
        (collection(feature("somebody's secret")), "no place has the code …"),
        (collection(feature("440000", "x")), "a polygon cannot be read"),
        (collection(feature("440000", [5], "MultiPolygon")), "a polygon cannot be read"),
        (collection(feature("440000", [])), "the polygon of 440000 is not a valid one"),
        (collection(feature("440000", [5])), "the polygon of 440000 is not a valid one"),
        (collection(feature("440000", [SQUARE[:4]])), "the polygon of 440000 is not a valid one"),
        (collection(feature("440000", [[[0, 0], [500, 0], [5, 5], [0, 0]]])), "not a valid one"),
        (collection(feature("440000", [[[0, 0], ["a", 0], [5, 5], [0, 0]]])), "not a valid one"),
        (collection(feature("440000", [[[0, 0], [float("nan"), 0], [5, 5], [0, 0]]])),
         "not a valid one"),
        (collection(feature("440000", [[[0, 0], [10**400, 0], [5, 5], [0, 0]]])),
         "not a valid one"),
        (topology(transform={"scale": [0.5, 1], "translate": [10**400, 0]}),
         "its TopoJSON is not complete"),
        (topology(arcs=[]), "its TopoJSON is not complete"),
        (topology(arcs=None), "its TopoJSON is not complete"),
        (topology(objects={"provinces": {}}), "its TopoJSON is not complete"),
        (topology(transform={"scale": [1, 1]}), "its TopoJSON is not complete"),
        (topology(transform={"scale": [1], "translate": [0, 0]}), "its TopoJSON is not complete"),
    ],
)  # fmt: skip
def test_broken_files_are_named_in_both_languages(tmp_path: Path, data: Any, told: str) -> None:
    write(tmp_path, "broken.json", data)
    with pytest.raises(BoundaryError, match=told) as caught:
        list(read_boundaries(tmp_path))
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, Trouble)
    zh, en = caught.value.text
    assert zh is not None
    assert en is not None
    assert zh.startswith("broken.json：")
    assert en.startswith("broken.json: ")
    assert "secret" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("content", [None, collection()])
def test_a_folder_without_polygons(tmp_path: Path, content: Any) -> None:
    if content is not None:
        write(tmp_path, "empty.geojson", content)
    with pytest.raises(BoundaryError, match="holds no polygon of any place"):
        list(read_boundaries(tmp_path))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="The folder cannot be read"):
        list(read_boundaries(tmp_path / "nowhere"))
