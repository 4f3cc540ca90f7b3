"""Where a text may name a person, in Chinese or in English: a guess from surnames and neighbours.

For text in simplified characters; numbers and the like are personal.py's.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from api.alerts.surnames import COMPOUND, SINGLE
from api.places.gazetteer import load_gazetteer

Span = tuple[int, int]
_HAN = "[\u4e00-\u9fff]"
# Four of five people bear one of these; the rarer ones are as often words.
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁"
    "卢姚沈钟姜崔谭陆范汪廖石金贾夏付邹熊孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤"
)
# Of those, the ones that begin a word of two characters too often.
_SURE = "".join(
    letter for letter in _COMMON if letter not in "高马石金江万龙钱田何程余武周黄夏陆叶"
)
_GIVEN = (
    "家美翠淑彩虹莲菊娥萱珠芝凡展鸿逸伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉萍红玲芬燕辉鹏飞华凤洁梅琳鑫波斌宇浩凯珍莉海"
    "健俊帆雪荣爱妹香月媛瑞佳嘉琼勤璐娅琦晶妍茜秋珊莎锦青倩婷姣婉娴瑾颖露瑶怡雁蓓仪荷丹蓉君琴薇菁梦"
    "岚婕馨韵园聪澜纯悦昭冰茗羽希宁欣滢柔竹晓欢枫芸菲亚宜舒影思毅峰东文永世广志义兴良山仁贵福生国胜"
    "学祥才新利清彬富顺信昌成康星光天达安岩茂进林坚彪博诚敬震振壮群豪邦承乐绍功松善厚庆民友裕河哲江亮"
    "政谦奇翰朗伯宏鸣朋梁栋维启克伦翔旭泽晨辰士建家致树炎德泰盛雄琛钧冠策腾楠榕风航弘大小根旺喜财银"
    "春冬云雨雷正长忠孝孟仲巧水火土铁柱石花草秉怀守兆立本源泉润涵睿轩梓子一卫保景运连久"
)
_ONE = f"(?:{'|'.join(COMPOUND)}|[{SINGLE}])"
_WELL_KNOWN = f"(?:{'|'.join(COMPOUND)}|[{_COMMON}])"
# What stands behind a name and not within one.
_END = (
    "(?=[^\u4e00-\u9fff]|$|[说称讲告表承答拒欠拖打骂威辱殴开辞要让叫把给是也又还就都在和与跟及等今昨前"
    "去当不没一被因于向对从只已才突受来到将曾却仍以为用拿收签住的找催跑躲逃死摔多每两三带介通安送负有请"
    "招联手电男女先后同老这那此本我他她你上下坐站吃喝回离进入拉推逼骗扣罚自出可能会现目且或但而则])"
)
_NAMED = (
    "姓名|名字叫|名字是|我叫|名叫|叫做|联系人|法人代表|法定代表人|法人|负责人|本人|经办人|收款人|户名|"
    "开户名|收件人|申请人|投诉人|被告|原告|患者"
)
_ROLE = (
    "家属|车主|货主|机主|证人|受害人|女工|男工|民工|农民工|老板娘|老板|经理|厂长|包工头|工头|工友|同事|主管|组长|班长|队长|主任|会计|人事|妻子|丈夫|老公|老婆|"
    "儿子|女儿|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|死者|伤者|员工|职工|工人|司机|老乡|同乡|合伙人|股东|"
    "带班|代班|监理|房东|中介|室友|徒弟|师父|师傅|老师|医生|文员|保安|局长|科长|书记|董事长|律师|法官|"
    "院长|校长|园长|店长|领班|线长|车间主任|我是|叫|朋友|同学|亲戚|爱人|表哥|堂弟|岳父"
)
_BETWEEN = '[是叫为：:，,（(“" ]{0,2}'
_TITLE = (
    "先生|女士|小姐|师傅|老师|老板|老板娘|经理|总经理|副总|主任|主管|厂长|班长|组长|队长|工头|科长|处长|局长|"
    "书记|董事长|律师|医生|护士|法官|警官|同志|同学|阿姨|大姐|大哥|会计|包工头|店长|校长|园长|领班|线长|"
    "总监|工程师|总(?![额共计数结和是的体价])|姐(?!妹|姐|夫)|哥(?!哥)|叔(?!叔)|嫂(?!子)"
)
_JOINED = "了和与跟被向找叫让给对由请问及把替帮为的是"
_LEFT = f"(?<![\u4e00-\u9fff])|(?<=[{_JOINED}])"
_AFTER_NAMED = re.compile(
    f"(?:{_NAMED}){_BETWEEN}({_ONE}(?:[{_GIVEN}]{{2}}|{_HAN}{{1,2}}?(?={_END})))"
)
_AFTER_ROLE = re.compile(
    f"(?:{_ROLE}){_BETWEEN}"
    f"({_ONE}(?:[{_GIVEN}]{{2}}|[{_GIVEN}]{_HAN}{_END}|{_HAN}[{_GIVEN}]{_END}|[{_GIVEN}]{_END}))"
)
_BEFORE_TITLE = re.compile(f"({_WELL_KNOWN}[{_GIVEN}]{{0,2}})(?={_TITLE})")
_ALONE = re.compile(
    f"(?:{_LEFT})({_WELL_KNOWN}[{_GIVEN}]{{2}}{_END}|(?:{'|'.join(COMPOUND)}|[{_SURE}])[{_GIVEN}]{_END})"
)
# Also within a sentence: three characters of which each is one of a name.
_WITHIN = re.compile(f"([{_SURE}][{_GIVEN}]{{2}}){_END}")
_DESCRIBED = re.compile(
    f"({_WELL_KNOWN}{_HAN}{{1,2}}?)[，,、（( ]{{0,2}}"
    "(?:[男女](?=[，,、。；;）)\\s性]|$)|现年|今年\\d{2}|\\d{2}(?:周岁|岁))"
)
_NICKNAME = re.compile(
    f"(?:{_LEFT})((?:[小老][王李张刘陈杨赵吴徐孙朱胡郭林罗郑梁谢宋唐韩邓冯曹彭曾肖潘蒋蔡]|"
    f"阿[{_GIVEN}]){_END})"
)
_NEXT = re.compile(f"[、和与及]({_WELL_KNOWN}[{_GIVEN}]{{1,2}}){_END}")
# Words that begin with a surname and are none.
_NO_NAME = re.compile(
    "高[温级空考峰速中校层新管薪利兴大小明]|方[面式法便案]|万[元多块一人科达家]|时[间候薪]|周[末一二三四五六日天年岁边围"
    "期转]|金[额融钱属华]|元[月旦左钱]|年|于[是今]|安[全排装检徽置监静]|严[重格禁肃]|许[多诺可]|和[我他她你公谐]|"
    "平[时均台安等]|常[常年州务]|明[天明确知年]|成[立为本都功员]|相[关信当]|查[询看处实]|应[该当得付聘]|施[工行]|"
    "车[间辆队祸]|温[州度岭]|江[苏西门北南阴]|黄[金色山冈石]|石[家油头材子]|马[上路鞍]|白[天班色白干]|水[电平泥费]|"
    "路[上边面费过]|段时|钱[款都也]|包[括吃工装住头干身]|房[子租屋东地产]|家|全[部体国厂额年家身]|经[常过理济营侦]|"
    "解[决除雇散释]|计[算件划时]|程[序度]|项[目工]|管[理道委]|单[位方独子]|任[何务意职]|党|文[件字化明员]|关[于门系机"
    "闭]|古|米|连[续夜云同]|从|向|干[活部完了]|别[人的]|双|郑州|徐州|苏[州北]|杭州|洪[水涝]|厉害|强[制迫行调]|"
    "曲线|易|喻为|冷|权|终|毛[巾坯利]|戴[帽口]|云南|乐[山清]|贵|陕西|广|海[南口外关]|山[东西]|宁[波夏愿德]|公|"
    "满|来|法|劳|工|东[莞西北方]|南[京昌宁方通]|北|钟[头点]|田[地里]|国|班|种|舒|费|习|左|支|保|过|汤药|雷[电雨]|"
    "武[汉器警]|甘|景|农|盛|龙[头岩华岗]|花|阳|陆[续地路]|柴|尚|那|申|简|符|修|占|林业|何[时况况必处人种]|"
    "余[额下款]|叶子|孙子|胡[说乱]|张贴|张家[口港界湾]|陈述|曾[经在多与因]|游|冯|代[理表班]|沈阳|汪|孔子|谢谢|莫名|"
    "范[围]|石[家]|顾[客问]|童|柳|康|华|明|容|祝|戚|储|麦|初|丛|荣|晋|利|诸|司[机]|上官|公司"
)
_NO_NAME_EXCEPT = re.compile(f"冯[{_GIVEN}]|汪[{_GIVEN}]|童[{_GIVEN}]|柳[{_GIVEN}]|康[{_GIVEN}]")

_SURNAMES_EN = (
    "Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Lin|Gao|Luo|Zheng|"
    "Liang|Xie|Song|Tang|Han|Deng|Feng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|"
    "Cheng|Wei|Su|Lu|Lv|Ding|Ren|Yao|Shen|Zhong|Cui|Tan|Fan|Liao|Shi|Jin|Jia|Xia|Fu|Zou|Xiong|"
    "Meng|Qin|Qiu|Hou|Yin|Xue|Yan|Duan|Lei|Long|Tao|Mao|Hao|Gu|Gong|Shao|Wan|Qian|Dai|Mo|Kong|"
    "Bai|Chang|Kang|Qiao|Lai|Ouyang|Wong|Chan|Cheung|Lee|Leung|Lau|Chow|Ng|Tsang|Kwok|Chiu|Yip|"
    "Lam|Zhuge|Situ|Sima|Shangguan"
)
_SURNAME_WORDS = frozenset(_SURNAMES_EN.split("|"))
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|"
    "ue|er|a|o|e|i|u|v)"
)
_PINYIN = re.compile(f"{_SYLLABLE}(?:[-' ]?{_SYLLABLE})?\\Z", re.IGNORECASE)
_WORD = "[A-Z][a-z]+(?:-[A-Za-z][a-z]+)?"
_TITLE_EN = (
    "Mr|Mrs|Ms|Miss|Dr|Manager|Boss|Director|Foreman|Supervisor|Chairman|Owner|Contractor|Engineer|"
    "Teacher|Officer|Lawyer|Judge|Accountant|Uncle|Auntie|Brother|Sister|Captain|Master"
)
_TITLED_EN = re.compile(rf"\b(?:{_TITLE_EN})\.?,? ({_WORD}(?: {_WORD}){{0,2}})")
_STATED_EN = re.compile(
    rf"\b(?:[Mm]y name is|[Nn]ame is|[Nn]amed|[Cc]alled|[Nn]ame:|[Cc]ontact(?: person)?:|I am|I'm) "
    rf"({_WORD}(?: {_WORD}){{0,2}})"
)
_FULL_EN = re.compile(rf"\b({_SURNAMES_EN}) ({_WORD})\b(?! [A-Z])(?!-)")
_NO_PERSON = re.compile(
    r"(?: (?:Co|Company|Ltd|Electronics?|Factory|Group|Construction|Technology|Garments?|District|"
    r"City|County|Road|Street|Town|Village|Province|Industrial|Park|Restaurant|Hotel|School|Hospital|New|"
    r"Labou?r|Logistics|Bureau|Court|Toys|Shoes|Textile|Mall|Avenue)\b)"
)
_NOT_NAMES_EN = re.compile(
    "(?:The|We|He|She|They|It|In|On|At|Of|And|But|For|General|Chinese|China|Labou?r|Said|Workers?)\\Z"
)


def names(text: str) -> Iterator[Span]:
    """Stretches of simplified text that may name a person; they may repeat and overlap."""
    yield from _chinese(text)
    yield from _english(text)


def _chinese(text: str) -> Iterator[Span]:
    for pattern in (
        _AFTER_NAMED,
        _AFTER_ROLE,
        _BEFORE_TITLE,
        _DESCRIBED,
        _ALONE,
        _WITHIN,
        _NICKNAME,
    ):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if pattern is not _NICKNAME and not _is_name(text, start, end):
                continue
            yield start, end
            # 张三、李四和王五: who stands in a row with a name.
            while following := _NEXT.match(text, end):
                if not _is_name(text, *following.span(1)):
                    break
                start, end = following.span(1)
                yield start, end


def _is_name(text: str, start: int, end: int) -> bool:
    if "某" in text[start:end]:
        return False  # already no name any more
    return not _NO_NAME.match(text, start) or bool(_NO_NAME_EXCEPT.match(text, start))


def _english(text: str) -> Iterator[Span]:
    for match in _TITLED_EN.finditer(text):
        yield from _kept_en(text, match, sure=match[0].startswith(("Mr", "Ms", "Miss", "Dr")))
    for match in _STATED_EN.finditer(text):
        sure = "name" in match[0].lower()
        yield from _kept_en(text, match, sure=sure)
    for match in _FULL_EN.finditer(text):
        place = f"{match[1]}{match[2]}".lower() in _places_en()
        if not place and _PINYIN.match(match[2]) and not _NO_PERSON.match(text, match.end()):
            yield match.span()


@lru_cache(maxsize=1)
def _places_en() -> frozenset[str]:
    """Provinces and prefectures, as people part them: Jiang Xi."""
    places = load_gazetteer().places.values()
    return frozenset(place.en.lower() for place in places if place.level != "county")


def _kept_en(text: str, match: re.Match[str], *, sure: bool) -> Iterator[Span]:
    words = match[1].split(" ")
    kept: list[str] = []
    for word in words:
        if _NOT_NAMES_EN.match(word) or (not sure and not kept and word not in _SURNAME_WORDS):
            break
        if kept and not sure and not _PINYIN.match(word):
            break
        kept.append(word)
    end = match.start(1) + len(" ".join(kept))
    if kept and not _NO_PERSON.match(text, end):
        yield match.start(1), end
