"""What can be refused, in both languages: kinds with status and title, details of one parameter.

Tables only; how a refusal is answered is in errors.py.
"""

from api.lang import Pair

# slug: (status, title)
KINDS: dict[str, tuple[int, Pair]] = {
    "bad-request": (400, Pair("请求无法读取", "The request cannot be read")),
    "idempotency-key-missing": (
        400,
        Pair("缺少 Idempotency-Key 请求头", "The Idempotency-Key header is missing"),
    ),
    "cross-site": (
        403,
        Pair("不接受从其他网站提交", "What another site sends is not taken"),
    ),
    "not-logged-in": (401, Pair("请先登录", "Log in first")),
    "wrong-login": (
        401,
        Pair("用户名、口令或验证码不对", "The name, the password or the code is wrong"),
    ),
    "forbidden": (403, Pair("你的角色不能这样做", "Your role may not do this")),
    "second-person": (
        403,
        Pair("须由另一个人批准", "Another person has to approve this"),
    ),
    "not-found": (404, Pair("没有此内容", "There is nothing here")),
    "method-not-allowed": (
        405,
        Pair("此地址不支持该方法", "This address does not take that method"),
    ),
    "still-running": (
        409,
        Pair("同一次提交仍在处理，请稍后再试", "The same submission is still being taken in"),
    ),
    "edited-meanwhile": (
        409,
        Pair(
            "别人在此期间改过它，什么也没有覆盖",
            "Somebody edited it meanwhile; nothing was overwritten",
        ),
    ),
    "wrong-state": (
        409,
        Pair("它现在的状态不允许这样做", "Its present state does not allow this"),
    ),
    "last-admin": (
        409,
        Pair("至少须有一名可用的管理员", "There has to be at least one admin who can log in"),
    ),
    "cannot-open": (
        409,
        Pair("打不开：已损坏，或属于另一把私钥", "It does not open: damaged, or of another key"),
    ),
    "withdrawn": (410, Pair("案例已撤回", "The case was withdrawn")),
    "too-large": (413, Pair("内容太大", "Too large")),
    "unsupported-media-type": (
        415,
        Pair("不支持此内容类型", "This type of content is not taken"),
    ),
    "unknown-parameter": (422, Pair("未知参数", "Unknown parameter")),
    "invalid-parameter": (422, Pair("参数无效", "Invalid parameter")),
    "unknown-code": (422, Pair("未知代码", "Unknown code")),
    "invalid-cursor": (422, Pair("翻页标记无效或已过期", "The cursor is invalid or out of date")),
    "too-many-rows": (422, Pair("行数超出此格式的上限", "Too many rows for this format")),
    "idempotency-conflict": (
        422,
        Pair("同一个键已用于另一份内容", "The same key was used with other content"),
    ),
    "too-often": (429, Pair("太频繁，请稍后再试", "Too often, please wait a little")),
    "budget-spent": (
        429,
        Pair("今天查看联系方式的次数已用完", "Today's budget of contact details is spent"),
    ),
    "no-alerts": (
        503,
        Pair("本站目前不接收爆料", "This site takes no alerts at present"),
    ),
    "busy": (503, Pair("服务繁忙，请稍后再试", "Busy, please try again shortly")),
    "unavailable": (503, Pair("数据库暂时不可用", "The database cannot be reached at present")),
    "failed": (500, Pair("服务内部出错", "Something went wrong on our side")),
}
# pydantic's error type -> what a reader is told; the ones our own validators raise come first.
DETAILS: dict[str, Pair] = {
    "impossible_date": Pair(
        "须为存在的日期：YYYY-MM-DD、YYYY-MM 或 YYYY",
        "must be a date that exists: YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    "since_after_until": Pair("起始日期晚于截止日期", "since lies after until"),
    "blank_words": Pair("须包含至少一个词", "must hold at least one word"),
    "too_many_words": Pair("最多 10 个词", "at most 10 words"),
    "unreadable_text": Pair("含有无法读取的字符", "holds characters that cannot be read"),
    "too_many_codes": Pair("最多 200 个值", "at most 200 values"),
    "impossible_box": Pair(
        "须为 西,南,东,北 四个经纬度数值，且位于世界范围内",
        "must be west,south,east,north in degrees, inside the world",
    ),
    "unknown_dimension": Pair("没有此统计维度", "no such dimension"),
    "given_twice": Pair("只能给出一次", "may be given only once"),
    "extra_forbidden": Pair("没有此参数", "no such parameter"),
    "missing": Pair("缺少此参数", "is missing"),
    "string_too_long": Pair("太长", "is too long"),
    "greater_than_equal": Pair("太小", "is too small"),
    "less_than_equal": Pair("太大", "is too large"),
    "literal_error": Pair("不是可选的值之一", "is not one of the possible values"),
    "bool_parsing": Pair("须为 true 或 false", "must be true or false"),
    "int_parsing": Pair("须为整数", "must be a whole number"),
    "int_type": Pair("须为整数", "must be a whole number"),
    "int_from_float": Pair("须为整数", "must be a whole number"),
    "int_parsing_size": Pair("太大", "is too large"),
    "float_parsing": Pair("须为数字", "must be a number"),
    "float_type": Pair("须为数字", "must be a number"),
    "finite_number": Pair("须为数字", "must be a number"),
    "bool_type": Pair("须为 true 或 false", "must be true or false"),
    "string_type": Pair("须为文字", "must be a text"),
    "string_too_short": Pair("不能为空", "must say something"),
    "string_pattern_mismatch": Pair("不是代码", "is no code"),
    "not_a_link": Pair("须为 http 或 https 网址", "must be an http or https address"),
    "low_above_high": Pair("下限大于上限", "low lies above high"),
    "blank": Pair("不能为空", "must say something"),
    "too_short": Pair("至少选一项", "must name at least one"),
    "too_long": Pair("项目太多", "names too many"),
    "tuple_type": Pair("须为列表", "must be a list"),
    "not_an_object": Pair("须为 JSON 对象", "must be a JSON object"),
    "too_many_lines": Pair("最多 5 行", "at most 5 lines"),
    "not_an_address": Pair("不是电子邮件地址", "is not an e-mail address"),
    "mainland_address": Pair(
        "此邮箱的服务商在中国大陆，可能被要求交出信件；仍要使用请勾选确认",
        "a provider in mainland China can be made to hand over mail; tick the box to use it anyway",
    ),
    "key_length": Pair(
        "须为 16 至 200 个 ASCII 字符，不含空格",
        "must be 16 to 200 ASCII characters without blanks",
    ),
    "weak_password": Pair(
        "至少 12 个字符，不能太单调，也不能含有用户名",
        "at least 12 characters, not all the same few, and without the name",
    ),
    "same_password": Pair("须与现在的不同", "must differ from the present one"),
    "account_name": Pair(
        "3 至 32 个小写字母、数字或 . _ -，以字母或数字开头",
        "3 to 32 lower-case letters, digits or . _ - and no sign in front",
    ),
    "taken": Pair("已有此名", "is taken"),
    "finer_than_allowed": Pair("比当事人允许的更精确", "is more exact than the person allowed"),
    "unfit": Pair("无效", "is invalid"),
}
