"""What a reader reads of an invented case: never to be taken for real, and said properly."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from api.demo.phrases import table
from api.lang import Pair
from api.staff.drafts import Draft


def pairs(draft: Draft) -> Iterator[Pair]:
    """Everything a reader reads of a case."""
    yield from (draft.title, draft.text, draft.company)
    for reply in draft.replies:
        yield from (reply.office, reply.text, reply.outcome)


def test_every_case_says_in_both_languages_that_it_is_invented(cases: list[Draft]) -> None:
    for case in cases:
        assert case.demo
        if case.title.zh is not None:
            assert case.title.zh.startswith("示例｜")
        if case.title.en is not None:
            assert case.title.en.startswith("Demo: ")
        if case.text.zh is not None:
            assert case.text.zh.endswith("本案例是为演示而编造的，其中的人、单位和事件均非真实。")
        if case.text.en is not None:
            assert case.text.en.endswith(
                "invented for demonstration: no person, employer or event in it is real."
            )
        for reply in case.replies:
            assert reply.text.zh is None or reply.text.zh.endswith("（演示用的编造答复）")
            assert reply.text.en is None or reply.text.en.endswith("reply for demonstration.)")
            for office in filter(None, reply.office):
                assert office.startswith(("示例", "Example "))
        for name in filter(None, case.company):
            assert name.startswith(("示例", "Example "))


def test_titles_and_texts_have_the_same_languages(cases: list[Draft]) -> None:
    languages = Counter((case.title.zh is not None, case.title.en is not None) for case in cases)
    for case in cases:
        assert [words is None for words in case.title] == [words is None for words in case.text]
    assert languages[True, True] > 0.7 * len(cases)
    assert languages[True, False] > 100
    assert languages[False, True] > 100
    assert languages[False, False] == 0


def test_texts_are_neither_short_nor_long(cases: list[Draft]) -> None:
    lengths = [len(text) for case in cases for text in case.text if text]
    assert min(lengths) >= 80
    assert max(lengths) <= 600


def test_no_slot_is_left_and_no_sentence_is_broken(cases: list[Draft]) -> None:
    for case in cases:
        for pair in pairs(case):
            for words in filter(None, pair):
                assert words == words.strip()
                assert not re.search(r"[{}]|  | [,.;]|\.\.|None|。。|，。|，，", words), words
            if pair.zh and case.title.en:
                assert not re.search(r"[a-z]{3}", pair.zh), pair.zh
            if pair.en:
                assert not re.search(r"[\u4e00-\u9fff]", pair.en), pair.en


def test_english_articles_and_plurals(cases: list[Draft]) -> None:
    for case in cases:
        for words in (case.title.en or "", case.text.en or ""):
            assert not re.search(r"(?<!['\w])(a [aeio]\w|an [^aeiou\W])", words, re.I), words
            assert not re.search(
                r"(?<!['\w])(one|an?) (?!hundred|thousand)(\w+ )?workers\b", words
            ), words
            assert not re.search(r"\b[Tt]hey (is|was|has)\b|\bworkers (is|was|has)\b", words), words


def test_addresses_are_example_org_only_and_nothing_looks_like_a_telephone(
    cases: list[Draft],
) -> None:
    for case in cases:
        assert case.sources
        for source in case.sources:
            if source.url is not None:
                assert source.url.startswith("https://example.org/")
        everything = asdict(case) | {"id": ""}
        # A sum is a number and not a text; in texts it is written in 万 or in groups of three.
        everything["amount_owed"] = None
        written = json.dumps(everything, default=str, ensure_ascii=False)
        assert not re.search(r"\d{7}", written.replace(case.id, "")), written
        assert "http" not in " ".join(words for pair in pairs(case) for words in pair if words)


def test_the_sum_is_the_one_that_the_text_names(cases: list[Draft]) -> None:
    named = 0
    for case in cases:
        found = re.search(r"约([\d.]+)(万?)元", case.text.zh or "")
        if found and case.amount_owed is not None:
            amount = float(found[1]) * (10_000 if found[2] else 1)
            assert round(amount) == case.amount_owed
            named += 1
        found = re.search(r"about CNY ([\d,.]*\d)( million)?", case.text.en or "")
        if found and case.amount_owed is not None:
            amount = float(found[1].replace(",", "")) * (1_000_000 if found[2] else 1)
            assert round(amount) == case.amount_owed
    assert named > 1000


def test_ordinary_words_are_found(cases: list[Draft]) -> None:
    texts = " ".join(words for c in cases for pair in (c.title, c.text) for words in pair if words)
    for word in (
        "讨薪",
        "欠薪",
        "拖欠工资",
        "外卖骑手",
        "wage arrears",
        "delivery rider",
        "unpaid",
    ):
        assert texts.count(word) > 20, word


def test_titles_leave_out_harm_to_oneself(cases: list[Draft]) -> None:
    for case in cases:
        words = " ".join(filter(None, case.title))
        assert not re.search("跳楼|自杀|自残|轻生|suicide|jump|self-harm", words, re.I)


def test_lists_do_not_look_copied(cases: list[Draft]) -> None:
    for map_name in ("calls", "strikes", "accidents"):
        assert len(table(map_name).get("titles", range(8))) >= 8
        texts = [case.text for case in cases if case.map == map_name]
        assert len(set(texts)) > 0.99 * len(texts)


def test_employers_come_back(cases: list[Draft]) -> None:
    names = Counter((case.company.zh, case.place) for case in cases if case.company.zh)
    assert sum(count > 1 for count in names.values()) > 50
