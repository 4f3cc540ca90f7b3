"""The server process of one cluster: made, started, joined and stopped. Locks are the caller's."""

import os
import shlex
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from api.cluster.home import Home, Say, is_private, make_socket_folder
from api.cluster.programs import Finished, run
from api.cluster.signals import held_back
from api.trouble import Trouble

# Seconds. Long, because a server that was killed first replays what it had written ahead.
PATIENCE = 120
_PROC = Path("/proc/self")
_NO_PROCESS = "999999999"  # above every number that a kernel gives
LARGEST_LOG = 1_000_000

# On the command line, where no file and no ALTER SYSTEM can undo it.
FIXED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "cluster_name": "qiuzhu",
    "password_encryption": "scram-sha-256",
    # The log: no statement, no values, nobody's address. `log` keeps out the errors of statements
    # altogether, because even a terse one repeats a value ("invalid input syntax for ...").
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_duration": "off",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_hostname": "off",
    "log_lock_waits": "off",
    "log_temp_files": "-1",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "%m [%p] ",
}
# In postgresql.conf, where the person may change it: for two cores, and memory beside the API.
TUNED = """
# Written once by qiuzhu; yours to change.
max_connections = 60
shared_buffers = {shared}MB
effective_cache_size = {cached}MB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
# Two cores serve readers side by side, and the shared memory of a container is small.
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
"""

# Bytes, where a container may use no more; "max" for none.
_LIMIT = Path("/sys/fs/cgroup/memory.max")


def _tuned() -> str:
    """An eighth of the memory holds pages, and half of it is likely to hold what was read."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):
        memory = min(memory, int(_LIMIT.read_text()))
    shared, cached = memory >> 23, memory >> 21
    return TUNED.format(shared=min(max(shared, 128), 1024), cached=max(cached, 512))


def _open_log(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


@dataclass(slots=True)
class Server:
    """One cluster's server. `socket` is the folder of its socket, known once it runs."""

    bin: Path
    home: Home
    socket: Path = field(default=Path())

    def exists(self) -> bool:
        return (self.home.cluster / "PG_VERSION").exists()

    def create(self, password: str, say: Say) -> None:
        """Makes the cluster's files. They get their name last: what has it is whole."""
        say("正在建立数据库目录… making the database…")
        draft = self.home.path / "pg.new"
        shutil.rmtree(draft, ignore_errors=True)  # of a start that was interrupted
        draft.mkdir(mode=0o700)
        self.home.own(draft)
        secret = self.home.path / "pg.password"
        secret.unlink(missing_ok=True)
        secret.touch(0o600)
        self.home.own(secret)
        try:
            secret.write_text(password)
            options = ["--username=postgres", f"--pwfile={secret}", "--data-checksums"]
            # With the locale C, pg_trgm would take no Chinese character for a letter.
            options += ["--encoding=UTF8", "--locale=C.UTF-8"]
            options += ["--auth-local=scram-sha-256", "--auth-host=reject"]
            done = self._run("initdb", *options, data=draft)
        finally:
            secret.unlink()
        if done.returncode:
            raise self._trouble(done.stderr or done.stdout)
        with (draft / "postgresql.conf").open("a") as conf:
            conf.write(_tuned())
        draft.rename(self.home.cluster)

    def start(self, say: Say) -> None:
        """Joins the server where it runs, and starts it otherwise; returns when it answers."""
        until = time.monotonic() + PATIENCE
        reason = ""
        while not self._joins():
            if time.monotonic() > until:
                raise self._trouble(reason or "?")
            if self.postmaster() is not None:  # it is starting up or shutting down
                time.sleep(0.05)
                continue
            if not reason:
                say("正在启动数据库… starting the database…")
            reason = self._launch()
            if "shared memory block" in reason:
                time.sleep(0.5)  # the last sessions of a server that was killed are still ending
            elif reason:
                raise self._trouble(reason)

    def _joins(self) -> bool:
        """Whether the server answers, and if so, where."""
        with suppress(FileNotFoundError):  # a folder of another container's is not seen from here
            if not os.path.samefile(self._noted(1), self.home.cluster):
                return False  # copied from a cluster that was running, its notes too
        noted = self._noted(4)
        if not noted or not is_private(Path(noted), self.home.account):
            return False
        self.socket = Path(noted)
        where = ["-q", "-h", noted, "-p", "5432", "-U", "postgres", "-d", "postgres"]
        return self._run("pg_isready", *where).returncode == 0

    def postmaster(self) -> int | None:
        """The number of the running server process of this very cluster."""
        pid = self._noted(0)
        if not pid.isdigit():
            return None
        # Asked as its own user: in a container not even root may look at others' processes.
        test = ["/bin/sh", "-c", '[ "$1" -ef "$2" ]', "sh"]
        same = run([*test, f"/proc/{pid}/cwd", str(self.home.cluster)], account=self.home.account)
        return int(pid) if same.returncode == 0 else None

    def stop(self) -> None:
        if not self._noted(0) or (self.postmaster() is None and _PROC.exists()):
            return
        with held_back():
            for way in ("fast", "immediate"):
                done = self._run("pg_ctl", "stop", "-s", "-w", "-t", "60", "-m", way)
                if done.returncode == 0 or self.postmaster() is None:
                    break
        if self.socket.parent == Path("/tmp"):  # noqa: S108
            shutil.rmtree(self.socket, ignore_errors=True)

    def _launch(self) -> str:
        """Starts the server; answers the end of its log where it did not come up."""
        if self.socket == Path() or not is_private(self.socket, self.home.account):
            self.socket = make_socket_folder(self.home)
        self._disown()
        folder = str(self.socket).replace('"', '""')
        settings = {**FIXED, "unix_socket_directories": f'"{folder}"'}
        options = ["-D", str(self.home.cluster), *(f"--{k}={v}" for k, v in settings.items())]
        path = self.home.data / "postgres.log"
        with open(path, "ab", opener=_open_log) as log:
            if log.tell() > LARGEST_LOG:
                log.truncate(0)
            begin = log.tell()
            # Not interrupted half-way: a server that is only just there could be overlooked.
            with held_back():
                wait = ["-w", "-t", str(PATIENCE)]
                # The folder by -o and PGDATA: a -D of its own pg_ctl hands to a shell as it is.
                done = self._run("pg_ctl", "start", "-s", *wait, "-o", shlex.join(options), out=log)
        if done.returncode == 0:
            return ""
        with path.open("rb") as again:
            again.seek(begin)
            return again.read().decode(errors="replace") + done.stderr or "?"

    def _disown(self) -> None:
        """Blots the process number out of what a dead server left behind.

        By now it may be that of another program of the same user, or of a dead process that
        nobody has collected: PostgreSQL cannot tell either from a running server. The rest stays,
        as by it PostgreSQL sees whether sessions of the dead server are still at work.
        """
        if not _PROC.exists():
            return  # postmaster() knows nothing here, and the server may be alive
        with suppress(FileNotFoundError), (self.home.cluster / "postmaster.pid").open("r+") as note:
            lines = note.read().splitlines()
            note.seek(0)
            note.write("\n".join([_NO_PROCESS, *lines[1:]]) + "\n")
            note.truncate()
        for left in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):  # that one names the number too
            (self.socket / left).unlink(missing_ok=True)

    def _noted(self, line: int) -> str:
        """A line of postmaster.pid: 0 the process, 4 the folder of its socket; or nothing."""
        try:
            lines = (self.home.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ""
        return lines[line].strip() if len(lines) > line else ""

    def _run(
        self, program: str, *options: str, out: IO[bytes] | None = None, data: Path | None = None
    ) -> Finished:
        folder = str(data or self.home.cluster)
        return run(
            [self.bin / program, *options],
            account=self.home.account,
            out=out,
            variables={"PGDATA": folder},
        )

    def _trouble(self, said: str) -> Trouble:
        log = self.home.data / "postgres.log"
        end = "\n".join(said.strip().splitlines()[-5:])
        return Trouble(
            f"数据库无法启动，日志见 {log}。",
            f"The database could not be started; its log is {log}.\n{end}",
        )
