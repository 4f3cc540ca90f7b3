"""How freed memory goes back to the system in a process that runs for months.

By itself glibc keeps what a burst of work took: it has a heap for each thread that allocates, and
treats ever larger pieces as ones to be kept.
"""

import ctypes

# From <malloc.h>.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
# Bytes. What is larger than the first comes from the system and goes back at once; of the heap the
# second may lie free at its end. Smaller ones cost each search its arrays anew.
_LARGE, _SPARE = 4_000_000, 8_000_000


def give_back() -> bool:
    """Before anything large is allocated; answers whether the C library can be told."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    # All but one thread hardly ever allocate much, and that one holds the interpreter then.
    options = ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _SPARE))
    taken = [mallopt(name, value) for name, value in options]
    return all(taken)
