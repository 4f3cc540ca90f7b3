"""What a mapping does to one case."""

from typing import Any

import pytest

from api.staff.drafts import Draft, DraftSource
from api.staff.mapping.applying import Known, map_draft
from api.terms.vocabulary import load_terms
from tests.staff.drafts import call

Rows = list[tuple[str, str, str]]


def known(*rows: tuple[str, str, str]) -> Known:
    return Known(rows, load_terms())


def mapped(mappings: Known, **changes: Any) -> Draft:
    draft = call(**changes)
    map_draft(mappings, draft)
    return draft


def test_the_last_wording_takes_other_with_it() -> None:
    food = ("issue", "伙食太差", "work_conditions")
    stated = {"issue": ["伙食太差", "没有热水"], "location": ["某地"]}
    issues = ["wage_arrears", "other"]
    one = mapped(known(food), stated=stated, issues=issues)
    assert one.issues == ["wage_arrears", "work_conditions", "other"]
    assert one.stated == {"issue": ["没有热水"], "location": ["某地"]}
    both = mapped(known(food, ("issue", "没有热水", "wage_arrears")), stated=stated, issues=issues)
    assert both.issues == ["wage_arrears", "work_conditions"]
    assert both.stated == {"location": ["某地"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "construction"),
        ("other", "construction"),
        # Chosen by hand, or read from another word: it stays.
        ("electronics", "electronics"),
    ],
)
def test_what_staff_have_chosen_stays(before: str | None, after: str) -> None:
    mappings = known(("industry", "搭架子", "construction"))
    draft = mapped(mappings, stated={"industry": ["搭架子"]}, industry=before)
    assert (draft.industry, draft.stated) == (after, {})


def test_a_term_is_refined_by_one_below_it() -> None:
    below = next(term for term in load_terms().of("industry") if term.parent)
    mappings = known(("industry", "某种厂", below.code))
    draft = mapped(mappings, stated={"industry": ["某种厂"]}, industry=below.parent)
    assert draft.industry == below.code


def test_a_source_without_a_platform_gets_it() -> None:
    other = [DraftSource("other", "https://example.org/1"), DraftSource("weibo", None)]
    stated = {"platform": ["某论坛"]}
    draft = mapped(known(("platform", "某论坛", "wechat")), stated=stated, sources=list(other))
    assert [source.platform for source in draft.sources] == ["wechat", "weibo"]
    # Of two wordings nobody knows which source is which.
    other = [DraftSource("other", "https://example.org/1"), DraftSource("weibo", None)]
    stated = {"platform": ["某论坛", "某网站"]}
    draft = mapped(known(("platform", "某论坛", "wechat")), stated=stated, sources=list(other))
    assert [source.platform for source in draft.sources] == ["other", "weibo", "wechat"]


def test_what_is_not_mapped_is_left_alone() -> None:
    draft = mapped(known(("issue", "别的", "wage_arrears")), issues=["other"])
    assert (draft.issues, draft.stated) == (["other"], {"issue": ["伙食太差"]})
