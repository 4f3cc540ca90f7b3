"""Where an invented case was found: platforms, and addresses under example.org only."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from api.demo.weights import Weighted
from api.staff.drafts import Draft, DraftSource
from api.terms.vocabulary import MapName

SOCIAL = frozenset(
    {"weibo", "wechat", "douyin", "kuaishou", "zhihu", "xiaohongshu", "bilibili", "toutiao"}
    | {"baidu_tieba", "overseas_social", "website_forum"}
)
# Reported to us and not published anywhere, so without an address.
_UNPUBLISHED = frozenset({"direct_report", "hotline"})
_SHARES: Mapping[MapName, Mapping[str, float]] = {
    "calls": {
        "douyin": 30, "weibo": 22, "kuaishou": 13, "xiaohongshu": 9, "wechat": 6, "zhihu": 2,
        "bilibili": 2, "toutiao": 3, "baidu_tieba": 3, "government_portal": 4, "hotline": 2,
        "website_forum": 2, "news_media": 4, "direct_report": 3, "other": 0.5,
    },
    "strikes": {
        "douyin": 34, "weibo": 22, "kuaishou": 14, "wechat": 7, "xiaohongshu": 4, "bilibili": 2,
        "toutiao": 2, "baidu_tieba": 2, "overseas_social": 8, "news_media": 4, "zhihu": 1,
        "direct_report": 1, "message_board": 1,
    },
    "accidents": {
        "news_media": 32, "official_notice": 24, "weibo": 16, "douyin": 12, "toutiao": 6,
        "wechat": 4, "kuaishou": 3, "website_forum": 2, "hotline": 1, "direct_report": 1,
    },
}  # fmt: skip
_PLATFORMS: Mapping[str, Weighted[str]] = {
    name: Weighted(shares.items()) for name, shares in _SHARES.items()
}
_HOW_MANY = Weighted([(1, 46), (2, 30), (3, 16), (4, 8)])
_STILL_LIVE: Weighted[bool | None] = Weighted([(True, 62), (False, 14), (None, 24)])
# No digits, so that no address holds anything like a telephone number.
_NO_DIGITS = str.maketrans("0123456789", "ilouaeilou")


def found(
    random: Random, draft: Draft, day: date, recorded: date, *, board: bool, deleted: bool
) -> list[DraftSource]:
    """One to four sources; `board`: the message board is one, `deleted`: a post is gone."""
    platforms = ["message_board"] if board else []
    for _ in range(_HOW_MANY.pick(random) - len(platforms)):
        platforms.append(_PLATFORMS[draft.map].pick(random))
    if deleted and not SOCIAL.intersection(platforms):
        platforms.append("weibo")
    name = draft.id.lower().translate(_NO_DIGITS)
    sources = []
    for at, platform in enumerate(platforms):
        posted = min(day + timedelta(days=int(random.random() ** 2 * 6)), recorded)
        if platform in _UNPUBLISHED:
            sources.append(DraftSource(platform, None, posted))
            continue
        url = f"https://example.org/{platform.replace('_', '-')}/{name}-{at + 1}"
        sources.append(DraftSource(platform, url, posted, _STILL_LIVE.pick(random)))
    if deleted:
        next(source for source in sources if source.platform in SOCIAL).still_live = False
    return sources
