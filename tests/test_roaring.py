"""Bitmaps written by us are the library's own, whatever containers their numbers need."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from api.roaring import bitmap, serialized

_SPAN = 1 << 16


@given(st.lists(st.integers(0, 5 * _SPAN)))
def test_few_numbers_in_any_order(numbers: list[int]) -> None:
    assert bitmap(np.array(numbers, np.int32)) == BitMap(numbers)


@pytest.mark.parametrize("last", [4_096, 4_097, 65_535, 65_536, 3 * _SPAN + 1])
@pytest.mark.parametrize("every", [1, 2, 40, 65_537])
def test_many_numbers_dense_and_thin(last: int, every: int) -> None:
    # A dense stretch from the first container on, and what is far behind it.
    numbers = [*range(7, last, every), *range(9 * _SPAN, 9 * _SPAN + 5_000)]
    turned = np.random.default_rng(1).permutation(np.array(numbers, np.int32))
    made = bitmap(turned)
    assert made == BitMap(numbers)
    assert made.to_array().tolist() == numbers
    assert (made & BitMap([9 * _SPAN, 9 * _SPAN - 1])).to_array().tolist() == [9 * _SPAN]
    assert BitMap.deserialize(made.serialize()) == made


@pytest.mark.parametrize("numbers", [range(1), range(4_096), range(4_097), range(1, _SPAN, 3)])
def test_one_container(numbers: range) -> None:
    written = serialized(np.array(numbers, np.uint16).tobytes())
    assert BitMap.deserialize(written) == BitMap(numbers)
