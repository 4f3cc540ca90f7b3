"""The C library's own account of its heaps, in a process of its own."""

import subprocess
import sys

import pytest

ACCOUNT = """
import ctypes, sys, threading
from api.allocating import give_back
libc = ctypes.CDLL(None)
if sys.argv[1] == "told":
    assert give_back()
together = threading.Barrier(4)
def work():
    together.wait()
    # Kept by the C library, not by Python: large ones are its business.
    return libc.malloc(100_000)
threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.parametrize(("told", "one"), [("told", True), ("untold", False)])
def test_all_threads_share_one_heap(told: str, one: bool) -> None:
    account = subprocess.run(
        [sys.executable, "-c", ACCOUNT, told], capture_output=True, text=True, check=True
    ).stdout
    assert (account.count("<heap nr=") == 1) is one
