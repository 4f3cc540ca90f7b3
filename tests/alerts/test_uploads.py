"""Form bodies (S18): read in memory only, refused at the limits and not one chunk later."""

import gc
from collections.abc import Iterable
from typing import Any

import pytest

from api.alerts import uploads
from api.alerts.files import MAX_FILE, FileRefused, accept
from api.alerts.uploads import MAX_MULTIPART, MAX_PLAIN, read_form
from api.errors import KINDS, Problem
from tests.alerts.bodies import CHUNK, MULTIPART, URLENCODED, Sent, cut, part, request, whole
from tests.alerts.watching import forget_peak, noted, nothing_written, peak


async def read(
    body: bytes, media: str | None = MULTIPART, files: bool = True, **headers: str
) -> Any:
    return await read_form(request(Sent(cut(body)), media, **headers), files=files)


async def test_both_forms_say_the_same() -> None:
    pairs = [("story", "欠薪 & 讨薪 = 100%+"), ("kind", "injury"), ("kind", "hours"), ("place", "")]
    encoded = "story=%E6%AC%A0%E8%96%AA+%26+%E8%AE%A8%E8%96%AA+%3d+100%25%2B"
    encoded += "&&kind=injury&kind=hours&place"
    assert await read(encoded.encode(), URLENCODED) == (pairs, [])
    assert await read(encoded.encode(), URLENCODED + "; charset=UTF-8", files=False) == (pairs, [])
    parts = [part(name, value.encode()) for name, value in pairs]
    assert await read(whole(*parts)) == (pairs, [])
    quoted = 'multipart/form-data; charset="utf-8"; boundary="edge"'
    assert await read(b"\r\n" + whole(*parts) + b"epilogue", quoted, files=False) == (pairs, [])
    assert await read(b"", URLENCODED) == ([], [])


@pytest.mark.parametrize("size", [1, 2, 7, 64])
async def test_chunks_may_end_anywhere(size: int) -> None:
    inner = b"\r\n--edg\r\n--edge \xff\0\r\n-"
    body = whole(part("story", b"one"), part("files", inner[:-17], "a.jpg"), part("place", b"two"))
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    read = await read_form(request(Sent(parts)), files=True)
    assert read == ([("story", "one"), ("place", "two")], [inner[:-17]])


async def test_names_of_files_are_dropped_and_empty_controls_are_nothing() -> None:
    names = (
        "../../etc/passwd",
        "..\\boot.ini",
        "a\0.jpg",
        "con.jpg.html",
        "",
        "n" * 3000,
        "张三.jpg",
    )
    for name in names:
        assert await read(whole(part("files", b"x", name))) == ([], [b"x"])
    empty = part("files", b"", "", b"Content-Type: application/octet-stream\r\n")
    assert await read(whole(*[empty] * 5, part("story", b"a"))) == ([("story", "a")], [])
    assert await read(whole(empty), files=False) == ([], [])


async def test_big_files_never_touch_the_disk() -> None:
    body = whole(*[part("files", bytes([n]) * 9_900_000, "a.png") for n in range(5)])
    forget_peak()
    before = peak()
    with nothing_written():
        _, found = await read(body)
    assert [len(file) for file in found] == [9_900_000] * 5
    assert [file[:1] for file in found] == [bytes([n]) for n in range(5)]
    assert peak() - before < 150 << 20
    # The watcher sees what the framework's own reader does, though no folder ever shows it.
    with noted() as written:
        await request(Sent(cut(whole(part("files", bytes(2_000_000), "a.png"))))).form()
    assert written


async def test_a_file_too_big_is_refused_alone() -> None:
    body = whole(part("story", b"a"), part("files", bytes(MAX_FILE + 100_000), "a"))
    pairs, found = await read(body)
    assert pairs == [("story", "a")]
    assert len(found[0]) == MAX_FILE + 1
    with pytest.raises(FileRefused, match="size"):
        await accept(found[0], keep_original=False)


BASE64 = b"Content-Transfer-Encoding: base64\r\n"
GBK = b"Content-Type: text/plain; charset=gbk\r\n"
HOSTILE: list[tuple[str, str, str | None, bytes]] = [
    ("no type", "unsupported-media-type", None, b"a=b"),
    ("JSON", "unsupported-media-type", "application/json", b"{}"),
    ("XML", "unsupported-media-type", "text/xml", b"<a/>"),
    ("mixed parts", "unsupported-media-type", "multipart/mixed; boundary=edge", whole()),
    ("no edge", "bad-request", "multipart/form-data", whole(part("a", b"b"))),
    ("no such edge", "bad-request", "multipart/form-data; boundary=x", whole(part("a", b"b"))),
    ("endless edge", "bad-request", "multipart/form-data; boundary=" + "x" * 5000, whole()),
    ("nothing", "bad-request", MULTIPART, b""),
    ("cut off", "bad-request", MULTIPART, part("a", b"b")),
    ("cut off in the end", "bad-request", MULTIPART, part("a", b"b") + b"--edge-"),
    ("cut off in a header", "bad-request", MULTIPART, b"--edge\r\nContent-Dispo"),
    ("noise", "bad-request", MULTIPART, bytes(range(256)) * 100),
    ("dashes", "bad-request", MULTIPART, b"-" * 1_000_000),
    ("line ends", "bad-request", MULTIPART, b"\r\n" * 1_000_000),
    ("no name", "bad-request", MULTIPART, whole(b"--edge\r\nContent-Type: a/b\r\n\r\nb\r\n")),
    ("name twice", "bad-request", MULTIPART, whole(part("a", b"b", headers=part("b", b"")[8:-4]))),
    ("attachment", "bad-request", MULTIPART, whole(part("a", b"b")).replace(b"form-data", b"file")),
    ("base64", "bad-request", MULTIPART, whole(part("a", b"b", headers=BASE64))),
    ("many headers", "bad-request", MULTIPART, whole(part("a", b"b", headers=b"A: b\r\n" * 9))),
    ("endless header", "bad-request", MULTIPART, whole(part("a", b"", headers=b"A" * 9_000_000))),
    ("endless value", "bad-request", MULTIPART, whole(part("a", b"", "f" * 9_000_000))),
    ("10,000 parts", "too-large", MULTIPART, whole(part("a", b"b") * 10_000)),
    ("10,000 empty files", "too-large", MULTIPART, whole(part("files", b"", "") * 10_000)),
    ("81 fields", "too-large", MULTIPART, whole(part("a", b"b") * 81)),
    ("six files", "too-large", MULTIPART, whole(part("files", b"b", "f") * 6)),
    ("long field", "too-large", MULTIPART, whole(part("a", b"b" * 64_001))),
    ("too much", "too-large", MULTIPART, whole(part("files", bytes(MAX_MULTIPART), "f"))),
    ("endless epilogue", "too-large", MULTIPART, whole() + bytes(MAX_MULTIPART)),
    ("flood", "too-large", URLENCODED, b"a=b&" * 60_000),
    ("81 pairs", "too-large", URLENCODED, b"a=b&" * 81),
    ("long value", "too-large", URLENCODED, b"a=" + b"b" * 64_001),
    ("long coded value", "too-large", URLENCODED, b"a=" + b"%41" * 64_001),
    ("too long", "too-large", URLENCODED, b"a" * (MAX_PLAIN + 1)),
    ("a name with dots", "unknown-parameter", MULTIPART, whole(part("../a", b"b"))),
    ("a name with NUL", "unknown-parameter", MULTIPART, whole(part("a\0", b"b"))),
    ("a name in capitals", "unknown-parameter", URLENCODED, b"Story=a"),
    ("a name that is a number", "unknown-parameter", URLENCODED, b"19900001234=a"),
    ("a long name", "unknown-parameter", URLENCODED, b"a" * 41 + b"=a"),
    ("no name in a pair", "unknown-parameter", URLENCODED, b"=a"),
    ("a file elsewhere", "unknown-parameter", MULTIPART, whole(part("story", b"b", "f"))),
    ("another alphabet", "invalid-parameter", MULTIPART + "; charset=gbk", whole(part("a", b"b"))),
    ("another's alphabet", "invalid-parameter", URLENCODED + "; charset=utf-16", b"a=b"),
    ("a part's alphabet", "invalid-parameter", MULTIPART, whole(part("a", b"b", headers=GBK))),
]
for bad in (b"\0", b"\xed\xa0\x80", b"\xff", b"\xc0\x80", b"\xe4\xbd", b"\xf4\x90\x80\x80"):
    coded = b"story=" + b"".join(b"%%%02x" % byte for byte in bad)
    HOSTILE.append(
        (f"{bad!r} in a part", "invalid-parameter", MULTIPART, whole(part("story", bad)))
    )
    HOSTILE.append((f"{bad!r} in a pair", "invalid-parameter", URLENCODED, coded))


@pytest.mark.parametrize(
    ("kind", "media", "body"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
async def test_hostile_bodies(kind: str, media: str | None, body: bytes) -> None:
    assert 400 <= KINDS[kind][0] < 500
    sent = Sent(cut(body))
    forget_peak()
    before = peak()
    with nothing_written(), pytest.raises(Problem) as refused:
        await read_form(request(sent, media), files=True)
    assert refused.value.kind == kind
    assert all(name in (None, "a", "story", "files", "charset") for name, _ in refused.value.faults)
    assert peak() - before < 150 << 20
    most = MAX_MULTIPART if media == MULTIPART else MAX_PLAIN
    assert sent.read <= most + CHUNK


async def test_what_is_told_to_be_too_large_is_not_read() -> None:
    told = (
        (MULTIPART, True, MAX_MULTIPART),
        (URLENCODED, True, MAX_PLAIN),
        (MULTIPART, False, 256_000),
    )
    for media, files, most in told:
        for length in (str(most + 1), "9" * 5000):
            sent = Sent([b"a=b"])
            with pytest.raises(Problem, match="too-large"):
                await read_form(request(sent, media, content_length=length), files=files)
            assert sent.read == 0
    with pytest.raises(Problem, match="unsupported-media-type"):
        await read(b"a=b", URLENCODED, content_encoding="gzip")


async def test_files_only_where_they_are_awaited() -> None:
    with pytest.raises(Problem, match="unknown-parameter"):
        await read(whole(part("files", b"x", "a.jpg")), files=False)


async def test_endless_bodies_end_at_the_limit() -> None:
    def endless(first: bytes, more: bytes) -> Iterable[bytes]:
        yield first
        while True:
            yield more

    for media, first, more in (
        (URLENCODED, b"story=", b"a" * CHUNK),
        (MULTIPART, part("files", b"", "f")[:-2], bytes(CHUNK)),
        (MULTIPART, whole(), bytes(CHUNK)),
    ):
        sent = Sent(endless(first, more))
        with pytest.raises(Problem, match="too-large"):
            await read_form(request(sent, media), files=True)
        assert sent.read <= (MAX_PLAIN if media == URLENCODED else MAX_MULTIPART) + CHUNK


async def test_slow_and_broken_bodies_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, pause in (("SILENCE", 10), ("WHOLE", 0.01)):
        slow = request(Sent(iter(lambda: b"a", b""), pause=pause), URLENCODED)
        with monkeypatch.context() as patched:
            patched.setattr(uploads, limit, 0.05)
            with pytest.raises(Problem, match="bad-request"):
                await read_form(slow, files=True)
    with pytest.raises(Problem, match="bad-request"):
        await read_form(request(Sent([part("a", b"b")], breaks=True)), files=True)


async def test_all_requests_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    monkeypatch.setattr(uploads, "MAX_HELD", uploads._total[0] + 1_000_000)
    body = whole(part("files", bytes(600_000), "a"))
    first, second = request(Sent(cut(body))), request(Sent(cut(body)))
    await read_form(first, files=True)
    with pytest.raises(Problem, match="busy"):
        await read_form(second, files=True)
    # Words alone are always read; and who has ended gives back what he took.
    assert await read(b"story=a", URLENCODED) == ([("story", "a")], [])
    del first, second
    gc.collect()
    await read(body)
