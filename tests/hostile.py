"""Values that no reader means well with, or that some client sends by mistake."""

NUMBERS = (
    "nan", "NaN", "-nan", "inf", "-Infinity", "1e308", "-1e308", "1e309", "1e-320", "-0", "0", "00",
    "1", "2", "5", "7", "8", "22", "23", "-1", "1.5", "4294967296", "2147483647", "2147483648",
    "9223372036854775807", "9223372036854775808", "0x10", "1_0", "٣", "½", "1e1", "+1", "1.0", "∞",
)  # fmt: skip
DATES = (
    "0000", "0001", "0001-01-01", "0001-06-30", "9999-12-31", "9999", "10000", "2026-02-30",
    "2024-02-29", "2026-11", "2026-13", "2026-11-21", "2026-11-22", "all", "today", "-2026",
    "2026-11-21T00:00:00Z", "1970-01-01", "2026-1-1", "20261121", "２０２６", "2026-11-21+08:00",
)  # fmt: skip
BOXES = (
    "180,0,-180,0", "170,-10,-170,10", "100,20,130,50", "130,50,100,20", "nan,nan,nan,nan",
    "inf,0,inf,0", "-180,-90,180,90", "1e308,1e308,1e308,1e308", "0,0,0,0", "1,2,3", ",,,",
    "-180.0000001,0,0,0", "0,90,0,91", "1e-300,0,1e-300,0", "1,2,3,4,5",
)  # fmt: skip
CODES = (
    "440000", "110100", "440306", "429000", "wage_arrears", "electronics", "other", "weibo",
    "a" * 60, "440000,110000", "999999", "calls", "strikes", "all", "-date", "date", "month",
    "region,month", "en", "zh", "xls", "zip",
)  # fmt: skip
TEXTS = (
    # What SQL, LIKE, formats and shells would take for their own.
    "' OR 1=1 --", "'; DROP TABLE pub.cases; --", "\\", "\\\\'", "%", "%%%", "_" * 50, "$1", "{0}",
    "%(q)s", ":q", "E'\\\\x00'", "/*", "*/", "${jndi:ldap://example.org}", "../../etc/passwd",
    "<script>alert(1)</script>", "null", "true", "[]", "{}", "(((((", "`id`", "=1+1",
    # Directions, joiners, forms that folding changes, the ends of Unicode.
    "\u202e\u202dabc", "\u2066\u2069", "\u200f\u05e9", "\ufeff", "\u200b", "👩\u200d👧", "é",
    "e\u0301", "ﷺ" * 40, "İ", "ß", "ǆ", "㍿", "\U0010ffff", "\ue000", "\uffff",
    "a" + "\u0300" * 150,
    # What is sound.
    "讨薪", "討薪", "工", "wage", "a" * 200, "a" * 201,
    # Blanks, controls, separators.
    "\t", "\n", "\r\n", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", " ", "\u3000", ",", ",,", "&",
    "=", "a=b&c", "+", "#", ";", "?",
)  # fmt: skip
# NUL, lone surrogates, overlong forms, what lies beyond Unicode, broken ends.
BYTES = (
    b"\0", b"a\0b", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xff", b"\xfe\xff", b"\xc0\x80",
    b"\xf4\x90\x80\x80", b"\xe4\xbd", b"\x80", b"\xf8\x88\x80\x80\x80",
)  # fmt: skip
