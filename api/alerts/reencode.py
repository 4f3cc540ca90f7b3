"""The child process that decodes a stranger's picture and writes its pixels anew, nothing else.

`python -I reencode.py KIND PARENT`: the file comes on stdin, the new one goes to stdout; its exit
code says why there is none. It imports nothing of ours, and decodes only once it is locked in.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from io import BytesIO
from typing import NoReturn

from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

# What the library would look for when it first writes, and first reads EXIF: no file opens later.
Image.preinit()
assert TiffImagePlugin
# Why there is no picture.
TYPE, PIXELS, DAMAGED = 3, 4, 5
MAX_PIXELS = 25_000_000
# What the biggest permitted picture needs, twice over; a bomb gets no further.
_MEMORY, _SECONDS = 1 << 30, 15
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_READERS: dict[str, type[ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
}
# Of EXIF nothing but this number is read.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """There will be no picture; the exit code says why."""


def lock_in(parent: int) -> None:
    """From here on: no new file, socket or process, bounded memory and time, no core dump.

    The limits hold everywhere. On Linux the child dies with its parent, and where the kernel knows
    Landlock, nothing it decodes can talk it into opening a file or a TCP connection.
    """
    os.closerange(3, 1 << 20)  # not every event loop keeps its own to itself
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            raise Refused(DAMAGED)  # it died before we asked to be told
        _landlock(libc)
        _limit(resource.RLIMIT_AS, _MEMORY)
    _limit(resource.RLIMIT_CPU, _SECONDS)
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        _limit(nothing, 0)
    _limit(resource.RLIMIT_NOFILE, 3)


def _limit(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (least, least))


def _landlock(libc: ctypes.CDLL) -> None:
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return
    files = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1
    rights = struct.pack("=QQQ", files, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = libc.syscall(_LANDLOCK_CREATE, rights, ctypes.c_size_t(len(rights)), 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if ruleset < 0 or libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0):
        raise Refused(DAMAGED)
    os.close(ruleset)


def reencode(kind: str, body: bytes) -> bytes:
    """The same picture, upright, in sRGB, without anything that is not a pixel. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # an error beyond twice that
    try:
        image: Image.Image = _READERS[kind](BytesIO(body))
        if image.width * image.height > MAX_PIXELS:
            raise Refused(PIXELS)
        # A JPEG's further pictures (depth, gain map, preview) fall away; a film is no picture.
        if getattr(image, "is_animated", False):
            raise Refused(TYPE)
        turn = _orientation(image)
        image.load()
    except Image.DecompressionBombError:
        raise Refused(PIXELS) from None
    lossless = body[12:16] == b"VP8L"
    image = _to_srgb(image, image.info.get("icc_profile"))
    if turn is not None:  # the first of them is 0
        image = image.transpose(turn)
    transparency = image.info.get("transparency") if image.mode == "P" else None
    # The writers take a comment, a profile or a palette's note from here, unasked.
    image.info = {}
    out = BytesIO()
    if kind == "jpeg":
        image.save(out, "JPEG", quality=85)
    elif kind == "png" and transparency is not None:
        image.save(out, "PNG", transparency=transparency)
    elif kind == "png":
        image.save(out, "PNG")
    else:
        image.save(out, "WEBP", lossless=lossless, quality=30 if lossless else 85, method=2)
    return out.getvalue()


def _orientation(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # any damage to what is thrown away is no damage to the picture
        return None


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """In a mode that the writers know, and in the one colour space that needs no profile."""
    if image.mode.startswith("I"):  # 16-bit greys; the lower half is beyond any screen
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode == "P" and not profile:
        return image
    if image.mode == "P" or image.has_transparency_data:
        grey = image.mode in ("1", "L", "LA")
        seen = "LA" if grey else "RGBA" if image.has_transparency_data else "RGB"
        image = image.convert(seen)
    if isinstance(profile, bytes) and profile:
        image = _matched(image, profile)
    if image.mode in ("1", "L", "LA", "RGB", "RGBA"):
        return image
    return image.convert("RGB")


def _matched(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours = image.convert(image.mode[:-1]) if alpha else image
    try:
        matched = ImageCms.profileToProfile(
            colours,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that does not fit; browsers ignore it as well
    assert matched is not None
    if alpha:
        matched.putalpha(alpha)
    return matched


def main() -> NoReturn:
    """Ends the process with 0 and a picture, or with a code and nothing."""
    try:
        lock_in(int(sys.argv[2]))
        made = reencode(sys.argv[1], sys.stdin.buffer.read())
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    except Refused as refused:
        os._exit(refused.args[0])
    except BaseException:  # a traceback could quote the file
        os._exit(DAMAGED)
    os._exit(0)


if __name__ == "__main__":
    main()
