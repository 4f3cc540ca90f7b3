"""The geocoder against its reference cases and against what texts do to mislead it."""

import csv
import time
from pathlib import Path

import pytest

from api.places import wordlists
from api.places.gazetteer import load_gazetteer
from api.places.geocoder import Geocoder, load_geocoder
from api.places.names import Alias, read_aliases

FOLDER = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str | None, str | None]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [
            (row["text"], row.get("within") or None, row["code"] or None)
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def geocoder() -> Geocoder:
    return load_geocoder()


@pytest.mark.parametrize(("text", "within", "code"), cases("geocode_cases.csv"))
def test_reference_cases(
    geocoder: Geocoder, text: str, within: str | None, code: str | None
) -> None:
    assert geocoder.place(text, within).code == code


@pytest.mark.parametrize(("text", "within", "code"), cases("own_cases.csv"))
def test_traps(geocoder: Geocoder, text: str, within: str | None, code: str | None) -> None:
    placed = geocoder.place(text, within)
    assert placed.code == code, placed.reason
    assert (placed.precision is None) == (code is None)
    assert placed.reason


def test_every_name_of_every_place_never_leads_out_of_the_stated_province(
    geocoder: Geocoder,
) -> None:
    gazetteer = load_gazetteer()
    for place in gazetteer.places.values():
        for within in ("440000", "110000", "659000"):
            for text in (place.zh, f"工人在{place.zh}讨薪", f"Workers in {place.en} strike"):
                placed = geocoder.place(text, within)
                assert placed.code in gazetteer.covers(gazetteer.province(within)), text


def test_full_chains_lead_to_the_place_itself(geocoder: Geocoder) -> None:
    gazetteer = load_gazetteer()
    missed = [
        place.code
        for place in gazetteer.places.values()
        if place.kind == "regular"
        and geocoder.place("".join(step.zh for step in gazetteer.path(place.code))).code
        != place.code
    ]
    assert missed == []


def test_answers_are_never_rows_that_only_gather(geocoder: Geocoder) -> None:
    gazetteer = load_gazetteer()
    for alias in read_aliases():
        code = geocoder.place(alias.text).code
        assert code is None or gazetteer.places[code].kind == "regular", alias.text


def test_reasons_tell_how_sure_the_answer_is(geocoder: Geocoder) -> None:
    assert geocoder.place("Shenzhen, Guangdong").reason == "named with the place above it"
    assert geocoder.place("Shenzhen").reason == "named"
    assert geocoder.place("Shenzhen", "440000").reason == "named in its province"
    assert geocoder.place("", "440000").reason == "stated"
    assert geocoder.place("Wuxi, Jiangxi").reason == "province named, outweighs the rest"
    assert geocoder.place("Guangdong and Hunan").reason == "ambiguous: 2 provinces"
    assert geocoder.place("深圳市富恒电子有限公司").reason == "only as an origin or in a name"


def test_a_county_below_a_gathering_row_is_as_precise_as_any(geocoder: Geocoder) -> None:
    placed = geocoder.place("湖北省仙桃市")
    assert (placed.code, placed.precision) == ("429004", "county")


def test_an_unknown_stated_code_is_an_error(geocoder: Geocoder) -> None:
    with pytest.raises(KeyError):
        geocoder.place("深圳", "999999")


@pytest.mark.parametrize(
    "garbage",
    ["", " ", "\n", "\x00", "\ud800", "'", "'s", "、、、", "在", "in", "在在在", "🚧" * 9, "ﷺ" * 40,
     "ß" * 40, "İn İzmir", "e\u0301" * 30, "1" * 300, "in of the city of the"],
)  # fmt: skip
def test_garbage_names_nothing(geocoder: Geocoder, garbage: str) -> None:
    assert geocoder.place(garbage).code is None
    assert geocoder.place(garbage, "440000").code == "440000"


@pytest.mark.parametrize(
    "piece",
    ["中", "a", "'", "深圳、", "西湖区", "Wuxi and ", "the city of ", "Beijing Abc ", "北京大",
     "A ", "Xi'", "Suzhou in of the "],
)  # fmt: skip
def test_time_grows_with_the_length_alone(geocoder: Geocoder, piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            geocoder.place(text)
            best = min(best, time.process_time() - start)
        return best

    # Quadratic time would be 64 times as long, with room for noise below.
    assert seconds(40_000) < 24 * seconds(5_000) + 0.05


def test_a_very_long_text_is_placed_like_a_short_one(geocoder: Geocoder) -> None:
    assert geocoder.place("工人讨薪。" * 20_000 + "地点：深圳市宝安区").code == "440306"
    assert geocoder.place("Workers in Foshan, Guangdong wait. " * 3_000).code == "440600"


def test_letters_that_grow_when_folded_do_not_shift_the_names_after_them(
    geocoder: Geocoder,
) -> None:
    assert geocoder.place("Großbaustelle ßßß 在深圳市宝安区").code == "440306"


def test_spellings_given_to_it_are_the_ones_it_knows() -> None:
    own = Geocoder(load_gazetteer(), [Alias("440300", "鹏市", chinese=True, kind="full")])
    assert own.place("鹏市").code == "440300"
    assert own.place("深圳").code is None


def test_listed_words_are_names_so_that_none_is_listed_in_vain() -> None:
    names = {alias.text for alias in read_aliases() if alias.chinese}
    listed = wordlists.WORDS_ZH | wordlists.NAMES_ZH | wordlists.PREFECTURES_ZH
    assert listed - names == frozenset()
    assert not wordlists.WORDS_ZH & wordlists.NAMES_ZH
    assert not wordlists.DECOYS_ZH & names
