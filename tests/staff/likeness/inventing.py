"""Invented appeals, their near-duplicates, and appeals that only look like them.

Sentences are shared on purpose: real appeals repeat each other's words.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from opencc import OpenCC

from api.ids import encode_id
from api.lang import Pair
from api.staff.drafts import Draft

# Code, name, and a county of it.
_CITIES = (
    ("440300", "深圳", "440306", "宝安"), ("440100", "广州", "440111", "白云"),
    ("320500", "苏州", "320583", "昆山"), ("410100", "郑州", "410105", "金水"),
    ("610100", "西安", "610113", "雁塔"), ("510100", "成都", "510104", "锦江"),
    ("370200", "青岛", "370211", "黄岛"), ("420100", "武汉", "420106", "武昌"),
)  # fmt: skip
_TRADES = (
    ("construction", "工地", ("木工", "钢筋工", "架子工", "粉刷工"), "建筑劳务"),
    ("electronics", "电子厂", ("流水线工人", "质检员", "临时工"), "电子"),
    ("garments", "制衣厂", ("车工", "裁剪工", "包装工"), "服饰"),
    ("food_processing", "食品厂", ("包装工人", "冷库工人"), "食品"),
)
_NAMES = "嘉宏远泰晟瑞鸿锦华丰恒盛"
_OPENINGS = (
    "我们是{city}{district}{site}的{job}，一共{people}人。",
    "求助！{city}{district}{site}拖欠{job}工资，没有人管。",
    "我老公在{city}{site}做{job}，干了{months}个月一分钱没有拿到。",
    "{city}{district}有一家{site}，老板叫我们{job}先干活后算账。",
)
_MIDDLES = (
    "从开工到现在{months}个月没有发过工资，每次去问都说甲方没有付款。",
    "说好每个月结一次账，结果只给了几百块生活费，合计欠{sum}。",
    "项目经理的电话已经打不通，办公室的门也锁了，{sum}不知道找谁要。",
    "老板承诺中秋前付清{sum}，到今天又改口说要等到年底。",
    "去劳动监察大队登记了三次，工作人员让我们回去等消息。",
    "孩子开学要交学费，家里老人住院，实在等不起了。",
    "有工友上个月受伤，医药费也是自己先垫的，单位不肯报工伤。",
    "我们手里有考勤表和工资条的照片，老板娘却说不认识我们。",
    "昨天十几个人去门口要说法，保安把我们推出来，还抢了手机。",
    "合同当时没有签，只有班组长写的一张欠条，写明{sum}。",
)
_CLOSINGS = (
    "请各位帮忙转发，让更多人看到。",
    "希望有关部门管一管，我们只想拿回血汗钱。",
    "有没有律师可以帮帮我们，谢谢大家。",
    "再不解决我们只能去市政府门口等了。",
)
_OWN_WORDS = ("以上都是真事，可以查证", "我们已经走投无路，又不敢声张")
_WORDINGS: tuple[Callable[[int], str], ...] = (
    lambda wan: f"{wan}万元",
    lambda wan: f"{wan * 10_000:,}元",
    lambda wan: f"{'零一二三四五六七八九十'[wan]}万元" if wan <= 10 else f"{wan}万块钱",
    lambda wan: f"{wan * 10_000}块钱",
)
_ENGLISH = (
    "Workers in {} say that nobody answers their calls.",
    "They have been to the labour inspectorate several times, and were told to wait.",
    "Families cannot pay for school any longer, says one of {} people.",
    "They hold attendance sheets for {} months and pictures of their pay slips.",
    "The manager's telephone is switched off and his office is locked.",
    "A worker who was hurt on the site paid the hospital from his own pocket.",
    "Guards pushed them out of the gate when they asked for what they are owed.",
)
_TRADITIONAL = OpenCC("s2t")


class Inventor:
    """One stream of invented appeals; `story` is what a near-duplicate is made from."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def new_id(self) -> str:
        return encode_id(self._random.getrandbits(64))

    def appeal(self) -> tuple[Draft, str]:
        """A case, and its text with the sum of money left open."""
        pick = self._random.choice
        code, city, county, district = pick(_CITIES)
        industry, site, jobs, business = pick(_TRADES)
        wan = self._random.randint(2, 60)
        months = self._random.randint(2, 9)
        words = {
            "city": city, "district": district, "site": site, "job": pick(jobs), "sum": "{sum}",
            "months": months, "people": self._random.randint(6, 80),
        }  # fmt: skip
        sentences = [pick(_OPENINGS), *self._random.sample(_MIDDLES, 4), pick(_CLOSINGS)]
        if not any("{sum}" in sentence for sentence in sentences):
            sentences.insert(-1, _MIDDLES[1])
        story = "".join(sentence.format(**words) for sentence in sentences)
        name = f"{city}{''.join(self._random.sample(_NAMES, 2))}{business}有限公司"
        draft = Draft(
            id=self.new_id(),
            map="calls",
            date=date(2026, 1, 1) + timedelta(self._random.randrange(300)),
            date_precision="day",
            title=Pair(f"{city}{site}{words['job']}讨薪", None),
            text=Pair(story.replace("{sum}", _WORDINGS[0](wan)), None),
            company=Pair(name if self._random.random() < 0.7 else None, None),
            place=county if self._random.random() < 0.6 else code,
            industry=industry,
            amount_owed=Decimal(wan * 10_000),
            months_owed=Decimal(months),
        )
        return draft, story

    def duplicates(self, first: Draft, story: str) -> Iterator[tuple[str, Draft]]:
        """How the same thing is told again, and the case made from that."""
        wan = int(first.amount_owed or 0) // 10_000
        text = first.text.zh or ""
        sentences = text.split("。")
        later = self._random.randint(2, 25)
        reworded = story.replace("{sum}", self._random.choice(_WORDINGS[1:])(wan))
        for kind, telling in {
            "repost": {"text": f"#讨薪# 转发！{text} @example 求扩散", "date": later},
            "traditional": {"text": _TRADITIONAL.convert(text), "date": 1, "company": None},
            "amount": {"text": reworded, "date": 0, "amount": None, "company": None},
            "cut": {"text": "。".join(sentences[:3]) + "……", "date": 3, "place": None},
            "translated": {"text": self._english(), "date": 2},
            "retold": {"text": self._retold(sentences), "date": 1, "company": None},
        }.items():
            yield kind, self._told_again(first, **telling)

    def lookalikes(self, first: Draft, story: str) -> Iterator[tuple[str, Draft]]:
        """Other things told in the same words."""
        old = next(city for city in _CITIES if city[1] in (first.title.zh or ""))
        code, city, _, district = self._random.choice([c for c in _CITIES if c is not old])
        moved = (first.text.zh or "").replace(old[1], city).replace(old[3], district)
        yield "other city", self._other(first, moved, place=code)
        name = f"{old[1]}{''.join(self._random.sample(_NAMES, 2))}实业有限公司"
        half = [s for s in story.split("。") if s][:3]
        wan = self._random.randint(61, 99)
        words = "。".join((f"我们被{name}拖欠工资", *half, self._random.choice(_MIDDLES)))
        words = words.replace("{sum}", _WORDINGS[0](wan))
        yield "other employer", self._other(first, words, company=Pair(name, None))
        again, _ = self.appeal()
        later = first.date + timedelta(self._random.randint(120, 300))
        yield "other time", self._other(first, again.text.zh or "", company=first.company, on=later)

    def _english(self) -> str:
        sentences = self._random.sample(_ENGLISH, 3)
        return " ".join(each.format(self._random.randint(3, 90)) for each in sentences)

    def _retold(self, sentences: list[str]) -> str:
        """In another order, with two sentences gone and three that are new."""
        kept = [s for s in sentences if s]
        self._random.shuffle(kept)
        return "。".join(("大家好，我替工友们发一下", *kept[2:], *_OWN_WORDS)) + "。"

    def _told_again(self, first: Draft, text: str, **changes: object) -> Draft:
        return replace(
            first,
            id=self.new_id(),
            title=Pair(None, None),
            text=Pair(None, text) if text.isascii() else Pair(text, None),
            date=first.date + timedelta(int(str(changes.get("date", 0)))),
            company=first.company if "company" not in changes else Pair(None, None),
            place=first.place if "place" not in changes else None,
            amount_owed=first.amount_owed if "amount" not in changes else None,
            flags=[], stated={}, sources=[], replies=[],
        )  # fmt: skip

    def _other(self, first: Draft, text: str, on: date | None = None, **changes: object) -> Draft:
        names = {"company": Pair(None, None), "place": first.place} | changes
        return replace(
            first,
            id=self.new_id(),
            title=Pair(None, None),
            text=Pair(text, None),
            date=on or first.date + timedelta(self._random.randint(0, 40)),
            amount_owed=Decimal(self._random.randint(61, 99) * 10_000),
            flags=[], stated={}, sources=[], replies=[],
            **names,  # type: ignore[arg-type]
        )  # fmt: skip
