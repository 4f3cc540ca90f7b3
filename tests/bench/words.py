"""Data: the words of which invented cases are made. Everything here is made up."""

# Filled with {place} {company} {job} {count} {months} {amount} {day} {good} {street} {person}.
# Earlier ones are used more, so that keywords differ in how many cases they find.
SENTENCES_ZH = (
    "我们是{place}的{job}，在{company}干活已经{months}个月，至今没有拿到工资。",
    "工人们多次找公司讨薪，每次都被告知再等几天。",
    "{company}拖欠{count}名工人的工资，合计{amount}元。",
    "昨天早上大家聚集在厂门口，要求老板出面说明情况。",
    "家里老人看病、孩子上学都等着这笔钱，实在没有办法才来求助。",
    "公司没有签劳动合同，也没有缴纳社会保险。",
    "劳动监察大队登记了情况，但是一直没有结果。",
    "包工头的电话已经打不通，项目部说钱早就付过了。",
    "我们保留了考勤表、工资条和聊天记录，可以作为证据。",
    "车间里粉尘很大，没有发过像样的口罩，几位{job}咳嗽很久了。",
    "一名{job}在夜班时被机器压伤手指，公司只付了头三天的医药费。",
    "工厂通知下月搬迁，不愿意去的人一分钱经济补偿都没有。",
    "警察来到现场维持秩序，没有人被带走。",
    "每天上班十二个小时，一个月只休息一天，加班费却按基本工资算。",
    "管理人员说谁再闹就开除谁，还扣下了身份证。",
    "街道和人社局的工作人员来调解过一次，双方没有谈拢。",
    "平台突然改了计价规则，每单少了一块多钱，跑一天连油费都不够。",
    "事故发生后，现场被围挡围了起来，具体原因还在调查。",
    "仲裁裁决书下来{months}个月了，公司就是不执行。",
    "食堂的饭菜多次吃出虫子，{count}人一起拉肚子。",
    "宿舍停水停电已经{day}天，六十多岁的老师傅也住在里面。",
    "听说老板欠了银行很多钱，机器已经被法院贴了封条。",
    "学校的后勤承包给外面的公司以后，工资从来没有按时发过。",
    "夏天室外四十度，高温补贴一次也没有见到。",
    "大家推选了几名代表去谈判，第二天代表就被停了工。",
    "我们做的是{good}，货早就发走了，钱却说还没回来。",
    "厂子在{street}，门口贴了一张停产通知，负责人{person}不见了。",
)
SENTENCES_EN = (
    "Workers at {company} in {place} say they have not been paid for {months} months.",
    "About {count} people gathered at the gate and asked to see the owner.",
    "The unpaid wages come to {amount} yuan, according to a list the workers drew up.",
    "The labour inspectorate took down the complaint but has given no result so far.",
    "No contracts were signed and no social insurance was paid, a {job} said.",
    "The subcontractor no longer answers his telephone.",
    "Managers threatened to dismiss anyone who went on with the protest.",
    "A {job} crushed two fingers on the night shift, and the company stopped paying the hospital.",
    "The plant is to move next month and offers nothing to those who stay behind.",
    "Police watched from across the road and left after {day} hours.",
    "They worked twelve hours a day with one day off a month.",
    "An arbitration award was issued {months} months ago and has not been carried out.",
    "The platform changed its rates overnight, and drivers say fuel eats up the day's earnings.",
    "The cause of the accident is still being investigated.",
    "The dormitory has had neither water nor light for {day} days.",
    "Officials of the district tried to mediate once, without success.",
    "The court has sealed the machines because of the owner's debts.",
    "No heat allowance was ever paid although it was forty degrees outside.",
    "The {good} they made were shipped long ago.",
    "A notice hangs at the gate on {street}; the manager, {person}, cannot be found.",
)
REPLIES_ZH = (
    "您好，来信收悉。经核实，该企业确有欠薪情况，我局已责令其限期支付，请耐心等待。",
    "您反映的问题已转交辖区劳动监察大队调查处理，如需了解进展请来电咨询。",
    "经调解，双方已达成一致，欠款将分两次付清。感谢您的监督与支持。",
    "因双方对数额有争议，建议依法申请劳动仲裁。",
)
TITLES_ZH = (
    "{place}{job}讨薪",
    "{company}拖欠{count}名工人工资",
    "{place}一工厂停产，工人要求补偿",
    "{place}{job}停工抗议降薪",
    "{company}发生事故",
    "求助：在{place}干活{months}个月没拿到钱",
)
TITLES_EN = (
    "Unpaid {job}s in {place} ask for their wages",
    "{company} owes {count} workers",
    "Workers in {place} demand compensation after closure",
    "{place}: {job}s stop work over a pay cut",
    "Accident at {company}",
    "Call for help: {months} months of work in {place} without pay",
)
JOBS = (
    ("建筑工人", "builder"), ("外卖骑手", "delivery rider"), ("缝纫工", "sewing worker"),
    ("保洁员", "cleaner"), ("货车司机", "truck driver"), ("保安", "guard"),
    ("电焊工", "welder"), ("厨师", "cook"), ("出租车司机", "taxi driver"),
    ("代课教师", "substitute teacher"), ("护工", "carer"), ("钢筋工", "steel fixer"),
    ("油漆工", "painter"), ("分拣员", "parcel sorter"), ("塔吊司机", "crane driver"),
    ("矿工", "miner"), ("木工", "carpenter"), ("环卫工人", "street sweeper"),
    ("装修工", "decorator"), ("注塑工", "moulder"), ("售货员", "shop assistant"),
    ("铸造工", "foundry worker"), ("抄表员", "meter reader"), ("船员", "sailor"),
)  # fmt: skip
# Syllables and kinds of business: a company's name is two of the one and one of the other.
SYLLABLES = (
    ("晟", "Sheng"), ("禾", "He"), ("骏", "Jun"), ("岚", "Lan"), ("沐", "Mu"), ("煜", "Yu"),
    ("凯", "Kai"), ("铭", "Ming"), ("翎", "Ling"), ("柏", "Bai"), ("钰", "Jue"), ("霖", "Lin"),
    ("曜", "Yao"), ("宸", "Chen"), ("泓", "Hong"), ("硕", "Shuo"), ("昱", "Yi"), ("珂", "Ke"),
    ("榕", "Rong"), ("茂", "Mao"), ("朗", "Lang"), ("楚", "Chu"), ("傲", "Ao"), ("芮", "Rui"),
    ("淼", "Miao"), ("璟", "Jing"), ("丰", "Feng"), ("格", "Ge"), ("腾", "Teng"), ("巍", "Wei"),
)  # fmt: skip
BUSINESSES = (
    ("电子", "Electronics"), ("建筑工程", "Construction"), ("服饰", "Garments"),
    ("物流", "Logistics"), ("餐饮管理", "Catering"), ("机械", "Machinery"), ("塑胶", "Plastics"),
    ("物业", "Property Management"), ("家具", "Furniture"), ("食品", "Foods"),
)  # fmt: skip
# What a plant makes: hardly ever the last ones.
GOODS = (
    ("玩具", "toys"), ("皮鞋", "shoes"), ("手机壳", "phone cases"), ("毛衣", "sweaters"),
    ("纸箱", "cartons"), ("灯具", "lamps"), ("水龙头", "taps"), ("轮胎", "tyres"),
    ("陶瓷", "ceramics"), ("电池", "batteries"), ("钢管", "steel pipes"), ("箱包", "suitcases"),
    ("袜子", "socks"), ("眼镜", "spectacles"), ("雨伞", "umbrellas"), ("拉链", "zippers"),
    ("瓷砖", "tiles"), ("风扇", "fans"), ("床垫", "mattresses"), ("耳机", "earphones"),
    ("纽扣", "buttons"), ("假发", "wigs"), ("蜡烛", "candles"), ("锁具", "locks"),
    ("渔网", "fishing nets"), ("地毯", "carpets"), ("砂纸", "sandpaper"), ("吉他", "guitars"),
    ("热水壶", "kettles"), ("打火机", "lighters"), ("梯子", "ladders"), ("螺丝", "screws"),
    ("烟花", "fireworks"), ("竹筷", "chopsticks"), ("宣纸", "rice paper"), ("风筝", "kites"),
    ("算盘", "abacuses"), ("鼓", "drums"), ("砚台", "inkstones"), ("琵琶", "lutes"),
    ("蓑衣", "straw capes"), ("马鞍", "saddles"), ("缆绳", "hawsers"), ("船桨", "oars"),
    ("罗盘", "compasses"), ("口琴", "harmonicas"), ("钟摆", "pendulums"), ("弹弓", "catapults"),
)  # fmt: skip
# Invented names are two or three of these: the tail of words that real archives have.
RARE = (
    ("峪", "Yu"), ("崮", "Gu"), ("槐", "Huai"), ("漪", "Yi"), ("鹤", "He"), ("樟", "Zhang"),
    ("澜", "Lan"), ("砺", "Li"), ("莘", "Shen"), ("棠", "Tang"), ("泷", "Shuang"), ("岑", "Cen"),
    ("麓", "Lu"), ("浔", "Xun"), ("翡", "Fei"), ("苇", "Wei"), ("蔺", "Lin"), ("蕲", "Qi"),
    ("鹭", "Lus"), ("濠", "Hao"), ("筠", "Jun"), ("缙", "Jin"), ("邛", "Qiong"), ("鄞", "Yin"),
    ("骊", "Liu"), ("鳌", "Ao"), ("黟", "Yix"), ("圩", "Xu"), ("埭", "Dai"), ("堰", "Yan"),
    ("塬", "Yuan"), ("墉", "Yong"), ("岘", "Xian"), ("峁", "Mao"), ("峒", "Dong"), ("嵊", "Sheng"),
    ("嵩", "Song"), ("巷", "Xiang"), ("廊", "Lang"), ("沣", "Feng"), ("沭", "Shu"), ("泗", "Si"),
    ("洮", "Tao"), ("浣", "Huan"), ("涪", "Fu"), ("淦", "Gan"), ("渌", "Luk"), ("湄", "Mei"),
    ("溧", "Lis"), ("滁", "Chu"), ("漳", "Zha"), ("潍", "Wea"), ("潢", "Hua"), ("澧", "Lia"),
    ("濮", "Pu"), ("灞", "Ba"), ("灵", "Ling"), ("炻", "Shi"), ("煊", "Xua"), ("燧", "Sui"),
)  # fmt: skip
