"""E-mail addresses: what passes for one, and whose providers mainland China's police can ask."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

# Longer ones fit no envelope (RFC 5321, 4.5.3.1.3, less the brackets).
LONGEST = 254
# What a keyboard for Chinese puts around a word.
_BLANKS = " \u3000"
# Providers whose domain does not end in .cn; subdomains (vip.qq.com, vip.163.com) count.
_MAINLAND = frozenset(
    (
        *("qq.com", "foxmail.com", "exmail.com"),
        *("163.com", "126.com", "yeah.net", "188.com", "netease.com", "ydmail.com"),
        *("sina.com", "51uc.com", "sohu.com", "sogou.com", "chinaren.com", "17173.com"),
        *("aliyun.com", "alibaba-inc.com", "taobao.com", "dingtalk.com"),
        *("139.com", "189.com", "wo.com", "10086.com", "chinamobile.com", "chinaunicom.com"),
        *("21cn.com", "21cn.net", "tom.com", "163.net", "eyou.com", "263.net", "263.com"),
        *("263xmail.com", "2980.com", "56.com", "baidu.com", "huawei.com", "88.com", "111.com"),
        *("vnet.com", "35.com", "feishu.com", "bytedance.com", "etang.com", "xinhuanet.com"),
    )
)
# .cn, and the same registry's 中国, 中國, 公司 and 网络.
_MAINLAND_ENDINGS = ("cn", "xn--fiqs8s", "xn--fiqz9s", "xn--55qx5d", "xn--io0a7i")


def validated_address(text: str) -> str:
    """The address in ASCII, as an envelope takes it. Asks no name server.

    Raises ValueError, which does not repeat the text.
    """
    bare = text.strip(_BLANKS)
    if any(unicodedata.category(letter).startswith("C") for letter in bare):
        raise ValueError("not an e-mail address")
    try:
        # One typed with an input method's full-width ＠ and letters is still meant as one.
        address = validate_email(
            unicodedata.normalize("NFKC", bare), allow_smtputf8=False, check_deliverability=False
        ).ascii_email
    except EmailNotValidError:
        address = None
    if address is None or not address.isascii() or len(address) > LONGEST:
        raise ValueError("not an e-mail address")
    return address


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def is_mainland(address: str) -> bool:
    """Whether the provider of a valid address obeys mainland China's authorities."""
    labels = domain_of(address).split(".")
    if labels[-1] in _MAINLAND_ENDINGS:
        return True
    return any(".".join(labels[start:]) in _MAINLAND for start in range(len(labels) - 1))


def folded(address: str) -> str:
    """The mailbox behind an address: what the limit of mails counts, never what is written to."""
    name, _, domain = address.lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in ("gmail.com", "googlemail.com"):
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"
