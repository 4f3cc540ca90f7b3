"""Calls for help with links and message-board columns, from an invented file in Chinese."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from api.lang import Pair
from api.staff.drafts import DraftReply, DraftSource
from tests.staff.importing.examples import Cells, drafts, outcomes, write_csv

HEADER = (
    "标题", "留言内容", "留言日期", "答复单位", "答复日期", "答复内容", "办理状态", "链接", "平台",
    "行业", "诉求", "拖欠金额", "省份", "城市", "联系人", "联系电话", "微信号",
)  # fmt: skip
ROW = (
    "样例电子厂拖欠三个月工资", "我们已经三个月没有拿到工资。", "2024-03-01", "深圳市样例区人社局",
    "2024-03-15", "已责令企业支付。", "已办理", "https://example.org/threads/1", "", "电子",
    "拖欠工资", "3.6万元", "广东", "深圳", "样例某", "13800000000", "example_id",
)  # fmt: skip


def board(tmp_path: Path, *rows: Cells) -> Path:
    return write_csv(tmp_path / "calls.csv", [HEADER, *rows], encoding="gb18030")


def row(**cells: str) -> list[str]:
    changed = list(ROW)
    for name, cell in cells.items():
        changed[HEADER.index(name)] = cell
    return changed


def test_a_message_and_its_reply(tmp_path: Path) -> None:
    path = board(tmp_path, ROW)
    (draft,) = drafts(path, "calls")
    assert draft.title == Pair("样例电子厂拖欠三个月工资", None)
    # The worker's message is the case; the office's words are the reply.
    assert draft.text == Pair("我们已经三个月没有拿到工资。", None)
    assert (draft.date, draft.date_precision) == (date(2024, 3, 1), "day")
    assert draft.replies == [
        DraftReply(
            office=Pair("深圳市样例区人社局", None),
            text=Pair("已责令企业支付。", None),
            status="已办理",
            received_on=date(2024, 3, 1),
            replied_on=date(2024, 3, 15),
        )
    ]
    assert draft.sources == [DraftSource("message_board", "https://example.org/threads/1")]
    assert (draft.industry, draft.issues) == ("electronics", ["wage_arrears"])
    assert draft.amount_owed == Decimal("36000.00")
    assert draft.place == "440300"
    assert draft.stated == {}


def test_contacts_are_named_and_left_behind(tmp_path: Path) -> None:
    reading, rows = outcomes(board(tmp_path, ROW), "calls")
    assert reading.columns.contact == ["联系人", "联系电话", "微信号"]
    for secret in ("样例某", "13800000000", "example_id"):
        assert secret not in repr(rows)


def test_states_without_a_reply(tmp_path: Path) -> None:
    unanswered = {"答复单位": "", "答复日期": "", "答复内容": ""}
    found = drafts(
        board(
            tmp_path,
            row(**unanswered, 办理状态="待回复"),
            row(**unanswered, 办理状态="办理中"),
            row(**unanswered, 办理状态=""),
            row(办理状态=""),
            row(**unanswered, 办理状态="移交"),
            row(**{**unanswered, "答复单位": "样例区人社局"}, 办理状态="移交"),
        ),
        "calls",
    )
    assert [[reply.status for reply in draft.replies] for draft in found] == [
        ["待回复"], ["办理中"], [], ["已办理"], [], ["待回复"],
    ]  # fmt: skip
    assert [draft.stated for draft in found[4:]] == [{"status": ["移交"]}] * 2


def test_platforms_and_links(tmp_path: Path) -> None:
    board_row = row(链接="https://weibo.com/1 https://example.org/2", 平台="")
    stated = row(链接="https://weibo.com/1，https://example.org/2", 平台="抖音")
    paired = row(链接="https://example.org/1\nhttps://example.org/2", 平台="抖音; 快手")
    unlinked = row(链接="", 平台="快手")
    strange = row(链接="https://example.org/1 javascript:alert(1)", 平台="样例网")
    found = drafts(board(tmp_path, board_row, stated, paired, unlinked, strange), "calls")
    sources = [[(source.platform, source.url) for source in draft.sources] for draft in found]
    one, two = "https://example.org/1", "https://example.org/2"
    assert sources == [
        [("weibo", "https://weibo.com/1"), ("message_board", two)],
        [("douyin", "https://weibo.com/1"), ("douyin", two)],
        [("douyin", one), ("kuaishou", two)],
        [("kuaishou", None)],
        [("other", one)],
    ]
    assert found[4].stated == {"links": ["javascript:alert(1)"], "platform": ["样例网"]}


def test_a_source_column_holds_links_or_names(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        [
            ["日期", "标题", "来源", "发布日期"],
            ["2024-01-02", "讨薪", "https://douyin.com/1", "2024-01-01"],
            ["2024-01-02", "讨薪", "微博, 抖音", ""],
            ["2024-01-02", "讨薪", "样例日报", ""],
        ],
    )
    found = drafts(path, "calls")
    assert [draft.sources for draft in found] == [
        [DraftSource("douyin", "https://douyin.com/1", date(2024, 1, 1))],
        [DraftSource("weibo", None), DraftSource("douyin", None)],
        [DraftSource("other", None)],
    ]
    assert found[2].stated == {"platform": ["样例日报"]}


def test_the_day_of_the_appeal(tmp_path: Path) -> None:
    rows = [
        ["Date", "Title", "Message date", "Posted"],
        ["", "a", "", "2024-01-03"],
        ["", "a", "2024-01-02", "2024-01-03"],
        ["last week", "a", "2024-01-02", ""],
    ]
    path = write_csv(tmp_path / "a.csv", rows)
    found = drafts(path, "calls")
    assert [draft.date.day for draft in found] == [3, 2, 2]
    assert found[2].stated == {"date": ["last week"]}
    # A strike's day is that of the event: neither a post nor a message tells it.
    _, strikes = outcomes(path, "strikes")
    assert not any(hasattr(row, "draft") for row in strikes)


def test_an_imprecise_reply_day_stays_text(tmp_path: Path) -> None:
    (draft,) = drafts(board(tmp_path, row(答复日期="2024年3月")), "calls")
    assert draft.replies[0].replied_on is None
    assert draft.stated == {"reply_date": ["2024年3月"]}
