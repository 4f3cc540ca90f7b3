"""Words that look like names of places, and words around a name that say what it is.

Tables of words only. They were drawn up by reading every short name of a county in the gazetteer
against everyday Chinese and English; a name missing here is trusted as it stands.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short names that are everyday words ("公安" is a county, and the police). They count only where
# they follow the place above them and end the phrase ("荆州公安"), or with their suffix (公安县).
WORDS_ZH = _words(
    """
    公安 合作 比如 延长 上街 通道 资源 平房 方正 富裕 友好 前进 互助 共和 解放 平安 大方 新建 复兴
    振兴 宏伟 丰满 建华 向阳 工农 友谊 红旗 爱民 阳明 新华 兴业 乐业 民权 富民 安定 平和 政和 和政
    和静 和顺 太平 太和 新和 仁和 同心 同德 集贤 富源 公明 上城 下城 城中 城东 城西 城北 东区 西区
    城区 郊区 矿区 回民 市中 市南 市北 新城 老城 山城 古城 港口 港南 港北 河口 江口 湖滨 海港 南部
    东方 中方 中原 上林 田林 天等 大化 化州 东至 来安 来凤 会同 崇信 威信 民和 惠民 裕民 民勤 民乐
    民丰 平定 平顺 平利 志丹 三元 元宝 宝塔 灯塔 钟楼 白塔 双塔 天桥 站前 中站 台前 前锋 东风 卫东
    南关 北关 二七 牡丹 青龙 黄龙 北湖 月湖 金湖 大厂 小店 大通 大同 大东 大安 大新 大名 大城 大关
    大观 天涯 天全 天门 东安 保康 保靖 保德 福海 大丰 新丰 丰顺 无为 无极 望都 望谟 交口 交城 洞口
    双清 定海 海兴 兴海 开平 应县 和县 道县 随县 容县 新县 成县 高县 富县 文县 古县 青县 代县 理县
    达日 久治 改则 普兰 白玉 白朗 白银 大理 黄山 石棉 沙湾 水城 名山 三都 江海 东海 西市 西平 高平
    平原 新星 新市 昆玉 双河 七星 红岗 龙凤 华龙 九龙 明光 灵台 高台 三台 五台 天台 东台 万全 万年
    万安 全南 尖山 鸡冠 铁力 延寿 依安 通海 南康 安乡 乡城 西乡 上党 博爱 文成 文峰 修文 永善 永平
    长顺 顺平 中环 新界
    """
)
# Short names that are also common in names of people, firms, streets and plots: they count where
# the place above them stands next to them, or its prefecture is named in the text.
NAMES_ZH = _words(
    """
    红桥 裕华 永年 新河 清河 南宫 安国 崇礼 尚义 宽城 运河 新荣 平城 平陆 永济 静乐 安泽 大宁 孝义
    松山 西岗 长海 铁东 立山 明山 东港 凤城 古塔 黑山 龙城 开原 龙港 兴城 二道 绿园 龙潭 永吉 梨树
    龙山 江源 和龙 龙井 道里 道外 南岗 松北 双城 依兰 五常 铁锋 龙江 克山 恒山 兴安 兴山 岭东 宝山
    丰林 金林 同江 新兴 桃山 海林 北安 北林 安达 新林 长宁 静安 普陀 黄浦 栖霞 六合 泉山 铜山 天宁
    新北 武进 吴中 连云 响水 建湖 京口 泰兴 临平 富阳 建德 镇海 奉化 象山 宁海 永嘉 长兴 安吉 金东
    东阳 三门 仙居 临海 龙泉 包河 长丰 花山 雨山 博望 休宁 金安 裕安 台江 平潭 思明 湖里 同安 明溪
    清流 大田 永春 丰泽 南安 华安 连城 建阳 光泽 安义 乐平 安源 德安 湖口 安远 会昌 石城 龙南 青原
    泰和 高安 东乡 南城 崇仁 乐安 金溪 广昌 信州 横峰 德兴 长清 钢城 城阳 周村 龙口 嘉祥 梁山 新泰
    兰山 庆云 阳信 东明 金水 新密 龙亭 通许 西工 新安 石龙 宝丰 鹤山 牧野 马村 山阳 灵宝 卧龙 方城
    镇平 内乡 唐河 永城 平桥 西华 太康 洪山 阳新 竹山 远安 五峰 长阳 华容 东宝 大悟 云梦 江陵 石首
    红安 英山 黄梅 广水 望城 荷塘 石峰 雨湖 南岳 大祥 北塔 新宁 君山 平江 桃源 石门 安化 安仁 资兴
    宁远 新田 鹤城 永顺 双峰 新化 天河 增城 仁化 福田 宝安 龙华 龙湖 龙岗 金平 新会 怀集 博罗 龙门
    五华 平远 海丰 紫金 东源 阳东 阳西 阳春 清城 清新 英德 普宁 云城 云安 马山 三江 永福 平乐 万秀
    东兴 灵山 桂平 隆安 田东 德保 凌云 钟山 富川 凤山 合山 白沙 琼海 临高 江津 合川 大足 石柱 成华
    新都 双流 富顺 合江 安州 朝天 船山 威远 夹江 嘉陵 高坪 东坡 仁寿 洪雅 通川 宝兴 平昌 金川 黑水
    红原 新龙 德昌 南明 云岩 开阳 兴义 兴仁 普安 天柱 锦屏 福泉 盘龙 石林 安宁 罗平 华宁 新平 玉龙
    永胜 镇康 永德 元阳 绿春 马关 安多 日土 高陵 太白 金台 凤翔 千阳 三原 武功 长武 永寿 兴平 合阳
    白水 富平 吴起 甘泉 黄陵 子长 横山 靖边 白河 石泉 紫阳 镇安 永昌 平川 会宁 景泰 武山 山丹 静宁
    华亭 金塔 西峰 华池 合水 西和 康乐 永靖 海晏 河南 贵德 兴庆 西夏 金凤 永宁 平罗 惠农 中宁 海原
    天山 精河 和硕 新源 白杨 托里 元朗 南开 海南 河北 朝阳 西安 泰达 张江 临港 建安 广信 广德 广安
    宁安 寿阳 武宁 武安 定远 定南 金堂 金阳 建昌 建平 祁阳 阳高 高阳 高青 昌乐 恩阳 南海 高明 三水
    光明 南山 白云 长寿 和平 长安 东城 西城 西湖 滨江 大兴 未央 青山 红山 铁山 鼓楼 河东 河西 城关
    江北 江岸 路南 路北 桥东 桥西 滨海 滨湖 青羊 金牛 千山 玄武 中山 太湖 南湖 东湖 长乐 永安 福安
    集美 从化 海沧 平阴 高要 登封 利川 始兴 文登 莲花 福山 东山 西山 丰台 天长 赤壁 当阳 大冶 平度
    新郑 泰山 芙蓉 凤凰 玉山 信宜 兴化 兴国 兴文 永新 永丰 永定 永兴 永康 永和 安福 安平 安居 定安
    双湖 开福 云龙 云溪 云和 铜鼓 石鼓 怀安 怀远 祥云 平南 平果 海棠 天心 天元 江南 银海 通山 通城
    灵石 蓝山 金山 金沙 光山 清水 明水 社旗 怀来 连山 连平 建始 木兰 林口 尚志 中江 江山 大英 温泉
    正定 正阳 正宁 正安 定边
    """
)
# Prefectures whose short name is a word ("日照" sunshine, "来宾" guests): as WORDS_ZH, but any text
# may follow once the province stands before them.
PREFECTURES_ZH = _words(
    """
    日照 来宾 白银 阿里 安康 海东 海西 海北 山南 大理
    """
)
# Phrases that hold a name by accident; matched first, they are no place.
DECOYS_ZH = _words(
    """
    大理石 三明治 阿里巴巴 阿里云 阿里健康 哈密瓜 和田玉 孙中山 中山装 中山大学 长治久安 大同小异
    四平八稳 北京时间 北京现代 北京奔驰 上海大众 上海通用 长安汽车 长安福特 吉利汽车 长城汽车
    东风汽车 南京路 大连锁 大连接 大连续 大连环 变成都 出海口 入海口 复合肥 混合肥 合肥料 未开封
    公开封 京东 华东 普通化 大庆典 大庆祝 南开大学 东北 新华社 新华网 新华书店 平安保险 平安银行
    平安集团 公安局 公安厅 公安部 公安机关 公安分局 解放军 解放路 人民解放 和平路 建设路 人民路
    中华人民共和国 共和国 长江南 长江西 长江北 黄河南 黄河北 珠江西 黄海北 南海北 中国海南部
    农民工资 农民工 北京烤鸭 天津狗不理 兰州拉面 沙县小吃 重庆小面 桂林米粉 重庆火锅 青岛啤酒
    哈尔滨啤酒 贵州茅台 海南航空 四川航空 东方航空 南方航空 湖南卫视 江苏卫视 浙江卫视 广州恒大
    华润 中国平安 东方财富 东方明珠 保利 招商 化肥 南通过 东南通道 广东话 上海话 市长安排 市长安全
    """
)
# The same for English, folded: no apostrophe, lower case. Trusted with a suffix (Dean County), next
# to the place above (Guan, Hebei), or written with the apostrophe of their pinyin (De'an).
WORDS_EN = _words(
    """
    guan dean lean yuan jian duan fuan anda mile saga gamba guide dali nima mang ali gar lop mori
    mulan emin aral huma usu ulan dari bole toli akto lazi tar sip teda matsu bayan junan daan
    wanan haian nanan linan huaan wenan xinan heping xinhua formosa pinggu pingan changan xinjian
    gongan hezuo fuyu fangzheng pingfang longhu jinshan nanshan xihu donghu kunyu shule biru bome
    """
)
# Acronyms count in capitals only.
ACRONYMS_EN = _words(
    """
    hk xuar teda sip hksar tar imar
    """
)

# A capitalised run that ends in one of these names a firm, not the ground it stands on.
FIRM_EN = _words(
    """
    group co ltd limited inc corp corporation company companies holding holdings enterprise
    enterprises factory plant mine mill industries industry industrial bank technology technologies
    electronics textile textiles pharmaceutical pharmaceuticals logistics express airlines
    """
)
# A name before one of these is a street or a piece of land far from its namesake.
STREET_EN = _words(
    """
    road street avenue lu highway expressway bridge river lake mountain mountains strait straits
    village township town
    """
)
# "Hong Kong owner", "Shanghai-listed": says whose the firm is, not where the event was.
ELSEWHERE_EN = _words(
    """
    owned listed invested funded backed born boss owner investor investors businessman businessmen
    native natives
    """
)
# "Shenzhen-based", "Sichuan migrants": only where the text says no more.
BASED_EN = _words("based headquartered registered run migrant migrants")
INSIDE_EN = _words(
    """
    inside around in outside across near throughout
    """
)
# Words that may stand between such a preposition and the name.
BETWEEN_EN = _words(
    """
    the city of province district county prefecture municipality downtown central suburban urban
    rural eastern western northern southern northeastern northwestern southeastern southwestern
    east west north south northeast northwest southeast southwest nearby neighbouring neighboring
    """
)
# Words written small inside a name.
SMALL_EN = _words("and of city county district prefecture province banner league")
# Words that a name of a person or a firm follows at least as often as a place's.
NAMING_EN = frozenset({"at", "by", "with", "for", "against", "named", "called", "mr", "ms", "mrs"})
ADMIN_EN = _words(
    """
    province city district county prefecture municipality banner league region area autonomous new
    special zone prc china
    """
)
