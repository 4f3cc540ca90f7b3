"""`bundle`: builds the web page. `up` runs it as a child while the database starts."""

import subprocess
import sys
from threading import Thread
from types import TracebackType

import typer

from api.bundle import Frontend, ensure_bundle
from api.cli.serving import STOP, end_with_parent
from api.cli.terminal import console, say
from api.settings import building_environment


def register(app: typer.Typer) -> None:
    app.command()(bundle)


def bundle() -> None:
    """Build the web page's bundle where it is missing or stale; `up` does so by itself."""
    with console.status("网页 page"):
        built = ensure_bundle(say)
    say("网页已构建：frontend/dist  the page is built" if built else "没有变化 nothing has changed")


class BundleProcess:
    """Begun at once where there is something to build, stopped when the block ends.

    A process rather than a thread, so that Ctrl-C can end it in order; what it says is passed on
    line by line, for the terminal may be showing a progress bar.
    """

    def __init__(self) -> None:
        self._frontend = Frontend()
        self._process: subprocess.Popen[str] | None = None
        if not self._frontend.has_sources() or self._frontend.is_built():
            return
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api", "bundle"],
            env=building_environment(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self._saying = Thread(target=self._pass_on, args=[self._process], daemon=True)
        self._saying.start()

    def __enter__(self) -> "BundleProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def wait(self) -> None:
        """Until the bundle is there; where it could not be made, says what is served instead."""
        failed = self._process is not None and self._process.wait() != 0
        if self._process is not None:
            self._saying.join()
        if self._frontend.has_bundle():
            if failed:
                say("先提供上次构建的网页 the page as it was built before is served")
            return
        say("没有构建好的网页，先提供不用脚本也能读的页面（没有地图与图表）")
        say("there is no built page: what reads without scripts is served (no map, no charts)")

    def _pass_on(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        for line in process.stderr:
            say(line.rstrip("\n"))
