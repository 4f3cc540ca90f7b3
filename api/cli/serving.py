"""Serving processes as children: each with its own address only, and none left behind."""

import ctypes
import http.client
import signal
import subprocess
import sys
import time
from base64 import b64encode
from contextlib import suppress
from types import TracebackType

from api.settings import Settings, Surface, serving_environment
from api.trouble import Trouble

# Seconds.
START, STOP = 60, 15
_PR_SET_PDEATHSIG = 1


class ServingProcess:
    """Begun at once, so that it loads its modules while the database starts; told its address
    when there is one; stopped when the block ends, however it ends."""

    def __init__(self, settings: Settings, surface: Surface = "public") -> None:
        self._host = settings.host
        self._port = settings.port if surface == "public" else settings.staff_port
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--surface", surface, "--await-address"],
            env=serving_environment(settings, surface),
            stdin=subprocess.PIPE,
            # Ctrl-C reaches the whole foreground group; the process is stopped by us, in order.
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def __enter__(self) -> "ServingProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def serve(self, database_url: str, passphrase: bytes = b"") -> None:
        """Hands over the address, and to the desk its passphrase; waits for the first answer.

        Raises Trouble where the process ends before it answers.
        """
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(BrokenPipeError):
            # Through a pipe: arguments and environment can be read by others.
            pipe.write(database_url.encode() + b"\n" + b64encode(passphrase) + b"\n")
            pipe.close()
        self._await_answer()

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._process.poll()

    def stop(self) -> None:
        """Ends the process, in order where it can; may be called again."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _await_answer(self) -> None:
        # A wildcard listens on every address of the machine, this one included.
        wildcards = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (nothing is bound here)
        host = wildcards.get(self._host, self._host)
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and self._process.poll() is None:
            connection = http.client.HTTPConnection(host, self._port, timeout=2)
            try:
                connection.request("GET", "/livez")
                # An answer while ours has ended is another program's on that port.
                if connection.getresponse().status == 200 and self._process.poll() is None:
                    return
            except OSError:
                time.sleep(0.03)
            finally:
                connection.close()
        raise Trouble(
            f"网页服务未能在 {self._host} 端口 {self._port} 启动，原因见上。端口是否已被占用？",
            f"The web server did not start on {self._host} port {self._port}, see above. "
            "Is the port taken?",
        )


def end_with_parent() -> None:
    """Linux tells the child when its parent was killed without a chance to stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
