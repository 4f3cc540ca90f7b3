"""Addresses: what passes, what must not reach a header, and the warning for mainland providers."""

import pytest

from api.mail.addresses import folded, is_mainland, validated_address
from tests.mail.injections import INJECTIONS


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("someone@example.org", "someone@example.org"),
        ("  someone@EXAMPLE.org\u3000", "someone@example.org"),
        ("ｓomeone＠example.org", "someone@example.org"),
        ("o'brien+tag@mail.example.org", "o'brien+tag@mail.example.org"),
        ("a@例子.example.org", "a@xn--fsqu00a.example.org"),
    ],
)
def test_an_address_becomes_ascii(text: str, address: str) -> None:
    assert validated_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "@", "someone", "someone@", "@example.org", "someone@example", "a b@example.org"),
        *("a@b@example.org", "some one@example.org", "工人@example.org", "a@[127.0.0.1]"),
        *('"a b"@example.org', "Name <a@example.org>", "a@example..org", ".a@example.org"),
        *("a@example.org\n", "\ra@example.org", "a\x00@example.org", "a\u200b@example.org"),
        *("a@localhost", "a@x.onion", "a\u202e@example.org"),
        f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.org",
    ],
)
def test_what_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"\Anot an e-mail address\Z"):
        validated_address(text)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_injection_passes(text: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        validated_address(text)


@pytest.mark.parametrize(
    "domain",
    [
        *("qq.com", "vip.qq.com", "QQ.com", "foxmail.com", "163.com", "vip.163.com", "126.com"),
        *("yeah.net", "188.com", "sina.com", "sina.cn", "vip.sina.com", "sina.com.cn", "sohu.com"),
        *("aliyun.com", "139.com", "189.cn", "wo.cn", "21cn.com", "tom.com", "gov.cn"),
        *("mails.example.edu.cn", "xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_mainland_providers(domain: str) -> None:
    assert is_mainland(f"1990000@{domain}")


@pytest.mark.parametrize(
    "domain",
    ["example.org", "gmail.com", "proton.me", "myqq.com", "notcn.org", "cn.example.org", "qq.org"],
)
def test_other_providers(domain: str) -> None:
    assert not is_mainland(f"1990000@{domain}")


def test_one_mailbox_is_one_however_it_is_written() -> None:
    ways = ("so.me.one@gmail.com", "SomeOne+x@Gmail.com", "someone+y+z@googlemail.com")
    assert {folded(way) for way in ways} == {"someone@gmail.com"}
    assert folded("some.one@example.org") != folded("someone@example.org")
