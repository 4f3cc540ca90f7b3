"""Files that nobody means well with, made by code, each with the code it is to be refused with."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from api.alerts.files import MAX_FILE
from tests.alerts.pictures import chunk, jpeg, png, saved, scene, webp

_PNG = b"\x89PNG\r\n\x1a\n"
_SCRIPT = b"<script>fetch('//example.org')</script>"


def png_of(width: int, height: int, pixels: bytes, *more: bytes, depth: int = 1) -> bytes:
    """A grey one, with `pixels` as its compressed data whatever they hold."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    between = b"".join(more)
    return _PNG + chunk(b"IHDR", head) + between + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def zeros(size: int) -> bytes:
    """Compressed, without ever being all there."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(min(1 << 20, size - at))) for at in range(0, size, 1 << 20)]
    return b"".join(parts) + packer.flush()


def gif(frames: int) -> bytes:
    """Each frame is one pixel."""
    frame = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
    head = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def nested_zip(depth: int) -> bytes:
    inner = bytes(1 << 20)
    for level in range(depth):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(10):
                archive.writestr(f"{level}-{copy}.zip", inner)
        inner = out.getvalue()
    return inner


def docx_bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("../../word/document.xml", bytes(50 << 20))
    return out.getvalue()


def _resized(body: bytes, width: int, height: int) -> bytes:
    """A JPEG that says it has another size."""
    at = body.index(b"\xff\xc0") + 5
    return body[:at] + struct.pack(">HH", height, width) + body[at + 4 :]


def _film(form: str) -> bytes:
    frames = [scene(64, 40).point(lambda v, n=n: (v + 40 * n) % 256) for n in range(3)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=50)


def _canvas(width: int, height: int) -> bytes:
    """The head of a big WebP, with a small picture inside."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    inner = saved(scene(16, 16), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<II", 10, 0) + size + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    image = scene(16, 16)
    yield from (
        ("empty", b""),
        ("one byte", b"\xff"),
        ("NULs", bytes(10_000)),
        ("text", b"text" * 100),
        ("a GIF of 100,000 frames", gif(100_000)),
        ("a GIF that is a page", b"GIF89a/*" + _SCRIPT),
        ("SVG with a script", b"<svg xmlns='http://www.w3.org/2000/svg'>" + _SCRIPT + b"</svg>"),
        ("packed SVG", gzip.compress(b"<svg>" + _SCRIPT + b"</svg>")),
        ("HTML", b"<!DOCTYPE html>" + _SCRIPT),
        ("HTML before a picture", _SCRIPT + jpeg(image)),
        ("a billion laughs", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'ha'>]><a>&b;</a>"),
        ("zip in zip in zip", nested_zip(5)),
        ("a document that is a bomb", docx_bomb()),
        ("gzip bomb", gzip.compress(bytes(20 << 20))),
        ("program for Linux", b"\x7fELF\2\1\1" + bytes(100)),
        ("program for Windows", b"MZ" + bytes(200)),
        ("shell script", b"#!/bin/sh\nid\n"),
        ("PHP", b"<?php system($_GET[0]); ?>"),
        ("old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
        ("RTF", b"{\\rtf1}"),
        ("PostScript", b"%!PS-Adobe-3.0\n(%pipe%id) (w) file\n%%EOF"),
        ("HEIC", b"\0\0\0\x18ftypheic" + bytes(100)),
        ("video", b"\0\0\0\x18ftypmp42" + bytes(100)),
        ("WAVE in the same wrapping", b"RIFF" + struct.pack("<I", 40) + b"WAVEfmt " + bytes(40)),
        ("picture as PDF's second line", b"\n%PDF-1.4\n%%EOF"),
        ("PNG without its head", _PNG + chunk(b"IDAT", b"")),
    )
    for form in ("BMP", "TIFF", "ICO", "PPM", "TGA", "JPEG2000", "GIF", "AVIF"):
        yield form, saved(image, form)


def hostile() -> Iterator[tuple[str, str, bytes]]:
    """(what it is, the code, the file)"""
    for name, body in _other_kinds():
        yield name, "type", body
    yield "film in PNG", "type", _film("PNG")
    yield "film in WebP", "type", _film("WEBP")
    good = {"JPEG": jpeg(scene()), "PNG": png(scene()), "WebP": webp(scene())}
    bare = {form: saved(scene(), form) for form in ("JPEG", "PNG", "WEBP")}
    yield "900 megapixels", "pixels", png_of(30_000, 30_000, zeros(30_000 * 3751))
    yield "the widest PNG", "pixels", png_of(2**31 - 1, 2**31 - 1, zeros(10))
    yield "one line too many", "pixels", png_of(25_000, 1_001, zeros(1_001 * 3126))
    yield "the widest JPEG", "pixels", _resized(bare["JPEG"], 65_500, 65_500)
    yield "the widest WebP", "pixels", _canvas(16_384, 16_384)
    yield "WebP of no known canvas", "pixels", _canvas(1 << 24, 200)
    yield "PNG without pixels", "damaged", png_of(100, 100, b"")
    yield "PNG without width", "damaged", png_of(0, 100, zeros(100))
    yield "PNG that ends early", "damaged", png_of(4_000, 4_000, zeros(1000))
    yield "PNG of no depth", "damaged", png_of(8, 8, zeros(16), depth=3)
    swollen = b"Comment\0\0" + zeros(200 << 20)
    yield "text bomb", "damaged", png_of(8, 8, zeros(16), chunk(b"zTXt", swollen))
    yield (
        "many text bombs",
        "damaged",
        png_of(8, 8, zeros(16), *[chunk(b"zTXt", b"Comment\0\0" + zeros(1 << 20))] * 80),
    )
    for name, body in bare.items():
        for share in (0.2, 0.5, 0.9):
            yield f"{name} cut off at {share}", "damaged", body[: int(len(body) * share)]
    yield "JPEG that is a page", "damaged", b"\xff\xd8\xff\xe0" + _SCRIPT
    yield "JPEG of markers only", "damaged", b"\xff\xd8\xff" * 300_000
    yield "JPEG without size", "damaged", _resized(bare["JPEG"], 0, 0)
    yield "JPEG of another's name", "damaged", b"\xff\xd8\xff" + good["PNG"]
    yield "PNG of another's name", "damaged", good["PNG"][:16] + good["JPEG"]
    yield "WebP of another's name", "damaged", good["WebP"][:16] + good["JPEG"]
    for name, body in good.items():
        yield f"{name} above the limit", "size", body.ljust(MAX_FILE + 1, b"\0")
    yield "PDF above the limit", "size", b"%PDF-1.4".ljust(MAX_FILE + 1, b"\0")
    yield "PDF that was cut off", "damaged", b"%PDF-1.4\n" + bytes(5000)
    yield "PDF that goes on", "damaged", b"%PDF-1.4\n%%EOF\n" + nested_zip(2) + bytes(2000)
