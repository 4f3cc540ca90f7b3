"""Ctrl-C and SIGTERM around a cluster, so that neither leaves a database server running."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ALL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _main_thread() -> bool:
    # Only there may handlers be set, and only there are they run.
    return threading.current_thread() is threading.main_thread()


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Makes SIGTERM and SIGHUP raise SystemExit, as SIGINT raises KeyboardInterrupt.

    Handlers that somebody else has set stay as they are.
    """

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ours = []
    if _main_thread():
        ours = [n for n in _ALL if signal.getsignal(n) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def held_back() -> Iterator[None]:
    """Lets a step of a second or so be finished; a signal that came meanwhile acts after it."""
    if not _main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    before = {n: signal.getsignal(n) for n in _ALL}
    for number, handler in before.items():
        # A handler rather than SIG_IGN: children inherit what is ignored. What is ignored already
        # (nohup) stays so, and None is a handler that Python cannot put back.
        if handler not in (signal.SIG_IGN, None):
            signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
