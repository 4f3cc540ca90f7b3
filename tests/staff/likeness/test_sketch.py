"""Sketches: equal where texts are, near where they nearly are, and the same on every machine."""

from decimal import Decimal

import pytest
from opencc import OpenCC

from api.staff.likeness.sketch import KEPT, employer_name, keys, sketch

TEXT = "工地三个月没有发工资，项目部说等甲方付款，工人们去了三次劳动监察大队，没有结果。" * 2


def shared(one: str, other: str) -> int:
    return len(set(sketch(one)) & set(sketch(other)))


def test_script_blanks_and_punctuation_do_not_matter() -> None:
    traditional = OpenCC("s2t").convert(TEXT)
    assert traditional != TEXT
    assert sketch(traditional) == sketch(TEXT) == sketch(TEXT.replace("，", " ！\n"))
    assert sketch("WORKERS  ask for—pay") == sketch("workers ask for pay")


def test_a_repost_shares_numbers_and_another_text_none() -> None:
    assert shared(TEXT, f"#讨薪# 转发！{TEXT} 求扩散") >= KEPT // 2
    assert shared(TEXT, "食品厂的包装工人要求补发社会保险，厂方拒绝谈判并且报警。") == 0


def test_numbers_fit_the_column_and_nothing_said_gives_none() -> None:
    numbers = sketch(TEXT, "Workers ask for pay", companies=("某厂", None), amount=Decimal("12.5"))
    assert numbers == sorted(set(numbers))
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert len(numbers) == KEPT + 2
    assert sketch(None, "", "！？ …") == sketch() == []
    # Computed once by hand: an archive's sketches must not change with a version of anything.
    assert sketch("讨薪", amount=Decimal(12000)) == [147318020, 1404288338]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某电子有限公司", "某某电子股份有限公司"),
        ("Example Electronics Co., Ltd.", "EXAMPLE ELECTRONICS"),
        ("某某（深圳）電子 有限公司", "某某(深圳)电子有限公司"),
    ],
)
def test_an_employer_is_known_without_its_legal_form(one: str, other: str) -> None:
    assert keys((one,)) == keys((other,))


def test_a_name_that_is_only_a_legal_form_is_still_a_name() -> None:
    assert employer_name("有限公司") == "有限公司"


@pytest.mark.parametrize("text", ["ﬁ" * 40, "𠀀𠀁𠀂𠀃𠀄", "a" * 1_000_000, "ß" * 50])
def test_strange_texts_have_sketches(text: str) -> None:
    assert len(sketch(text)) >= 1
    assert sketch(f"\ud800{text}")
