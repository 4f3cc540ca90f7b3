"""Roaring bitmaps of many numbers at once, written as their format is published; the library would
take them number by number.

A bitmap is containers of numbers that share their upper 16 bits: a header tells how many there
are, then of each its upper bits, how many numbers less one and where it begins; a container is a
list of up to 4,096 lower halves, or a bit for each of the 65,536.
"""

import struct
from array import array

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

_SPAN, _PLAIN = 1 << 16, 4_096
_COOKIE = 12_346
_HEAD, _KEY = struct.Struct("<II"), struct.Struct("<HH")
_ONE = struct.Struct("<IIHHI")
Ranks = npt.NDArray[np.int32]


def bitmap(numbers: Ranks) -> BitMap:
    """Of numbers in any order, none below 0."""
    if len(numbers) <= _PLAIN:
        # Of an array of this type the library takes all at once.
        return BitMap(array("I", np.sort(numbers).astype(np.uint32).tobytes()))
    flags = np.zeros((int(numbers.max()) // _SPAN + 1, _SPAN), bool)
    flags.reshape(-1)[numbers] = True
    counts = [int(np.count_nonzero(some)) for some in flags]
    keys = [key for key, count in enumerate(counts) if count]
    contents = [_content(flags[key], counts[key]) for key in keys]
    heads = b"".join(_KEY.pack(key, counts[key] - 1) for key in keys)
    begin = _HEAD.size + len(heads) + 4 * len(keys)
    offsets = begin + np.cumsum([0, *map(len, contents[:-1])])
    parts = (_HEAD.pack(_COOKIE, len(keys)), heads, offsets.astype("<u4").tobytes(), *contents)
    return BitMap.deserialize(b"".join(parts))


def serialized(numbers: bytes) -> bytes:
    """A bitmap as bytes, of two-byte numbers in order."""
    count = len(numbers) // 2
    if count > _PLAIN:
        flags = np.zeros(_SPAN, bool)
        flags[np.frombuffer(numbers, np.uint16)] = True
        numbers = _content(flags, count)
    return _ONE.pack(_COOKIE, 1, 0, count - 1, _ONE.size) + numbers


def _content(flags: npt.NDArray[np.bool_], count: int) -> bytes:
    if count > _PLAIN:
        return np.packbits(flags, bitorder="little").tobytes()
    return np.flatnonzero(flags).astype("<u2").tobytes()
