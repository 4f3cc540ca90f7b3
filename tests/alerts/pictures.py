"""Genuine pictures with all that cameras and programs write beside the pixels, and what is in them.

Nothing here was ever photographed; CANARY stands wherever a picture could give somebody away.
"""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

CANARY = b"CANARY"
_XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>CANARY</x:xmpmeta>"
# Primaries of wide screens (D50) and 2.2, as rows of an ICC matrix; sRGB's way back.
_WIDE = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
_TO_SRGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


def scene(width: int = 320, height: int = 200) -> Image.Image:
    """Soft colours and a mark in one corner, so that no turn of it looks like another."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image, image.transpose(Image.Transpose.ROTATE_180), image))
    ImageDraw.Draw(image).rectangle((2, 2, width // 3, height // 4), fill=(200, 30, 40))
    return image.filter(ImageFilter.GaussianBlur(2))


def exif(orientation: int = 1) -> bytes:
    """Camera, owner, serial number, position, maker's note, and a preview picture."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F], notes[0x013B] = "CANARY maker", "CANARY owner"
    notes.get_ifd(0x8769).update({0xA431: "CANARY serial", 0x927C: b"CANARY note"})
    notes.get_ifd(0x8825).update({1: "N", 2: (22.0, 33.0, 11.0), 3: "E", 4: (114.0, 3.0, 27.0)})
    tiff = bytearray(notes.tobytes().removeprefix(b"Exif\0\0"))
    preview = saved(scene(32, 20), "JPEG", comment=CANARY)
    order = "<" if tiff[:2] == b"II" else ">"
    start = struct.unpack_from(f"{order}I", tiff, 4)[0]
    after = start + 2 + 12 * struct.unpack_from(f"{order}H", tiff, start)[0]
    struct.pack_into(f"{order}I", tiff, after, len(tiff))
    where = len(tiff) + 2 + 3 * 12 + 4
    tiff += struct.pack(f"{order}HHHIHH", 3, 0x0103, 3, 1, 6, 0)
    tiff += struct.pack(f"{order}HHII", 0x0201, 4, 1, where)
    tiff += struct.pack(f"{order}HHIII", 0x0202, 4, 1, len(preview), 0) + preview
    return b"Exif\0\0" + bytes(tiff)


def wide_profile() -> bytes:
    """An ICC profile by hand: a wide matrix, gamma 2.2, and a description with the canary."""

    def fixed(*numbers: float) -> bytes:
        return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))

    told = b"desc\0\0\0\0" + struct.pack(">I", 7) + b"CANARY\0" + bytes(12 + 67)
    tags = {b"desc": told, b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1, 0.8249)}
    for letter, row in zip((b"r", b"g", b"b"), _WIDE, strict=True):
        tags[letter + b"XYZ"] = b"XYZ \0\0\0\0" + fixed(*row)
        tags[letter + b"TRC"] = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563)
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    rest = struct.pack(">I", len(tags)) + table + body
    head = struct.pack(">I4sI4s4s4s", 128 + len(rest), b"", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249)
    return head.ljust(128, b"\0") + rest


def in_srgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """What a colour of `wide_profile` is in sRGB, by the textbook."""
    light = [(value / 255) ** (563 / 256) for value in colour]
    xyz = [sum(light[row] * _WIDE[row][axis] for row in range(3)) for axis in range(3)]
    linear = [sum(row[axis] * xyz[axis] for axis in range(3)) for row in _TO_SRGB]
    curved = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear]
    return tuple(round(255 * min(1, max(0, value))) for value in curved)


def jpeg(image: Image.Image, orientation: int = 1, profile: bytes = b"") -> bytes:
    """With EXIF, XMP, a comment, IPTC and a second comment after the picture's end."""
    iptc = b"\x1c\x02\x69\x00\x06CANARY"
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + b"\0"
    extra = b"\xff\xed" + struct.pack(">H", 2 + len(block)) + block
    body = saved(
        *(image, "JPEG", profile),
        quality=92,
        exif=exif(orientation),
        xmp=_XMP,
        comment=CANARY,
        extra=extra,
    )
    return body + b"<script>CANARY</script>PK\x03\x04"


def png(image: Image.Image, orientation: int = 1, profile: bytes = b"") -> bytes:
    """With eXIf, all three kinds of text, a time, a density and chunks of somebody's own."""
    notes = PngInfo()
    notes.add_text("Author", "CANARY")
    notes.add_text("Comment", "CANARY" * 100, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    notes.add(b"tIME", b"\x07\xea\x0b\x15\x10\x00\x00")
    notes.add(b"prVt", CANARY)
    body = saved(image, "PNG", profile, pnginfo=notes, exif=exif(orientation), dpi=(300, 300))
    return body + b"PK\x03\x04CANARY"


def webp(
    image: Image.Image, orientation: int = 1, profile: bytes = b"", lossless: bool = False
) -> bytes:
    """With EXIF and XMP, and a chunk of somebody's own."""
    notes = {"exif": exif(orientation), "xmp": _XMP}
    body = saved(image, "WEBP", profile, quality=92, lossless=lossless, **notes)
    body += b"pRVT" + struct.pack("<I", 6) + CANARY
    return b"RIFF" + struct.pack("<I", len(body) - 8) + body[8:]


def saved(image: Image.Image, form: str, profile: bytes = b"", **options: Any) -> bytes:
    """As the library writes it."""
    out = BytesIO()
    image.save(out, form, **options, **({"icc_profile": profile} if profile else {}))
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """One of a PNG."""
    return (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    )  # fmt: skip


def blocks(kind: str, body: bytes) -> list[str]:
    """The blocks of a picture in their order, read without any library; "+" for bytes after it."""
    return {"jpeg": _segments, "png": _chunks, "webp": _riff}[kind](body)


def _segments(body: bytes) -> list[str]:
    at, found = 2, []
    while body[at + 1] != 0xDA:
        assert body[at] == 0xFF
        length = struct.unpack_from(">H", body, at + 2)[0]
        jfif = body[at + 1] == 0xE0 and length == 16 and body[at + 4 : at + 9] == b"JFIF\0"
        found.append("JFIF" if jfif else f"{body[at + 1]:02x}")
        at += 2 + length
    end = body.index(b"\xff\xd9", at) + 2
    return found + ["+"] * (end < len(body))


def _chunks(body: bytes) -> list[str]:
    at, found = 8, []
    while at < len(body) and "IEND" not in found:
        found.append(body[at + 4 : at + 8].decode())
        at += 12 + int(struct.unpack_from(">I", body, at)[0])
    return found + ["+"] * (at < len(body))


def _riff(body: bytes) -> list[str]:
    at, found = 12, []
    end = 8 + struct.unpack_from("<I", body, 4)[0]
    while at < end:
        found.append(body[at : at + 4].decode())
        length = struct.unpack_from("<I", body, at + 4)[0]
        at += 8 + length + length % 2
    return found + ["+"] * (end < len(body))
