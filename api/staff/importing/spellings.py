"""Data: under which names a column may come, English and Chinese, and which names mean a contact.

Our own export's headers (api/cases/columns.py) are among them in both languages. Adding a spelling
changes the identity of rows with that column: a file imported before then comes in anew.
"""

# Written as people write them; compared folded, without blanks and punctuation.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号", "案例编号", "case id", "tid"),
    "map": ("map", "地图"),
    "date": (
        "date", "日期", "时间", "event date", "incident date", "date of event", "事件日期",
        "事件时间", "发生日期", "发生时间", "事发日期", "事发时间", "求助日期", "求助时间",
    ),
    "date_precision": ("date_precision", "日期精度"),
    "title": ("title", "标题", "headline", "subject", "事件", "事件标题", "事件名称", "主题"),
    "title_zh": ("title_zh", "标题（中文）", "中文标题", "chinese title"),
    "title_en": ("title_en", "标题（英文）", "英文标题", "english title"),
    "text": (
        "description", "描述", "text", "content", "details", "summary", "story", "正文", "内容",
        "详情", "事件描述", "情况说明", "案情", "简介", "事故经过", "事件经过",
    ),
    "text_zh": ("text_zh", "正文（中文）", "中文正文", "description_zh", "中文描述"),
    "text_en": ("text_en", "正文（英文）", "英文正文", "description_en", "英文描述"),
    "region_code": ("region_code", "地区代码", "行政区划代码", "place code"),
    "region": ("region", "地区", "区域"),
    "province": ("province", "省份", "省", "省市", "省区市", "所在省份", "所在省"),
    "city": ("city", "城市", "市", "地市", "地级市", "所在城市", "prefecture"),
    "county": ("county", "区县", "县区", "县", "区", "district"),
    "location": (
        "location", "地点", "place", "所在地", "所在地区", "发生地点", "发生地", "事发地点",
        "事故地点",
    ),
    "address": ("address", "地址", "详细地址", "公司地址", "单位地址"),
    "longitude": ("longitude", "经度", "lon", "lng"),
    "latitude": ("latitude", "纬度", "lat"),
    "exact_point": ("exact_point", "精确位置"),
    "industry_code": ("industry_code", "行业代码"),
    "industry": ("industry", "行业", "所属行业", "行业类别", "行业大类", "parent industry"),
    "sub_industry": ("sub-industry", "子行业", "细分行业", "行业小类", "subindustry"),
    "issue_codes": ("issue_codes", "问题代码", "诉求代码"),
    "issues": (
        "issues", "问题", "issue", "demands", "demand", "employee demands involve",
        "employee demands", "workers demands", "grievances", "grievance", "claims", "诉求",
        "工人诉求", "员工诉求", "诉求类型", "问题类型", "主要诉求",
    ),
    "action_codes": ("action_codes", "行动代码"),
    "actions": (
        "actions", "行动", "action", "action taken involve", "action taken", "action type",
        "行动方式", "行动类型", "行动形式", "采取的行动", "维权方式",
    ),
    "response_codes": ("response_codes", "回应代码"),
    "responses": (
        "responses", "回应", "response", "response to collective action", "各方回应", "各方反应",
        "反应", "对集体行动的回应", "对集体行动的反应",
    ),
    "ownership_code": ("ownership_code", "所有制代码"),
    "ownership": (
        "ownership", "所有制", "enterprise type", "company ownership", "企业类型", "企业性质",
        "单位性质", "经济类型",
    ),
    "accident_type_code": ("accident_type_code", "事故类型代码"),
    "accident_type": ("accident_type", "事故类型", "type of accident", "事故类别", "事故种类"),
    "platform_codes": ("platform_codes", "平台代码"),
    "platforms": (
        "platforms", "平台", "platform", "social media", "source platform", "来源平台",
        "发布平台", "社交平台",
    ),
    "company_zh": ("company_zh", "公司（中文）", "公司中文名", "企业（中文）"),
    "company_en": ("company_en", "公司（英文）", "公司英文名", "企业（英文）"),
    "company": (
        "employer", "公司", "company", "company name", "employer name", "enterprise", "企业",
        "企业名称", "公司名称", "单位", "单位名称", "用人单位", "雇主", "涉事企业", "涉事单位",
        "涉事公司",
    ),
    "participants_low": ("participants_low", "人数下限", "参与人数下限"),
    "participants_high": ("participants_high", "人数上限", "参与人数上限"),
    "participants_stated": ("participants_stated", "人数原文", "参与人数原文"),
    "participants": (
        "participants", "参与人数", "number of participants", "number of workers",
        "workers involved", "人数", "规模", "涉及人数", "参加人数", "工人人数",
    ),
    "deaths": ("deaths", "死亡人数", "死亡", "fatalities", "killed", "dead", "遇难人数", "死亡数"),
    "injuries": ("injuries", "受伤人数", "受伤", "injured", "伤者人数", "受伤数"),
    "amount_owed": (
        "amount_owed", "拖欠金额", "拖欠金额（元）", "amount owed (CNY)", "amount", "wages owed",
        "arrears", "金额", "金额（元）", "欠薪金额", "欠薪金额（元）", "涉及金额", "涉及金额（元）",
    ),
    # Ten thousand yuan: the same number would be wrong by four digits under the field above.
    "amount_owed_wan": (
        "amount_owed_wan", "拖欠金额（万元）", "金额（万元）", "欠薪金额（万元）",
        "涉及金额（万元）",
    ),
    "months_owed": (
        "months_owed", "拖欠月数", "months unpaid", "months", "欠薪月数", "拖欠时间（月）",
        "拖欠时长（月）",
    ),
    "period_from": (
        "period_from", "所涉时段起", "时段起", "owed since", "拖欠起始", "欠薪开始", "开始日期",
    ),
    "period_until": (
        "period_until", "所涉时段止", "时段止", "owed until", "拖欠截止", "欠薪结束", "结束日期",
    ),
    "stated": ("stated", "原文用词", "来源原文用语"),
    "sources": ("sources", "来源", "source", "信息来源", "消息来源"),
    "links": (
        "links", "链接", "link", "url", "urls", "source link", "source links", "source url",
        "original link", "来源链接", "原文链接", "原始链接", "网址", "信息链接",
    ),
    "posted_on": (
        "posted_on", "发布日期", "发布时间", "posted", "post date", "publish date", "发帖日期",
        "发帖时间",
    ),
    "still_live": ("still_live", "原文仍在"),
    "replies": ("replies", "官方回复", "官方答复"),
    "message": (
        "message", "留言", "留言内容", "message text", "求助内容", "诉求内容", "投诉内容",
    ),
    "office": (
        "office", "答复单位", "replying office", "answer organization", "回复单位", "受理单位",
        "办理单位", "承办单位", "答复部门", "回复部门", "留言对象",
    ),
    "level": ("office level", "单位级别", "答复单位级别"),
    "message_date": (
        "message date", "留言日期", "留言时间", "dateline", "received on", "投诉日期", "受理日期",
    ),
    "reply_date": ("reply date", "答复日期", "replied on", "答复时间", "回复日期", "回复时间"),
    "reply_text": (
        "reply text", "答复内容", "reply", "answer content", "答复", "回复", "回复内容",
        "答复正文",
    ),
    "status": ("status", "办理状态", "状态", "state info", "reply status", "答复状态", "处理状态"),
    "promise_due_on": ("promise due on", "承诺期限", "promised by", "承诺日期"),
    "outcome": ("outcome", "结果", "result", "处理结果", "办理结果"),
    "revision": ("revision", "版本"),
    "updated": ("updated", "更新日期"),
    "demo": ("demo", "演示数据"),
}  # fmt: skip

# Whole names that say who a person is or how to reach them.
CONTACT_NAMES = frozenset({
    "tel", "qq", "ip", "cell", "fax", "name", "names", "user", "author", "poster", "account",
    "mail", "id card", "passport", "sex", "gender", "age", "微信", "作者", "博主", "网友", "用户",
    "账号", "帐号", "昵称", "电邮", "性别", "年龄", "籍贯",
})  # fmt: skip
# Parts of a name that do, wherever they stand in it.
CONTACT_PARTS = (
    "phone", "mobile", "email", "wechat", "weixin", "whatsapp", "telegram", "nickname", "realname",
    "fullname", "workername", "personname", "firstname", "lastname", "username", "userid",
    "authorname", "authorid", "postername", "contact", "ipaddress", "idcard", "idnumber",
    "电话", "手机", "微信号", "联系", "邮箱", "邮件", "身份证", "姓名", "昵称", "用户名", "网名",
    "账号", "发布人", "发布者", "发帖人", "投诉人", "留言人", "求助人", "当事人", "qq号", "ip地址",
    "ip属地", "银行卡", "whatsapp",
)  # fmt: skip
