"""What the check marks in a text: by numbers that cannot exist and names that are nobody's."""

from itertools import pairwise

import pytest

from api.alerts.marks import marks, pieces
from api.alerts.surnames import COMPOUND, SINGLE


def found(text: str) -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.kind) for mark in marks(text)]


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("电话19900001234，", "19900001234", "phone"),
        ("打 +86 199 0000 1234 找我", "+86 199 0000 1234", "phone"),
        ("199-0000-1234", "199-0000-1234", "phone"),
        ("办公室0755-20000000转", "0755-20000000", "phone"),
        ("(010) 20000000", "(010) 20000000", "phone"),
        ("400-000-0000", "400-000-0000", "phone"),
        # No division of the country has these first six digits.
        ("身份证990000190001010000。", "990000190001010000", "id_card"),
        ("990000 19000101 000X", "990000 19000101 000X", "id_card"),
        ("99000019000101000x", "99000019000101000x", "id_card"),
        ("卡号6200 0000 0000 0000 000", "6200 0000 0000 0000 000", "bank_card"),
        ("6200000000000000", "6200000000000000", "bank_card"),
        ("车牌粤Z·0000I不对，粤Z·00000是", "粤Z·00000", "plate"),
        ("京A00000", "京A00000", "plate"),
        ("新能源粤ZD00000", "粤ZD00000", "plate"),
        ("我叫王某某，", "王某某", "name"),
        ("老板李甲乙说没钱", "李甲乙", "name"),
        ("周师傅不发工资", "周师傅", "name"),
        ("欧阳甲经理", "欧阳甲经理", "name"),
        ("诸葛甲乙拖欠工资", "诸葛甲乙", "name"),
        ("工友：张甲、李乙", "张甲", "name"),
    ],
)
def test_what_is_marked(text: str, part: str, kind: str) -> None:
    assert (part, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "公司拖欠三个月工资，共12000元，200多人。",
        "2026年10月21日在工地，安全没有保障。",
        "高温天气还要加班，时间都排满了，马上就过年。",
        "订单号12345678，金额 3500.50 元",
        "和我一起的都没有拿到钱，方面也说不知道。",
        "于是大家去劳动局，全部在门口等。",
        "12345678901234567890123456",
    ],
)
def test_what_is_not_marked(text: str) -> None:
    assert found(text) == []


def test_a_stretch_is_marked_once_and_the_text_stays_whole() -> None:
    text = "我叫王甲乙，990000190001010000，\n19900001234；周师傅 京A00000"
    held = marks(text)
    assert [mark.kind for mark in held] == ["name", "id_card", "phone", "name", "plate"]
    assert all(one.end <= two.start for one, two in pairwise(held))
    assert "".join(piece.text for piece in pieces(text)) == text
    assert [piece.kind for piece in pieces(text) if piece.kind] == [mark.kind for mark in held]


def test_a_long_text_takes_no_time_to_speak_of() -> None:
    for text in ("王" * 10_000, "1 " * 5_000, "19-" * 3_300, "欧阳说" * 3_300, "0" * 10_000):
        assert "".join(piece.text for piece in pieces(text)) == text


def test_three_hundred_surnames() -> None:
    assert len(set(SINGLE)) == len(SINGLE) >= 300
    assert len(set(COMPOUND)) == len(COMPOUND) >= 30
    assert all(len(name) == 2 for name in COMPOUND)
