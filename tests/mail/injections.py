"""A hundred ways to smuggle a header, a recipient or a second mail through an address."""

_BREAKS = ("\r\n", "\n", "\r", "\r\n ", "\n\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_CARGO = (
    "Bcc: victim@example.org",
    "Subject: changed",
    "To: victim@example.org",
    "X-Extra: 1",
    "Content-Type: text/html\r\n\r\n<b>x</b>",
    "\r\nsecond body",
    ".\r\nMAIL FROM:<a@example.org>",
    "RCPT TO:<victim@example.org>",
    "From: other@example.org",
)
INJECTIONS = tuple(
    [f"a@example.org{line}{cargo}" for line in _BREAKS for cargo in _CARGO]
    + [
        "a%0d%0aBcc:victim@example.org@example.org",
        "a\\r\\nBcc@example.org",
        "a@example.org>\r\nRCPT TO:<victim@example.org",
        "a@example.org> SIZE=1 <b@example.org",
        "a@example.org, victim@example.org",
        "a@example.org;victim@example.org",
        '"a\r\nBcc: victim@example.org"@example.org',
        "=?utf-8?q?a=0d=0aBcc=3a_b?= <a@example.org>",
        "a@example.org\x00Bcc: victim@example.org",
        "a@example.org (\r\nBcc: victim@example.org)",
    ]
)
