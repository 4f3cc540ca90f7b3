"""Which column is which: both languages, a mapping file, contacts and what nobody knows."""

from pathlib import Path

import pytest

from api.cases.columns import COLUMNS, header
from api.staff.importing.files import FileRejected
from api.staff.importing.headers import Columns, Headers, is_contact, read_mapping, shown
from api.staff.importing.spellings import FIELDS
from tests.staff.importing.examples import CLB_V5, outcomes, write_csv


def fields(*headers: str) -> list[str]:
    known = Headers({})
    return [known.meaning(text)[1] for text in headers]


def test_clb_headers_of_both_generations() -> None:
    assert fields(*CLB_V5) == [
        "date", "title", "text", "province", "industry", "participants", "company", "ownership",
        "actions", "issues", "responses",
    ]  # fmt: skip
    assert fields("Date", "Location", "Industry", "Demands") == [
        "date", "location", "industry", "issues",
    ]  # fmt: skip


def test_our_own_export_is_known_in_both_languages() -> None:
    names = [column.name for column in COLUMNS]
    assert fields(*header("en")) == names
    assert fields(*header("zh")) == names
    columns = Columns()
    Headers({}).columns(header("zh"), columns)
    assert columns.own


def test_spelling_is_compared_without_case_blanks_and_punctuation() -> None:
    assert fields("EMPLOYEE  demands_involve", "Sub-Industry", "拖欠金額（元）", "答覆 單位") == [
        "issues", "sub_industry", "amount_owed", "",
    ]  # fmt: skip
    assert fields("ＤＡＴＥ", "日　期", "Message_Date") == ["date", "date", "message_date"]


def test_message_board_names() -> None:
    assert fields(
        "subject", "content", "dateline", "stateInfo", "answerOrganization", "answerContent",
        "留言", "答复单位", "留言日期", "答复日期", "答复内容", "办理状态",
    ) == [
        "title", "text", "message_date", "status", "office", "reply_text", "message", "office",
        "message_date", "reply_date", "reply_text", "status",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "phone", "Tel", "Mobile No.", "E-mail", "wechat id", "QQ", "Contact person", "contacts",
        "电话", "联系电话", "手机", "工人手机号", "微信", "微信号", "联系人", "联系方式", "姓名",
        "投诉人姓名", "身份证号", "nickName", "realName", "ip", "IP属地", "用户名", "发布者",
        "Name", "银行卡号", "年龄", "Age", "hasContact",
    ],
)  # fmt: skip
def test_contact_columns(name: str) -> None:
    assert is_contact(name)
    assert Headers({}).meaning(name) == ("contact", "")


def test_no_known_field_is_taken_for_a_contact() -> None:
    known = Headers({})
    for spellings in FIELDS.values():
        for spelling in spellings:
            assert known.meaning(spelling)[0] == "field", spelling


def test_every_column_is_accounted_for(tmp_path: Path) -> None:
    rows = [
        ["Date", "Title", "联系电话", "Weather", "Weather\x1b[31m", "", "Phone"],
        ["2024-01-01", "An invented title", "13800000000", "fine", "hot", "", "13800000001"],
    ]
    reading, _ = outcomes(write_csv(tmp_path / "a.csv", rows))
    columns = reading.columns
    assert columns.fields == {"Date": "date", "Title": "title"}
    assert columns.contact == ["联系电话", "Phone"]
    assert columns.ignored == ["Weather", "Weather[31m"]
    assert not columns.own


def test_the_header_is_the_first_of_ten_rows_that_names_a_date(tmp_path: Path) -> None:
    top = [["Strikes"], ["Title", "Industry"], ["2020-01-01", "x"]]
    rows = [*top, ["Date", "Title"], ["2020-01-01", "An invented title"]]
    _, found = outcomes(write_csv(tmp_path / "a.csv", rows))
    assert len(found) == 1
    late = write_csv(tmp_path / "b.csv", [*[["-"]] * 10, *rows[3:]])
    with pytest.raises(FileRejected, match="No header"):
        outcomes(late)
    without_date = write_csv(tmp_path / "c.csv", [["Title", "Industry"], ["x", "y"]])
    with pytest.raises(FileRejected, match="Date"):
        outcomes(without_date)


def test_a_mapping_file_names_what_nobody_knows(tmp_path: Path) -> None:
    rows = [["Wann", "Was", "Wo"], ["2024-01-01", "An invented strike", "Shenzhen, Guangdong"]]
    path = write_csv(tmp_path / "a.csv", rows)
    toml = tmp_path / "map.toml"
    toml.write_text('Wann = "date"\n"was " = "title"\nWo = "location"\n')
    in_table = tmp_path / "table.toml"
    in_table.write_text('[columns]\nWann = "date"\nWas = "title"\nWo = "location"\n')
    json = tmp_path / "map.json"
    json.write_text('{"Wann": "date", "Was": "title", "Wo": "location"}')
    for mapping in (toml, in_table, json):
        reading, (row,) = outcomes(path, "strikes", mapping)
        assert reading.columns.fields == {"Wann": "date", "Was": "title", "Wo": "location"}
        assert row.draft.place == "440300"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ['Wann = "day"', 'Wann = 3', "Wann", '"联系电话" = "text"', 'Phone = "title"', "\x00", "[[a]]"],
)  # fmt: skip
def test_a_wrong_mapping_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(FileRejected):
        read_mapping(path)


def test_a_missing_mapping_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRejected):
        read_mapping(tmp_path / "none.json")


def test_headers_are_shown_without_control_characters() -> None:
    assert shown("a\x1b[0m\n\u202eb" + "c" * 100) == "a[0m b" + "c" * 54
