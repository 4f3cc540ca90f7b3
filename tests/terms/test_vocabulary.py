"""The closed vocabularies: the data files are sound, cells in both languages become terms."""

import dataclasses
from typing import Any

import pytest

from api.folding import fold
from api.terms.term import term_of
from api.terms.vocabulary import KINDS, MAPS, Kind, Term, Terms, load_terms

OTHERS = [
    Term(kind, "other", None, MAPS, "其他", "Other", "其余。", "The rest.", (), ())
    for kind in KINDS
]


def issue(code: str, **changes: Any) -> Term:
    base = Term(
        "issue", code, None, ("calls",), f"{code}中文", f"{code} en", "注。", "Note.", (), ()
    )
    return dataclasses.replace(base, **changes)


@pytest.mark.parametrize("kind", KINDS)
def test_every_term_has_labels_and_notes_in_its_own_script(kind: Kind) -> None:
    terms = load_terms().of(kind)
    assert len(terms) >= 10
    for term in terms:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in term.zh), term.code
        assert any("\u4e00" <= sign <= "\u9fff" for sign in term.note_zh), term.code
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in term.en + term.note_en), term.code
        assert term.note_zh.endswith("。"), term.code
        assert term.note_en.endswith("."), term.code


@pytest.mark.parametrize("kind", KINDS)
def test_clb_strings_are_listed_once(kind: Kind) -> None:
    strings = [fold(string) for term in load_terms().of(kind) for string in term.clb]
    assert len(strings) == len(set(strings))


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_unique_within_a_kind(kind: Kind) -> None:
    terms = load_terms().of(kind)
    assert len({term.zh for term in terms}) == len({term.en for term in terms}) == len(terms)


@pytest.mark.parametrize("kind", KINDS)
def test_every_spelling_reads_as_its_term(kind: Kind) -> None:
    terms = load_terms()
    for term in terms.of(kind):
        for spelling in term.spellings():
            assert terms.read(kind, f" {spelling} , ") == ((term.code,), ()), spelling


def test_each_map_offers_its_own_industries() -> None:
    terms = load_terms()
    offered = {name: {term.code for term in terms.of("industry", name)} for name in MAPS}
    assert "mining" not in offered["calls"]
    assert {"coal", "warehousing"} <= offered["accidents"]
    assert {
        term.code for term in terms.of("industry", "strikes") if term.parent is None
    } == {
        "construction", "manufacturing", "services", "retail", "transport",
        "education", "mining", "public_sector", "other",
    }  # fmt: skip
    assert all(term.parent is None for term in terms.of("issue"))


@pytest.mark.parametrize("kind", ["industry", "ownership"])
def test_unknown_is_a_term_and_blank_is_not(kind: Kind) -> None:
    terms = load_terms()
    assert terms.read(kind, "Unknown").codes == ("unknown",)
    assert terms.read(kind, " , \n") == terms.read(kind, "") == ((), ())


@pytest.mark.parametrize("code", ["jump_threat", "self_harm"])
def test_self_harm_carries_the_safe_reporting_note(code: str) -> None:
    term = load_terms().get("action", code)
    assert term is not None
    assert "Safe reporting" in term.note_en
    assert "安全报道" in term.note_zh


def test_path_and_covers() -> None:
    terms = load_terms()
    assert [t.code for t in terms.path("industry", "electronics")] == [
        "manufacturing",
        "electronics",
    ]
    assert {"retail", "supermarkets", "retail_other"} <= terms.covers("industry", "retail")
    assert terms.covers("industry", "coal") == {"coal"}
    assert terms.path("industry", "nothing") == ()
    assert terms.covers("industry", "nothing") == frozenset()
    assert terms.get("issue", "electronics") is None


@pytest.mark.parametrize(
    ("kind", "cell", "codes"),
    [
        ("issue", "Wage Arrears", ["wage_arrears"]),
        ("issue", "Pension, Compensation, Layoffs,", ["pension", "compensation", "layoffs"]),
        ("issue", ",  wage   ARREARS ,, Wage Arrears,", ["wage_arrears"]),
        ("issue", "拖欠工资、社保；加班费", ["wage_arrears", "social_insurance", "overtime_pay"]),
        ("issue", "拖欠工资，工傷\n勞動合同", ["wage_arrears", "work_injury", "labour_contract"]),
        ("issue", "rental fees; illegal cabs", ["operating_costs", "unlicensed_competition"]),
        ("action", "Threaten to jump, Sit-in", ["jump_threat", "sit_in"]),
        ("action", "罷工/停工", ["strike"]),
        ("response", "Police, Arrest(s)", ["police", "arrests"]),
        ("response", "arrest（s）", ["arrests"]),
        ("ownership", "Hong Kong / Macau / Taiwan-Owned Enterprise", ["hong_kong_macau_taiwan"]),
        ("platform", "領導留言板；抖音, Sina Weibo", ["message_board", "douyin", "weibo"]),
        ("accident_type", "瓦斯爆炸", ["mine_gas"]),
        ("industry", "Agriculture, forestry and fishing", ["agriculture"]),
        ("industry", "Coal, Agriculture,forestry and fishing ,Bus", ["coal", "agriculture", "bus"]),
    ],
)  # fmt: skip
def test_cells_in_both_languages(kind: Kind, cell: str, codes: list[str]) -> None:
    reading = load_terms().read(kind, cell)
    assert list(reading.codes) == codes
    assert reading.unmatched == ()


@pytest.mark.parametrize(
    ("cell", "codes", "unmatched"),
    [
        ("Manufacturing > Electronics", ["electronics"], []),
        ("Manufacturing>Electronics", ["electronics"], []),
        ("Retail/E-commerce", ["ecommerce_sellers"], []),
        ("Transportation - Food delivery", ["food_delivery"], []),
        ("交通运输业 > 外賣", ["food_delivery"], []),
        ("制造业/其他", ["manufacturing_other"], []),
        ("Manufacturing > Unknown", ["manufacturing"], []),
        ("Manufacturing > Kite making", ["manufacturing"], ["Manufacturing > Kite making"]),
        # Retail stood under services in some years: the file's own total must not move unseen.
        ("Services > Supermarkets", ["services"], ["Services > Supermarkets"]),
        ("Catering/Balloons", [], ["Catering/Balloons"]),
        ("Balloons > Electronics", [], ["Balloons > Electronics"]),
    ],
)
def test_industry_levels(cell: str, codes: list[str], unmatched: list[str]) -> None:
    reading = load_terms().read("industry", cell)
    assert list(reading.codes) == codes
    assert list(reading.unmatched) == unmatched


def test_unknown_strings_are_kept_as_written() -> None:
    reading = load_terms().read("issue", "Fewer  Kites, Wage Arrears,風箏太少 ,Fewer  Kites,")
    assert reading.codes == ("wage_arrears",)
    assert reading.unmatched == ("Fewer  Kites", "風箏太少")


@pytest.mark.parametrize(
    "neighbour",
    ["Beaten for asking for wage arrears", "wage reform", "Rent arrears", "克扣工资", "加班费"],
)
def test_only_wage_arrears_reads_as_wage_arrears(neighbour: str) -> None:
    assert "wage_arrears" not in load_terms().read("issue", neighbour).codes


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        ("kites," * 20_000, ((), ("kites",))),
        ("bus," * 20_000, (("bus",), ())),
        ("," * 40_000 + " " * 40_000 + "bus", (("bus",), ())),
        ("manufacturing>" * 3_000, (("manufacturing",), ("manufacturing>" * 3_000,))),
    ],
    ids=["unknown", "known", "edges", "levels"],
)
def test_cells_may_be_very_long(cell: str, reading: tuple[tuple[str, ...], ...]) -> None:
    assert load_terms().read("industry", cell) == reading


def test_rows_are_the_terms_in_file_order() -> None:
    terms = load_terms()
    rows = terms.rows()
    assert [row["position"] for row in rows] == list(range(len(rows)))
    assert [(row["kind"], row["code"]) for row in rows] == [
        (kind, term.code) for kind in KINDS for term in terms.of(kind)
    ]
    arrears = next(row for row in rows if row["code"] == "wage_arrears")
    assert arrears["clb"] == ["Wage Arrears"]
    assert arrears["maps"] == ["calls", "strikes"]
    assert "also" not in arrears


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ([issue("kites"), issue("kites")], "kites"),
        ([issue("kites", clb=("Wind",)), issue("balloons", also=("WIND ",))], "'WIND '.*kites"),
        ([issue("kites", zh="風箏"), issue("balloons", zh="风筝")], "风筝"),
        ([issue("kites", parent="balloons")], "kites.*balloons"),
        ([issue("kites"), issue("balloons", parent="kites")], "balloons"),
        ([issue("kites", also=(" , ",))], "kites"),
    ],
)
def test_vocabularies_that_do_not_fit_are_refused(terms: list[Term], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Terms([*OTHERS, *terms])


@pytest.mark.parametrize(
    "changes",
    [
        {"zh": " "},
        {"note_en": ""},
        {"note_zh": "两行\n注"},
        {"maps": ("moon",)},
        {"maps": ()},
        {"code": "Kites-2"},
    ],
)
def test_terms_that_are_incomplete_are_refused(changes: dict[str, Any]) -> None:
    complete = issue("kites")
    with pytest.raises(ValueError, match="issue"):
        dataclasses.replace(complete, **changes)


def test_industries_are_offered_where_their_parent_is() -> None:
    parent = dataclasses.replace(issue("kites"), kind="industry")
    child = dataclasses.replace(
        issue("balloons"), kind="industry", parent="kites", maps=("strikes",)
    )
    with pytest.raises(ValueError, match="balloons"):
        Terms([*OTHERS, parent, child])


def test_every_kind_needs_other() -> None:
    with pytest.raises(ValueError, match="industry"):
        Terms(OTHERS[1:])


def test_entries_with_missing_or_strange_keys_are_refused() -> None:
    entry = {
        "code": "kites", "maps": ["calls"], "zh": "风筝", "en": "Kites",
        "note_zh": "注。", "note_en": "Note.", "clb": [], "also": [],
    }  # fmt: skip
    assert term_of("issue", entry).parent is None
    with pytest.raises(ValueError, match=r"kites.*also"):
        term_of("issue", {key: value for key, value in entry.items() if key != "also"})
    with pytest.raises(ValueError, match=r"kites.*colour"):
        term_of("issue", entry | {"colour": "red"})
