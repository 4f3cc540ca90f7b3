"""The gazetteer's hierarchy: its exceptions are what every count and chooser rests on."""

import dataclasses

import pytest

from api.places.gazetteer import Gazetteer, Place, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def codes(places: tuple[Place, ...]) -> list[str]:
    return [place.code for place in places]


def test_the_whole_list_is_there(gazetteer: Gazetteer) -> None:
    levels = [place.level for place in gazetteer.places.values()]
    assert [levels.count(level) for level in ("province", "prefecture", "county")] == [
        34,
        341,
        2849,
    ]


def test_every_place_has_names_and_points_in_china(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places.values():
        assert place.zh, place.code
        assert place.en, place.code
        assert place.short_zh, place.code
        for lon, lat in ((place.lon, place.lat), (place.marker_lon, place.marker_lat)):
            assert 73 < lon < 136, place.code
            assert 3 < lat < 54, place.code


def test_a_province_is_marked_at_its_capital(gazetteer: Gazetteer) -> None:
    inner_mongolia, hohhot = gazetteer.places["150000"], gazetteer.places["150100"]
    assert (inner_mongolia.marker_lon, inner_mongolia.marker_lat) == (hohhot.lon, hohhot.lat)
    assert inner_mongolia.lat - inner_mongolia.marker_lat > 5


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("440306", ["440000", "440300", "440306"]),
        ("440000", ["440000"]),
        ("110105", ["110000", "110105"]),
        ("110100", ["110000"]),
        ("500240", ["500000", "500240"]),
        ("429004", ["420000", "429004"]),
        ("429000", ["420000"]),
        ("441900", ["440000", "441900"]),
        ("810000", ["810000"]),
    ],
)
def test_paths_skip_rows_that_only_gather(gazetteer: Gazetteer, code: str, path: list[str]) -> None:
    assert codes(gazetteer.path(code)) == path
    assert gazetteer.province(code) == path[0]
    assert gazetteer.unit(code) == path[min(1, len(path) - 1)]


def test_covers_holds_everything_below_and_nothing_else(gazetteer: Gazetteer) -> None:
    assert gazetteer.covers("440306") == {"440306"}
    assert {"110000", "110100", "110105"} <= gazetteer.covers("110000")
    assert gazetteer.covers("110000") == gazetteer.covers("110100") | {"110000"}
    assert {"420000", "429000", "429004", "420100"} <= gazetteer.covers("420000")
    whole = [gazetteer.covers(province.code) for province in gazetteer.children(None)]
    assert sum(map(len, whole)) == len(gazetteer.places)
    assert frozenset().union(*whole) == frozenset(gazetteer.places)


@pytest.mark.parametrize(
    ("code", "asked", "child"),
    [
        ("440306", "440000", "440300"),
        ("440306", "440300", "440306"),
        ("440306", "440306", "440306"),
        ("440000", "440000", "440000"),
        ("110105", "110000", "110105"),
        ("110105", "110100", "110105"),
        ("110000", "110100", "110000"),
        ("429004", "420000", "429004"),
    ],
)
def test_child_of(gazetteer: Gazetteer, code: str, asked: str, child: str) -> None:
    assert gazetteer.child_of(code, asked) == child


def test_child_of_refuses_a_place_elsewhere(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="440306 does not lie in 320000"):
        gazetteer.child_of("440306", "320000")


def test_children_are_what_a_chooser_offers(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.children(None)) == 34
    assert codes(gazetteer.children("110000"))[:2] == ["110101", "110102"]
    assert "500240" in codes(gazetteer.children("500000"))
    assert {"420100", "429004"} <= set(codes(gazetteer.children("420000")))
    assert gazetteer.children("440306") == ()
    for place in gazetteer.places.values():
        for child in gazetteer.children(place.code):
            assert child.kind == "regular"
            assert gazetteer.child_of(child.code, place.code) == child.code


def test_choosers_reach_every_place_once(gazetteer: Gazetteer) -> None:
    reached: list[str] = []
    waiting = list(gazetteer.children(None))
    while waiting:
        place = waiting.pop()
        reached.append(place.code)
        waiting.extend(gazetteer.children(place.code))
    regular = [place.code for place in gazetteer.places.values() if place.kind == "regular"]
    assert sorted(reached) == sorted(regular)


def test_unknown_codes(gazetteer: Gazetteer) -> None:
    assert gazetteer.get("999999") is None
    for ask in (gazetteer.path, gazetteer.covers, gazetteer.province, gazetteer.children):
        with pytest.raises(KeyError):
            ask("999999")


def test_a_missing_parent_is_told_by_code(gazetteer: Gazetteer) -> None:
    orphan = dataclasses.replace(gazetteer.places["440300"], parent="990000")
    with pytest.raises(ValueError, match="440300: its parent 990000 is missing"):
        Gazetteer([orphan])
