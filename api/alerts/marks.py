"""Where a text may tell who somebody is: numbers by their form, names by a guess.

Pure functions over text: a person sees the marks before sending, and nothing is changed for them.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from api.alerts.surnames import COMPOUND, SINGLE

MarkKind = Literal["phone", "id_card", "bank_card", "plate", "name"]

# People write numbers in groups; nothing but one blank or dash stands between two digits.
_GAP = r"[ \u00a0-]?"
_MOBILE = re.compile(rf"(?<![\dA-Za-z])(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}(?![\dA-Za-z])")
_LANDLINE = re.compile(
    r"(?<!\d)(?:[(（]0\d{2,3}[)）]|0\d{2,3})[ -]?[2-9]\d{6,7}(?:-\d{1,5})?(?!\d)|"
    r"(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)"
)
_ID = re.compile(rf"(?<![\dA-Za-z])[1-9]\d{{5}}{_GAP}(?:\d{_GAP}){{11}}[\dXxＸ](?![\dA-Za-z])")
_BIRTH = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BANK = re.compile(rf"(?<![\dA-Za-z])[3-9]\d{{3}}(?:{_GAP}\d){{9,15}}(?![\dA-Za-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{SINGLE}])"
_GIVEN = "[\u4e00-\u9fff]"
_TITLE = (
    "先生|女士|小姐|师傅|老师|老板|老板娘|经理|总经理|主任|主管|厂长|班长|组长|队长|工头|科长|处长|"
    "局长|书记|董事长|律师|医生|护士|法官|警官|同志|同学|阿姨|大姐|大哥|会计|包工头|法人|某某|某"
)
# What a name stands before: somebody says, owes, beats, promises.
_VERB = (
    "说|称|讲|告诉|表示|承认|承诺|答应|拒绝|欠|拖欠|打|骂|威胁|辱骂|殴打|开除|辞退|要求|让|叫|把|给|"
    "是|也|又|还|就|都|在|和|与|跟|及|、"
)
_END = f"{_VERB}|[，,。；;（(:：!！\\s]|$"
_STATED = (
    "姓名|名字叫|我叫|名叫|叫做|我是|联系人|法人代表|法定代表人|负责人|"
    "老板|经理|工头|包工头|工友|同事"
)
_BEFORE_TITLE = re.compile(f"{_SURNAME}{_GIVEN}{{0,2}}?(?:{_TITLE})")
_AFTER_STATED = re.compile(f"(?:{_STATED})[是叫为：: ]?({_SURNAME}{_GIVEN}{{1,2}}?)(?={_END})")
_BEFORE_VERB = re.compile(f"(?<![\u4e00-\u9fff])({_SURNAME}{_GIVEN}{{1,2}}?)(?={_VERB})")
# Words that begin with a surname and are none: months, places, work.
_NO_NAME = re.compile(
    "(?:高温|高级|高空|高考|高峰|高速|高中|高校|高层|高新|高管|高薪|方面|方式|方法|方便|方案|"
    "万元|万多|万块|万一|万人|万科|万达|时间|时候|时薪|周末|周一|周二|周三|周四|周五|周六|周日|周年|"
    "周岁|周边|金额|金融|金钱|金属|元月|元旦|元左|元钱|年底|年初|年前|年后|年纪|年龄|年轻|年终|年假|"
    "于是|于今|安全|安排|安装|安检|安徽|安置|安监|严重|严格|严禁|许多|许诺|许可|和我|和他|和她|和你|"
    "和公|平时|平均|平台|平安|平等|常常|常年|常州|常务|明天|明明|明确|明知|明年|成立|成为|成本|成都|"
    "成功|成员|相关|相信|相当|查询|查看|查处|查实|应该|应当|应得|应付|应聘|施工|施行|车间|车辆|车队|"
    "车祸|温州|温度|江苏|江西|江门|江北|江南|江阴|黄金|黄色|黄山|石家|石油|石头|石材|石子|马上|马路|"
    "马鞍|白天|白班|白色|白白|白干|水电|水平|水泥|水费|路上|路边|路面|路费|路过|段时|钱款|钱都|钱也|"
    "包括|包吃|包工|包装|包住|包头|包干|包身|房子|房租|房屋|房东|房地|房产|家属|家人|家里|家庭|家长|"
    "全部|全体|全国|全厂|全额|全年|全家|全身|经常|经过|经理|经济|经营|经侦|解决|解除|解雇|解散|解释|"
    "计算|计件|计划|计时|程序|程度|项目|项工|管理|管道|管委|单位|单方|单独|单子|任何|任务|任意|任职|"
    "党委|党员|党支|文件|文字|文化|文明|关于|关门|关系|关机|关闭|古代|古城|米饭|连续|连夜|连云|连同|"
    "从未|从来|从事|从此|从业|向上|向我|向公|向劳|干活|干部|干完|干了|别人|别的|双方|双倍|双休|"
    "郑州|徐州|苏州|苏北|杭州|洪水|洪涝|巴士|厉害|强制|强迫|强行|强调|曲线|易燃|易爆|喻为|"
    "冷库|冷冻|权利|权益|权力|终于|终止|毛巾|毛坯|毛利|戴帽|戴口|云南|乐山|乐清|贵州|贵阳|贵公|贵港|"
    "贵单|陕西|广东|广州|广西|广场|广告|海南|海口|海外|海关|山东|山西|宁波|宁夏|宁愿|宁德|"
    "公司|公安|公开|公告|公积|公交|公共|公平|公众|公布|公章|满意|满足|来到|来了|来自|来源|来说|"
    "法院|法律|法定|法规|法人|劳动|劳务|劳保|劳资|工资|工人|工地|工伤|工厂|工程|工会|工作|工友|工头|"
    "工时|工龄|工种|工期|工费|工棚|"
    "东莞|东西|东北|东方|南京|南昌|南宁|南方|南通|北京|北方|北海|钟头|钟点|田地|田里|"
    "国家|国庆|国内|国企|国外|国有|班组|班车|班次|班长|种种|种植|种地|舒服|费用|费了|"
    "习惯|习近|左右|左手|左脚|左边|支付|支持|支部|保险|保证|保安|保护|保障|保留|保洁|过年|过去|过程|"
    "过了|过节|过后|汤药|雷电|雷雨|武汉|武器|武警|葛洲|甘肃|景区|景德|农民|农村|农历|"
    "盛世|龙头|龙岩|龙华|龙岗|花钱|花费|花园|阳光|阳历|阳江|"
    "伍佰|陆续|陆地|陆路|柒|柴油|柴火|巩固|尚未|尚欠|尚有|那么|那个|那些|那里|那边|那时|那年|那天|那家|"
    "申请|申诉|申报|申领|简单|简历|简直|符合|修理|修路|修改|占用|占地|占领)"
)


class Mark(NamedTuple):
    """A stretch of a text, by positions, and what it looks like."""

    start: int
    end: int
    kind: MarkKind


class Piece(NamedTuple):
    """A part of a text as it is shown; `kind` is null where nothing is marked."""

    text: str
    kind: MarkKind | None


def marks(text: str) -> list[Mark]:
    """What is marked in `text`, in order and never twice; the surer kind wins."""
    found: list[Mark] = []
    for each in (*numbers(text), *_names(text)):
        if all(each.end <= held.start or held.end <= each.start for held in found):
            found.append(each)
    return sorted(found)


def numbers(text: str) -> Iterator[Mark]:
    """What is marked by its form, the surer kind first; one stretch may come twice."""
    yield from _id_cards(text)
    yield from _plates(text)
    yield from _phones(text)
    yield from _bank_cards(text)


def pieces(text: str) -> list[Piece]:
    """The whole text, cut at its marks."""
    held = marks(text)
    starts = [0, *(mark.end for mark in held)]
    cut: list[Piece] = []
    for start, mark in zip(starts, held, strict=False):
        cut += [
            Piece(text[start : mark.start], None),
            Piece(text[mark.start : mark.end], mark.kind),
        ]
    return [piece for piece in (*cut, Piece(text[starts[-1] :], None)) if piece.text]


def _id_cards(text: str) -> Iterator[Mark]:
    for match in _ID.finditer(text):
        digits = re.sub(r"[\s-]", "", match[0])
        if _BIRTH.fullmatch(digits[6:14]):
            yield Mark(*match.span(), "id_card")


def _plates(text: str) -> Iterator[Mark]:
    for match in _PLATE.finditer(text):
        if any(letter.isdigit() for letter in match[0]):
            yield Mark(*match.span(), "plate")


def _phones(text: str) -> Iterator[Mark]:
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(text):
            yield Mark(*match.span(), "phone")


def _bank_cards(text: str) -> Iterator[Mark]:
    for match in _BANK.finditer(text):
        yield Mark(*match.span(), "bank_card")


def _names(text: str) -> Iterator[Mark]:
    for pattern in (_BEFORE_TITLE, _AFTER_STATED, _BEFORE_VERB):
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if not _NO_NAME.match(match[group]):
                yield Mark(*match.span(group), "name")
