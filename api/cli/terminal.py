"""How commands speak to the person at the terminal: lines, progress, and both languages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from api.lang import Pair

# Standard error, so that what a command prints as data can be piped.
console = Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """One line about a step that takes a moment."""
    console.print(line, markup=False)


def explain(text: Pair) -> None:
    """What went wrong, in both languages."""
    console.print(text.zh, style="red", markup=False)
    console.print(text.en, style="red", markup=False)


@contextmanager
def progress_bar(title: str, total: int | None = None) -> Iterator["Bar"]:
    """A bar (or, without `total`, a running count) that is told how much is done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress, title, total)


class Bar:
    """The bar of one task."""

    def __init__(self, progress: Progress, title: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=total)

    def done(self, count: int) -> None:
        self._progress.update(self._task, completed=count)

    def step(self, title: str) -> Callable[[int], None]:
        """A count of its own for another step, which begins with its first call."""
        begun = False

        def done(count: int) -> None:
            nonlocal begun
            if not begun:
                begun = True
                self._progress.reset(self._task, description=title)
            self.done(count)

        return done
