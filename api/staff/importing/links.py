"""Web addresses in a cell, and the platform that an address belongs to. Nothing is ever fetched."""

import re
from urllib.parse import urlsplit

from api.staff.importing.cells import as_text
from api.staff.importing.sheets import Cell

LONGEST_LINK = 2000
# Host, or any host below it -> platform term.
_HOSTS = {
    "weibo.com": "weibo",
    "weibo.cn": "weibo",
    "t.cn": "weibo",
    "mp.weixin.qq.com": "wechat",
    "channels.weixin.qq.com": "wechat",
    "weixin.qq.com": "wechat",
    "douyin.com": "douyin",
    "iesdouyin.com": "douyin",
    "kuaishou.com": "kuaishou",
    "gifshow.com": "kuaishou",
    "chenzhongtech.com": "kuaishou",
    "liuyan.people.com.cn": "message_board",
    "people.com.cn": "news_media",
    "zhihu.com": "zhihu",
    "xiaohongshu.com": "xiaohongshu",
    "xhslink.com": "xiaohongshu",
    "bilibili.com": "bilibili",
    "b23.tv": "bilibili",
    "toutiao.com": "toutiao",
    "ixigua.com": "toutiao",
    "tieba.baidu.com": "baidu_tieba",
    "baijiahao.baidu.com": "baidu_tieba",
    "x.com": "overseas_social",
    "twitter.com": "overseas_social",
    "youtube.com": "overseas_social",
    "youtu.be": "overseas_social",
    "facebook.com": "overseas_social",
    "instagram.com": "overseas_social",
    "tiktok.com": "overseas_social",
    "t.me": "overseas_social",
}
# A comma may belong to an address: it only parts two where a blank or another address follows.
_EDGES = " \t\n,;，；、"
_BETWEEN_LINKS = re.compile(r"[\s，；、（）]+|[,;](?=\s|$|https?://)", re.IGNORECASE)


def read_links(cell: Cell) -> tuple[list[str], str]:
    """Web addresses of a cell in order, and verbatim what is left of it (other schemes, words)."""
    links: dict[str, None] = {}
    text = rest = as_text(cell)
    for piece in _BETWEEN_LINKS.split(text):
        piece = piece.strip("。【】《》")
        if is_link(piece):
            links[piece] = None
    for link in sorted(links, key=len, reverse=True):
        rest = rest.replace(link, "")
    return list(links), rest.strip(_EDGES)


def is_link(text: str) -> bool:
    """True for an http or https address with a host, no credentials, at most 2,000 characters."""
    if len(text) > LONGEST_LINK or not text.isprintable() or any(c in text for c in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def platform_of(link: str) -> str | None:
    """The code of the platform that the address belongs to; None for hosts that say nothing."""
    host = (urlsplit(link).hostname or "").rstrip(".")
    while "." in host:
        if code := _HOSTS.get(host):
            return code
        host = host.partition(".")[2]
    return None
