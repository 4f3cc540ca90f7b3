"""Where a cluster lives: its folder, its operating-system user and its socket's folder.

PostgreSQL refuses to run as root, so root lends the cluster to another user, who must reach it.
"""

import hashlib
import os
import pwd
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.cluster.programs import MYSELF, Account, run
from api.trouble import Trouble

# A Unix socket's address has 108 bytes, the closing NUL among them.
LONGEST_SOCKET = 107
_ELSEWHERE = Path("/var/lib/qiuzhu")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Home:
    """`data` is what the person named; `path` holds the cluster, mostly the same folder."""

    data: Path
    path: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.path / "pg"

    def own(self, path: Path) -> None:
        """Gives a file or folder that we made to the cluster's user."""
        if self.account.uid is not None and self.account.gid is not None:
            os.chown(path, self.account.uid, self.account.gid)


def find_home(data: Path, say: Say, elsewhere: Path = _ELSEWHERE) -> Home:
    """The home of the cluster of `data`; the same one every time, made where there is none."""
    data = data.absolute()
    root = os.geteuid() == 0
    # Others may pass through a folder of root's on the way to theirs, not list it.
    _make(data, 0o711 if root else 0o700)
    data = data.resolve()
    pointer = data / "elsewhere"
    path = Path(pointer.read_text().strip()) if pointer.exists() else data
    account = _account(path) if root else MYSELF
    home = Home(data, path, account)
    if not root:
        return home
    if path != data:
        say(f"数据库位于 {path}（the database is kept in {path}）")
    if _reaches(home):
        return home
    if path != data or home.cluster.exists():
        raise Trouble(
            f"用户 {account.name} 进不了数据库目录 {home.cluster}：请检查其上级目录的权限。",
            f"The user {account.name} cannot enter {home.cluster}, where the database is: "
            "check the permissions of the folders above it.",
        )
    path = _settle_elsewhere(data, pointer, elsewhere)
    say(f"用户 {account.name} 进不了 {data}，数据库改存于 {path}")
    say(f"the user {account.name} cannot enter {data}: the database is kept in {path}")
    return Home(data, path, account)


def _make(folder: Path, mode: int) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=False)
    except FileExistsError:
        if not folder.is_dir():
            raise Trouble(f"{folder} 不是目录。", f"{folder} is not a folder.") from None
    else:
        folder.chmod(mode)


def _account(path: Path) -> Account:
    """Whom root lends the cluster to: its owner where it exists, else postgres, else nobody."""
    with suppress(FileNotFoundError):
        found = (path / "pg").stat()
        if found.st_uid:
            try:
                name = pwd.getpwuid(found.st_uid).pw_name
            except KeyError:
                name = str(found.st_uid)
            return Account(name, found.st_uid, found.st_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise Trouble(
        "PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 用户。请以普通用户启动。",
        "PostgreSQL does not run as root, and there is no user postgres or nobody to lend it to: "
        "start as an ordinary user.",
    )


def _reaches(home: Home) -> bool:
    """Whether the account can work in the home: tried, as only the kernel knows every rule."""
    if home.cluster.exists():
        script, where = 'cd "$1"', home.cluster
        return run(["/bin/sh", "-c", script, "sh", where], account=home.account).returncode == 0
    trial = Path(tempfile.mkdtemp(prefix="trial-", dir=home.path))
    try:
        home.own(trial)
        script = 'cd "$1" && : > file && rm file'
        return run(["/bin/sh", "-c", script, "sh", trial], account=home.account).returncode == 0
    except PermissionError:  # a file system without owners
        return False
    finally:
        trial.rmdir()


def _settle_elsewhere(data: Path, pointer: Path, elsewhere: Path) -> Path:
    # The name has a random end: where somebody deletes the data folder to begin anew, what an
    # older pointer led to must not come back.
    _make(elsewhere, 0o711)
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    path = Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=elsewhere))
    path.chmod(0o711)
    (path / "belongs-to").write_text(f"{data}\n")
    draft = data / f"elsewhere.{path.name}"
    draft.write_text(f"{path}\n")
    try:
        os.link(draft, pointer)  # of two first starts one wins, and both go on with its choice
    except FileExistsError:
        (path / "belongs-to").unlink()
        path.rmdir()
        path = Path(pointer.read_text().strip())
    finally:
        draft.unlink()
    return path


def make_socket_folder(home: Home) -> Path:
    """The folder for the socket: `run` in the home, or one below /tmp where that would not do."""
    folder = home.path / "run"
    long = len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET
    # To libpq and asyncpg a comma ends one host and begins the next.
    if not long and not {",", "\n"} & set(str(folder)):
        folder.mkdir(mode=0o700, exist_ok=True)
    else:
        # Not TMPDIR: that may be long itself, or private to us.
        folder = Path(tempfile.mkdtemp(prefix="qiuzhu-", dir="/tmp"))
    home.own(folder)
    return folder


def is_private(folder: Path, account: Account) -> bool:
    """Whether a folder is the account's own and shut: below /tmp anybody may make folders."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    owner = os.geteuid() if account.uid is None else account.uid
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077
