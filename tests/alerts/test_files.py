"""Files (S18, S19): bombs are refused, pictures lose all but what is seen, nothing is written."""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from api.alerts import files
from api.alerts.files import MAX_FILE, FileRefused, Kept, accept
from tests.alerts import pictures
from tests.alerts.hostile_files import hostile
from tests.alerts.pictures import CANARY, blocks, saved, scene
from tests.alerts.watching import forget_peak, nothing_written, peak
from tests.processes import ROOT

HOSTILE = list(hostile())
MAKERS = {"jpeg": pictures.jpeg, "png": pictures.png, "webp": pictures.webp}
# Tables and pixels; all else would be about the picture.
PIXELS = {
    "jpeg": {"JFIF", "db", "c0", "c4"},
    "png": {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"},
    "webp": {"VP8 ", "VP8L", "VP8X", "ALPH"},
}


@pytest.fixture
def tmpdir_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files; it must stay empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert tempfile.gettempdir() == str(folder)
    yield folder
    assert list(folder.iterdir()) == []


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, of 255, in the channel where they are farthest."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


async def refusal(body: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        await accept(body, keep_original=True)
    return refused.value.code


@pytest.mark.parametrize(("code", "body"), [c[1:] for c in HOSTILE], ids=[c[0] for c in HOSTILE])
async def test_hostile_files_are_refused(code: str, body: bytes, tmpdir_of_ours: Path) -> None:
    forget_peak()
    before = peak()
    with nothing_written():
        assert await refusal(body) == code
    assert peak() - before < 150 << 20


def test_there_are_many_of_them() -> None:
    assert len(HOSTILE) > 60
    assert {code for _, code, _ in HOSTILE} == {"type", "size", "pixels", "damaged"}
    flood = next(body for name, _, body in HOSTILE if name == "900 megapixels")
    assert len(flood) < 120_000


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("orientation", [1, 6])
async def test_only_pixels_are_left(kind: str, orientation: int, tmpdir_of_ours: Path) -> None:
    sent = MAKERS[kind](scene(), orientation, pictures.wide_profile())
    assert CANARY in sent
    assert len(set(blocks(kind, sent)) - PIXELS[kind]) >= 4
    with nothing_written():
        kept = await accept(sent, keep_original=False)
    assert (kept.kind, kept.original) == (kind, None)
    assert set(blocks(kind, kept.body)) <= PIXELS[kind]
    assert CANARY not in kept.body
    picture = opened(kept.body)
    assert dict(picture.getexif()) == {}
    assert {"icc_profile", "exif", "xmp", "comment", "Author"}.isdisjoint(picture.info)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_pictures_stand_upright_and_look_the_same(kind: str, orientation: int) -> None:
    sent = MAKERS[kind](scene(), orientation)
    upright = ImageOps.exif_transpose(opened(sent))
    made = opened((await accept(sent, keep_original=False)).body)
    assert made.size == ((200, 320) if orientation > 4 else (320, 200))
    assert difference(made, upright) < (0.01 if kind == "png" else 3)


@pytest.mark.parametrize(("kind", "tolerance"), [("png", 2), ("jpeg", 4), ("webp", 5)])
async def test_colours_of_a_profile_stay(kind: str, tolerance: int) -> None:
    colours = ((180, 90, 60), (90, 140, 120), (200, 200, 200), (30, 40, 90))
    fields = Image.new("RGB", (256, 64))
    for position, colour in enumerate(colours):
        fields.paste(colour, (64 * position, 0, 64 * position + 64, 64))
    sent = MAKERS[kind](fields, 1, pictures.wide_profile())
    made = opened((await accept(sent, keep_original=False)).body).convert("RGB")
    for position, colour in enumerate(colours):
        expected = pictures.in_srgb(colour)
        seen = made.getpixel((64 * position + 32, 32))
        assert isinstance(seen, tuple)
        apart = [abs(a - b) for a, b in zip(seen, expected, strict=True)]
        assert max(apart) <= tolerance, (colour, seen, expected)


async def test_profiles_that_fit_nothing_are_dropped() -> None:
    for profile in (b"no profile", pictures.wide_profile()[:200]):
        for image in (scene(), scene().convert("L")):
            sent = saved(image, "PNG", profile=profile)
            made = opened((await accept(sent, keep_original=False)).body)
            assert difference(made, image) == 0


async def test_every_kind_of_pixels_is_taken() -> None:
    soft = scene()
    clear = soft.copy()
    clear.putalpha(Image.linear_gradient("L").resize(soft.size))
    deep = Image.new("I;16", (64, 64), 0x8000)
    few = soft.quantize(16)
    sent = {
        "bits": saved(soft.convert("1"), "PNG"),
        "grey": saved(soft.convert("L"), "PNG"),
        "grey and clear": saved(clear.convert("LA"), "PNG"),
        "clear": saved(clear, "PNG"),
        "palette": saved(few, "PNG"),
        "palette and clear": saved(few, "PNG", transparency=3),
        "one clear colour": saved(soft, "PNG", transparency=(200, 30, 40)),
        "profile over palette": saved(few, "PNG", profile=pictures.wide_profile()),
        "grey JPEG": saved(soft.convert("L"), "JPEG"),
        "print JPEG": saved(soft.convert("CMYK"), "JPEG"),
        "progressive": saved(soft, "JPEG", progressive=True),
        "clear WebP": saved(clear, "WEBP"),
        "lossless WebP": pictures.webp(clear, lossless=True),
    }
    for name, body in sent.items():
        made = opened((await accept(body, keep_original=False)).body)
        was = opened(body)
        assert made.has_transparency_data == was.has_transparency_data, name
        if "profile" not in name:
            apart = difference(made.convert("RGBA"), was.convert("RGBA"))
            assert apart < (3 if b"PNG" not in body[:8] else 0.01), name
    made = opened((await accept(saved(deep, "PNG"), keep_original=False)).body)
    assert made.getpixel((5, 5)) == 0x80


async def test_a_phones_picture_with_a_second_one_inside_is_one_picture() -> None:
    twins = saved(scene(), "MPO", save_all=True, append_images=[scene(64, 40)])
    kept = await accept(twins, keep_original=False)
    assert set(blocks("jpeg", kept.body)) <= PIXELS["jpeg"]
    assert difference(opened(kept.body), scene()) < 4


async def test_originals_are_kept_to_the_byte_only_where_asked() -> None:
    sent = pictures.jpeg(scene(), 6)
    kept = await accept(sent, keep_original=True)
    assert kept.original == sent
    assert CANARY not in kept.body


async def test_documents_are_kept_as_they_came(tmpdir_of_ours: Path) -> None:
    whole = b"%PDF-1.7\n/Author (CANARY)\n" + b"x" * (MAX_FILE - 100) + b"\n%%EOF\r\n"
    with nothing_written():
        for keep in (True, False):
            assert await accept(whole, keep_original=keep) == Kept("pdf", whole, None)


async def test_big_genuine_pictures_pass(tmpdir_of_ours: Path) -> None:
    noise = Image.effect_noise((3300, 2900), 200)
    sent = saved(noise, "JPEG", quality=90).ljust(9_900_000, b"\0")
    assert 9_900_000 <= len(sent) <= MAX_FILE
    forget_peak()
    before = peak()
    with nothing_written():
        kept = await accept(sent, keep_original=True)
    assert peak() - before < 150 << 20
    assert opened(kept.body).size == noise.size
    assert kept.original == sent


def test_the_service_itself_never_loads_the_decoders() -> None:
    asked = "import sys, api.alerts.files; sys.exit(any(m.startswith('PIL') for m in sys.modules))"
    subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True)


async def test_many_at_once_all_get_their_turn() -> None:
    sent = [maker(scene()) for maker in MAKERS.values()] * 3
    made = await asyncio.gather(*(accept(body, keep_original=False) for body in sent))
    assert [kept.kind for kept in made] == [*MAKERS] * 3


def test_the_codes_are_the_childs() -> None:
    from api.alerts import reencode

    named = {reencode.TYPE: "type", reencode.PIXELS: "pixels"}
    assert named == files._CODES
